import Foundation
import TestSupport
import Testing

@testable import MaskerAPI

@Suite("Answers that the contract has in more than one form", .ownThread)
struct ContractReadingTests {
    private func json(_ text: String) throws -> JSON { try JSON(parsing: Array(text.utf8)) }

    // MARK: Current user

    @Test("the documented user, with account and permissions beside it, and no role: it is unknown whether the user is an admin")
    func user() throws {
        let text = #"{"user":{"id":"usr_1","github_login":"ada","github_id":7,"name":"Ada","email":null,"avatar_url":"https://h/a","created_at":"2026-05-03T21:14:32Z","last_seen_at":"2026-05-04T21:14:32.5Z"},"account":{"id":"acc_1","name":"clinic","plan":"pilot","created_at":"2026-05-03T21:14:32Z"},"permissions":["agents:read","later:what"]}"#
        let user = try #require(User(answer: try json(text)))
        #expect(user.login == "ada" && user.githubID == 7 && user.avatarURL == "https://h/a" && user.createdAt != nil && user.lastSeenAt != nil)
        #expect(user.account == Account(id: "acc_1", name: "clinic", plan: "pilot", createdAt: user.account?.createdAt) && user.account?.createdAt != nil)
        #expect(user.permissions == [.readAgents, "later:what"] && user.lacks(.writeAgents) && !user.lacks(.readAgents))
        #expect(user.mayAdminister == nil)
    }

