/// A scoped API token that the portal has issued: a secret that is sent instead of the cookie. The console neither renews nor
/// stores it. Printing, dumping or interpolating it does not show its value.
public struct APIToken: Sendable, Equatable {
    private static let longest = 4096
    private let secret: SecretBytes

    /// Reads a token of 1 to 4096 visible ASCII characters; white space around it is ignored.
    /// - Throws: `InvalidToken`, whose description never contains the text.
    public init(_ text: String) throws(InvalidToken) {
        let value = text.trimmed.utf8
        guard !value.isEmpty else { throw InvalidToken(description: "it holds no API token") }
        guard value.count <= APIToken.longest else {
            throw InvalidToken(description: "it is too long for an API token (at most 4096 characters)")
        }
        // Visible ASCII only, so that the token cannot end its header line.
        guard value.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw InvalidToken(description: "it holds a character that an API token cannot contain")
        }
        secret = SecretBytes(value)
    }

    /// The value, for the request header only.
    var textToSend: String { secret.withBytes { String(decoding: $0, as: UTF8.self) } }

    public static func == (left: APIToken, right: APIToken) -> Bool {
        left.secret.withBytes { first in right.secret.withBytes { SecretBytes.areEqual(first, $0) } }
    }
}

extension APIToken: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "APIToken(withheld)" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}

/// Why a text cannot be an API token. The description never contains the text.
public struct InvalidToken: Error, Sendable, Equatable, CustomStringConvertible {
    public let description: String
}
