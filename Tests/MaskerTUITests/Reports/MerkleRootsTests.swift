import FoundationEssentials
import MaskerAPI
import TestSupport
import Testing

@testable import MaskerTUI

@Suite("Audit roots compared", .ownThread)
struct MerkleRootsTests {
    private static let one = String(repeating: "9f3a", count: 16), two = String(repeating: "00", count: 32)

    private func roots(detail: String?, json: [String]?, pdf: [String]?) -> MerkleRoots {
        var roots = MerkleRoots(detail: .init(detail: detail))
        if let json { roots.read(json, in: .json) }
        if let pdf { roots.read(pdf, in: .pdf) }
        return roots
    }

    @Test("all three agree, in whatever case they are written")
    func agree() {
        let roots = roots(detail: Self.one, json: [Self.one.uppercased()], pdf: [Self.two, Self.one])
        #expect(roots.agree == true && MerkleRoots.Source.allCases.allSatisfy { roots.agrees($0) == true })
        #expect(roots[.pdf] == .root(Self.one), "of several in a PDF, the one that the others have")
    }

    @Test("the source that differs is shown, and those that agree")
    func differ() {
        let pdf = roots(detail: Self.one, json: [Self.one], pdf: [Self.two])
        #expect(pdf.agree == false && pdf.agrees(.detail) == true && pdf.agrees(.json) == true && pdf.agrees(.pdf) == false)
        let detail = roots(detail: Self.two, json: [Self.one], pdf: [Self.one])
        #expect(detail.agree == false && detail.agrees(.detail) == nil && detail.agrees(.json) == false && detail.agrees(.pdf) == false)
    }

    @Test("without the detail's root the reports are compared with each other; a single root is not compared")
    func partly() {
        let both = roots(detail: nil, json: [Self.one], pdf: [Self.one])
        #expect(both.agree == true && both[.detail] == .notReadable && both.agrees(.detail) == nil && both.agrees(.json) == true)
        #expect(roots(detail: "", json: [Self.one], pdf: [Self.two]).agree == false)
        for alone in [roots(detail: Self.one, json: nil, pdf: []), roots(detail: nil, json: [Self.one], pdf: nil), roots(detail: nil, json: nil, pdf: nil)] {
            #expect(alone.agree == nil && MerkleRoots.Source.allCases.allSatisfy { alone.agrees($0) == nil })
        }
        #expect(roots(detail: Self.one, json: nil, pdf: [])[.pdf] == .notReadable && roots(detail: Self.one, json: nil, pdf: [])[.json] == .notFetched)
    }
}

@Suite("Digests, file names and rates of reports", .ownThread)
struct ReportPartsTests {
    @Test("SHA-256 of the standard's examples, in one piece or several", arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (String(repeating: "a", count: 1_000), "41edece42d63e8d9bf515a9ba6932e1c20cbc9f5a5d134645adb5db1b9737ea3"),
        (String(repeating: "a", count: 55), "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318"),
        (String(repeating: "a", count: 56), "b35439a4ac6f0948b6d6f9e3c6af0f5f590ce20f1bde7090ef7970686ec6738a"),
        (String(repeating: "a", count: 64), "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb"),
        ("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"),
    ])
    func sha256(text: String, digest: String) {
        var whole = SHA256(), pieces = SHA256()
        whole.take(Array(text.utf8))
        for byte in text.utf8 { pieces.take([byte]) }
        #expect(whole.hex() == digest && pieces.hex() == digest)
    }

    @Test("promise 40: an id with other characters cannot be a file name", arguments: [
        "../../etc/passwd", "sess_../x", "sess_", "sess_a/b", "sess_a.b", ".bashrc", "", "sess_a\n", "sess_a\0", "SESS_a", "sess_é",
        "sess_" + String(repeating: "a", count: 65), "sess_a b", "/sess_a", "sess_\u{202E}a",
    ])
    func ids(id: String) {
        #expect(ReportFileName.proposed(session: id, date: "2026-11-24") == nil)
    }

    @Test("a plain id can be a file name")
    func plainID() {
        #expect(ReportFileName.proposed(session: "sess_01HZ4T", date: "2026-11-24") == "masker-sess_01HZ4T-2026-11-24")
        #expect(ReportFileName.proposed(session: "sess_" + String(repeating: "a", count: 64), date: "d") != nil)
    }

    @Test("promise 40: a typed name must be plain", arguments: [
        "", ".bashrc", "..", "../x", "a/b", "/etc/passwd", "-rf", "a b", "a\0b", "a\nb", "ä", "a:b", "a*", "$HOME", "a\u{202E}b", "~",
        String(repeating: "a", count: 121),
    ])
    func unsafeNames(name: String) {
        #expect(ReportFileName.problem(name) != nil)
    }

    @Test("plain names are accepted, and an extension is not doubled")
    func safeNames() {
        for name in ["audit-2026", "A.b_c-1", "0", String(repeating: "a", count: 120)] { #expect(ReportFileName.problem(name) == nil) }
        #expect(ReportFileName.withoutExtension("audit.PDF") == "audit" && ReportFileName.withoutExtension("audit.json") == "audit")
        #expect(ReportFileName.withoutExtension("audit.txt") == "audit.txt" && ReportFileName.problem(ReportFileName.withoutExtension(".pdf")) != nil)
    }

    @Test("the rate is measured over the last seconds, and falls when nothing is received")
    func rate() {
        var meter = RateMeter()
        let start = Date(timeIntervalSince1970: 1_000)
        #expect(meter.rate(now: start) == nil)
        meter.note(0, at: start)
        #expect(meter.rate(now: start + 0.1) == nil, "too early to measure")
        for second in 1...20 { meter.note(second * 1_000, at: start + Double(second)) }
        #expect(meter.rate(now: start + 20) == 1_000)
        for second in 21...30 { meter.note(20_000 + (second - 20) * 9_000, at: start + Double(second)) }
        #expect(meter.rate(now: start + 30) == 9_000)
        #expect(meter.rate(now: start + 75) == 900)
    }
}
