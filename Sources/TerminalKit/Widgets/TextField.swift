/// One line of text being typed. Control characters never get in, pasted ones neither.
public struct TextField: Sendable, Equatable {
    public private(set) var text: String
    /// More than any field needs; a longer paste is cut.
    public var limit: Int

    public init(_ text: String = "", limit: Int = 4_500) {
        self.text = text
        self.limit = limit
    }

    /// Takes a key or a paste. False when it is not for a text field.
    public mutating func edit(_ event: TerminalEvent) -> Bool {
        switch event {
        case .key(.character(let scalar)): insert([scalar])
        case .key(.backspace):
            if !text.isEmpty { text.unicodeScalars.removeLast() }
        case .key(.control("u")): text = ""
        case .key(.control("w")):
            while text.last == " " { text.removeLast() }
            while let last = text.last, last != " " { text.removeLast() }
        case .paste(let pasted): insert(Array(pasted.unicodeScalars))
        default: return false
        }
        return true
    }

    public mutating func clear() { text = "" }

    private mutating func insert(_ scalars: [Unicode.Scalar]) {
        let room = limit - text.unicodeScalars.count
        let clean = scalars.lazy.filter { $0.value >= 0x20 && !(0x7F..<0xA0).contains($0.value) }
        text.unicodeScalars.append(contentsOf: clean.prefix(max(room, 0)))
    }

    /// Draws the text, or as many dots when it is a secret, its end in sight, with the cursor behind it.
    public func draw(hidden: Bool = false, on canvas: inout Canvas, row: Int, column: Int, width: Int) {
        let shown = hidden ? PrintableText(String(repeating: "•", count: text.unicodeScalars.count)) : PrintableText(text)
        let start = max(shown.width - (width - 1), 0)
        canvas.write(PrintableText(String(repeating: " ", count: width)), row: row, column: column, style: Style(.plain, underlined: true))
        let used = canvas.write(shown.slice(from: start, columns: width - 1), row: row, column: column, style: Style(.plain, underlined: true))
        canvas.cursor = (row, column + used)
    }
}

extension TextField: CustomStringConvertible, CustomReflectable {
    // What is typed can be a credential.
    public var description: String { "TextField(\(text.unicodeScalars.count) characters)" }
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
