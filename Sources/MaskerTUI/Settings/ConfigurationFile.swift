import Glibc
import TerminalKit

/// The user's `config.yaml`: the settings at its top and in each profile, with the place of each value.
package struct ConfigurationFile: Equatable, Sendable {
    /// A line and a column, both counted from 1.
    package struct Place: Hashable, Sendable, Comparable {
        var line: Int
        var column: Int

        package static func < (left: Place, right: Place) -> Bool { (left.line, left.column) < (right.line, right.column) }
    }

    struct Profile: Equatable, Sendable {
        var name: String
        var values: [String: ConfiguredValue]
        var keys: [KeySetting] = []
    }

    var path: String
    var top: [String: ConfiguredValue] = [:]
    /// The settings below `keys:` at the top of the file.
    var keys: [KeySetting] = []
    /// The profiles in the order of the file.
    var profiles: [Profile] = []
    /// The profile that is used when no option or variable names one.
    var chosen: ConfiguredValue?

    /// The maximum size in bytes. It protects the memory when another file is named by mistake.
    private static let largest = 256 << 10

    /// The file that `MASKER_TUI_CONFIG` names; nil when the variable is empty or not set.
    private static func named(_ environment: [String: String]) -> String? {
        environment["MASKER_TUI_CONFIG"].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// `$XDG_CONFIG_HOME/masker-tui`, or `~/.config/masker-tui`.
    static func directory(_ environment: [String: String]) -> String {
        let base = environment["XDG_CONFIG_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? (environment["HOME"] ?? "") + "/.config"
        return base + "/masker-tui"
    }

    private static func path(_ environment: [String: String]) throws(CommandFailure) -> String? {
        if let named = named(environment) { return named }
        return try ConfigurationPlace(directory: directory(environment), names: ["config.yaml", "config.yml"]).find()
    }

    /// Reads the file that `MASKER_TUI_CONFIG` names, or else `config.yaml` or `config.yml` in `directory`. Nil when there is none.
    /// - Throws: `CommandFailure` with all problems in the file, or with the reason why it cannot be read, and exit status 2.
    static func read(_ environment: [String: String]) throws(CommandFailure) -> ConfigurationFile? {
        guard let path = try path(environment) else { return nil }
        guard let text = try text(path) else { return ConfigurationFile(path: path) }
        var reader = ConfigurationReader(path: path, home: environment["HOME"] ?? "")
        reader.read(text)
        guard reader.problems.isEmpty else { throw CommandFailure(reader.problems) }
        return reader.file
    }

    /// The text of the file; nil for `/dev/null`, which stands for an empty configuration.
    private static func text(_ path: String) throws(CommandFailure) -> String? {
        let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
        guard descriptor >= 0 else {
            let isDenied = errno == EACCES, problem = ConfigurationPlace.problem(opening: path, errno)
            throw .usage(problem + (isDenied ? "; let it be read, or set MASKER_TUI_CONFIG=/dev/null to use none" : ""))
        }
        defer { close(descriptor) }
        var status = stat(), nothing = stat()
        guard fstat(descriptor, &status) == 0 else { throw .usage(ConfigurationPlace.problem(opening: path, errno)) }
        if status.st_mode & S_IFMT == S_IFCHR, stat("/dev/null", &nothing) == 0, status.st_rdev == nothing.st_rdev { return nil }
        guard status.st_mode & S_IFMT != S_IFDIR else { throw .usage("\(path) is a directory; the configuration is a file") }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .usage("\(path) is not a plain file; the configuration must be one") }
        // The file decides where the login session is sent and which certificates are trusted.
        guard [geteuid(), 0].contains(status.st_uid) else {
            let cure = geteuid() == 0 ? "run masker-tui without sudo, or with sudo -H" : "remove it, or copy it to a file of your own"
            throw .usage("\(path) belongs to another user, and it must belong to you or to root; \(cure)")
        }
        guard status.st_mode & 0o002 == 0 else { throw .usage("\(path) can be written by everybody; run chmod o-w on it") }
        guard status.st_size <= largest, let data = Descriptor.read(descriptor, limit: largest) else { throw .usage("\(path) is too large") }
        guard let text = String(validating: data, as: UTF8.self) else { throw .usage("\(path) is not UTF-8") }
        return text
    }
}
