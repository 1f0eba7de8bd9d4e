import Glibc
import TerminalKit

/// The user's `config.yaml`: what it says at its top and in each profile, every value with its place.
package struct ConfigurationFile: Equatable, Sendable {
    /// Counted from 1.
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
    /// What `keys:` says at the top.
    var keys: [KeySetting] = []
    /// In the order of the file.
    var profiles: [Profile] = []
    /// The profile that is used when nobody names one.
    var chosen: ConfiguredValue?

    /// No person writes more; what is named by mistake should not fill the memory.
    private static let largest = 256 << 10

    /// `MASKER_TUI_CONFIG`, or `$XDG_CONFIG_HOME/masker-tui/config.yaml`, or the same below `~/.config`.
    static func path(_ environment: [String: String]) -> String {
        if let named = environment["MASKER_TUI_CONFIG"], !named.isEmpty { return named }
        let home = environment["HOME"] ?? ""
        let base = environment["XDG_CONFIG_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? home + "/.config"
        return base + "/masker-tui/config.yaml"
    }

    /// Reads the file; nil when there is none, unless the environment names it.
    /// - Throws: `CommandFailure` with every problem in it, exit status 2.
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
        // It says where the login session is sent to, and whom to trust.
        guard [geteuid(), 0].contains(status.st_uid), status.st_mode & 0o002 == 0 else {
            throw .usage("\(path) must belong to you or to root, and not be writable by everybody")
        }
        guard status.st_size <= largest, let data = Descriptor.read(descriptor, limit: largest) else { throw .usage("\(path) is too large") }
        guard let text = String(validating: data, as: UTF8.self) else { throw .usage("\(path) is not UTF-8") }
        var reader = ConfigurationReader(path: path, home: environment["HOME"] ?? "")
        reader.read(text)
        guard reader.problems.isEmpty else { throw CommandFailure(reader.problems) }
        return reader.file
    }
}
