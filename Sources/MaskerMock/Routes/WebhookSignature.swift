import CCrypto
import Foundation

/// The `X-Vapi-Signature` header. OPEN encoding: HMAC-SHA256, lower-case hex, with or without `sha256=` before it.
enum WebhookSignature {
    /// Without a secret nothing verifies.
    static func verifies(_ header: String, _ body: Data, secret: String?) -> Bool {
        guard let secret else { return false }
        let given = Array((header.hasPrefix("sha256=") ? String(header.dropFirst(7)) : header).utf8)
        let expected = Array(hex(body, secret: secret).utf8)
        return given.count == expected.count && CRYPTO_memcmp(given, expected, expected.count) == 0
    }

    private static func hex(_ body: Data, secret: String) -> String {
        var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
        var length: UInt32 = 0
        let key = Array(secret.utf8), bytes = Array(body)
        HMAC(EVP_sha256(), key, Int32(key.count), bytes, bytes.count, &digest, &length)
        return HexText.of(digest.prefix(Int(length)))
    }
}
