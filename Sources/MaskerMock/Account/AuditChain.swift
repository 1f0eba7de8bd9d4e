import CCrypto
import Foundation

/// The root of a session's part of the audit chain: `hash_n = HMAC-SHA256(audit_key, hash_{n-1} || canonical_json(event_n))`.
enum AuditChain {
    /// The operator's key. Clients never get it, so they cannot compute the root themselves.
    private static let key = Array("mock-audit-key".utf8)

    /// - Parameter session: the session's id; its bytes are the beginning of the chain.
    static func head(of events: [MockJSON], session: String) -> String {
        let first = hash(Array(session.utf8))
        return HexText.of(events.reduce(first) { hash($0 + Array($1.bytes)) })
    }

    private static func hash(_ bytes: [UInt8]) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: 32)
        var length: UInt32 = 0
        HMAC(EVP_sha256(), key, Int32(key.count), bytes, bytes.count, &digest, &length)
        return digest
    }
}

/// The bytes as lower-case hexadecimal digits.
enum HexText {
    static func of(_ bytes: some Sequence<UInt8>) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
