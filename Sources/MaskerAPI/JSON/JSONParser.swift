/// Why bytes are not JSON.
public struct JSONSyntaxError: Error, Sendable, Equatable {
    /// The index of the byte, counted from 0.
    public let offset: Int
    /// What is wrong there, as a clause to show to the user.
    public let reason: String
}

extension JSON {
    /// The deepest nesting that is accepted. The contract's answers have at most 5 levels; a hostile one could use up the stack.
    public static let deepestNesting = 64

    /// The most values in one answer. The contract's largest answer, a page of 100 records, has about 3,000. The limit is
    /// needed because a small value takes many times more memory than its text.
    public static let mostValues = 200_000

    /// Reads `bytes` as one JSON value; only white space may stand around it.
    ///
    /// Bad UTF-8 and lone surrogates become U+FFFD. All other syntax errors throw, so that an answer that was cut short
    /// is never taken for a complete one.
    /// - Throws: `JSONSyntaxError`.
    public init(parsing bytes: [UInt8]) throws(JSONSyntaxError) {
        self = try bytes.withUnsafeBufferPointer { buffer throws(JSONSyntaxError) -> JSON in
            var parser = JSONParser(bytes: buffer)
            return try parser.document()
        }
    }

    /// Reads a page of a list: an object whose array is `data`. Of an array at this level, at most `mostElements` elements are
    /// returned.
    /// - Returns: the page, and how many elements were left out.
    static func page(parsing bytes: [UInt8], mostElements: Int) throws(JSONSyntaxError) -> (json: JSON, leftOut: Int) {
        try bytes.withUnsafeBufferPointer { buffer throws(JSONSyntaxError) in
            var parser = JSONParser(bytes: buffer, mostElements: mostElements)
            return (try parser.document(), parser.leftOut)
        }
    }
}

/// A recursive-descent parser over bytes; the recursion is bounded by `JSON.deepestNesting`.
struct JSONParser {
    let bytes: UnsafeBufferPointer<UInt8>
    private(set) var at: Int
    /// How many elements were read and left out.
    private(set) var leftOut = 0
    private let mostElements: Int
    private var values = 0

    /// - Parameters:
    ///   - at: the index of the value's first byte.
    ///   - mostElements: the most elements that are kept of an array one level deep; the others are read and left out.
    init(bytes: UnsafeBufferPointer<UInt8>, at: Int = 0, mostElements: Int = .max) {
        self.bytes = bytes
        self.at = at
        self.mostElements = mostElements
    }

    mutating func document() throws(JSONSyntaxError) -> JSON {
        if bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { at = 3 }
        let value = try value(depth: 0)
        skipSpace()
        guard at == bytes.count else { throw error("there is text after the end of the value") }
        return value
    }

