import CCrypto
import Foundation
import MaskerAPI

/// The root over a session's events: SHA-256, leaves and nodes told apart by a first byte, an odd node moves up.
enum MerkleRoot {
    static func hex(of events: [RedactionEvent]) -> String {
        var level = events.map { sha256([0] + Array(leaf($0).utf8)) }
        while level.count > 1 {
            level = stride(from: 0, to: level.count, by: 2).map { index in
                index + 1 < level.count ? sha256([1] + level[index] + level[index + 1]) : level[index]
            }
        }
        return HexText.of(level.first ?? sha256([]))
    }

    private static func leaf(_ event: RedactionEvent) -> String {
        [event.eventID, event.pass, event.entityKind, event.span?.description].map { $0 ?? "" }.joined(
            separator: "\u{1F}")
    }

    private static func sha256(_ bytes: [UInt8]) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: 32)
        var length: UInt32 = 0
        EVP_Digest(bytes, bytes.count, &digest, &length, EVP_sha256(), nil)
        return digest
    }
}

/// Bytes as lower-case hexadecimal digits.
enum HexText {
    static func of(_ bytes: some Sequence<UInt8>) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
