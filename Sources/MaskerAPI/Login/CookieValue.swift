
/// The secret value of the `masker_session` cookie.
///
/// It can only be made from text, compared, sent and stored. It consists of 1 to 4096 RFC 6265 cookie-octets, so it cannot
/// end its header line or damage the file that keeps it. Printing, dumping or interpolating it does not show its value.
public struct CookieValue: Sendable, Equatable {
    /// The cookie's name (contract, *Login session*).
    static let cookieName = "masker_session"
    static let longest = 4096

    private let secret: SecretBytes

    /// Reads a cookie that the user pasted: a bare value, `masker_session=…`, a whole `Cookie:` line (other cookies
    /// beside it allowed) or a `Set-Cookie:` line (its attributes are ignored), with quotes and white space around it.
    /// - Throws: `InvalidCookie`, whose description never contains the text.
    public init(pasted text: String) throws(InvalidCookie) {
        guard text.utf8.count <= 4 * CookieValue.longest else { throw .tooLong }
        var rest = CookieValue.trimmed(text[...])
        var isNamed = false
        for prefix in ["set-cookie:", "cookie:", "export "] where rest.lowercased().hasPrefix(prefix) {
            isNamed = prefix != "export "
            rest = CookieValue.trimmed(rest.dropFirst(prefix.count))
        }
        let pairs = rest.split(separator: ";").map { CookieValue.trimmed($0) }
        let named = pairs.lazy.compactMap { pair -> Substring? in
            guard pair.lowercased().hasPrefix("\(CookieValue.cookieName)=") else { return nil }
            return pair.dropFirst(CookieValue.cookieName.count + 1)
        }.first
        if let named {
            try self.init(checking: named)
        } else if let only = pairs.first, pairs.count == 1, !isNamed {
            try self.init(checking: only)
        } else {
            throw pairs.isEmpty ? .empty : .noSuchCookie
        }
    }

    /// Reads the bare value, from the server or from the console's own file.
    init(checking text: Substring) throws(InvalidCookie) {
        let value = CookieValue.trimmed(text)
        guard !value.isEmpty else { throw .empty }
        guard value.utf8.count <= CookieValue.longest else { throw .tooLong }
        guard value.utf8.allSatisfy(CookieValue.isCookieOctet) else { throw .badCharacter }
        secret = SecretBytes(value.utf8)
    }

    /// The value, for the request header and the console's own file only.
    var textToSendOrStore: String { secret.withBytes { String(decoding: $0, as: UTF8.self) } }

    public static func == (left: CookieValue, right: CookieValue) -> Bool {
        left.secret === right.secret
            || left.secret.withBytes { first in right.secret.withBytes { SecretBytes.areEqual(first, $0) } }
    }

    /// RFC 6265 section 4.1.1: no control characters, white space, quote, comma, semicolon or backslash.
    private static func isCookieOctet(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x21, 0x23...0x2B, 0x2D...0x3A, 0x3C...0x5B, 0x5D...0x7E: true
        default: false
        }
    }

    /// The text without the white space and quotes that pasting adds at both ends.
    private static func trimmed(_ text: Substring) -> Substring {
        func isPadding(_ character: Character) -> Bool { character.isWhitespace || "\"'`“”‘’".contains(character) }
        var text = text
        while let first = text.first, isPadding(first) { text.removeFirst() }
        while let last = text.last, isPadding(last) { text.removeLast() }
        return text
    }
}

extension CookieValue: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "CookieValue(withheld)" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}

/// Why a text cannot be the session cookie. The description never contains the text.
public struct InvalidCookie: Error, Sendable, Equatable, CustomStringConvertible {
    /// A clause to show to the user, without a full stop.
    public let description: String

    static let empty = InvalidCookie(description: "there is no cookie value in it")
    static let tooLong = InvalidCookie(description: "it is too long for a session cookie (at most 4096 characters)")
    static let badCharacter = InvalidCookie(
        description: "it holds a character that a cookie cannot contain; copy only the value of masker_session")
    static let noSuchCookie = InvalidCookie(description: "there is no masker_session among these cookies")
}
