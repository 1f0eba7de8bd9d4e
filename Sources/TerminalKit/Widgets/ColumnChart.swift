/// A chart of columns over an axis. Each column consists of stacked parts, with its numbers below it.
public struct ColumnChart {
    /// The glyph and the style of one part of the columns.
    public struct Part: Sendable {
        public var glyph: Character
        public var style: Style

        public init(glyph: Character, style: Style) {
            self.glyph = glyph
            self.style = style
        }
    }

    /// The parts of a column, the lowest first.
    public let parts: [Part]
    /// A value for each part.
    public let columns: [[Int]]
    /// Labels on the axis at the beginning of some columns, by the index of the column.
    public let labels: [Int: String]
    /// The label at the end of the last column.
    public let lastLabel: String
    /// The width of the chart in columns of the screen.
    public let width: Int

    private let most: Int
    private let gutter: Int
    private let pitch: Int

    public init(parts: [Part], columns: [[Int]], labels: [Int: String], lastLabel: String, width: Int) {
        self.parts = parts
        self.columns = columns
        self.labels = labels
        self.lastLabel = lastLabel
        self.width = width
        most = max(columns.map { $0.reduce(0, +) }.max() ?? 0, 1)
        gutter = max(Format.short(most).count, 3) + 1
        pitch = min(max((width - gutter + 1) / max(columns.count, 1), 1), 8)
    }

    private var barWidth: Int { pitch > 2 ? pitch - 1 : 1 }

    // MARK: Bars

    /// The bars, and the axis with the labels below them.
    public func bars(rows: Int) -> [[Span]] {
        (0..<rows).map { row in
            let label = row == 0 ? Format.short(most) : ""
            return [gutterSpan(label, row == 0 ? "┤" : "│")] + columns.map { cell(of: $0, at: rows - 1 - row, rows: rows) }
        } + [axis]
    }

    /// The cells of a column in one line, counted from below.
    private func cell(of column: [Int], at height: Int, rows: Int) -> Span {
        let total = column.reduce(0, +)
        let eighths = total == 0 ? 0 : max(Int((Double(total * rows * 8) / Double(most)).rounded()), 1)
        let filled = min(eighths - 8 * height, 8)
        guard filled > 0 else { return Span(PrintableText(String(repeating: " ", count: pitch))) }
        var part = column.lastIndex { $0 > 0 } ?? 0
        var isTop = true
        var below = 0
        for (index, value) in column.enumerated() where index < part {
            below += value
            // Rounded: a part of less than half a cell is not drawn; the numbers show it.
            if Double(height) < (Double(below) / Double(total) * Double(eighths) / 8).rounded() {
                part = index
                isTop = false
                break
            }
        }
        let glyph = isTop && filled < 8 ? Bars.eighth(filled) : parts[part].glyph
        let bar = String(repeating: glyph, count: barWidth)
        return Span(PrintableText(bar.padded(to: pitch)), parts[part].style)
    }

    private var axis: [Span] {
        var text = ""
        for column in columns.indices {
            guard let label = labels[column], text.count <= column * pitch else { continue }
            text += String(repeating: "─", count: column * pitch - text.count) + label
        }
        let end = columns.count * pitch - (pitch - barWidth) - lastLabel.count
        text = String(text.prefix(end))
        text += String(repeating: "─", count: max(end - text.count, 0)) + lastLabel
        return [gutterSpan("0", "└"), Span(PrintableText(text).prefix(columns: width - gutter), .faint)]
    }

    private func gutterSpan(_ label: String, _ line: Character) -> Span {
        Span(PrintableText(label.padded(to: gutter - 1, right: true) + String(line)), .faint)
    }

    // MARK: Numbers

    /// Lines with a number below each column; nil for an unknown number. If the numbers are wider than the columns, they are
    /// spread over two or three lines in turn.
    public func numbers(_ values: [Int?], _ label: PrintableText, _ style: Style) -> [[Span]] {
        func written(_ number: (Int) -> String) -> [String] { values.map { $0.map { $0 == 0 ? "·" : number($0) } ?? "" } }
        var texts = written { String($0) }
        let mostLines = 3
        if longest(texts) >= mostLines * pitch { texts = written(Format.short) }
        let lines = min(longest(texts) / pitch + 1, mostLines)
        return (0..<lines).map { line in
            var text = ""
            for index in stride(from: line, to: texts.count, by: lines) where text.count <= index * pitch {
                text += String(repeating: " ", count: index * pitch - text.count) + texts[index]
            }
            let name = line == 0 ? label : ""
            let space = PrintableText(String(repeating: " ", count: max(gutter - name.width, 0)))
            return [Span(name + space, style), Span(PrintableText(text))]
        }
    }

    private func longest(_ texts: [String]) -> Int { texts.map(\.count).max() ?? 0 }
}
