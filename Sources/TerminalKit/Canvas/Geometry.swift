/// The size of an area in columns and rows.
public struct Size: Equatable, Sendable {
    public var columns: Int
    public var rows: Int

    public init(columns: Int, rows: Int) {
        self.columns = columns
        self.rows = rows
    }
}

/// A part of the screen; rows and columns are counted from 0.
public struct Rect: Equatable, Sendable {
    public var row: Int
    public var column: Int
    public var columns: Int
    public var rows: Int

    public init(row: Int, column: Int, columns: Int, rows: Int) {
        self.row = row
        self.column = column
        self.columns = max(columns, 0)
        self.rows = max(rows, 0)
    }

    /// Whether a cell is inside.
    public func contains(row: Int, column: Int) -> Bool {
        (self.row..<self.row + rows).contains(row) && (self.column..<self.column + columns).contains(column)
    }

    /// The rectangle without `dx` columns at the left and right and `dy` rows at the top and bottom.
    public func inset(columns dx: Int, rows dy: Int = 0) -> Rect {
        Rect(row: row + dy, column: column + dx, columns: columns - 2 * dx, rows: rows - 2 * dy)
    }

    /// The rectangle without its first `count` rows.
    public func droppingRows(_ count: Int) -> Rect {
        Rect(row: row + count, column: column, columns: columns, rows: rows - count)
    }

    /// A rectangle of the wanted size in the middle of this one; smaller where it does not fit.
    public func centered(columns wantedColumns: Int, rows wantedRows: Int) -> Rect {
        let width = min(wantedColumns, columns), height = min(wantedRows, rows)
        return Rect(
            row: row + (rows - height) / 2, column: column + (columns - width) / 2, columns: width, rows: height)
    }
}
