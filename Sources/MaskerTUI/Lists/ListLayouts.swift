import TerminalKit

/// The lists that can be arranged, each by itself.
struct ListLayouts: Sendable, Equatable {
    var agents = ListLayout()
    var sessions = ListLayout()
}
