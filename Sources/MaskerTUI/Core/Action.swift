import FoundationEssentials
import MaskerAPI
import TerminalKit

/// Everything that can happen to the console. An action says what happened, not what to do.
enum Action: Sendable {
    case started
    case terminal(TerminalEvent)
    case resized(Size)
    /// The time that `AppState.nextWake` named has come.
    case woke
    /// There is nothing else to do, so screens can go on with work on many rows (`AppState.isWorking`).
    case rested
    /// No key was pressed for the lock time.
    case idled
    /// SIGTSTP: the program was asked to stop.
    case stopAsked
    /// SIGCONT: the program was stopped and runs again.
    case resumed
    case answered(Answer, ClientStatus)
}

/// The state of the client, sent together with each answer.
struct ClientStatus: Sendable, Equatable {
    var login: LoginStatus
    var connection: ConnectionInfo?
    /// Whether the proxy has refused its user name and password, so that nothing more is sent.
    var isRefusedByProxy = false
}
