import CNcurses

/// Tells ncurses which cells have changed since the last frame. ncurses finds the shortest output for them.
public struct FrameWriter {
    /// The changes of a frame against the one before.
    public struct Change {
        /// The rows that have changed cells.
        public var rows: [Int] = []
        /// Whether most of those rows were one line higher or lower before: then ncurses scrolls, which takes few bytes.
        public var isScroll = false

        public init(rows: [Int] = [], isScroll: Bool = false) {
            self.rows = rows
            self.isScroll = isScroll
        }
    }

    /// The theme; after a change call `forget`.
    public var theme: Theme
    private let isUTF8: Bool
    private var shown: Canvas?
    private var cells: [masker_cell] = []
    /// The attributes and the colour pair of the last style: the next cell usually has the same one.
    private var last: (style: Style, attributes: attr_t, pair: Int16)

    public init(theme: Theme, isUTF8: Bool) {
        self.theme = theme
        self.isUTF8 = isUTF8
        last = (.plain, masker_attr_normal(), 0)
    }

    /// Forgets the last frame, so that the next one is written completely.
    public mutating func forget() {
        shown = nil
        last = (.plain, masker_attr_normal(), 0)
    }

    /// Gives the changed cells of the canvas to ncurses. Nil when the screen shows the canvas already.
    public mutating func write(_ canvas: Canvas, within size: Size) -> Change? {
        let before = shown?.size == canvas.size ? shown : nil
        var change = Change()
        for row in 0..<min(canvas.size.rows, size.rows) {
            guard let columns = canvas.columns(ofRow: row, unlike: before) else { continue }
            write(canvas, row, columns.clamped(to: 0..<size.columns))
            change.rows.append(row)
        }
        if let before {
            change.isScroll = change.rows.count { canvas.row($0, isShiftedByOneLineIn: before) } > change.rows.count / 2
            if change.rows.isEmpty, canvas.links == before.links, canvas.hasSameCursor(as: before) { return nil }
        }
        shown = canvas
        return change
    }

    private mutating func write(_ canvas: Canvas, _ row: Int, _ columns: Range<Int>) {
        // A wide character is written from its left half.
        let start = isUTF8 && columns.lowerBound > 0 && canvas[row, columns.lowerBound].isRightHalf ? columns.lowerBound - 1 : columns.lowerBound
        cells.removeAll(keepingCapacity: true)
        for column in start..<max(columns.upperBound, start) {
            let cell = canvas[row, column]
            if !cell.isRightHalf { cells.append(ncursesCell(for: cell)) } else if !isUTF8 { cells.append(ncursesCell(for: Canvas.Cell(base: " ", style: cell.style))) }
        }
        masker_put_cells(Int32(row), Int32(start), cells, Int32(cells.count))
    }

    private mutating func ncursesCell(for cell: Canvas.Cell) -> masker_cell {
        if cell.style != last.style { last = appearance(of: cell.style) }
        let base = isUTF8 ? cell.base : AsciiFallback.of(cell.base)
        return masker_cell(
            text: (
                wchar_t(bitPattern: base.value), wchar_t(bitPattern: isUTF8 ? cell.mark1 : 0),
                wchar_t(bitPattern: isUTF8 && cell.mark1 != 0 ? cell.mark2 : 0), 0
            ), attributes: last.attributes, pair: last.pair)
    }

    private func appearance(of style: Style) -> (Style, attr_t, Int16) {
        let appearance = theme.appearance(of: style)
        var attributes = masker_attr_normal()
        if appearance.isBold { attributes |= masker_attr_bold() }
        if appearance.isDim { attributes |= masker_attr_dim() }
        if appearance.isUnderlined { attributes |= masker_attr_underline() }
        if appearance.isReversed { attributes |= masker_attr_reverse() }
        return (style, attributes, Int16((appearance.color ?? -1) + 1))
    }
}

extension Canvas {
    /// The columns from the first to the last cell of a row that differs from another frame of the same size; nil when none
    /// differs. All columns when there is no other frame.
    fileprivate func columns(ofRow row: Int, unlike other: Canvas?) -> Range<Int>? {
        guard let other else { return 0..<size.columns }
        let start = row * size.columns
        return cells.withUnsafeBufferPointer { cells in
            other.cells.withUnsafeBufferPointer { others in
                var first = 0, end = size.columns
                while first < end, cells[start + first] == others[start + first] { first += 1 }
                while end > first, cells[start + end - 1] == others[start + end - 1] { end -= 1 }
                return first == end ? nil : first..<end
            }
        }
    }

    /// Whether a row of this canvas was one line higher or lower in another frame.
    fileprivate func row(_ row: Int, isShiftedByOneLineIn other: Canvas) -> Bool {
        (row + 1 < size.rows && self.row(row) == other.row(row + 1)) || (row > 0 && self.row(row) == other.row(row - 1))
    }

    fileprivate func hasSameCursor(as other: Canvas) -> Bool { cursor?.row == other.cursor?.row && cursor?.column == other.cursor?.column }
}
