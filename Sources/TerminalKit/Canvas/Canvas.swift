/// A grid of cells that views draw on. The terminal shows it, and tests compare it with snapshots.
public struct Canvas: Equatable, Sendable {
    /// One cell of the screen.
    public struct Cell: Equatable, Sendable {
        /// The character; U+0000 marks the right half of a wide character.
        public var base: Unicode.Scalar = " "
        /// Combining marks on the character, at most two; zero for none.
        public var mark1: UInt32 = 0
        public var mark2: UInt32 = 0
        public var style: Style = .plain

        public init(base: Unicode.Scalar = " ", mark1: UInt32 = 0, mark2: UInt32 = 0, style: Style = .plain) {
            self.base = base
            self.mark1 = mark1
            self.mark2 = mark2
            self.style = style
        }

        /// A space without style.
        public static let blank = Cell()
        /// The right half of a wide character.
        public static func rightHalf(_ style: Style) -> Cell { Cell(base: "\0", style: style) }
        public var isRightHalf: Bool { base == "\0" }
    }

    /// Text that is a link to a web page, in terminals that support links (OSC 8).
    public struct Link: Equatable, Sendable {
        public var row: Int
        public var column: Int
        public var text: PrintableText
        /// The address, visible ASCII: only addresses of the configured host become links.
        public var url: String

        public init(row: Int, column: Int, text: PrintableText, url: String) {
            self.row = row
            self.column = column
            self.text = text
            self.url = url
        }
    }

    /// A part of the screen that reacts to a mouse click.
    public struct Target: Equatable, Sendable {
        /// What a click on the target selects.
        public enum Meaning: Equatable, Sendable {
            /// A row of the list in front, by its index among the shown rows.
            case row(Int)
            /// A tab, by the number that stands before its name.
            case tab(Int)
        }

        public var area: Rect
        public var meaning: Meaning

        public init(area: Rect, meaning: Meaning) {
            self.area = area
            self.meaning = meaning
        }
    }

    /// The size of the canvas in columns and rows.
    public let size: Size
    /// Whether the canvas is for a screen reader: words only, with the cursor where reading should begin.
    public let isPlain: Bool
    /// The cells, row by row from the top left.
    public private(set) var cells: [Cell]
    /// The links on the canvas; the terminal writes them after the cells.
    public private(set) var links: [Link] = []
    private var targets: [Target] = []
    /// Where the terminal's cursor stands; nil hides it.
    public var cursor: (row: Int, column: Int)?

    public static func == (left: Canvas, right: Canvas) -> Bool {
        left.size == right.size && left.cells == right.cells && left.links == right.links
            && left.cursor?.row == right.cursor?.row && left.cursor?.column == right.cursor?.column
    }

    public init(size: Size, isPlain: Bool = false) {
        self.size = size
        self.isPlain = isPlain
        cells = Array(repeating: .blank, count: max(size.columns * size.rows, 0))
    }

    /// The whole canvas as a rectangle.
    public var bounds: Rect { Rect(row: 0, column: 0, columns: size.columns, rows: size.rows) }

    public subscript(row: Int, column: Int) -> Cell { cells[row * size.columns + column] }

    /// The cells of a row.
    public func row(_ row: Int) -> ArraySlice<Cell> { cells[row * size.columns..<(row + 1) * size.columns] }

    /// The side of the columns on which a text is written.
    public enum Alignment: Sendable { case left, right }

    /// Writes a line of text into `width` columns (nil: all columns to the right edge). Text that is too long ends with `…`.
    /// Returns the number of columns written.
    @discardableResult
    public mutating func write(
        _ text: PrintableText, row: Int, column: Int, width: Int? = nil, style: Style = .plain,
        alignment: Alignment = .left
    ) -> Int {
        let room = min(width ?? .max, size.columns - column)
        guard row >= 0, row < size.rows, column >= 0, room > 0, !(isPlain && style.isDecoration) else { return 0 }
        let shown = text.truncated(to: room)
        guard shown.width > 0 else { return 0 }
        let first = row * size.columns + column + (alignment == .right ? room - shown.width : 0)
        // If one half of a wide character is overwritten, the other half becomes blank.
        if cells[first].isRightHalf { cells[first - 1] = .blank }
        let end = first + shown.width
        if end < (row + 1) * size.columns, cells[end].isRightHalf { cells[end] = .blank }
        var style = style
        style.isDecoration = false
        cells.withUnsafeMutableBufferPointer { cells in
            var at = first
            shown.forEachGlyph { glyph in
                var style = style
                if glyph.isSubstitute { style.role = .substitute }
                cells[at] = Cell(base: glyph.base, mark1: glyph.mark1, mark2: glyph.mark2, style: style)
                if glyph.width == 2 { cells[at + 1] = .rightHalf(style) }
                at += Int(glyph.width)
            }
        }
        return shown.width
    }

