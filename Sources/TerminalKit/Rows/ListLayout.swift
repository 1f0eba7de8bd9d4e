/// The layout of a list that the user has chosen: its sort order and its columns.
public struct ListLayout: Sendable, Equatable {
    /// The column that a list is sorted by, and the direction.
    public struct Sort: Sendable, Equatable {
        public var column: String
        public var isDescending = false

        public init(column: String, isDescending: Bool = false) {
            self.column = column
            self.isDescending = isDescending
        }

        /// The arrow in the title of the column.
        public var arrow: String { isDescending ? "↓" : "↑" }
    }

    /// Nil: the order in which the server sends the rows, newest first.
    public var sort: Sort?
    /// The names of the shown columns, in their order; nil for the default columns.
    public var columns: [String]?

    public init(sort: Sort? = nil, columns: [String]? = nil) {
        self.sort = sort
        self.columns = columns
    }

    /// Sorts by a column. If the list is sorted by that column already, reverses the order.
    public mutating func sort(by column: String, beginsDescending: Bool) {
        sort = Sort(column: column, isDescending: sort?.column == column ? sort?.isDescending == false : beginsDescending)
    }
}
