import MaskerAPI
import TerminalKit

/// What a screen or a feature wants of the console. Screens change nothing but themselves, features nothing but their own state.
enum Intent: Sendable {
    // MARK: Where to go

    /// Opens a detail on the current tab, or a dialog over it. What is in front already is not opened twice.
    case open(Route)
    /// In the place of the dialog that says so.
    case replace(with: Route)
    /// Closes the topmost dialog or detail.
    case close
    /// Goes to a tab; to its list where it is shown already.
    case select(Tab)
    /// Goes to a tab, and leaves open what is open there.
    case show(Tab)
    case nextTab(Int)
    /// Closes what is open on a tab but its list.
    case closeDetails(Tab)
    /// To the place before; false: the one after.
    case moveInHistory(back: Bool)
    /// Keeps a line typed behind `:`.
    case remember(String)

    // MARK: What to do

    case run(Effect)
    /// Nobody wants the answer any more.
    case cancel(Effect)
    case change(Change)
    case refresh
    case notify(Notice)
    case logOut
    case useProfile(String)

    // MARK: What has happened

    /// What screens show has changed: each of them looks at it.
    case changed
    /// A part of a refresh was answered.
    case refreshed(RefreshSchedule.Part, failure: APIError?)
    case signedIn(User)
    case signedOut(SignedOutReason)

    static var quit: Intent { .run(.terminal(.quit)) }

    /// Whether another place may be shown afterwards.
    var leadsElsewhere: Bool {
        switch self {
        case .open, .close, .select, .show, .nextTab, .change(.sessions(.filter)): true
        default: false
        }
    }
}

/// The raw value is the key.
enum Tab: Int, CaseIterable, Sendable { case overview, agents, sessions, account }
