import MaskerAPI
import TerminalKit

/// Settings that do not change while the console runs.
struct ConsoleSettings: Sendable {
    /// `host[:port]`.
    var host: String
    /// `https://host[:port]`.
    var origin = ""
    /// The origin of `public_url`: the host that the URLs of agents name. Nil: the same as `origin`.
    var publicOrigin: String?
    /// The name and colour that the configuration gives this server; nil when it gives none.
    var label: ServerLabel?
    /// The name of the current profile; below it the names of all profiles.
    var profile: String?
    var profiles: [String] = []
    /// The page where the user signs in with a browser.
    var signInURL: String
    /// The path of the login session's file; nil with `--no-store`.
    var storePath: String?
    /// Why no file is kept although it should be, in one sentence; nil when files are kept, or the user wants none.
    var storageRefusal: String?
    /// A login session or an API token in the environment that belongs to another server.
    var unusedCredential: UnusedCredential?
    /// The directory of the backups of agents deleted here; nil when no backups are kept.
    var archivePath: String?
    /// The directory where reports are saved; nil when saving is off. Then the key for saving is not offered.
    var reportsDirectory: String?
    /// The file of the list layouts; nil with `--no-store` and in restricted mode.
    var layoutsPath: String?
    /// The home directory, which is shown as `~` in paths.
    var home: String?
    /// Seconds between automatic refreshes; 0 turns them off.
    var refreshInterval: Double = 15
    /// Seconds between requests for new sessions while following.
    var followInterval: Double = 2
    /// How many rows of a list are searched, sorted or counted at a time; what is left follows when there is nothing else to do.
    var rowsAtOnce = RowOrder<SessionRows>.slice
    /// Seconds without a key until the console locks.
    var lockAfter: Double = 600
    /// Whether `NO_COLOR` is set. Then no theme can be chosen.
    var refusesColors = false
    /// How times are written.
    var time = TimeStyle()
    /// For screen readers: words instead of lines, bars and screen positions.
    var isPlain = false
    /// Restricted mode: the user cannot leave the console to a shell, not even with Ctrl-Z.
    var isRestricted = false
    /// The keys that the configuration sets.
    var keys = KeyMap()
    /// Whether the name or the id of an agent must be typed to delete it.
    var confirm = ConfirmStyle.name
    /// Whether agents cannot be created, deleted or checked.
    var isReadOnly = false
    /// The option, or the file and line, that turns read-only mode on; nil when that is unknown.
    var readOnlySource: String?
    /// Where copied text is sent; nil when there is no clipboard.
    var clipboard: Clipboard?
    /// Whether the environment held the secret for signing webhook requests.
    var hasWebhookSecret = false

    /// Why a key that changes something on the server is refused; nil when it is not.
    var readOnlyRefusal: String? {
        guard isReadOnly else { return nil }
        return "this console is read-only" + (readOnlySource.map { ", set by \(shown($0))" } ?? "")
    }

    /// The path with `~` for the home directory.
    func shown(_ path: String) -> String {
        guard let home, home.count > 1, path.hasPrefix(home + "/") else { return path }
        return "~" + path.dropFirst(home.count)
    }
}

/// The label beside the host in the header. It helps to tell servers apart.
struct ServerLabel: Sendable, Equatable {
    var name: String?
    var tint: Tint?

    /// `▲ production`, `● staging`, `staging`: a colour is always shown together with a sign.
    var text: PrintableText {
        let sign = tint == .red ? "▲" : tint == nil ? nil : "●"
        return PrintableText([sign, name].compactMap { $0 }.joined(separator: " "))
    }
}
