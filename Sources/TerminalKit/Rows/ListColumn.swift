/// A column that a list can show and be sorted by.
public struct ListColumn<Rows: RowStore>: Sendable {
    /// As it is typed and stored.
    public var name: String
    public var column: Column<Rows.Element>
    /// Shown only where somebody has chosen it.
    public var isExtra: Bool
    /// Numbers and times begin with the largest: that is what one looks for.
    public var beginsDescending: Bool
    public var keys: @Sendable (Rows) -> RowKeys

    public init(
        name: String, _ column: Column<Rows.Element>, isExtra: Bool = false, beginsDescending: Bool = false,
        keys: @escaping @Sendable (Rows) -> RowKeys
    ) {
        self.name = name
        self.column = column
        self.isExtra = isExtra
        self.beginsDescending = beginsDescending
        self.keys = keys
    }
}

extension ListLayout {
    /// The columns to draw, with the arrow of the one that the rows are sorted by.
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

    public func names<Rows>(_ columns: [ListColumn<Rows>]) -> [String] { names(columns.map { ($0.name, $0.isExtra) }) }

    /// The names of the columns that are shown, in their order. Of what was stored only the known ones count.
    public func names(_ all: [(name: String, isExtra: Bool)]) -> [String] {
        var seen: Set<String> = []
        let known = (columns ?? []).filter { name in all.contains { $0.name == name } && seen.insert(name).inserted }
        return known.isEmpty ? all.filter { !$0.isExtra }.map(\.name) : known
    }

    /// Says what the rows are sorted by where the title's arrow does not, and that rows are missing where some are.
    public func sortNote<Rows>(_ columns: [ListColumn<Rows>], isComplete: Bool) -> PrintableText? {
        guard let sort, let column = columns.first(where: { $0.name == sort.column }) else { return nil }
        guard !isComplete || !names(columns).contains(sort.column) else { return nil }
        return PrintableText("by \(column.column.title) \(sort.arrow)" + (isComplete ? "" : ", of the rows loaded only"))
    }

    /// What the rows are sorted by now.
    public func keys<Rows>(_ columns: [ListColumn<Rows>]) -> (Rows) -> RowKeys? {
        let column = columns.first { $0.name == sort?.column }
        return { rows in column?.keys(rows) }
    }
}
