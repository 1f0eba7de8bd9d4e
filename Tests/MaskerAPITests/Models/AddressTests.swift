import Foundation
import TestSupport
import Testing

@testable import MaskerAPI

@Suite("Addresses", .ownThread)
struct AddressTests {
    @Test("promise 7: an origin, with or without /api/v1; plain http on the three names of this machine", arguments: [
        ("https://masker.example.org", "https://masker.example.org"), ("https://Masker.Example.org/", "https://masker.example.org"),
        ("https://masker.example.org/api/v1", "https://masker.example.org"), ("https://h:8443/api/v1/", "https://h:8443"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080"), ("http://localhost:1", "http://localhost:1"), ("http://[::1]:9", "http://[::1]:9"),
    ])
    func accepted(address: String, origin: String) throws { #expect(try APIHost(address).origin == origin) }

    @Test("promise 7: every other address is refused before anything is sent", arguments: [
        "", "masker.example.org", "http://masker.example.org", "http://127.0.0.2", "http://localhost.evil.example", "ftp://127.0.0.1",
        "https://user:pw@h", "https://h/other", "https://h?x=1", "https://h#x", "https://", "https://h\r\nX: y", "file:///etc/passwd", "https://h h",
    ])
    func refused(address: String) { #expect(throws: InvalidHost.self) { try APIHost(address) } }

    @Test("a plain address has the same parts as libcurl finds", arguments: [
        "https://masker.example.org", "https://masker.example.org/", "https://h:8443/api/v1/", "http://127.0.0.1:8080", "http://localhost:1/api/v1",
        "https://a-b.c3:65535", "https://1.2.x",
    ])
    func plain(address: String) throws {
        let plain = try #require(URLParts(plain: address))
        #expect(plain == URLParts(parsedByLibcurl: address))
    }

    @Test("an address with more than one reading is parsed by libcurl", arguments: [
        "https://Masker.example.org", "HTTPS://h", "https://user@h", "https://h:443:1", "https://h:0443", "https://h:", "https://h:65536", "https://127.1",
        "https://0x7f.1", "https://2130706433", "https://1.2.3.4", "https://[::1]", "https://h%2e", "https://h..x", "https://h.", "https://-h", "https://h_x",
        "https://h/../", "https://h/api/v1?x", "https://h\\x", "https://h?x", "https://h#x", "https://é", "https:/h", "https://", "ftp://h", "h",
    ])
    func notPlain(address: String) { #expect(URLParts(plain: address) == nil) }

    @Test("ids and queries are percent-encoded, also when they try to leave the path", arguments: [
        ("agt_1", "/api/v1/agents/agt_1"), ("../../x", "/api/v1/agents/..%2F..%2Fx"), ("..", "/api/v1/agents/%2E%2E"),
        ("a?b#c d", "/api/v1/agents/a%3Fb%23c%20d"), ("é", "/api/v1/agents/%C3%A9"),
    ])
    func ids(id: String, target: String) { #expect(Endpoint.agent(Identifier(id)).target == target) }

    @Test("cursors and timestamps are encoded in the query")
    func query() {
        let filter = SessionFilter(since: "2026-05-03T21:14:32+00:00", status: .error, minRedactions: 2, agentID: Identifier("agt_1"))
        #expect(Endpoint.sessions(filter, limit: 100, cursor: "a+/=").target
            == "/api/v1/sessions?limit=100&cursor=a%2B%2F%3D&since=2026-05-03T21%3A14%3A32%2B00%3A00&status=error&min_redactions=2&agent_id=agt_1")
        #expect(Endpoint.agents(nameContains: "a&b", limit: 25).target == "/api/v1/agents?limit=25&name_contains=a%26b")
        #expect(Endpoint.health.target == "/health")
    }
}

@Suite("Cookies", .ownThread)
struct CookieTests {
    @Test("a cookie is read from every form that a user pastes", arguments: [
        "abc123", "  abc123\n", "\"abc123\"", "masker_session=abc123", "Cookie: masker_session=abc123", "cookie: a=b; masker_session=abc123; c=d",
        "Set-Cookie: masker_session=abc123; HttpOnly; Secure; Path=/", "masker_session=\"abc123\"; Max-Age=5",
    ])
    func pasted(text: String) throws { #expect(try CookieValue(pasted: text) == CookieValue(pasted: "abc123")) }

    @Test("a text that is not a cookie is refused, and the error does not contain it", arguments: [
        "", "   ", "a b", "secret\r\nX-Evil: 1", "theme=dark; other=secret", "Cookie: theme=secret", "sécret", "secret,1", "masker_session=",
    ])
    func refused(text: String) {
        do {
            _ = try CookieValue(pasted: text)
            Issue.record("accepted")
        } catch {
            #expect(!error.description.contains("secret"))
        }
    }

    @Test("4096 bytes are accepted, one more is not")
    func length() {
        #expect((try? CookieValue(pasted: String(repeating: "x", count: 4_096))) != nil)
        #expect((try? CookieValue(pasted: String(repeating: "x", count: 4_097))) == nil)
    }

    @Test("printing does not show the value")
    func printing() throws {
        let value = try CookieValue(pasted: "s3cret")
        var dumped = ""
        dump(value, to: &dumped)
        #expect(!"\(value) \(String(reflecting: value)) \(dumped)".contains("s3cret"))
    }

    @Test("printing a request shows neither its headers nor its body")
    func printingRequest() {
        var request = HTTPRequest(.post, "/api/v1/agents"), dumped = ""
        request.headers = [("Cookie", "masker_session=s3cret")]
        request.body = Array("s3cret".utf8)
        dump(request, to: &dumped)
        #expect("\(request)" == "HTTPRequest(POST /api/v1/agents)")
        #expect(!"\(String(reflecting: request)) \(dumped)".contains("s3cret") && !dumped.contains("115"))
    }

    private let now = Timestamp.parse("2026-05-03T12:00:00Z") ?? .distantPast

    @Test("Set-Cookie with its expiry; Max-Age wins")
    func setCookie() throws {
        let value = try CookieValue(pasted: "v1")
        func read(_ header: String) -> SetCookie? { SetCookie(header: header, now: now) }
        #expect(read("masker_session=v1; HttpOnly; Max-Age=60") == .renewed(value, expiresAt: now + 60))
        #expect(read("masker_session=v1; Expires=Sun, 03 May 2026 13:00:00 GMT") == .renewed(value, expiresAt: now + 3_600))
        #expect(read("masker_session=v1; Expires=Sun, 03 May 2026 13:00:00 GMT; max-age=60") == .renewed(value, expiresAt: now + 60))
        #expect(read("masker_session=v1") == .renewed(value, expiresAt: nil))
        #expect(read("masker_session=; Max-Age=0") == .cleared)
        #expect(read("masker_session=v1; Max-Age=0") == .cleared)
        #expect(read("other=v1") == nil)
        #expect(read("masker_session=a b") == nil)
        #expect(read("") == nil)
    }

    @Test("promise 6: a cookie for another domain, or for a path that does not include the API, is ignored", arguments: [
        ("Domain=api.example.org", true), ("Domain=.example.org", true), ("domain=EXAMPLE.org; Path=/", true), ("Path=/api/v1", true),
        ("Path=/api", true), ("Path=/api/", true), ("Domain=; Path=", true), ("Domain=other.example.org", false), ("Domain=org", false),
        ("Domain=ample.org", false), ("Domain=evil.net", false), ("Path=/portal", false), ("Path=/api/v1/auth", false), ("Path=/ap", false),
        ("Path=/; Domain=evil.net", false),
    ])
    func foreignCookies(attributes: String, isOurs: Bool) throws {
        let host = try APIHost("https://api.example.org")
        for value in ["v1", ""] {
            #expect((SetCookie(header: "masker_session=\(value); \(attributes)", from: host, now: now) != nil) == isOurs)
        }
        let head = HTTPResponseHead(status: 200, headers: [("set-cookie", "masker_session=v1"), ("set-cookie", "masker_session=v2; \(attributes)")])
        let found = SetCookie.find(in: head, from: host, now: now)
        #expect(found == .renewed(try CookieValue(pasted: isOurs ? "v2" : "v1"), expiresAt: nil))
    }

    @Test("promise 6: an IP address has no parent domain")
    func addressesHaveNoDomain() throws {
        let host = try APIHost("http://127.0.0.1:1")
        #expect(SetCookie(header: "masker_session=v1; Domain=127.0.0.1", from: host, now: now) != nil)
        #expect(SetCookie(header: "masker_session=v1; Domain=0.0.1", from: host, now: now) == nil)
    }
}
