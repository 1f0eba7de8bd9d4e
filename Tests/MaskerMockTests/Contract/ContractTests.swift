import Foundation
import MaskerMock
import TestSupport
import Testing

/// Compares the mock's answers with the contract, field by field.
@Suite("The mock keeps the contract", .ownThread)
struct ContractTests {
    private static let agentFields: Set = [
        "id", "name", "upstream", "tokenization", "policy_name", "policy_version", "proxy_url", "webhook_url",
        "created_at",
        "session_count_24h"
    ]
    private static let sessionFields: Set = [
        "id", "agent_id", "agent_name", "started_at", "ended_at", "duration_ms", "status", "redaction_count",
        "redactions_by_kind",
        "upstream_model"
    ]
    private func isTimestamp(_ value: Any?) -> Bool {
        (value as? String)?.wholeMatch(of: #/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z/#) != nil
    }
    private func isID(_ value: Any?, _ prefix: String) -> Bool {
        (value as? String)?.wholeMatch(of: #/([a-z]+)_[0-9A-HJKMNP-TV-Z]{26}/#)?.1 == prefix[...]
    }

    @Test("agent summaries and their pages")
    func agents() async throws {
        try await PlainHTTP.with({ $0.agents = 60 }) { http in
            let first = try await http.api("/agents")
            #expect(first.data.count == 25, "25 by default")
            for agent in first.data {
                #expect(Set(agent.keys) == Self.agentFields)
                #expect(isID(agent["id"], "agt"))
                #expect(isTimestamp(agent["created_at"]))
                #expect(agent["session_count_24h"] is Int)
                #expect(agent["policy_version"] as? Int == 1)
                #expect(["vault-deterministic", "reversible-aead"].contains(agent["tokenization"] as? String))
                #expect((agent["proxy_url"] as? String)?.hasSuffix("/v1/chat/completions") == true)
            }
            var names = Set(first.data.compactMap { $0["id"] as? String })
            var cursor = first.json["next_cursor"] as? String
            #expect(cursor?.contains { "+/=".contains($0) } == true, "cursors need percent-encoding")
            while let next = cursor {
                let encoded = next.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
                let page = try await http.api("/agents?limit=20&cursor=\(encoded)")
                for agent in page.data { #expect(names.insert(agent["id"] as? String ?? "").inserted, "no row twice") }
                #expect(page.json.keys.contains("next_cursor"))
                cursor = page.json["next_cursor"] as? String
            }
            #expect(names.count == 60)
            #expect(
                try await http.api("/agents?name_contains=INTAKE").data.allSatisfy {
                    ($0["name"] as? String)?.contains("intake") == true
                })
        }
    }

    @Test("agent detail adds policy and stats")
    func agentDetail() async throws {
        try await PlainHTTP.with({ $0.sessions = 4_000 }) { http in
            let id = try #require(try await http.api("/agents").data.first?["id"] as? String)
            let agent = try await http.api("/agents/\(id)").object("agent")
            #expect(Set(agent.keys) == Self.agentFields.union(["policy_yaml", "stats"]))
            let stats = try #require(agent["stats"] as? [String: Any])
            #expect(
                Set(stats.keys) == [
                    "session_count_24h", "session_count_7d", "redaction_count_24h", "p50_latency_ms", "p95_latency_ms"
                ])
            let listed = try await http.api("/agents/\(id)/sessions?since=24h&limit=100").data
            #expect(stats["session_count_24h"] as? Int == listed.count, "the figures match the sessions in the list")
            #expect(
                Set(listed.first?.keys.map { $0 } ?? [])
                    == Self.sessionFields.subtracting(["agent_name", "upstream_model"]))
        }
    }

