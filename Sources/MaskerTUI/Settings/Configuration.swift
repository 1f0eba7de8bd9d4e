import MaskerAPI
import TerminalKit

/// How the console is to be: what options, environment, files and defaults come to. `ConfigurationKey.all` has a line
/// for each value.
package struct Configuration: Sendable {
    var url = APIHost.hosted
    /// The host of the agents' own URLs, where it is another one.
    var publicURL: APIHost?
    /// Shown in the header beside the host.
    var name: String?
    /// Of the header.
    var color: Tint?
    var isReadOnly = false
    var isPlain = false
    package var usesMouse = false
    /// Seconds; 0 never.
    var refresh = 15
    /// Minutes.
    var idleLock = 10
    package var theme = Theme.Name.standard
    var timeZone = TimeStyle.Zone.utc
    var timeFormat = TimeStyle.Notation.absolute
    var confirm = ConfirmStyle.name
    var caFile: String?
    /// Nil: none are saved.
    var reports: String? = "."
    var noStore = false
    /// How many requests a second bulk work sends.
    var pace = PaceSetting.automatic
    /// Milliseconds.
    package var escapeDelay = 100
    /// The keys that somebody has set, in the order of the files.
    package var keys: [KeySetting] = []

    /// Where the values come from that somebody has given, by key.
    var origins: [String: ValueSource] = [:]
    /// The profile in use, and every one there is.
    package var profile: ConfiguredValue?
    var profiles: [String] = []

    /// Seconds without a key.
    var lockAfter: Double { Double(idleLock) * 60 }

    package func origin(_ key: ConfigurationKey) -> ValueSource { origins[key.name] ?? .standard }
}

/// What has to be typed before an agent is deleted. Nothing weaker than typing.
enum ConfirmStyle: String, CaseIterable, Sendable { case name, id }

/// A value as somebody has written it, and where.
package struct ConfiguredValue: Equatable, Sendable {
    package var text: String
    package var origin: ValueSource
}

/// Where a value comes from.
package enum ValueSource: Equatable, Sendable, CustomStringConvertible {
    case standard
    case option(String)
    case environment(String)
    /// A line and a column, where they are known.
    case file(String, ConfigurationFile.Place?)

    /// As a message begins.
    package var description: String {
        switch self {
        case .standard: "default"
        case .option(let name), .environment(let name): name
        case .file(let path, let place): place.map { "\(path):\($0.line):\($0.column)" } ?? path
        }
    }

    /// As `masker-tui config` prints it.
    package var source: String {
        switch self {
        case .standard: "default"
        case .option(let name): "option \(name)"
        case .environment(let name): "environment \(name)"
        case .file(let path, let place): place.map { "\(path):\($0.line)" } ?? path
        }
    }
}
