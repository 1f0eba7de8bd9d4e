/// A search text that filters the rows of a list while it is typed.
public struct FindField: Sendable, Equatable {
    private var field = TextField(limit: 80)
    public private(set) var isTyping = false

    public init() {}

    public var text: String { field.text }
    public var isActive: Bool { isTyping || !text.isEmpty }

    public mutating func begin() { isTyping = true }
    public mutating func keep() { isTyping = false }

    public mutating func clear() {
        field.clear()
        isTyping = false
    }

    /// Takes a key or a paste while the text is typed. Returns false when the field has no use for it.
    public mutating func edit(_ event: TerminalEvent) -> Bool { isTyping && field.edit(event) }

    /// `/ refill   2 of 12`.
    public func draw(found: Int, of total: String, on canvas: inout Canvas, row: Int, column: Int, width: Int) {
        canvas.write("/", row: row, column: column, style: .key)
        let count = PrintableText("\(found) of \(total)")
        let fieldWidth = min(max(width - count.width - 6, 8), 40)
        if isTyping {
            field.draw(on: &canvas, row: row, column: column + 2, width: fieldWidth)
        } else {
            canvas.write(PrintableText(text), row: row, column: column + 2, width: fieldWidth, style: .accent)
        }
        canvas.write(count, row: row, column: column + fieldWidth + 4, style: .faint)
    }
}
