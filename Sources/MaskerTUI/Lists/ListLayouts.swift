import TerminalKit

/// The layout (columns and sort order) of each list.
struct ListLayouts: Sendable, Equatable {
    var agents = ListLayout()
    var sessions = ListLayout()
}