    @Test("session summaries, filters and the time window")
    func sessions() async throws {
        try await PlainHTTP.with { http in
            let all = try await http.api("/sessions?since=30d&limit=100").data
            #expect(all.count == 100)
            for session in all {
                #expect(Set(session.keys) == Self.sessionFields)
                #expect(isID(session["id"], "sess"))
                #expect(isTimestamp(session["started_at"]) && isTimestamp(session["ended_at"]))
                let kinds = session["redactions_by_kind"] as? [String: Int] ?? [:]
                #expect(kinds.values.reduce(0, +) == session["redaction_count"] as? Int)
            }
            let starts = all.compactMap { $0["started_at"] as? String }
            #expect(
                starts.contains { !$0.contains(".") }
                    || all.contains { ($0["ended_at"] as? String)?.contains(".") == false })
            let day = try await http.api("/sessions").data.count
            #expect(day < all.count)
            #expect(try await http.api("/sessions?since=24h").data.count == day)
            #expect(
                try await http.api("/sessions?since=30d&status=error&limit=100").data.allSatisfy {
                    $0["status"] as? String == "error"
                })
            #expect(
                try await http.api("/sessions?since=30d&min_redactions=5").data.allSatisfy {
                    $0["redaction_count"] as? Int ?? 0 >= 5
                })
            let agent = try #require(all.first?["agent_id"] as? String)
            #expect(
                try await http.api("/sessions?since=30d&agent_id=\(agent)").data.allSatisfy {
                    $0["agent_id"] as? String == agent
                })
            let since = try #require(starts.dropFirst(9).first)
            #expect(try await http.api("/sessions?since=\(since)&limit=100").data.count == 10)
        }
    }

    @Test("session detail with stages, root, events and payloads")
    func sessionDetail() async throws {
        try await PlainHTTP.with { http in
            let id = try #require(
                try await http.api("/sessions?since=30d&min_redactions=3").data.first?["id"] as? String)
            let session = try await http.api("/sessions/\(id)").object("session")
            #expect(
                Self.sessionFields.union([
                    "policy_name", "policy_version", "stage_durations_ms", "merkle_root_hex", "events", "payloads"
                ])
                    == Set(session.keys))
            let stages = session["stage_durations_ms"] as? [String: Double] ?? [:]
            #expect(Set(stages.keys) == ["detection", "tokenize", "upstream", "rehydrate"])
            #expect(stages.values.reduce(0, +) == session["duration_ms"] as? Double)
            #expect(session["policy_version"] is Int && session["policy_name"] is String)
            #expect(Set((session["payloads"] as? [String: Any] ?? [:]).keys) == ["request", "masked", "response"])
        }
    }

    @Test(
        "errors have the form of the contract, with the request id in body and header",
        arguments: [
            ("/agents/agt_none", 404, "agent_not_found"), ("/sessions/sess_none", 404, "session_not_found"),
            ("/agents?limit=0", 422, "validation_failed"), ("/agents?limit=101", 422, "validation_failed"),
            ("/agents?cursor=nonsense", 422, "validation_failed"), ("/sessions?since=soon", 422, "validation_failed"),
            ("/sessions?status=odd", 422, "validation_failed"),
            ("/sessions?min_redactions=x", 422, "validation_failed"),
            ("/nowhere", 404, "not_found"), ("/agents/agt_none/sessions", 404, "agent_not_found")
        ])
    func errors(target: String, status: Int, code: String) async throws {
        try await PlainHTTP.with { http in
            let answer = try await http.api(target)
            #expect(answer.status == status)
            #expect(answer.errorCode == code)
            #expect((answer.object("error")["message"] as? String)?.isEmpty == false)
            #expect(answer.object("error")["request_id"] as? String == answer.headers["x-request-id"])
        }
    }

    @Test("creating an agent, and every reason to refuse it")
    func create() async throws {
        try await PlainHTTP.with { http in
            func create(_ body: String) async throws -> PlainHTTP.Answer {
                try await http.send("POST", "/api/v1/agents", body: body)
            }
            let made = try await create(#"{"name":"new-bot","upstream":"stub"}"#)
            #expect(made.status == 201)
            #expect(made.object("agent")["tokenization"] as? String == "vault-deterministic")
            #expect(made.object("agent")["policy_name"] as? String == "healthcare-default")
            #expect(Set(made.object("agent").keys) == Self.agentFields)
            let refusals = [
                (#"{"name":"new-bot","upstream":"stub"}"#, 409, "name_taken"),
                (#"{"upstream":"stub"}"#, 422, "validation_failed"),
                (#"{"name":"\#(String(repeating: "x", count: 65))","upstream":"stub"}"#, 422, "validation_failed"),
                (#"{"name":"a"}"#, 422, "validation_failed"),
                (#"{"name":"a","upstream":"openai:o9"}"#, 422, "unknown_upstream"),
                (#"{"name":"a","upstream":"stub","policy_name":"nope"}"#, 422, "unknown_policy"),
                (#"{"name":"a","upstream":"stub","policy_yaml":"a: [1"}"#, 422, "policy_yaml_invalid"),
                (#"{"name":"a","upstream":"stub","policy_yaml":"entities: []"}"#, 422, "policy_yaml_invalid"),
                (#"{"name":"a","upstream":"stub","policy_yaml":7}"#, 422, "validation_failed"),
                (#"{"name":"a","upstream":"stub","tokenization":"synthetic"}"#, 422, "validation_failed"),
                (
                    #"{"name":"a","upstream":"stub","policy_yaml":"a: 1","policy_name":"healthcare-default"}"#, 422,
                    "validation_failed"
                ),
                (#"{"name":"a","upstream":"stub","tokenization":"rot13"}"#, 422, "validation_failed"),
                ("[]", 422, "validation_failed")
            ]
            for (body, status, code) in refusals {
                let answer = try await create(body)
                #expect(answer.status == status && answer.errorCode == code, "\(body)")
            }
        }
    }

    @Test("deleting: only admins, 204, then 404; the proxy of the agent is gone, its sessions are kept")
    func delete() async throws {
        try await PlainHTTP.with { http in
            let id = try #require(try await http.api("/agents").data.first?["id"] as? String)
            let refused = try await http.send("DELETE", "/api/v1/agents/\(id)", cookie: "member-1")
            #expect(refused.status == 403 && refused.errorCode == "forbidden")
            let past = try await http.api("/sessions?since=30d&agent_id=\(id)").data.count
            #expect(past > 0)
            let deleted = try await http.send("DELETE", "/api/v1/agents/\(id)")
            #expect(deleted.status == 204 && deleted.body.isEmpty)
            #expect(try await http.send("DELETE", "/api/v1/agents/\(id)").status == 404)
            #expect(
                try await http.send("POST", "/proxy/\(id)/v1/chat/completions", cookie: nil, body: #"{"messages":[]}"#)
                    .status == 404)
            #expect(try await http.api("/sessions?since=30d&agent_id=\(id)").data.count == past)
        }
    }

    @Test("the same seed gives the same account, another seed another account")
    func seeds() async throws {
        func account(_ seed: UInt64) async throws -> [String] {
            var ids: [String] = []
            try await PlainHTTP.with({
                $0.seed = seed
                $0.now = Date(timeIntervalSince1970: 1_777_900_000)
            }) { http in
                ids = try await (http.api("/agents").data + http.api("/sessions?since=30d").data).compactMap {
                    $0["id"] as? String
                }
            }
            return ids
        }
        let first = try await account(7)
        #expect(try await account(7) == first)
        #expect(try await account(8) != first)
    }

    @Test("a million sessions are served without being stored")
    func million() async throws {
        try await PlainHTTP.with({ $0.sessions = 1_000_000 }) { http in
            let page = try await http.api("/sessions?since=30d&limit=100")
            #expect(page.data.count == 100)
            #expect(page.json["next_cursor"] is String)
        }
    }
}
