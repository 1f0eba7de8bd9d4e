import Glibc
import MaskerAPI
import TerminalKit

/// `/etc/masker-tui/config`: the settings that the administrator fixes for restricted mode. It has lines `key = value`; a line that
/// begins with `#` is a comment.
package struct AdministratorConfiguration: Equatable {
    var url: String?
    /// The host in the URLs of agents, when it differs from `url`.
    var publicURL: String?
    var caFile: String?
    /// Seconds until a connection must be ready.
    var connectTimeout: Int?
    /// The only directory in which reports are saved; nil when saving is off.
    package var reports: String?
    /// Minutes.
    var idleLock: Int?
    var readOnly = false
    /// Whether login sessions may be stored in files.
    var store = true
    /// Whether backups of deleted agents are kept.
    var keepDeleted = false
    /// Lines `keys.ACTION = KEY …` and `keys.SCREEN.ACTION = KEY …`.
    var keys: [KeySetting] = []

    package static let path = "/etc/masker-tui/config"

    init() {}

    /// Reads the file. A missing file fixes nothing.
    /// - Parameter owner: The only user who may be able to change the file.
    /// - Throws: `CommandFailure` with one sentence and exit status 2.
    static func read(_ path: String = path, owner: uid_t = 0) throws(CommandFailure) -> AdministratorConfiguration {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        let place = ConfigurationPlace(directory: parts.dropLast().joined(separator: "/"), names: [String(parts.last ?? "")])
        guard try place.find() != nil else { return AdministratorConfiguration() }
        let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { throw .usage(ConfigurationPlace.problem(opening: path, errno)) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { throw .usage("\(path) is not a plain file") }
        guard status.st_uid == owner, status.st_mode & 0o022 == 0 else {
            throw .usage("\(path) must belong to root, and only root may write it")
        }
        guard let data = Descriptor.read(descriptor, limit: 64 << 10) else { throw .usage("\(path) cannot be read") }
        return try AdministratorConfiguration(parsing: String(decoding: data, as: UTF8.self), path: path)
    }

    init(parsing text: String, path: String = path) throws(CommandFailure) {
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let line = line.trimmed
            if line.isEmpty || line.hasPrefix("#") { continue }
            let parts = line.split(separator: "=", maxSplits: 1).map(\.trimmed)
            let problem = parts.count == 2 && !parts[1].isEmpty ? take(parts[0], parts[1], path, line: index + 1) : "“\(line)” is not a line of the form “key = value”"
            if let problem { throw .usage("\(path), line \(index + 1): \(problem)") }
        }
        if let problem = KeyCheck.problems(keys).first { throw .usage("\(path), line \(problem.place.line): \(problem.clause)") }
    }

    /// The values as settings, by their keys.
    var values: [String: ConfiguredValue] {
        let texts = [
            "url": url, "public_url": publicURL, "ca_file": caFile, "reports": reports, "idle_lock": idleLock.map { "\($0)" },
            "connect_timeout": connectTimeout.map { "\($0)" },
            "read_only": readOnly ? "on" : nil, "no_store": store || keepDeleted ? nil : "on",
        ]
        return texts.compactMapValues { $0.map { ConfiguredValue(text: $0, origin: .file(Self.path, nil)) } }
    }

    /// Stores the value of one line. Returns what is wrong with the line; nil when it is correct.
    private mutating func take(_ key: String, _ value: String, _ path: String, line: Int) -> String? {
        switch key {
        case "url": url = value
        case "public_url": publicURL = value
        case "ca_file", "reports":
            let isOff = key == "reports" && value == "off"
            guard isOff || value.hasPrefix("/") else { return "\(key) takes a path that begins with /" }
            if key == "ca_file" { caFile = value } else { reports = isOff ? nil : value }
        case "idle_lock":
            guard let minutes = Int(value), (1...60).contains(minutes) else { return "idle_lock takes 1 to 60 minutes" }
            idleLock = minutes
        case "connect_timeout":
            guard let seconds = Int(value), (1...300).contains(seconds) else { return "connect_timeout takes 1 to 300 seconds" }
            connectTimeout = seconds
        case "read_only", "store", "keep_deleted":
            guard let isOn = ["on": true, "off": false][value] else { return "\(key) takes on or off" }
            switch key {
            case "store": store = isOn
            case "keep_deleted": keepDeleted = isOn
            default: readOnly = isOn
            }
        case _ where key.hasPrefix("keys."):
            return takeKeys(String(key.dropFirst(5)), value, path, ConfigurationFile.Place(line: line, column: 1))
        default:
            return "“\(key)” is not a setting; the settings are url, public_url, ca_file, connect_timeout, reports, idle_lock, read_only, store, keep_deleted, keys.ACTION"
        }
        return nil
    }

    /// The name of an action contains one dot; a screen's name can precede it.
    private mutating func takeKeys(_ name: String, _ value: String, _ path: String, _ place: ConfigurationFile.Place) -> String? {
        let words = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        do throws(KeyProblem) {
            let screen = words.count > 2 ? try KeySetting.screen(words[0], at: place) : nil
            let action = try KeySetting.action(words.suffix(2).joined(separator: "."), on: screen, at: place)
            var strokes: [KeySetting.Stroke] = []
            if value != KeySetting.none {
                for name in value.split(separator: " ") { strokes.append(try KeySetting.stroke(String(name), at: place)) }
            }
            keys.append(KeySetting(action: action, screen: screen?.name, strokes: strokes, path: path, place: place))
            return nil
        } catch { return error.clause }
    }
}
