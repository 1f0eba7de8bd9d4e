import TerminalKit

/// The layout (columns and sort order) of each list.
struct ListLayouts: Sendable, Equatable {
    var agents = ListLayout()
    var sessions = ListLayout()

    /// These layouts with the changes that lead from `old` to `new`; what is the same in both stays as it is here. So a change
    /// can be made to layouts that another console has changed meanwhile.
    func changed(from old: ListLayouts, to new: ListLayouts) -> ListLayouts {
        ListLayouts(
            agents: Self.changed(agents, from: old.agents, to: new.agents), sessions: Self.changed(sessions, from: old.sessions, to: new.sessions))
    }

    private static func changed(_ layout: ListLayout, from old: ListLayout, to new: ListLayout) -> ListLayout {
        ListLayout(
            sort: new.sort == old.sort ? layout.sort : new.sort, columns: new.columns == old.columns ? layout.columns : new.columns)
    }
}
