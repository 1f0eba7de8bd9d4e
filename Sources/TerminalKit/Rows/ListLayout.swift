/// How a person has arranged a list.
public struct ListLayout: Sendable, Equatable {
    public struct Sort: Sendable, Equatable {
        public var column: String
        public var isDescending = false

        public init(column: String, isDescending: Bool = false) {
            self.column = column
            self.isDescending = isDescending
        }

        public var arrow: String { isDescending ? "↓" : "↑" }
    }

    /// Nil: as the server sends the rows, the newest first.
    public var sort: Sort?
    /// The columns shown, in their order; nil for those that it has at first.
    public var columns: [String]?

    public init(sort: Sort? = nil, columns: [String]? = nil) {
        self.sort = sort
        self.columns = columns
    }

    /// Sorts by a column; by the same one again, the other way round.
    public mutating func sort(by column: String, beginsDescending: Bool) {
        sort = Sort(column: column, isDescending: sort?.column == column ? sort?.isDescending == false : beginsDescending)
    }
}
