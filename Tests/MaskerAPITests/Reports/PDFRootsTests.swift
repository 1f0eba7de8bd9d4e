import CZlib
import Foundation
import TestSupport
import Testing

@testable import MaskerAPI

@Suite("Audit roots in the text of a PDF", .ownThread)
struct PDFRootsTests {
    private static let root = String(repeating: "9f3a", count: 16)
    private static let other = String(repeating: "0b1c", count: 16)

    private static func packed(_ bytes: [UInt8]) -> [UInt8] {
        var size = compressBound(uLong(bytes.count))
        var result = [UInt8](repeating: 0, count: Int(size))
        #expect(compress2(&result, &size, bytes, uLong(bytes.count), 9) == Z_OK)
        return Array(result.prefix(Int(size)))
    }

    private static func stream(_ bytes: [UInt8], _ dictionary: String = "") -> [UInt8] {
        Array("5 0 obj\n<< /Length \(bytes.count) \(dictionary) >>\nstream\r\n".utf8) + bytes + Array("\nendstream\nendobj\n".utf8)
    }

    private static func stream(_ text: String) -> [UInt8] { stream(Array(text.utf8)) }
    private static func compressed(_ text: String) -> [UInt8] { stream(packed(Array(text.utf8)), "/Filter /FlateDecode") }

    private static func roots(_ bytes: [UInt8], pieces: Int = .max) -> [String] {
        var scan = PDFRoots()
        var rest = bytes[...]
        while !rest.isEmpty {
            scan.take(Array(rest.prefix(pieces)))
            rest = rest.dropFirst(min(pieces, rest.count))
        }
        return scan.found
    }

    @Test("a root is found under any label", arguments: ["merkle_root_hex: ", "audit_root_hash: ", "audit_root_hash=", "Audit root ", "head of the chain: "])
    func names(name: String) {
        #expect(Self.roots(Self.compressed("BT (\(name)\(Self.root)) Tj ET")) == [Self.root])
    }

    @Test("a root is found in every form of a string")
    func strings() {
        let halves = (String(Self.root.prefix(32)), String(Self.root.suffix(32)))
        let hexadecimal = Self.root.utf8.map { String($0, radix: 16) }.joined()
        let octal = Self.root.utf8.map { "\\" + String($0, radix: 8) }.joined()
        for text in [
            "(\(Self.root)) Tj", "(merkle root: \(Self.root)) Tj", "(\\(\(Self.root)\\)) Tj", "((\(Self.root))) Tj", "<\(hexadecimal)> Tj",
            "(\(octal)) Tj", "[(\(halves.0)) -12.5 (\(halves.1))] TJ", "[(\(halves.0))3<\(halves.1.utf8.map { String($0, radix: 16) }.joined())>] TJ",
            "(root:) Tj T* (\(Self.root)) Tj", "[(digest) -250 (\(Self.root))] TJ", "/P << /MCID 0 >> BDC (\(Self.root)) Tj EMC",
        ] {
            #expect(Self.roots(Self.stream(text)) == [Self.root], "\(text)")
            #expect(Self.roots(Self.compressed(text)) == [Self.root], "\(text)")
        }
    }

    @Test("other words, and bytes that are not text, give no root")
    func others() {
        let long = Self.root + "0"
        for text in [
            "(\(long)) Tj", "(\(Self.root.dropLast())) Tj", "[(0) 10 (\(Self.root))] TJ", "\(Self.root)", "% \(Self.root)", "<\(Self.root)> Tj",
        ] {
            #expect(Self.roots(Self.stream(text)) == [], "\(text)")
        }
        // Outside of streams are names, ids and titles.
        #expect(Self.roots(Array("<< /ID [<\(Self.root)> <\(Self.root)>] /Title (\(Self.root)) >>\n".utf8)) == [])
        // Images, and streams with other filters, are not read.
        let text = Array("(\(Self.root)) Tj".utf8)
        for dictionary in ["/Filter /LZWDecode", "/Filter [/ASCII85Decode /FlateDecode]", "/Subtype /Image", "/Filter /DCTDecode /Subtype /Image"] {
            #expect(Self.roots(Self.stream(text, dictionary)) == [], "\(dictionary)")
        }
    }

    @Test("roots are found with any size of the pieces and any bytes around")
    func pieces() {
        let bytes = Array("%PDF-1.7\n%âãÏÓ\n".utf8) + Self.stream("(page ((1) Tj") + Self.compressed("BT (no root) Tj ET")
            + Self.compressed("BT (\(Self.root)) Tj ET") + Self.stream(Self.packed(Array(repeating: 0, count: 9_000)), "/Filter /FlateDecode /Subtype /Image")
            + Self.stream("(\(Self.other)) Tj") + Array("%%EOF\n".utf8)
        for size in Array(1...40) + [4_096] { #expect(Self.roots(bytes, pieces: size) == [Self.root, Self.other], "\(size)") }
    }

    @Test("a broken stream hides only its own roots")
    func broken() {
        var bytes = Self.compressed("BT (\(Self.other)) Tj ET")
        let start = bytes.count - 40
        for index in start..<start + 8 { bytes[index] ^= 0xFF }
        #expect(Self.roots(bytes + Self.compressed("(\(Self.root)) Tj")).contains(Self.root))
        #expect(Self.roots(Self.stream(Array("no zlib".utf8), "/Filter /FlateDecode") + Self.compressed("(\(Self.root)) Tj")) == [Self.root])
    }

    @Test("promise 11: unpacking a small stream with endless output ends")
    func bomb() {
        let bomb = Self.stream(Self.packed([UInt8](repeating: UInt8(ascii: " "), count: 3 << 20)), "/Filter /FlateDecode")
        var patient = PDFRoots(mostInflated: 4 << 20), impatient = PDFRoots(mostInflated: 1 << 20)
        for bytes in [bomb, Self.compressed("(\(Self.root)) Tj"), Self.stream("(\(Self.other)) Tj")] {
            patient.take(bytes)
            impatient.take(bytes)
        }
        #expect(patient.found == [Self.root, Self.other] && impatient.found == [Self.other])
    }

    @Test("Property: mutated or random bytes do no harm, and give a limited number of roots")
    func anything() {
        let seed = SeededGenerator.newSeed()
        var random = SeededGenerator(seed)
        let whole = Self.stream("(a (b) \\051 <41> [ (\(Self.root)) -20 (ff) ] TJ") + Self.compressed("BT (\(Self.root)) Tj ET") + Array("%%EOF".utf8)
        for _ in 0..<Soak.count(2_000, soak: 100_000) {
            var bytes = whole
            for _ in 0..<Int.random(in: 1...12, using: &random) {
                let index = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: bytes[index] = UInt8.random(in: .min ... .max, using: &random)
                case 1: bytes.remove(at: index)
                default: bytes.insert(contentsOf: bytes.prefix(index).suffix(20), at: index)
                }
            }
            let roots = Self.roots(bytes, pieces: Int.random(in: 1...64, using: &random))
            #expect(roots.count <= 16 && roots.allSatisfy { $0.utf8.count == 64 }, "seed \(seed)")
        }
    }
}
