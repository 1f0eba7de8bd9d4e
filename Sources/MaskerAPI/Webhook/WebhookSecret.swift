/// The secret with which Vapi signs webhook requests. Printing, dumping or interpolating it does not show its value.
public struct WebhookSecret: Sendable, Equatable {
    private let secret: SecretBytes

    /// Nil for an empty text.
    public init?(_ text: String) {
        guard !text.isEmpty else { return nil }
        secret = SecretBytes(text.utf8)
    }

    /// The secret's bytes, for signing only.
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
