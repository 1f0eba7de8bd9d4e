import Foundation
import TestSupport
import Testing

@testable import MaskerMock

/// Literal JSON, written from the contract: events, tokens, payloads and the audit log.
@Suite("Session details of the mock", .ownThread)
struct EventContractTests {
    /// A fixed time: ids contain the time, and the details of sessions are computed from their ids.
    private static let now = Date(timeIntervalSince1970: 1_777_842_872)
    private static let kinds: Set = ["PHONE", "SSN", "NAME", "EMAIL", "DOB", "ADDRESS", "MRN", "ACCOUNT", "IP_ADDRESS", "DATE", "MBI"]

    /// The detail of every session, with the policy and the tokenization of its agent.
    private func details(_ http: PlainHTTP) async throws -> [(session: [String: Any], policy: String, tokenization: String)] {
        let agents = try await http.api("/agents?limit=100").data
        let all = try await http.api("/sessions?since=30d&limit=100").data
        var details: [(session: [String: Any], policy: String, tokenization: String)] = []
        for row in all {
            let session = try await http.api("/sessions/\(row["id"] as? String ?? "")").object("session")
            let agent = try #require(agents.first { $0["id"] as? String == session["agent_id"] as? String })
            details.append((session, try #require(agent["policy_name"] as? String), try #require(agent["tokenization"] as? String)))
        }
        return details
    }

    @Test("events: documented passes, kinds and keys; only the NER pass has a confidence")
    func events() async throws {
        try await PlainHTTP.with({ $0.now = Self.now }) { http in
            var passes: Set<String> = [], schemes: Set<String> = [], policies: Set<String> = []
            for (session, policy, tokenization) in try await details(http) {
                policies.insert(policy)
                #expect(session["policy_name"] as? String == policy && session["policy_version"] as? Int == 1)
                let events = try #require(session["events"] as? [[String: Any]])
                #expect(events.count == (policy == "survey-untraced" ? 0 : session["redaction_count"] as? Int))
                for event in events {
                    let pass = try #require(event["pass"] as? String), kind = try #require(event["entity_kind"] as? String)
                    passes.insert(pass)
                    #expect(Self.kinds.contains(kind) && (event["span"] as? [Int])?.count == 2)
                    #expect((event["event_id"] as? String)?.wholeMatch(of: #/evt_[0-9A-HJKMNP-TV-Z]{26}/#) != nil)
                    #expect((event["confidence"] != nil) == (pass == "gemma"))
                    if let confidence = event["confidence"] { #expect((0...1).contains(confidence as? Double ?? -1)) }
                    let hasToken = !["IP_ADDRESS", "MBI"].contains(kind) && !(policy == "scheduling-minimal" && kind == "DATE")
                    #expect(event["kid"] as? String == (hasToken ? "K_HEALTHCARE" : nil))
                    #expect(event["token_kind"] as? String == (hasToken ? (tokenization == "reversible-aead" ? "MSK1" : "MSKV1") : nil))
                    if let scheme = event["token_kind"] as? String { schemes.insert(scheme) }
                    if kind == "NAME" { #expect(pass != "regex") }
                }
            }
            #expect(passes == ["regex", "gemma", "diarize"] && schemes == ["MSKV1", "MSK1"] && policies.count == 4)
        }
    }

    @Test("in one of twenty sessions detection takes too long, and only regular expressions are used")
    func fallback() throws {
        var options = MockOptions()
        options.now = Self.now
        let account = MockAccount(options: options, origin: ""), past = account.past
        let all = (0..<options.sessions).filter(past.fellBack)
        #expect((options.sessions / 30...options.sessions / 15).contains(all.count))
        for index in all {
            let call = try #require(account.call(past.id(index), now: Self.now))
            #expect(call.fellBack && call.session.redactionsByKind?["NAME"] == nil)
            for case .object(let event) in SessionDetails(call, options).events {
                #expect(event["pass"] == "regex" && event["confidence"] == nil)
            }
        }
    }

    @Test("payloads: the request in clear, the masked text with documented tokens, and the answer with the same tokens")
    func payloads() async throws {
        try await PlainHTTP.with({
            $0.payloadShare = 1
            $0.now = Self.now
        }) { http in
            var seen: Set<String> = []
            for (session, policy, tokenization) in try await details(http) {
                let payloads = try #require(session["payloads"] as? [String: String])
                #expect(Set(payloads.keys) == ["request", "masked", "response"])
                let masked = try #require(payloads["masked"]), response = try #require(payloads["response"])
                let request = try #require(payloads["request"])
                #expect(!request.contains("K_HEALTHCARE") && !request.contains("[REDACTED"))
                for token in masked.matches(of: #/(MSKV?1)\.([A-Z_]+)\.K_HEALTHCARE\.([0-9A-HJKMNP-TV-Z]+)/#) {
                    #expect(token.1 == (tokenization == "reversible-aead" ? "MSK1" : "MSKV1") && token.3.count == 22)
                    seen.insert(String(token.1))
                }
                for token in response.matches(of: #/MSKV?1\.[A-Z_]+\.K_HEALTHCARE\.\w+/#) { #expect(masked.contains(token.0)) }
                if masked.contains("[REDACTED:IP_ADDRESS]") { seen.insert("redacted") }
                if policy == "scheduling-minimal", masked.contains("2 January") { seen.insert("in clear") }
                if policy == "healthcare-default" { #expect(!masked.contains("555-01") && !masked.contains("Example")) }
            }
            #expect(seen == ["MSKV1", "MSK1", "redacted", "in clear"])
        }
    }

    @Test("the audit log: deleted agents with the user, started calls, and redactions")
    func audit() async throws {
        try await PlainHTTP.with({ $0.webhookSecret = nil }) { http in
            let agents = try await http.api("/agents").data
            func id(_ policy: String) throws -> String {
                try #require(agents.first { $0["policy_name"] as? String == policy }?["id"] as? String)
            }
            let agent = try id("healthcare-default"), silent = try id("survey-untraced")
            let event = #"{"type":"assistant-request","call":{"id":"c"},"timestamp":1777900000000}"#
            #expect(try await http.send("POST", "/vapi/webhook/\(agent)", cookie: nil, body: event).status == 200)
            #expect(try await http.send("POST", "/vapi/webhook/\(agent)", cookie: nil, body: #"{"type":"x"}"#).status == 422)
            for id in [agent, silent] {
                #expect(try await http.send("POST", "/proxy/\(id)/v1/chat/completions", cookie: nil, body: #"{"messages":[{}]}"#).status == 200)
            }
            #expect(try await http.send("DELETE", "/api/v1/agents/\(agent)", cookie: "member-1").status == 403)
            #expect(try await http.send("DELETE", "/api/v1/agents/\(agent)").status == 204)
            let answer = try await http.send("GET", "/__mock/audit", cookie: nil)
            let entries = try #require(try JSONSerialization.jsonObject(with: Data(answer.body.utf8)) as? [[String: String]])
            #expect(entries.map { $0["type"] } == ["call_started", "redaction", "redaction", "agent_deleted"])
            #expect(entries.allSatisfy { $0["agent_id"] == agent && $0["at"]?.hasSuffix("Z") == true })
            #expect(entries.map { $0["user"] } == [nil, nil, nil, "ada"])
            #expect(entries[1]["session_id"]?.hasPrefix("sess_") == true && entries[0]["session_id"] == nil)
            #expect(http.server.audit.last?.user == "ada")
        }
    }

    @Test("--public-url: proxy and webhook addresses begin with it")
    func publicURL() async throws {
        try await PlainHTTP.with({ $0.publicURL = "https://masker.example.org/" }) { http in
            let agent = try #require(try await http.api("/agents").data.first), id = try #require(agent["id"] as? String)
            #expect(agent["proxy_url"] as? String == "https://masker.example.org/proxy/\(id)/v1/chat/completions")
            #expect(agent["webhook_url"] as? String == "https://masker.example.org/vapi/webhook/\(id)")
        }
    }
}
