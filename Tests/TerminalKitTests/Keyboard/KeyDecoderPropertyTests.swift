import TestSupport
import Testing

@testable import TerminalKit

@Suite("Any bytes at all", .ownThread)
struct KeyDecoderPropertyTests {
    private static let pieces = [
        "\u{1B}", "\u{1B}[", "\u{1B}O", "[", "O", "A", "1", ";", "2", ":", "3", "~", "u", "$", "^", "@", "M", "<", "?", "m", "\u{1B}]", "\u{1B}P", "\u{1B}_", "\u{1B}X", "\u{1B}\\", "\u{7}",
        "\u{1B}[200~", "\u{1B}[201~", "\u{1B}[1;5C", "\u{1B}[<0;1;1M", "\u{1B}[M !!", "é", "日", "\u{9B}", "\u{C}", "\r", "\u{7F}", "d", "q", "\u{1B}[27;2;65~", "\u{1B}[[A", "\u{1B}[7$",
    ]

    private static func bytes(_ random: inout SeededGenerator) -> [UInt8] {
        (0..<Int.random(in: 1...30, using: &random)).flatMap { _ -> [UInt8] in
            if Int.random(in: 0..<4, using: &random) == 0 { return [UInt8.random(in: 0...255, using: &random)] }
            return Array((pieces.randomElement(using: &random) ?? "").utf8)
        }
    }

    @Test("however they are cut into reads, the same comes of them")
    func splits() {
        let seed = SeededGenerator.newSeed()
        var random = SeededGenerator(seed)
        let tables = [
            Decoding(usesMouse: true), Decoding(terminal: "linux"), Decoding(terminfo: [("\u{1B}A", .up), ("\u{1B}?q", .home), ("\u{1B}[M", .function(1))]),
            Decoding(KeyDecoder(table: KeyTable(terminfo: [([0x8F, 0x41], .up)]))),
        ]
        for _ in 0..<Soak.count(2_000, soak: 400_000) {
            guard let fresh = tables.randomElement(using: &random) else { return }
            let bytes = Self.bytes(&random)
            var whole = fresh, cut = fresh, single = fresh
            whole.send(bytes)
            var rest = bytes[...]
            while !rest.isEmpty {
                let piece = rest.prefix(Int.random(in: 1...8, using: &random))
                cut.send(piece)
                rest = rest.dropFirst(piece.count)
            }
            for byte in bytes { single.send([byte]) }
            #expect(whole.waiting == cut.waiting && whole.waiting == single.waiting, "\(bytes), MASKER_SEED=\(seed)")
            for _ in 0..<3 {
                whole.wait()
                cut.wait()
                single.wait()
            }
            #expect(!whole.isWaiting, "two ends of a wait are enough: \(bytes), MASKER_SEED=\(seed)")
            #expect(whole.events == cut.events && whole.events == single.events, "\(bytes), MASKER_SEED=\(seed)")
        }
    }

    @Test("a sequence by the rules with any content types nothing")
    func wholeSequences() {
        let seed = SeededGenerator.newSeed()
        var random = SeededGenerator(seed)
        func some(_ range: ClosedRange<UInt8>, _ most: Int) -> [UInt8] {
            (0..<Int.random(in: 0...most, using: &random)).map { _ in UInt8.random(in: range, using: &random) }
        }
        for _ in 0..<Soak.count(2_000, soak: 400_000) {
            let string = "]P_^X".utf8.randomElement(using: &random) ?? 0x5D
            let reports: [[UInt8]] = [
                [0x1B, 0x5B, 0x3F] + some(0x30...0x3B, 12) + some(0x20...0x2F, 2) + [UInt8.random(in: 0x40...0x7E, using: &random)],
                [0x1B, 0x5B] + some(0x30...0x3B, 12) + [0x21, UInt8.random(in: 0x40...0x7E, using: &random)],
                [0x1B, string] + some(0x20...0xFF, 40).filter { $0 != 0x9C } + [0x07],
                [0x1B, string] + some(0x20...0xFF, 40).filter { $0 != 0x9C } + [0x1B, 0x5C],
            ]
            for bytes in reports {
                var decoding = Decoding()
                decoding.send(bytes)
                decoding.send("j")
                #expect(decoding.names == ["j"], "\(bytes), MASKER_SEED=\(seed)")
            }
        }
    }
}
