import TerminalKit

/// A list whose columns and sort order the user can choose, as the dialogs and commands for that see it.
struct ConfigurableList: Sendable {
    struct Entry: Sendable {
        var name: String
        var title: String
        var isExtra: Bool
        var beginsDescending: Bool
    }

    let title: String
    private let layout: WritableKeyPath<ListLayouts, ListLayout> & Sendable
    /// Every column, in the default order.
    let columns: [Entry]
    /// The names of those columns that fit in a window of `width` columns of the terminal.
    let fitting: @Sendable (_ names: [String], _ width: Int) -> Set<String>

    init<Rows>(_ title: String, _ layout: WritableKeyPath<ListLayouts, ListLayout> & Sendable, _ columns: [ListColumn<Rows>]) {
        self.title = title
        self.layout = layout
        self.columns = columns.map {
            Entry(name: $0.name, title: $0.column.title, isExtra: $0.isExtra, beginsDescending: $0.beginsDescending)
        }
        fitting = { names, width in
            let chosen = names.compactMap { name in columns.first { $0.name == name } }
            let titles = Table(columns: chosen.map(\.column)).layout(in: width).map(\.0.title)
            return Set(chosen.filter { titles.contains($0.column.title) }.map(\.name))
        }
    }

    /// The names of the columns of the default layout.
    var initial: [String] { ListLayout().names(columns.map { ($0.name, $0.isExtra) }) }

    static func agents(_ clock: Clock) -> ConfigurableList { ConfigurableList("agents", \.agents, AgentsScreen.columns(clock)) }
    static func sessions(_ clock: Clock) -> ConfigurableList { ConfigurableList("sessions", \.sessions, SessionsScreen.columns(clock)) }

    /// The list of a tab; nil when the tab has none.
    static func of(_ tab: Tab, _ clock: Clock) -> ConfigurableList? {
        switch tab {
        case .agents: agents(clock)
        case .sessions: sessions(clock)
        default: nil
        }
    }

    subscript(layouts: ListLayouts) -> ListLayout { layouts[keyPath: layout] }

    /// The names of the shown columns, in their order. Stored names that this version does not know are ignored.
    func shown(_ layouts: ListLayouts) -> [String] { self[layouts].names(columns.map { ($0.name, $0.isExtra) }) }

    func intent(_ layouts: ListLayouts, _ change: (inout ListLayout) -> Void) -> Intent {
        var layouts = layouts
        change(&layouts[keyPath: layout])
        return .change(.lists(.arrange(layouts)))
    }
}
