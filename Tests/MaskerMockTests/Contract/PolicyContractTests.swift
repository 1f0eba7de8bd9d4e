import Foundation
import TestSupport
import Testing

@testable import MaskerMock

/// Literal texts, written from the contract: *Policies*.
@Suite("The mock's policies", .ownThread)
struct PolicyContractTests {
    private static let good = """
        name: mine
        version: 1
        kid: K_HEALTHCARE
        tokenization: vault-deterministic
        passes: [regex, gemma]
        entities:
          PHONE: { action: tokenize }
        """

    @Test("healthcare-default is the documented policy")
    func standard() throws {
        let policy = try #require(Policies.named["healthcare-default"])
        for line in [
            "name: healthcare-default", "version: 1", "kid: K_HEALTHCARE", "epsilon: 0.5", "tokenization: vault-deterministic",
            "passes:\n  - regex\n  - gemma\nentities:", "log_events: true", "log_payloads: false", "retention_days: 2555",
        ] { #expect(policy.text.contains(line), "\(line)") }
        let documented: [(String, Bool, Bool, Double)] = [
            ("PHONE", true, true, 0.6), ("SSN", true, false, 0), ("NAME", false, true, 0.7), ("EMAIL", true, false, 0),
            ("DOB", true, true, 0.5), ("ADDRESS", true, true, 0.6), ("MRN", true, true, 0.6), ("ACCOUNT", true, true, 0.7),
            ("IP_ADDRESS", true, false, 0),
        ]
        #expect(Set(policy.policy.entities.keys) == Set(documented.map(\.0)))
        for (kind, regex, ner, threshold) in documented {
            let rule = MockPolicy.Rule(regex: regex, ner: ner, threshold: threshold, action: kind == "IP_ADDRESS" ? .redact : .tokenize)
            #expect(policy.policy.entities[kind] == rule, "\(kind)")
        }
    }

    @Test("the policies of the mock: one logs payloads, one passes an entity through, one logs no events")
    func others() {
        let policies = Policies.named.mapValues(\.policy)
        #expect(policies.count == 4)
        #expect(policies.filter { $0.value.logsPayloads }.map(\.key) == ["intake-debug"])
        #expect(policies.filter { $0.value.entities.values.contains { $0.action == .passthrough } }.map(\.key) == ["scheduling-minimal"])
        #expect(policies.filter { !$0.value.logsEvents }.map(\.key) == ["survey-untraced"])
    }

    @Test("defaults of optional fields")
    func defaults() throws {
        let policy = try #require(PolicyRules.read(Self.good.replacing("{ action: tokenize }", with: "")).policy)
        #expect(policy.entities == ["PHONE": MockPolicy.Rule(isEnabled: true, regex: true, ner: true, threshold: 0.6, action: .tokenize)])
        #expect(policy.logsEvents && !policy.logsPayloads)
        let other = Self.good + "\naudit: { log_events: false, log_payloads: true, retention_days: 1 }\nepsilon: 1\ndescription: d\nmore: x"
        #expect(PolicyRules.read(other).policy?.logsPayloads == true, "unknown fields are ignored")
    }

    @Test("errors and their places", arguments: [
        ("name: mine", "", "name", "required"), ("name: mine", "name: [a]", "name", "type"), ("name: mine", "name: 7", "name", "type"),
        ("name: mine", "name: ''", "name", "range"), ("version: 1", "", "version", "required"),
        ("version: 1", "version: one", "version", "type"), ("version: 1", "version: '1'", "version", "type"),
        ("version: 1", "version: 0", "version", "range"), ("kid: K_HEALTHCARE", "kid: K_OTHER", "kid", "unknown_kid"),
        ("kid: K_HEALTHCARE", "", "kid", "required"), ("kid: K_HEALTHCARE", "kid: K_HEALTHCARE\nepsilon: -1", "epsilon", "range"),
        ("kid: K_HEALTHCARE", "kid: K_HEALTHCARE\nepsilon: much", "epsilon", "type"),
        ("tokenization: vault-deterministic", "", "tokenization", "required"),
        ("tokenization: vault-deterministic", "tokenization: rot13", "tokenization", "unknown_value"),
        ("passes: [regex, gemma]", "", "passes", "required"), ("passes: [regex, gemma]", "passes: regex", "passes", "type"),
        ("passes: [regex, gemma]", "passes: [regex, spacy]", "passes[1]", "invalid_pass"),
        ("passes: [regex, gemma]", "passes: [[regex]]", "passes[0]", "invalid_pass"),
        ("passes: [regex, gemma]", "passes: []", "passes", "range"),
        ("entities:\n  PHONE: { action: tokenize }", "", "entities", "required"),
        ("entities:\n  PHONE: { action: tokenize }", "entities: {}", "entities", "missing_entity"),
        ("entities:\n  PHONE: { action: tokenize }", "entities: [PHONE]", "entities", "type"),
        ("{ action: tokenize }", "yes", "entities.PHONE", "type"),
        ("{ action: tokenize }", "{ action: drop }", "entities.PHONE.action", "unknown_value"),
        ("{ action: tokenize }", "{ regex: maybe }", "entities.PHONE.regex", "type"),
        ("{ action: tokenize }", "{ confidence_threshold: 1.5 }", "entities.PHONE.confidence_threshold", "range"),
        ("entities:", "audit: on\nentities:", "audit", "type"),
        ("entities:", "audit: { log_events: 1.5 }\nentities:", "audit.log_events", "type"),
        ("entities:", "audit: { retention_days: -1 }\nentities:", "audit.retention_days", "range"),
        ("name: mine", "name: [", "", "syntax"),
    ])
    func problems(part: String, other: String, path: String, reason: String) throws {
        #expect(PolicyRules.read(Self.good).problems.isEmpty)
        let text = Self.good.replacing(part, with: other)
        #expect(text != Self.good)
        let (policy, problems) = PolicyRules.read(text)
        #expect(policy == nil && problems.map(\.path) == [path] && problems.map(\.reason) == [reason])
    }

    @Test("texts of every kind get an answer", arguments: [
        "", "~", "a", "[]", "- a", "&a [*a]", "? [a]\n: b", "{? {a: b} : c}", "a: &a [x]\nb: *a", "name: !!binary x", "<<: {name: a}",
        "entities: {? [a] : {}, '': {}}", String(repeating: "[", count: 5_000), String(repeating: "{a: ", count: 5_000), "name: \"\\u0000\"",
        "version: 99999999999999999999", "epsilon: .nan", "epsilon: .inf", "---\na: b\n---\nc: d",
    ])
    func odd(text: String) { #expect(PolicyRules.read(text).policy == nil) }

    @Test("over HTTP: 422 with all errors; a correct policy is the agent's, with its own name and version")
    func wire() async throws {
        func body(_ yaml: String, _ name: String) throws -> String {
            let fields = ["name": name, "upstream": "stub", "policy_yaml": yaml]
            return String(decoding: try JSONSerialization.data(withJSONObject: fields), as: UTF8.self)
        }
        try await PlainHTTP.with { http in
            let bad = Self.good.replacing("K_HEALTHCARE", with: "K_OTHER").replacing("gemma", with: "spacy")
            let refused = try await http.send("POST", "/api/v1/agents", body: try body(bad, "bad"))
            #expect(refused.status == 422 && refused.errorCode == "policy_yaml_invalid")
            let details = try #require(refused.object("error")["details"] as? [String: Any])
            #expect(details["field"] as? String == "policy_yaml")
            let errors = try #require(details["errors"] as? [[String: String]])
            #expect(errors.map { [$0["field"], $0["reason"]] } == [["kid", "unknown_kid"], ["passes[1]", "invalid_pass"]])
            #expect(errors.allSatisfy { $0["message"]?.isEmpty == false })
            let made = try await http.send("POST", "/api/v1/agents", body: try body(Self.good, "good"))
            #expect(made.status == 201 && made.object("agent")["policy_name"] as? String == "mine")
            #expect(made.object("agent")["policy_version"] as? Int == 1)
        }
    }

    @Test("reloading: only admins with a login session; others are refused", arguments: [
        ("admin-1", 200), ("member-1", 403), (nil, 401),
    ])
    func reload(cookie: String?, status: Int) async throws {
        try await PlainHTTP.with({ $0.tokens = [MockToken(login: "ada", scopes: Set(MockScope.allCases), value: "token-1")] }) { http in
            let answer = try await http.send("POST", "/api/v1/admin/policy/reload", cookie: cookie)
            #expect(answer.status == status && answer.headers["content-type"] == "application/json")
            let token = ["Authorization: Bearer token-1"]
            #expect(try await http.send("POST", "/api/v1/admin/policy/reload", cookie: nil, headers: token).status == 403)
        }
    }
}
