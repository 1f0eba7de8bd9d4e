import MaskerAPI
import TerminalKit

/// A request of a screen or a feature to the console. Screens change only themselves, and features only their own state.
enum Intent: Sendable {
    // MARK: Navigation

    /// Opens a detail on the current tab, or a dialog over it. A screen that is in front already is not opened again.
    case open(Route)
    /// Replaces the dialog that returned this intent.
    case replace(with: Route)
    /// Closes the topmost dialog or detail.
    case close
    /// Goes to a tab. On the current tab, returns to its list.
    case select(Tab)
    /// Goes to a tab without closing the details that are open there.
    case show(Tab)
    case nextTab(Int)
    /// Closes all details of a tab; its list remains.
    case closeDetails(Tab)
    /// Goes to the previous place in the history, or to the next one when `back` is false.
    case moveInHistory(back: Bool)
    /// Adds a line to the earlier commands.
    case remember(String)

    // MARK: Effects

    case run(Effect)
    /// Cancels an effect whose answer is no longer needed.
    case cancel(Effect)
    case change(Change)
    case refresh
    case notify(Notice)
    case logOut
    case lock
    case useProfile(String)
    /// Ends the console; asks first while reports are being saved.
    case quit

    // MARK: Events

    /// Data has changed; every screen updates itself.
    case changed
    /// One part of a refresh was answered.
    case refreshed(RefreshSchedule.Part, failure: APIError?)
    case signedIn(User)
    case signedOut(SignedOutReason)

    static var quitAtOnce: Intent { .run(.terminal(.quit)) }

    /// Whether the intent may lead to another place.
    var leadsElsewhere: Bool {
        switch self {
        case .open, .close, .select, .show, .nextTab, .change(.sessions(.filter)): true
        default: false
        }
    }
}

/// The raw value is the digit of the tab's default key.
enum Tab: Int, CaseIterable, Sendable { case overview, agents, sessions, account }