    /// Reads the next value, which is `depth` levels deep in the document.
    mutating func value(depth: Int) throws(JSONSyntaxError) -> JSON {
        guard depth < JSON.deepestNesting else { throw error("it has more than \(JSON.deepestNesting) levels") }
        values += 1
        guard values <= JSON.mostValues else { throw error("it has more than \(JSON.mostValues) values") }
        skipSpace()
        switch peek() {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): try literal("true"); return .bool(true)
        case UInt8(ascii: "f"): try literal("false"); return .bool(false)
        case UInt8(ascii: "n"): try literal("null"); return .null
        case UInt8(ascii: "-"): return .number(try number())
        case let byte? where (0x30...0x39).contains(byte): return .number(try number())
        case nil: throw error("it ends where a value was expected")
        default: throw error("a value was expected")
        }
    }

    private mutating func object(depth: Int) throws(JSONSyntaxError) -> JSON {
        at += 1
        var members: [JSON.Member] = []
        skipSpace()
        if take("}") { return .object(members) }
        while true {
            skipSpace()
            guard peek() == UInt8(ascii: "\"") else { throw error("a key was expected") }
            let key = try string()
            skipSpace()
            guard take(":") else { throw error("a colon was expected") }
            members.append(JSON.Member(key: key, value: try value(depth: depth + 1)))
            skipSpace()
            if take("}") { return .object(members) }
            guard take(",") else { throw error("a comma or the end of the object was expected") }
        }
    }

    private mutating func array(depth: Int) throws(JSONSyntaxError) -> JSON {
        at += 1
        var elements: [JSON] = []
        skipSpace()
        if take("]") { return .array(elements) }
        while true {
            if depth == 1, elements.count >= mostElements {
                let before = values
                _ = try value(depth: depth + 1)
                values = before
                leftOut += 1
            } else {
                elements.append(try value(depth: depth + 1))
            }
            skipSpace()
            if take("]") { return .array(elements) }
            guard take(",") else { throw error("a comma or the end of the array was expected") }
        }
    }

    private mutating func string() throws(JSONSyntaxError) -> String {
        at += 1
        let start = at
        while at < bytes.count {
            let byte = bytes[at]
            if byte == UInt8(ascii: "\"") {
                defer { at += 1 }
                return String(decoding: bytes[start..<at], as: UTF8.self)
            }
            if byte == UInt8(ascii: "\\") { return try stringWithEscapes(from: start) }
            at += 1
        }
        throw error("a string does not end")
    }

    private mutating func stringWithEscapes(from start: Int) throws(JSONSyntaxError) -> String {
        var utf8 = Array(bytes[start..<at])
        while at < bytes.count {
            let byte = bytes[at]
            at += 1
            if byte == UInt8(ascii: "\"") { return String(decoding: utf8, as: UTF8.self) }
            guard byte == UInt8(ascii: "\\") else { utf8.append(byte); continue }
            guard let escape = peek() else { break }
            at += 1
            switch escape {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): utf8.append(escape)
            case UInt8(ascii: "b"): utf8.append(0x08)
            case UInt8(ascii: "f"): utf8.append(0x0C)
            case UInt8(ascii: "n"): utf8.append(0x0A)
            case UInt8(ascii: "r"): utf8.append(0x0D)
            case UInt8(ascii: "t"): utf8.append(0x09)
            case UInt8(ascii: "u"): utf8.append(contentsOf: String(try escapedScalar()).utf8)
            default: throw error("an unknown escape in a string")
            }
        }
        throw error("a string does not end")
    }

    /// The scalar of `\uXXXX`, or of two such escapes that form a surrogate pair; U+FFFD for a lone surrogate.
    private mutating func escapedScalar() throws(JSONSyntaxError) -> Unicode.Scalar {
        let first = try fourHexDigits()
        if (0xD800..<0xDC00).contains(first), at + 1 < bytes.count,
            bytes[at] == UInt8(ascii: "\\"), bytes[at + 1] == UInt8(ascii: "u")
        {
            let back = at
            at += 2
            let second = try fourHexDigits()
            if (0xDC00..<0xE000).contains(second) {
                return Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)) ?? "\u{FFFD}"
            }
            at = back
        }
        return Unicode.Scalar(first) ?? "\u{FFFD}"
    }

    private mutating func fourHexDigits() throws(JSONSyntaxError) -> UInt32 {
        guard at + 4 <= bytes.count else { throw error("a \\u escape is cut short") }
        var value: UInt32 = 0
        for _ in 0..<4 {
            let byte = bytes[at]
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue, byte < 0x80 else {
                throw error("a \\u escape needs four hexadecimal digits")
            }
            value = value << 4 | UInt32(digit)
            at += 1
        }
        return value
    }

    /// A number. One that is too large for a Double becomes infinite, and `JSON.finite` refuses it later.
    private mutating func number() throws(JSONSyntaxError) -> Double {
        let start = at
        var isPlainInteger = true
        var integer = 0
        if peek() == UInt8(ascii: "-") { at += 1 }
        let firstDigit = at
        while let byte = peek() {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                if at - firstDigit < 15 { integer = integer * 10 + Int(byte - UInt8(ascii: "0")) } else { isPlainInteger = false }
            case UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"), UInt8(ascii: "+"), UInt8(ascii: "-"):
                isPlainInteger = false
            default:
                return try finishNumber(start, firstDigit, isPlainInteger ? integer : nil)
            }
            at += 1
        }
        return try finishNumber(start, firstDigit, isPlainInteger ? integer : nil)
    }

    private func finishNumber(_ start: Int, _ firstDigit: Int, _ integer: Int?) throws(JSONSyntaxError) -> Double {
        guard at > firstDigit else { throw error("a number has no digits") }
        if let integer { return Double(start == firstDigit ? integer : -integer) }
        let text = String(decoding: bytes[start..<at], as: UTF8.self)
        guard let value = Double(text) else { throw error("a number is malformed") }
        return value
    }

    private mutating func literal(_ word: StaticString) throws(JSONSyntaxError) {
        let end = at + word.utf8CodeUnitCount
        guard end <= bytes.count,
            bytes[at..<end].elementsEqual(UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
        else { throw error("a value was expected") }
        at = end
    }

    private mutating func skipSpace() {
        while let byte = peek(), byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { at += 1 }
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard peek() == UInt8(ascii: character) else { return false }
        at += 1
        return true
    }

    private func peek() -> UInt8? { at < bytes.count ? bytes[at] : nil }

    private func error(_ reason: String) -> JSONSyntaxError { JSONSyntaxError(offset: at, reason: reason) }
}
