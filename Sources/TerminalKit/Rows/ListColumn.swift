/// A column that a list can show and be sorted by.
public struct ListColumn<Rows: RowStore>: Sendable {
    /// The name that users type and that is stored.
    public var name: String
    public var column: Column<Rows.Element>
    /// Whether the column is shown only if the user has chosen it.
    public var isExtra: Bool
    /// Whether sorting begins with the largest value, as for numbers and times: users look for the largest first.
    public var beginsDescending: Bool
    /// The values of the rows in this column, to sort by.
    public var keys: @Sendable (Rows) -> RowKeys<Rows>

    public init(
        name: String, _ column: Column<Rows.Element>, isExtra: Bool = false, beginsDescending: Bool = false,
        keys: @escaping @Sendable (Rows) -> RowKeys<Rows>
    ) {
        self.name = name
        self.column = column
        self.isExtra = isExtra
        self.beginsDescending = beginsDescending
        self.keys = keys
    }
}

extension ListLayout {
    /// The columns to draw, with an arrow in the title of the one that the rows are sorted by.
    public func shown<Rows>(_ columns: [ListColumn<Rows>]) -> [Column<Rows.Element>] {
        names(columns).compactMap { name in columns.first { $0.name == name } }.map { listed in
            var column = listed.column
            guard let sort, sort.column == listed.name else { return column }
            column.title += " " + sort.arrow
            column.width = max(column.width, column.title.count)
            column.minimum = max(column.minimum, column.title.count)
            return column
        }
    }

    /// The names of the shown columns, in their order.
    public func names<Rows>(_ columns: [ListColumn<Rows>]) -> [String] { names(columns.map { ($0.name, $0.isExtra) }) }

    /// The names of the shown columns, in their order. Stored names that do not exist are ignored.
    public func names(_ all: [(name: String, isExtra: Bool)]) -> [String] {
        var seen: Set<String> = []
        let known = (columns ?? []).filter { name in all.contains { $0.name == name } && seen.insert(name).inserted }
        return known.isEmpty ? all.filter { !$0.isExtra }.map(\.name) : known
    }

    /// The note about sorting: names the column if it is not shown, and says if not all rows are loaded. Nil when neither is so.
    public func sortNote<Rows>(_ columns: [ListColumn<Rows>], isComplete: Bool) -> PrintableText? {
        guard let sort, let column = columns.first(where: { $0.name == sort.column }) else { return nil }
        guard !isComplete || !names(columns).contains(sort.column) else { return nil }
        return PrintableText("by \(column.column.title) \(sort.arrow)" + (isComplete ? "" : ", loaded rows only"))
    }

    /// The sort keys of the rows, from the column that the list is sorted by; nil when it is not sorted.
    public func keys<Rows>(_ columns: [ListColumn<Rows>]) -> (Rows) -> RowKeys<Rows>? {
        let column = columns.first { $0.name == sort?.column }
        return { rows in column?.keys(rows) }
    }
}
