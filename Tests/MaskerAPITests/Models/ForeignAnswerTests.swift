import Testing

@testable import MaskerAPI

@Suite("Answers that are not the API's", .ownThread)
struct ForeignAnswerTests {
    private func answer(_ headers: [(String, String)], _ body: [UInt8]) -> ForeignAnswer? {
        ForeignAnswer(HTTPResponseHead(status: 200, headers: headers.map { (name: $0.0, value: $0.1) }), body: body)
    }

    @Test("a web page is known by its type or its first tag", arguments: [
        ("text/html", "Sign in"), ("text/html; charset=utf-8", "<!DOCTYPE html>"), ("TEXT/HTML;x", ""), ("application/xhtml+xml", "x"),
        ("", "<html>"), ("application/json", "\n  <!doctype html>"), ("text/plain", "<HTML>"), ("", "<script>location='/'</script>"),
        ("", "\u{FEFF}<html>"), ("text/xml", "<?xml version=\"1.0\"?><WISPAccessGatewayParam/>"),
    ])
    func pages(type: String, body: String) { #expect(answer([("content-type", type)], Array(body.utf8)) == .webPage) }

    @Test("a compressed body is known by its header or its first bytes", arguments: [
        ("gzip", [1, 2], "gzip"), ("br", [0x0B, 0x02], "br"), ("zstd", [0x28, 0xB5, 0x2F, 0xFD], "zstd"), ("deflate", [0x78, 0x9C], "deflate"),
        ("", [0x1F, 0x8B, 8], "gzip"), ("identity", [0x1F, 0x8B, 8], "gzip"), ("", [0x28, 0xB5, 0x2F, 0xFD], "zstd"), ("GZIP", [], "gzip"),
    ] as [(String, [UInt8], String)])
    func compressed(encoding: String, body: [UInt8], name: String) {
        #expect(answer([("content-encoding", encoding), ("content-type", "text/html")], body) == .compressed(name))
    }

    @Test("a JSON text or a PDF that is broken is neither, whatever its headers say", arguments: [
        ("text/html", "{\"data\":"), ("text/html", " ["), ("text/html", "%PDF-1.7"), ("text/plain", "oops"), ("application/json", ""),
        ("", "\u{FEFF}{"),
    ])
    func others(type: String, body: String) {
        #expect(answer([("content-type", type)], Array(body.utf8)) == nil)
        guard body.contains(where: { "{[%".contains($0) }) else { return }
        #expect(answer([("content-encoding", "gzip")], Array(body.utf8)) == nil)
    }
}
