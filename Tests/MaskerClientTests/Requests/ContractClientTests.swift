import Foundation
import TestSupport
import Testing

@testable import MaskerAPI

@Suite("The client against literal answers of the contract", .ownThread)
struct ContractClientTests {
    private static let page = "<html>Masker</html>"
    private static let user = #"{"user":{"id":"usr_1","github_login":"ada"},"permissions":["agents:read"]}"#

    private func paths(_ server: ScriptedServer) -> [String] { server.requests.map { String($0.split(separator: " ")[1]) } }

    @Test("the current user is requested at /me, and not at the other path")
    func currentUser() async throws {
        let server = try ScriptedServer([.send(ScriptedServer.answer(Self.user)), .send(ScriptedServer.answer(Self.page))])
        let client = try server.client()
        let user = try await client.currentUser()
        #expect(user.login == "ada" && user.lacks(.writeAgents) && user.mayAdminister == nil)
        _ = await failure { try await client.currentUser() }
        #expect(paths(server) == ["/api/v1/me", "/api/v1/me"])
    }

    @Test("only a 404 from /me leads to the other path", arguments: ["401 No", "403 No", "405 No", "500 No", "302 Found", "200 OK"])
    func onlyAfter404(status: String) async throws {
        let server = try ScriptedServer([.send(ScriptedServer.answer(Self.page, status: status))])
        let client = try server.client()
        #expect(await failure { try await client.currentUser() } != nil)
        #expect(paths(server) == ["/api/v1/me"])
    }

    @Test("after a 404 with any body, the other path is tried; the path with the user is remembered; after two 404, both are tried again", arguments: ["{}", "", page])
    func earlierServer(body: String) async throws {
        let missing = ScriptedServer.Step.send(ScriptedServer.answer(body, status: "404 No"))
        let server = try ScriptedServer([missing, .send(ScriptedServer.answer(Self.page)), missing, .send(ScriptedServer.answer(Self.user)), missing])
        let client = try server.client()
        #expect(await failure { try await client.currentUser() }?.kind == .unexpectedResponse, "a page is not a user")
        #expect(try await client.currentUser().login == "ada")
        #expect(await failure { try await client.currentUser() }?.kind == .notFound)
        #expect(await failure { try await client.currentUser() }?.kind == .notFound)
        let other = "/api/v1/auth/me"
        #expect(paths(server) == ["/api/v1/me", other, "/api/v1/me", other, other, "/api/v1/me", other])
    }

