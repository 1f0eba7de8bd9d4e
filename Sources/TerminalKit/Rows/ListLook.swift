/// How a person has arranged a list.
package struct ListLook: Sendable, Equatable {
    package struct Sort: Sendable, Equatable {
        package var column: String
        package var isDescending = false

        package init(column: String, isDescending: Bool = false) {
            self.column = column
            self.isDescending = isDescending
        }

        package var arrow: String { isDescending ? "↓" : "↑" }
    }

    /// Nil: as the server sends the rows, the newest first.
    package var sort: Sort?
    /// The columns shown, in their order; nil for those that it has at first.
    package var columns: [String]?

    package init(sort: Sort? = nil, columns: [String]? = nil) {
        self.sort = sort
        self.columns = columns
    }

    /// Sorts by a column; by the same one again, the other way round.
    package mutating func sort(by column: String, beginsDescending: Bool) {
        sort = Sort(column: column, isDescending: sort?.column == column ? sort?.isDescending == false : beginsDescending)
    }
}
