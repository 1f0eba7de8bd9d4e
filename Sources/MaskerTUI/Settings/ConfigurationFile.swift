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

    /// `MASKER_TUI_CONFIG`, or `$XDG_CONFIG_HOME/masker-tui/config.yaml`, or the same below `~/.config`.
    static func path(_ environment: [String: String]) -> String {
        if let named = environment["MASKER_TUI_CONFIG"], !named.isEmpty { return named }
        let home = environment["HOME"] ?? ""
        let base = environment["XDG_CONFIG_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? home + "/.config"
        return base + "/masker-tui/config.yaml"
    }

    /// Reads the file; returns nil when there is no file, unless `MASKER_TUI_CONFIG` names it.
    /// - Throws: `CommandFailure` with all problems in the file and exit status 2.
    static func read(_ environment: [String: String]) throws(CommandFailure) -> ConfigurationFile? {
        let path = path(environment)
        let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else {
            let isNamed = environment["MASKER_TUI_CONFIG"]?.isEmpty == false
            if errno == ENOENT || errno == ENOTDIR, !isNamed { return nil }
            throw .usage("the configuration \(path) cannot be read: \(String(cString: strerror(errno)))")
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { throw .usage("\(path) is not a plain file") }
        // The file decides where the login session is sent and which certificates are trusted.
        guard [geteuid(), 0].contains(status.st_uid), status.st_mode & 0o002 == 0 else {
            throw .usage("\(path) must belong to you or to root, and must not be writable by everybody")
        }
        guard status.st_size <= largest, let data = Descriptor.read(descriptor, limit: largest) else { throw .usage("\(path) is too large") }
        guard let text = String(validating: data, as: UTF8.self) else { throw .usage("\(path) is not UTF-8") }
        var reader = ConfigurationReader(path: path, home: environment["HOME"] ?? "")
        reader.read(text)
        guard reader.problems.isEmpty else { throw CommandFailure(reader.problems) }
        return reader.file
    }
}
