import TerminalKit

/// The lists that can be arranged, each by itself.
struct ListLooks: Sendable, Equatable {
    var agents = ListLook()
    var sessions = ListLook()
}
