/// The secret that Vapi's webhook requests are signed with. Printing, dumping or interpolating it shows nothing of it.
public struct WebhookSecret: Sendable, Equatable {
    private let secret: SecretBytes

    /// Nil for an empty text, which signs nothing.
    public init?(_ text: String) {
        guard !text.isEmpty else { return nil }
        secret = SecretBytes(text.utf8)
    }

    /// For signing only.
    func withBytes<Result>(_ use: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result { try secret.withBytes(use) }

    public static func == (left: WebhookSecret, right: WebhookSecret) -> Bool {
        left.secret.withBytes { first in right.secret.withBytes { SecretBytes.areEqual(first, $0) } }
    }
}

extension WebhookSecret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "WebhookSecret(withheld)" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