    /// Writes pieces of different styles one after the other. Returns the number of columns written.
    @discardableResult
    public mutating func write(_ spans: [Span], row: Int, column: Int, width: Int? = nil) -> Int {
        let room = min(width ?? .max, size.columns - column)
        var used = 0
        for span in spans where used < room {
            used += write(span.text, row: row, column: column + used, width: room - used, style: span.style)
        }
        return used
    }

    /// Empties a part of the screen.
    public mutating func clear(_ area: Rect) {
        for row in area.row..<area.row + area.rows {
            for column in area.column..<area.column + area.columns { put(.blank, row, column) }
        }
    }

    /// Draws a horizontal line of `glyph`.
    public mutating func rule(row: Int, column: Int, columns: Int, glyph: Unicode.Scalar = "─", style: Style = .faint) {
        guard columns > 0, !isPlain else { return }
        for at in column..<column + columns { put(Cell(base: glyph, style: style), row, at) }
    }

    /// Marks the selected row: with `▌`, or for a screen reader with `>` and the cursor.
    public mutating func markSelected(row: Int, column: Int) {
        write(isPlain ? ">" : "▌", row: row, column: column, style: .accent)
        if isPlain { cursor = (row, column) }
    }

    /// Changes the style of cells of a row; the text stays the same.
    public mutating func restyle(row: Int, column: Int, columns: Int, _ change: (inout Style) -> Void) {
        guard row >= 0, row < size.rows else { return }
        for at in max(column, 0)..<max(min(column + columns, size.columns), max(column, 0)) {
            change(&cells[row * size.columns + at].style)
        }
    }

    /// Adds a link over text that is written separately.
    public mutating func addLink(_ link: Link) { links.append(link) }

    /// Adds a click target of one row.
    public mutating func addTarget(_ meaning: Target.Meaning, row: Int, column: Int, columns: Int) {
        targets.append(Target(area: Rect(row: row, column: column, columns: columns, rows: 1), meaning: meaning))
    }

    /// Removes all click targets: a dialog covers what was drawn before.
    public mutating func dropTargets() { targets = [] }

    /// The target at a cell; nil when a click there does nothing.
    public func target(row: Int, column: Int) -> Target.Meaning? { targets.first { $0.area.contains(row: row, column: column) }?.meaning }

    /// Writes one cell. If it overwrites one half of a wide character, the other half becomes blank.
    private mutating func put(_ cell: Cell, _ row: Int, _ column: Int) {
        guard row >= 0, row < size.rows, column >= 0, column < size.columns else { return }
        let index = row * size.columns + column
        if cells[index].isRightHalf, column > 0 { cells[index - 1] = .blank }
        if column + 1 < size.columns, cells[index + 1].isRightHalf { cells[index + 1] = .blank }
        cells[index] = cell
    }

    /// The text on the canvas, one line per row, without trailing spaces: for tests and pictures.
    public var text: String {
        (0..<size.rows).map { index in
            var line = String.UnicodeScalarView()
            for cell in row(index) where !cell.isRightHalf {
                line.append(cell.base)
                for mark in [cell.mark1, cell.mark2] where mark != 0 {
                    if let scalar = Unicode.Scalar(mark) { line.append(scalar) }
                }
            }
            var end = line.endIndex
            while end > line.startIndex, line[line.index(before: end)] == " " { end = line.index(before: end) }
            return String(line[line.startIndex..<end])
        }.joined(separator: "\n")
    }
}

/// A piece of a line with its own style.
public struct Span: Equatable, Sendable {
    public var text: PrintableText
    public var style: Style

    public init(_ text: PrintableText, _ style: Style = .plain) {
        self.text = text
        self.style = style
    }
}