    @Test("a user needs an id or a login, in `user` or at the top level; permissions that are not sent are not missing", arguments: [
        (#"{"user":{"id":"usr_1"}}"#, "usr_1"), (#"{"id":"usr_1"}"#, "usr_1"), (#"{"login":"ada"}"#, "ada"), (#"{"github_login":"ada"}"#, "ada"),
        (#"{"user":{"login":"ada"},"permissions":null}"#, "ada"), (#"{"user":{"id":1,"permissions":"x"}}"#, "1"),
    ])
    func leastUser(text: String, name: String) throws {
        let user = try #require(User(answer: try json(text)))
        #expect((user.login ?? user.id) == name && user.permissions == nil && !user.lacks(.writeAgents) && user.mayAdminister == nil)
    }

    @Test("an answer without a user is refused", arguments: [#"{}"#, #"{"user":{}}"#, #"{"user":null}"#, #"[]"#, #""ada""#, #"{"user":{"name":"Ada"}}"#])
    func noUser(text: String) throws {
        let answer = try json(text)
        #expect(User(answer: answer) == nil)
    }

    @Test("with an empty list of permissions, each permission is missing", arguments: [#"{"id":"u","permissions":[]}"#, #"{"user":{"id":"u"},"permissions":[]}"#])
    func noPermissions(text: String) throws {
        let user = try #require(User(answer: try json(text)))
        #expect(user.permissions == [] && user.lacks(.writeAgents))
    }

    @Test("only role and is_admin say who is an admin", arguments: [
        (#"{"id":"u","role":"admin"}"#, true), (#"{"id":"u","role":"member"}"#, false), (#"{"id":"u","is_admin":true,"role":"member"}"#, true),
        (#"{"id":"u","is_admin":false}"#, false), (#"{"id":"u","permissions":["agents:write","billing:read"]}"#, nil),
    ] as [(String, Bool?)])
    func admin(text: String, isAdmin: Bool?) throws {
        let answer = try json(text)
        #expect(User(answer: answer)?.mayAdminister == isAdmin)
    }

    // MARK: Report

    private func report(_ fields: String) throws -> Report {
        try #require(Report(json: try json(#"{"id":"rep_1","session_id":"sess_1"\#(fields)}"#)))
    }

    @Test("the audit root is read under either name, and written under the same name", arguments: [
        (["merkle_root_hex"]), (["audit_root_hash"]), (["merkle_root_hex", "audit_root_hash"]),
    ])
    func root(names: [String]) throws {
        let report = try report(names.map { #","\#($0)":"9F3A""# }.joined())
        #expect(report.auditRootHex == "9F3A" && report.malformedFields == [])
        let written = try #require(try JSONSerialization.jsonObject(with: try JSONEncoder().encode(report)) as? [String: Any])
        #expect(written.keys.filter { $0.contains("root") }.sorted() == names.sorted())
    }

    @Test("two different roots give none, and both fields are named; roots that differ only in case are equal")
    func twoRoots() throws {
        let differing = try report(#","merkle_root_hex":"aa","audit_root_hash":"bb""#)
        #expect(differing.auditRootHex == nil && differing.malformedFields == ["merkle_root_hex", "audit_root_hash"])
        let same = try report(#","merkle_root_hex":"aa","audit_root_hash":"AA""#), none = try report(""), bad = try report(#","audit_root_hash":7"#)
        #expect(same.auditRootHex == "aa" && none.auditRootHex == nil && bad.malformedFields == ["audit_root_hash"])
    }

    @Test("coverage is an object or a text, and is written in the same form", arguments: [
        (#"{"A_names":"full"}"#, SafeHarborCoverage.categories(["A_names": "full"])), (#""18 of 18""#, .text("18 of 18")), ("{}", .categories([:])),
    ])
    func coverage(text: String, coverage: SafeHarborCoverage) throws {
        let report = try report(#","safe_harbor_coverage":\#(text)"#)
        #expect(report.safeHarborCoverage == coverage)
        let written = String(decoding: try JSONEncoder().encode(report), as: UTF8.self)
        #expect(written.contains(#""safe_harbor_coverage":\#(text)"#))
        let bad = try self.report(#","safe_harbor_coverage":[1]"#)
        #expect(bad.malformedFields == ["safe_harbor_coverage"])
    }

    @Test("a signature is kept, and a report without one has none")
    func signature() throws {
        let report = try report(#","signature":{"alg":"Ed25519","sig":"abc"}"#)
        #expect(report.hasSignature && report.signature == Report.Signature(alg: "Ed25519", sig: "abc"))
        let written = String(decoding: try JSONEncoder().encode(report), as: UTF8.self), none = try self.report("")
        #expect(written.contains(#""sig":"abc""#) && !none.hasSignature)
    }

    @Test("the words of coverage are read, however they are joined", arguments: [
        ("in_progress", "in_progress"), ("in progress", "in_progress"), ("In-Progress", "in_progress"), ("not applicable", "not_applicable"),
        ("n/a", "not_applicable"), ("full", "full"), ("in_review", "in_review"),
    ])
    func coverageWords(value: String, word: String) { #expect(SafeHarborCoverage.word(value) == word) }

    // MARK: Records

    @Test("a policy's version is a number or a text; a regex event has no confidence", arguments: [("1", "1"), ("1.5", "1.5"), (#""3b""#, "3b")])
    func versions(sent: String, kept: String) throws {
        let agent = Agent(json: try json(#"{"id":"agt_1","policy_version":\#(sent)}"#))
        #expect(agent?.policyVersion == kept)
        let detail = CallSessionDetail(json: try json(#"{"id":"sess_1","policy_version":\#(sent),"events":[{"event_id":"evt_1","pass":"regex","span":[1,2]}]}"#))
        #expect(detail?.policyVersion == kept && detail?.malformedFields == [])
        #expect(detail?.events == [RedactionEvent(eventID: "evt_1", pass: "regex", span: [1, 2])])
    }

    // MARK: Health

    @Test("health in both forms", arguments: [
        #"{"status":"degraded","version":"1.2","uptime_seconds":7.5,"components":{"db":"ok","vault":"sealed"},"build":{"commit":"abc","built_at":"2026-05-03T21:14:32Z"}}"#,
        #"{"status":"degraded","version":"1.2","db":"ok","vault":"sealed","more":"what"}"#,
        #"{"status":"degraded","version":1.2,"components":{"db":{"status":"ok"},"vault":{"status":"sealed"}}}"#,
    ])
    func health(text: String) throws {
        let health = try #require(ServiceHealth(json: try json(text)))
        #expect(health.isDegraded && health.version == "1.2" && health.components == ["db": "ok", "vault": "sealed"])
        #expect(health.failing.map(\.name) == ["vault"])
    }

    @Test("any other answer is not a health", arguments: ["{}", "[]", #"{"status":1}"#, #""ok""#])
    func noHealth(text: String) throws {
        let answer = try json(text)
        #expect(ServiceHealth(json: answer) == nil)
    }

    // MARK: Details of errors

    @Test("details in any form give the field and the sentences", arguments: [
        (#""too long""#, nil, "m: too long"),
        (#"{"field":"name"}"#, "name", "m"),
        (#"{"field":"name","message":"too long"}"#, "name", "m: name: too long"),
        (#"{"field":"name","max":64}"#, "name", "m: name: max 64"),
        (#"["a","b","a"]"#, nil, "m: a; b"),
        (#"[{"field":"name","reason":"too long"},{"field":"upstream","reason":"unknown"}]"#, "name", "m: name: too long; upstream: unknown"),
        (#"{"name":["too long","taken"]}"#, "name", "m: name: too long; name: taken"),
        (#"{"errors":[{"loc":["body","policy_yaml"],"msg":"no kid","type":"missing"}]}"#, "policy_yaml", "m: policy_yaml: no kid"),
        (#"{"policy_yaml":{"line":3,"column":5,"message":"no kid"}}"#, "policy_yaml", "m: policy_yaml: no kid (line 3, column 5)"),
        (#"{"details":{"errors":{"name":"taken"}}}"#, "name", "m: name: taken"),
        ("null", nil, "m"), ("{}", nil, "m"), ("[]", nil, "m"), ("[[[]]]", nil, "m"),
    ] as [(String, String?, String)])
    func details(text: String, field: String?, sentence: String) throws {
        let details = ErrorDetails(try json(text))
        #expect(details.field == field && details.completing("m") == sentence && details.completing("m.") == (sentence == "m" ? "m." : sentence))
    }

    @Test("sentences of the message are not repeated, and the number of sentences is limited")
    func brief() throws {
        let details = ErrorDetails(try json(#"{"field":"name","message":"too long"}"#))
        #expect(details.completing("The name is too long.") == "The name is too long.")
        let many = ErrorDetails(.array((0..<100).map { .string("problem \($0) " + String(repeating: "x", count: 10_000)) }))
        #expect(many.clauses.count == 5 && many.completing("m").count < 1_200)
    }

    // MARK: Routes of checks

    @Test("a check goes to the server, to the public host, or to the URL's path on the server", arguments: [
        ("https://masker.example.org/w?x=1", CheckRoute.server(target: "/w?x=1")), ("https://MASKER.example.org:443/w", .server(target: "/w")),
        ("https://voice.example.org/w", .publicHost(target: "/w")), ("https://voice.example.org:8443/w", .pathOnServer(target: "/w", namedHost: "voice.example.org:8443")),
        ("http://masker.example.org/w", .pathOnServer(target: "/w", namedHost: "masker.example.org")),
        ("https://evil.example/w", .pathOnServer(target: "/w", namedHost: "evil.example")),
    ])
    func routes(url: String, route: CheckRoute) throws {
        let server = try APIHost("https://masker.example.org"), named = try APIHost("https://voice.example.org")
        let found = try CheckRoute(url, server: server, publicHost: named), without = try CheckRoute(url, server: server, publicHost: nil)
        #expect(found == route)
        guard case .publicHost = route else { return }
        #expect(without == .pathOnServer(target: "/w", namedHost: "voice.example.org"))
    }

    @Test("the model's URL is the agent's proxy URL, whole or as an earlier server writes it", arguments: [
        ("https://h/proxy/agt_1/v1/chat/completions", true), ("https://h/proxy/agt_1/v1", true), ("https://h/proxy/agt_1", false), ("https://", false), ("", false),
    ])
    func model(url: String, isProxy: Bool) {
        let agent = Agent(id: Identifier("agt_1"), proxyURL: "https://h/proxy/agt_1/v1/chat/completions")
        #expect(AssistantAnswer.isProxy(url, of: agent) == isProxy)
        #expect(!AssistantAnswer.isProxy(url, of: Agent(id: Identifier("agt_1"))))
    }
}
