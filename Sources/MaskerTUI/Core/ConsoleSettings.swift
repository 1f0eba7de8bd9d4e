import MaskerAPI
import TerminalKit

/// What does not change while the console runs.
struct ConsoleSettings: Sendable {
    /// `host[:port]`.
    var host: String
    /// `https://host[:port]`.
    var origin = ""
    /// The same, of the host that the configuration names for the agents' own URLs.
    var publicOrigin: String?
    /// What the configuration calls this server; nil for no name.
    var label: ServerLabel?
    /// The profile in use, and all that there are.
    var profile: String?
    var profiles: [String] = []
    /// Where a person signs in with a browser.
    var signInURL: String
    /// Where a login session would be stored; nil with `--no-store`.
    var storePath: String?
    /// What the environment holds for another server.
    var unusedCredential: UnusedCredential?
    /// The folder with the configurations of agents deleted here; nil: none are kept.
    var archivePath: String?
    /// Where reports are saved; nil: saving is off, and its key is not there.
    var reportsDirectory: String?
    /// Where it is kept how the lists are arranged; nil with `--no-store` and in restricted mode.
    var layoutsPath: String?
    /// Shown as `~` in paths.
    var home: String?
    /// Seconds between refreshes; 0 never.
    var refreshInterval: Double = 15
    /// Seconds between looks for new sessions while following.
    var followInterval: Double = 2
    /// Seconds without a key before the console locks.
    var lockAfter: Double = 600
    /// `NO_COLOR` is set: there is no theme to choose.
    var refusesColors = false
    /// How times are written.
    var time = TimeStyle()
    /// For screen readers: words instead of lines, bars and places.
    var isPlain = false
    /// Nothing leads out of the console: not even Ctrl-Z, to a shell.
    var isRestricted = false
    /// The keys that the configuration sets.
    var keys = KeyMap()
    /// What has to be typed to delete an agent.
    var confirm = ConfirmStyle.name
    /// Nothing can be created, deleted or checked.
    var isReadOnly = false
    /// Where copied texts go; nil: nowhere.
    var clipboard: Clipboard?
    /// What webhook requests are signed with has come in the environment.
    var hasWebhookSecret = false

    /// Why a key that changes something is refused; nil when it is not.
    var readOnlyRefusal: String? { isReadOnly ? "this console is read-only: an option or a configuration file says so" : nil }

    /// A path as people write it.
    func shown(_ path: String) -> String {
        guard let home, home.count > 1, path.hasPrefix(home + "/") else { return path }
        return "~" + path.dropFirst(home.count)
    }
}

/// What stands in the header beside the host, so that nobody takes one server for another.
struct ServerLabel: Sendable, Equatable {
    var name: String?
    var tint: Tint?

    /// `▲ production`, `● staging`, `staging`: a colour has a sign too.
    var text: PrintableText {
        let sign = tint == .red ? "▲" : tint == nil ? nil : "●"
        return PrintableText([sign, name].compactMap { $0 }.joined(separator: " "))
    }
}
