/// The signature of a webhook request: the HMAC-SHA256 of its body with the shared secret (see `OpenDecision.signaturePrefix`).
public enum WebhookSignature {
    /// The name of the signature's header.
    public static let header = "X-Vapi-Signature"
    private static let prefix = OpenDecision.signaturePrefix

    /// The value of the header for this body.
    public static func of(_ body: [UInt8], secret: WebhookSecret) -> String {
        var inner = SHA256(), outer = SHA256()
        // HMAC (RFC 2104): a key that is longer than a block is hashed; then it is filled up with zeros.
        var key = secret.withBytes { Array($0) }
        if key.count > blockSize {
            var hash = SHA256()
            hash.take(key)
            key = hash.digest()
        }
        key += [UInt8](repeating: 0, count: blockSize - key.count)
        inner.take(key.map { $0 ^ 0x36 })
        inner.take(body)
        outer.take(key.map { $0 ^ 0x5C })
        outer.take(inner.digest())
        return outer.hex()
    }

    private static let blockSize = 64

    /// Whether a header's value is the signature of the body. The comparison takes the same time wherever the two differ.
    public static func verifies(_ value: String, _ body: [UInt8], secret: WebhookSecret) -> Bool {
        let given = Array((value.hasPrefix(prefix) ? String(value.dropFirst(prefix.count)) : value).utf8)
        let expected = Array(of(body, secret: secret).utf8)
        return given.withUnsafeBytes { first in expected.withUnsafeBytes { SecretBytes.areEqual(first, $0) } }
    }
}