    @Test("the 503 of a degraded service is read; any other 503 is an error", arguments: [
        (#"{"status":"degraded","version":"2","components":{"db":"ok","ner_model":"loading"}}"#, ["ner_model"]),
        (#"{"status":"degraded","version":"2","db":"ok","vault":"sealed"}"#, ["vault"]), (page, nil), (#"{"error":{"code":"internal_error"}}"#, nil), ("", nil),
    ] as [(String, [String]?)])
    func health(body: String, failing: [String]?) async throws {
        let server = try ScriptedServer([.send(ScriptedServer.answer(body, status: "503 Service Unavailable"))])
        let client = try server.client(retry: .standard)
        if let failing {
            let health = try await client.health()
            #expect(health.isDegraded && health.version == "2" && health.failing.map(\.name) == failing)
        } else {
            let error = await failure { try await client.health() }
            #expect(error?.kind == .server && error?.status == 503)
        }
        #expect(server.requests.count == 1 && !server.received.contains("Cookie"))
        #expect(server.requests.first?.hasPrefix("GET /health HTTP/1.1\r\n") == true)
    }

    @Test("a 200 without a status is not a health")
    func noHealth() async throws {
        let server = try ScriptedServer([.send(ScriptedServer.answer(Self.page))])
        #expect(await failure { try await server.client().health() }?.kind == .unexpectedResponse)
    }

    @Test("every code of the contract's table has a message when the answer has none", arguments: [
        (400, "invalid_state"), (401, "unauthenticated"), (401, "bad_signature"), (403, "forbidden"), (404, "agent_not_found"), (404, "session_not_found"),
        (404, "not_found"), (409, "name_taken"), (422, "validation_failed"), (422, "unknown_upstream"), (422, "unknown_policy"),
        (422, "policy_yaml_invalid"), (422, "unsupported_event"), (422, "model_not_allowed"), (429, "rate_limited"), (500, "internal_error"),
        (500, "report_generation_failed"), (500, "user_upsert_failed"), (502, "upstream_error"), (502, "oauth_exchange_failed"), (504, "upstream_timeout"),
    ])
    func codes(status: Int, code: String) {
        func sentence(_ code: String) -> String {
            let body = Array(#"{"error":{"code":"\#(code)","message":""}}"#.utf8)
            return APIError(answer: HTTPResponse(head: HTTPResponseHead(status: status, headers: []), body: body)).message
        }
        #expect(!sentence(code).isEmpty && (status < 402 || sentence(code) != sentence("unheard_of") || code == "forbidden" || code == "rate_limited"))
    }

    @Test("the proxy's errors in OpenAI's form are read, with the parameter's name")
    func openAI() async throws {
        let body = #"{"error":{"message":"no such model","type":"invalid_request_error","param":"model","code":"model_not_allowed"},"request_id":"req_1"}"#
        let server = try ScriptedServer([.send(ScriptedServer.answer(body, status: "422 No"))])
        let error = await failure { try await server.client().completion(Agent(id: Identifier("agt_1"))) }
        #expect(error == APIError(kind: .validation, status: 422, code: "model_not_allowed", message: "no such model", field: "model", requestID: "req_1"))
        let wordless = #"{"error":{"message":"slow down","type":"requests","param":null,"code":null}}"#
        let other = try ScriptedServer([.send(ScriptedServer.answer(wordless, status: "429 No", headers: ["X-Request-Id: req_2"]))])
        let second = await failure { try await other.client().completion(Agent(id: Identifier("agt_1"))) }
        #expect(second?.code == "requests" && second?.message == "slow down" && second?.requestID == "req_2" && second?.field == nil)
    }

    @Test("a 401 for a cookie asks for a sign-in, one for a signature does not")
    func badSignature() async throws {
        let body = #"{"error":{"code":"bad_signature","message":"no"}}"#
        let server = try ScriptedServer([.send(ScriptedServer.answer(body, status: "401 No"))])
        let client = try server.client()
        let error = await failure { try await client.assistantRequest(Agent(id: Identifier("agt_1")), signedWith: nil) }
        #expect(error?.kind == .unauthenticated && error?.asksForSignIn == false)
        #expect(client.loginStatus.source == .environment)
        #expect(APIError(kind: .unauthenticated, status: 401, code: "unauthenticated", message: "").asksForSignIn)
    }

    @Test("policies are reloaded with one POST: any body is accepted, an error is reported, the request is not repeated", arguments: [
        ("200 OK", #"{"status":"reloaded"}"#, nil), ("204 No Content", "", nil), ("403 Forbidden", #"{"error":{"code":"forbidden"}}"#, .forbidden),
        ("404 Not Found", page, .notFound), ("422 Unprocessable Entity", #"{"error":{"code":"unknown_kid","details":{"kid":"K_OLD"}}}"#, .validation),
        ("503 Service Unavailable", "", .server),
    ] as [(String, String, APIError.Kind?)])
    func reload(status: String, body: String, kind: APIError.Kind?) async throws {
        let server = try ScriptedServer([.send(ScriptedServer.answer(body, status: status))])
        let client = try server.client(retry: .standard)
        if let kind {
            #expect(await failure { try await client.reloadPolicies() }?.kind == kind)
        } else {
            try await client.reloadPolicies()
        }
        #expect(server.requests.count == 1 && server.requests.first?.hasPrefix("POST /api/v1/admin/policy/reload HTTP/1.1\r\n") == true)
    }

    @Test("a report's format is always sent")
    func format() async throws {
        let server = try ScriptedServer([.send(ScriptedServer.answer(#"{"report":{"id":"rep_1","session_id":"sess_1"}}"#))])
        let client = try server.client()
        _ = try await client.report(Identifier("sess_1"))
        for try await _ in client.report(Identifier("sess_1"), as: .json) {}
        _ = await failure { for try await _ in client.report(Identifier("sess_1"), as: .pdf) {} }
        #expect(paths(server) == ["json", "json", "pdf"].map { "/api/v1/sessions/sess_1/report?format=\($0)" })
    }
}
