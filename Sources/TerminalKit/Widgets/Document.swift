/// Lines of styled text that scroll together, such as the details of a session.
public struct Document: Sendable {
    /// The lines, each in pieces of different styles.
    public private(set) var lines: [[Span]] = []

    /// The width of the lines in columns.
    public let width: Int
    /// The width of the widest field value without a blank, such as a URL. A narrower document breaks it.
    public private(set) var widestValue = 0

    public init(width: Int) { self.width = max(width, 20) }

    private static let labelWidth = 16

    /// Adds a line of several pieces.
    public mutating func add(_ spans: [Span]) { lines.append(spans) }
    /// Adds a line.
    public mutating func add(_ text: PrintableText, _ style: Style = .plain) { lines.append([Span(text, style)]) }
    /// Adds an empty line.
    public mutating func blank() { lines.append([]) }

    /// Adds a heading with a line to the right edge.
    public mutating func heading(_ title: String) {
        if !lines.isEmpty { blank() }
        let rest = max(width - title.count - 1, 0)
        lines.append([
            Span(PrintableText(title), .title), Span(PrintableText(" " + String(repeating: "─", count: rest)), .faint.decoration),
        ])
    }

    /// Adds a field with its value, wrapped if it is long; `—` if the value is missing.
    public mutating func field(_ label: String, _ value: PrintableText?, _ style: Style = .plain) {
        let shown = value ?? "—"
        let room = width - Self.labelWidth
        if shown.width > room, !shown.hasBlank {
            widestValue = max(widestValue, shown.width)
            // On a line of its own, a URL can be selected and copied as a whole.
            if shown.width <= width {
                add(PrintableText(label), .label)
                return add(shown, style)
            }
        }
        for (index, line) in shown.wrapped(to: room).enumerated() {
            let name = index == 0 ? label : ""
            let padding = String(repeating: " ", count: max(Self.labelWidth - name.count, 1))
            lines.append([
                Span(PrintableText(name + padding), .label), Span(line, value == nil ? .faint : style),
            ])
        }
    }

    public mutating func field(_ label: String, _ value: String?, _ style: Style = .plain) {
        field(label, value.map { PrintableText($0) }, style)
    }

    /// Adds a wrapped text.
    public mutating func paragraph(_ text: PrintableText, _ style: Style = .plain) {
        for line in text.wrapped(to: width) { add(line, style) }
    }

    /// Adds a YAML text with syntax colours.
    public mutating func yaml(_ text: String) {
        for line in PrintableText.lines(of: text) {
            for piece in line.wrapped(to: width) { add(YAMLHighlighter.spans(piece)) }
        }
    }

    /// Draws the lines from line `top` on.
    public func draw(from top: Int, on canvas: inout Canvas, in area: Rect) {
        if canvas.isPlain { canvas.cursor = (area.row, area.column) }
        for (offset, line) in lines.dropFirst(top).prefix(area.rows).enumerated() {
            canvas.write(line, row: area.row + offset, column: area.column, width: area.columns)
        }
    }
}

/// The first visible line of a document.
public struct ScrollPosition: Sendable, Equatable {
    /// The index of the first visible line.
    public private(set) var top = 0

    public init(top: Int = 0) {
        self.top = top
    }

    /// Whether `clamp` can change the position. At the top it cannot, and the document need not be laid out to count its lines.
    public var canClamp: Bool { top > 0 }

    /// Moves the position; `page` is the number of visible lines.
    public mutating func move(_ move: ScrollMove, lines: Int, page: Int) {
        switch move {
        case .by(let rows): top += rows
        case .pages(let share): top += Int((share * Double(page)).rounded())
        case .first: top = 0
        case .last: top = lines
        }
        clamp(lines: lines, page: page)
    }

    /// Moves the position back so that the last page is full.
    public mutating func clamp(lines: Int, page: Int) { top = min(max(top, 0), max(lines - page, 0)) }

    /// The position after `clamp`, for a window that may have grown since the last key.
    public func clamped(lines: Int, page: Int) -> ScrollPosition {
        var scroll = self
        scroll.clamp(lines: lines, page: page)
        return scroll
    }

    /// The position for the user: `all`, `top`, `37 %` or `end`.
    public func label(lines: Int, page: Int) -> String {
        if lines <= page { return "all" }
        if top == 0 { return "top" }
        if top >= lines - page { return "end" }
        return "\(top * 100 / max(lines - page, 1)) %"
    }
}
