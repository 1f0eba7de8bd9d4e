/// Finds words of exactly 64 hexadecimal digits in the strings of a PDF's page.
struct PDFStrings {
    private(set) var found: [String] = []
    private var place = Place.between
    private var isInArray = false
    /// The hexadecimal digits of the current word (at most 64 are kept), and how many there were.
    private var run: [UInt8] = []
    private var length = 0
    /// The number between two strings of an array: how far the next string is moved to the left, in thousandths of the font size.
    private var number: [UInt8] = []

    private enum Place: Equatable {
        case between
        /// In `(…)`; the depth counts nested parentheses.
        case literal(depth: Int)
        case escape(depth: Int)
        case octal(depth: Int, digits: Int, value: UInt8)
        /// In `<…>`; the value is the first digit of a byte, or nil between two bytes.
        case hexadecimal(UInt8?)
    }

    private static let digits = 64, most = 16
    /// Two strings with at least this gap between them are separate words. (A gap is a negative number.)
    private static let wordGap = -200.0

    mutating func take(_ byte: UInt8) {
        switch place {
        case .between: takeBetween(byte)
        case .literal(let depth): takeLiteral(byte, depth)
        case .escape(let depth):
            if let value = Self.octal(byte) { return place = .octal(depth: depth, digits: 1, value: value) }
            place = .literal(depth: depth)
            add(byte)
        case .octal(let depth, let digits, let value):
            if digits < 3, let next = Self.octal(byte) {
                return place = .octal(depth: depth, digits: digits + 1, value: value << 3 | next)
            }
            add(value)
            place = .literal(depth: depth)
            takeLiteral(byte, depth)
        case .hexadecimal(let first):
            guard byte != UInt8(ascii: ">"), let digit = Self.hexadecimal(byte) else {
                // White space is allowed in `<…>`. With any other character, as in `<<`, it is not a string.
                if " \t\r\n".utf8.contains(byte) { return }
                return place = .between
            }
            guard let first else { return place = .hexadecimal(digit) }
            place = .hexadecimal(nil)
            add(first << 4 | digit)
        }
    }

    private mutating func takeBetween(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "("), UInt8(ascii: "<"):
            if !isInArray || isWordGap { endRun() }
            number = []
            place = byte == UInt8(ascii: "(") ? .literal(depth: 1) : .hexadecimal(nil)
        case UInt8(ascii: "["), UInt8(ascii: "]"):
            endRun()
            isInArray = byte == UInt8(ascii: "[")
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."):
            if number.count < 16 { number.append(byte) }
        default: break
        }
    }

    private var isWordGap: Bool { Double(String(decoding: number, as: UTF8.self)).map { $0 <= Self.wordGap } ?? false }

    private mutating func takeLiteral(_ byte: UInt8, _ depth: Int) {
        switch byte {
        case UInt8(ascii: "\\"): place = .escape(depth: depth)
        case UInt8(ascii: ")") where depth == 1: place = .between
        case UInt8(ascii: ")"):
            place = .literal(depth: depth - 1)
            add(byte)
        case UInt8(ascii: "("):
            place = .literal(depth: depth + 1)
            add(byte)
        default: add(byte)
        }
    }

    private mutating func add(_ character: UInt8) {
        guard Self.hexadecimal(character) != nil else { return endRun() }
        length += 1
        if length <= Self.digits { run.append(character) }
    }

    /// Ends the current word, because the next string is drawn somewhere else.
    mutating func endRun() {
        if length == Self.digits, found.count < Self.most { found.append(String(decoding: run, as: UTF8.self)) }
        run.removeAll(keepingCapacity: true)
        length = 0
    }

    private static func octal(_ byte: UInt8) -> UInt8? {
        (UInt8(ascii: "0")...UInt8(ascii: "7")).contains(byte) ? byte - UInt8(ascii: "0") : nil
    }

    private static func hexadecimal(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
