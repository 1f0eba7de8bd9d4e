/// How a person has arranged a list.
struct ListLook: Sendable, Equatable {
    struct Sort: Sendable, Equatable {
        var column: String
        var isDescending = false

        var arrow: String { isDescending ? "↓" : "↑" }
    }

    /// Nil: as the server sends the rows, the newest first.
    var sort: Sort?
    /// The columns shown, in their order; nil for those that it has at first.
    var columns: [String]?

    /// Sorts by a column; by the same one again, the other way round.
    mutating func sort(by column: String, beginsDescending: Bool) {
        sort = Sort(column: column, isDescending: sort?.column == column ? sort?.isDescending == false : beginsDescending)
    }
}

/// The lists that can be arranged, each by itself.
struct ListLooks: Sendable, Equatable {
    var agents = ListLook()
    var sessions = ListLook()
}
