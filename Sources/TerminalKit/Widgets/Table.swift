/// A column of a table. In a narrow window columns are left out, the one with the highest `givesWay` first.
public struct Column<Row>: Sendable {
    public var title: String
    /// The preferred width, in columns of the screen; the least is `minimum`.
    public var width: Int
    public var minimum: Int
    /// Nil: the column is never left out.
    public var givesWay: Int?
    /// If not nil, the column takes free space up to this width. In wider columns a row would be hard to follow.
    public var maximum: Int?
    public var alignment = Canvas.Alignment.left
    /// The text of a row in this column.
    public var cell: @Sendable (Row) -> Span

    public init(
        title: String, width: Int, minimum: Int, givesWay: Int? = nil, maximum: Int? = nil, alignment: Canvas.Alignment = .left, cell: @escaping @Sendable (Row) -> Span
    ) {
        self.title = title
        self.width = width
        self.minimum = minimum
        self.givesWay = givesWay
        self.maximum = maximum
        self.alignment = alignment
        self.cell = cell
    }
}

/// A table: rows under column titles, one of them selected. A row can have a mark before it and a note below it.
public struct Table<Row: Identifiable & Sendable>: Sendable where Row.ID: Sendable {
    public var columns: [Column<Row>]

    public init(columns: [Column<Row>]) {
        self.columns = columns
    }

    private static var margin: Int { 2 }
    private static var gap: Int { 2 }

    /// Draws the titles, the rows from the cursor's scroll position on, their marks and notes, and adds a click target per row.
    /// - Parameter highlight: a searched text, which is underlined in the rows.
    public func draw<Rows: RandomAccessCollection>(
        _ rows: Rows, cursor: ListCursor<Row.ID>, highlight: String = "", mark: (Row) -> Span? = { _ in nil },
        note: ((Row) -> Notice?)? = nil, on canvas: inout Canvas, in area: Rect
    ) where Rows.Element == Row, Rows.Index == Int {
        let placed = canvas.isPlain ? [] : layout(in: area.columns)
        if canvas.isPlain {
            let place = rows.isEmpty ? "" : "row \(cursor.index + 1) of \(rows.count)"
            canvas.write(PrintableText(place), row: area.row, column: area.column + Self.margin, style: .label)
        }
        for (column, place) in placed {
            canvas.write(
                PrintableText(column.title), row: area.row, column: area.column + place.start, width: place.width,
                style: .label, alignment: column.alignment)
        }
        let body = area.droppingRows(1)
        var line = body.row
        for index in visible(rows, cursor, note, height: body.rows) {
            guard line < body.row + body.rows else { return }
            let row = rows[index]
            let isSelected = row.id == cursor.id
            canvas.addTarget(.row(index), row: line, column: area.column, columns: area.columns)
            if isSelected { canvas.markSelected(row: line, column: area.column) }
            if canvas.isPlain {
                let width = area.columns - Self.margin - 1
                canvas.write(plainLine(row, width: width), row: line, column: area.column + Self.margin, width: width)
            }
            if let mark = mark(row) { canvas.write(mark.text, row: line, column: area.column + 1, width: 1, style: mark.style) }
            for (column, place) in placed {
                let span = column.cell(row)
                canvas.write(
                    span.text, row: line, column: area.column + place.start, width: place.width, style: span.style,
                    alignment: column.alignment)
                guard column.alignment == .left, let found = span.text.columns(of: highlight) else { continue }
                let end = min(found.upperBound, place.width)
                canvas.restyle(row: line, column: area.column + place.start + found.lowerBound, columns: end - found.lowerBound) {
                    $0.isUnderlined = true
                    $0.isBold = true
                }
            }
            line += 1
            if let note = note?(row), line < body.row + body.rows {
                let room = area.columns - Self.margin - 1
                let used = canvas.write(
                    note.text, row: line, column: area.column + Self.margin, width: room, style: note.kind.style)
                // Only if there is room: the hint line says this as well.
                let dismiss: PrintableText = "   (Enter dismisses)"
                if note.kind == .failed, isSelected, used + dismiss.width <= room {
                    canvas.write(dismiss, row: line, column: area.column + Self.margin + used, style: .faint)
                }
                line += 1
            }
        }
    }

    /// The rows to draw, from `cursor.top` on. Notes take lines as well, so the first rows may be left out.
    private func visible<Rows: RandomAccessCollection>(
        _ rows: Rows, _ cursor: ListCursor<Row.ID>, _ note: ((Row) -> Notice?)?, height: Int
    ) -> Range<Int> where Rows.Element == Row, Rows.Index == Int {
        guard !rows.isEmpty, height > 0 else { return 0..<0 }
        var start = min(cursor.top, rows.count - 1)
        // The list may have fewer lines than when it was scrolled, as while a line above says why it is not up to date.
        if note == nil, start <= cursor.index, cursor.index < rows.count { start = max(start, cursor.index - height + 1) }
        if let note, start <= cursor.index, cursor.index < rows.count {
            var needed = rows[start...cursor.index].reduce(0) { $0 + (note($1) == nil ? 1 : 2) }
            while needed > height, start < cursor.index {
                needed -= note(rows[start]) == nil ? 1 : 2
                start += 1
            }
        }
        return start..<min(start + height, rows.count)
    }

    /// The first column of the screen and the width of a table's column.
    public struct Place: Equatable {
        public var start: Int
        public var width: Int

        public init(start: Int, width: Int) {
            self.start = start
            self.width = width
        }
    }

    /// The columns that fit into a window of this width, with their places.
    public func layout(in width: Int) -> [(Column<Row>, Place)] { layout(columns: width - Self.margin - 1) }

    /// The columns that fit into `available` columns of the screen, with their places.
    public func layout(columns available: Int) -> [(Column<Row>, Place)] {
        var kept = columns
        func needed(_ width: (Column<Row>) -> Int) -> Int {
            kept.reduce(0) { $0 + width($1) } + Self.gap * max(kept.count - 1, 0)
        }
        while needed(\.minimum) > available, kept.count > 1,
            let weakest = kept.indices.filter({ kept[$0].givesWay != nil })
                .max(by: { (kept[$0].givesWay ?? 0) < (kept[$1].givesWay ?? 0) })
        {
            kept.remove(at: weakest)
        }
        var widths = kept.map(\.minimum)
        var spare = available - needed(\.minimum)
        for index in kept.indices where spare > 0 {
            let more = min(spare, kept[index].width - widths[index])
            widths[index] += more
            spare -= more
        }
        let growing = kept.indices.filter { kept[$0].maximum != nil }
        for (turn, index) in growing.enumerated() where spare > 0 {
            let share = min(spare / (growing.count - turn), (kept[index].maximum ?? 0) - widths[index])
            widths[index] += max(share, 0)
            spare -= max(share, 0)
        }
        var start = Self.margin
        return zip(kept, widths).map { column, width in
            defer { start += width + Self.gap }
            return (column, Place(start: start, width: min(width, max(available, 0))))
        }
    }
}
