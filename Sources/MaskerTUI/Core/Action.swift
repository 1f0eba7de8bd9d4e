import FoundationEssentials
import MaskerAPI
import TerminalKit

/// Everything that can happen to the console. Actions say what happened, never what to do.
enum Action: Sendable {
    case started
    case terminal(TerminalEvent)
    case resized(Size)
    /// The moment that `AppState.nextWake` asked for has come.
    case woke
    /// No key was pressed for as long as the console waits before it locks.
    case idled
    /// SIGTSTP: somebody wants the program stopped.
    case stopAsked
    /// The program was stopped and goes on.
    case resumed
    case answered(Answer, ClientStatus)
}

/// What the client knows beside an answer.
struct ClientStatus: Sendable, Equatable {
    var login: LoginStatus
    var connection: ConnectionInfo?
}
