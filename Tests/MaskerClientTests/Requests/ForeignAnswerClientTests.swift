import Foundation
import TestSupport
import Testing

@testable import MaskerAPI

/// An answer as a text; its type is that of a web page, unless another one is given.
private func scripted(_ status: String, type: String? = "text/html", _ body: String, _ headers: [String] = []) -> String {
    let all = ["HTTP/1.1 \(status)", "Content-Length: \(body.utf8.count)"] + (type.map { ["Content-Type: \($0)"] } ?? []) + headers
    return all.joined(separator: "\r\n") + "\r\n\r\n" + body
}

private let html = "<!DOCTYPE html><title>Sign in</title>"

/// What a proxy, a sign-in page or a captive portal answers in place of the API.
@Suite("Web pages and compressed answers", .ownThread)
struct ForeignAnswerClientTests {
    private static let sentence = "a web page came instead of the API's answer: is the address right, or is a proxy, a sign-in page or a captive portal in between?"

    private func failing(_ answer: String, _ call: (MaskerClient) async throws -> Void) async throws -> APIError {
        let server = try ScriptedServer([.send(answer)])
        let client = try server.client()
        return try #require(await failure { try await call(client) })
    }

    @Test("a web page is told as one, whatever its status", arguments: [
        (scripted("200 OK", html), .unexpectedResponse), (scripted("200 OK", type: nil, html), .unexpectedResponse),
        (scripted("200 OK", type: "application/json", html), .unexpectedResponse), (scripted("203 OK", html), .unexpectedResponse),
        (scripted("202 Accepted", html), .unexpectedResponse), (scripted("400 Bad Request", html), .validation), (scripted("403 Forbidden", html), .forbidden),
        (scripted("403 Forbidden", type: nil, html), .forbidden), (scripted("403 Forbidden", ""), .forbidden), (scripted("404 Not Found", html), .notFound),
        (scripted("409 Conflict", html), .conflict), (scripted("422 No", html), .validation), (scripted("451 No", html), .unexpectedResponse),
    ] as [(String, APIError.Kind)])
    func pages(answer: String, kind: APIError.Kind) async throws {
        let calls: [(MaskerClient) async throws -> Void] = [
            { _ = try await $0.agents() }, { _ = try await $0.sessions() }, { _ = try await $0.agent(Identifier("agt_1")) },
            { try await $0.deleteAgent(Identifier("agt_1")) },
        ]
        for call in calls {
            let error = try await failing(answer, call)
            #expect(error.kind == kind && error.message == Self.sentence && error.isWebPage, "\(error)")
        }
    }

    @Test("a gateway's page about a service that is down, and a redirect, say what their status says", arguments: [
        (scripted("429 No", html), APIError.Kind.rateLimited(retryAfter: nil), "a web page came instead"),
        (scripted("502 Bad Gateway", html), .server, "the service is not available"), (scripted("500 No", html), .server, "the server failed"),
        (scripted("302 Found", html, ["Location: https://portal.example/login"]), .redirected(to: "https://portal.example/login"), "redirect"),
        (scripted("511 Network Authentication Required", html), .unexpectedResponse, "a web page came instead"),
        (scripted("511 Network Authentication Required", type: nil, ""), .unexpectedResponse, "the network wants you to sign in first"),
    ])
    func statuses(answer: String, kind: APIError.Kind, message: String) async throws {
        let error = try await failing(answer) { _ = try await $0.agents() }
        #expect(error.kind == kind && error.message.contains(message), "\(error)")
    }

    @Test("a web page does not extend the login session", arguments: ["200 OK", "403 Forbidden"])
    func session(status: String) async throws {
        let server = try ScriptedServer([.send(scripted(status, html)), .send(ScriptedServer.answer("{\"data\":[]}"))])
        let client = try server.client()
        _ = await failure { try await client.agents() }
        #expect(client.loginStatus.source == .environment && client.loginStatus.expiresAt == nil)
        #expect(try await client.agents().data.isEmpty)
        #expect(client.loginStatus.expiresAt != nil)
    }

    @Test("a 401 ends the login session, whatever comes with it: a gateway may have put its page in place of the API's answer", arguments: [
        ("application/json", "{}"), ("text/html", #"{"error":{"code":"unauthenticated","message":"x"}}"#), ("text/html", html), (nil, html),
    ])
    func refusal(type: String?, body: String) async throws {
        let server = try ScriptedServer([.send(scripted("401 Unauthorized", type: type, body))])
        let client = try server.client()
        #expect(await failure { try await client.agents() }?.kind == .unauthenticated)
        #expect(client.loginStatus.source == nil)
    }

    @Test("health, the sign-in and the current user tell a web page, too")
    func otherCalls() async throws {
        let answer = scripted("200 OK", html)
        #expect(try await failing(answer) { _ = try await $0.health() }.message == Self.sentence)
        #expect(try await failing(answer) { _ = try await $0.currentUser() }.message == Self.sentence)
        #expect(try await failing(answer) { _ = try await $0.signIn(with: CookieValue(pasted: "x"), store: false) }.message == Self.sentence)
    }

    @Test("a report that is a web page or compressed is told as such", arguments: [Endpoint.ReportFormat.pdf, .json])
    func report(format: Endpoint.ReportFormat) async throws {
        for (answer, message) in [
            (scripted("200 OK", html), Self.sentence),
            (scripted("200 OK", type: "application/pdf", "\u{1}\u{2}", ["Content-Encoding: br"]), "the answer is compressed (br)"),
        ] {
            let error = try await failing(answer) { for try await _ in $0.report(Identifier("sess_1"), as: format) {} }
            #expect(error.kind == .unexpectedResponse && error.message.contains(message), "\(error)")
        }
    }

    @Test("a compressed answer is told as such; the console asks for none", arguments: ["gzip", "br", "zstd", "deflate", "x-unknown"])
    func compressed(encoding: String) async throws {
        let server = try ScriptedServer([.send(scripted("200 OK", type: "application/json", "\u{1}\u{2}\u{3}", ["Content-Encoding: \(encoding)"]))])
        let client = try server.client()
        let error = await failure { try await client.agents() }
        #expect(error?.message == "the answer is compressed (\(encoding)), which the console did not ask for: is a proxy or a cache in between?")
        #expect(server.requests.allSatisfy { !$0.contains("Accept-Encoding") })
    }

    @Test("the reason of a refusal that is compressed keeps the meaning of its status")
    func compressedRefusal() async throws {
        let error = try await failing(scripted("403 Forbidden", type: "application/json", "\u{1}", ["Content-Encoding: gzip"])) { _ = try await $0.agents() }
        #expect(error.kind == .forbidden && error.message.contains("compressed (gzip)"))
    }
}
