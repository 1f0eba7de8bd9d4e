import Foundation
import MaskerMock
import TestSupport
import Testing

@Suite("The account of the mock", .ownThread)
struct AccountTests {
    @Test(
        "pages of every list: every row once, newest first, for every page size",
        arguments: [
            ("/agents", "created_at", 7), ("/sessions?since=30d", "started_at", 50),
            ("/sessions?since=30d&status=partial", "started_at", 3),
            ("/sessions?since=30d&min_redactions=4", "started_at", 9)
        ])
    func pages(target: String, time: String, limit: Int) async throws {
        try await RawHTTP.with({ $0.agents = 40 }) { http in
            let rows = try await http.all(target, limit: limit), again = try await http.all(target, limit: 100)
            let ids = rows.compactMap { $0["id"] as? String }
            #expect(!ids.isEmpty && Set(ids).count == ids.count)
            #expect(ids == again.compactMap { $0["id"] as? String })
            let times = try rows.map { try #require(Self.date($0[time])) }
            #expect(times == times.sorted(by: >))
        }
    }

    @Test("rows that are added or deleted between two pages do not repeat or hide others")
    func changesBetweenPages() async throws {
        try await RawHTTP.with { http in
            let agent = try #require(http.server.agents.first)
            http.server.recordCall(of: agent)
            let before = try await http.all("/sessions?since=30d", limit: 100).compactMap { $0["id"] as? String }
            let first = try await http.api("/sessions?since=30d&limit=5")
            http.server.recordCall(of: agent)
            http.server.recordCall(of: agent)
            let cursor = RawHTTP.encoded(try #require(first.json["next_cursor"] as? String))
            let second = try await http.api("/sessions?since=30d&limit=5&cursor=\(cursor)")
            #expect(first.ids + second.ids == Array(before.prefix(10)))

            let page = try await http.api("/agents?limit=3")
            let all = http.server.agents.map(\.id.rawValue)
            http.server.removeAgent(http.server.agents[2].id)
            http.server.addAgent("new-at-the-top")
            let next = RawHTTP.encoded(try #require(page.json["next_cursor"] as? String))
            #expect(try await http.api("/agents?limit=3&cursor=\(next)").ids == Array(all[3..<6]))
        }
    }

    @Test("the figures of an agent match the sessions in the list")
    func figures() async throws {
        try await RawHTTP.with({ $0.sessions = 3_000 }) { http in
            let id = try #require(http.server.agents.first?.id)
            http.server.recordCall(of: try #require(http.server.agents.first))
            let stats = try #require(try await http.api("/agents/\(id)").object("agent")["stats"] as? [String: Any])
            let day = try await http.all("/agents/\(id)/sessions?since=24h", limit: 100)
            let week = try await http.all("/agents/\(id)/sessions?since=7d", limit: 100)
            #expect(stats["session_count_24h"] as? Int == day.count && day.count > 5)
            #expect(stats["session_count_7d"] as? Int == week.count)
            #expect(
                stats["redaction_count_24h"] as? Int == day.compactMap { $0["redaction_count"] as? Int }.reduce(0, +))
            let durations = day.compactMap { $0["duration_ms"] as? Double }.sorted()
            #expect(stats["p50_latency_ms"] as? Double == durations[(durations.count + 1) / 2 - 1])
            let rank = Int((Double(durations.count) * 0.95).rounded(.up))
            #expect(stats["p95_latency_ms"] as? Double == durations[rank - 1])
            let listed = try await http.api("/agents").data.first { $0["id"] as? String == id.rawValue }
            #expect(listed?["session_count_24h"] as? Int == day.count)
        }
    }

    @Test("no session is older than its agent or outside of the 30 days, and none ends before its start")
    func plausible() async throws {
        try await RawHTTP.with { http in
            let created = Dictionary(
                uniqueKeysWithValues: try await http.all("/agents", limit: 100).map {
                    ($0["id"] as? String ?? "", Self.date($0["created_at"]))
                })
            let rows = try await http.all("/sessions?since=31d", limit: 100)
            #expect(rows.count == 300)
            #expect(Set(rows.compactMap { $0["status"] as? String }) == ["ok", "error", "partial"])
            for row in rows {
                let start = try #require(Self.date(row["started_at"])), end = try #require(Self.date(row["ended_at"]))
                #expect(end >= start)
                #expect(try #require(created[row["agent_id"] as? String ?? ""] ?? nil) < start)
            }
            let texts = rows.flatMap { [$0["started_at"], $0["ended_at"]] }.compactMap { $0 as? String }
            #expect(
                texts.contains { $0.contains(".") } && texts.contains { !$0.contains(".") },
                "with and without fractions")
        }
    }

    @Test("since: a duration, a timestamp with or without fractions, or with an offset; 24 h by default")
    func since() async throws {
        try await RawHTTP.with({ $0.sessions = 2_000 }) { http in
            let all = try await http.all("/sessions?since=30d", limit: 100)
            let start = try #require(all[20]["started_at"] as? String)
            #expect(try await http.all("/sessions?since=\(RawHTTP.encoded(start))", limit: 100).count == 21)
            let offset = start.replacing("Z", with: "+00:00")
            #expect(try await http.all("/sessions?since=\(RawHTTP.encoded(offset))", limit: 100).count == 21)
            let counts = try await ["1h", "24h", "1d", "7d", "30d"].asyncMap {
                try await http.all("/sessions?since=\($0)", limit: 100).count
            }
            #expect(counts == counts.sorted() && counts[1] == counts[2] && counts[1] < counts[3])
            #expect(try await http.all("/sessions", limit: 100).count == counts[1])
        }
    }

    @Test("the filters of the session list can be combined, also in the list of an agent")
    func filters() async throws {
        try await RawHTTP.with { http in
            let all = try await http.all("/sessions?since=30d", limit: 100)
            let agent = try #require(all.first?["agent_id"] as? String)
            let wanted = all.filter {
                $0["agent_id"] as? String == agent && $0["status"] as? String == "ok"
                    && ($0["redaction_count"] as? Int ?? 0) >= 2
            }.compactMap { $0["id"] as? String }
            let filter = "since=30d&status=ok&min_redactions=2"
            #expect(!wanted.isEmpty)
            #expect(
                try await http.all("/sessions?\(filter)&agent_id=\(agent)", limit: 100).compactMap {
                    $0["id"] as? String
                } == wanted)
            let own = try await http.all("/agents/\(agent)/sessions?\(filter)", limit: 4)
            #expect(own.compactMap { $0["id"] as? String } == wanted)
            #expect(own.allSatisfy { $0["agent_name"] == nil && $0["upstream_model"] == nil })
            #expect(try await http.api("/sessions?since=30d&agent_id=agt_none").data.isEmpty)
        }
    }

    @Test(
        "a new agent is the first; its own policy is returned unchanged, in reports also after it is deleted"
    )
    func inlinePolicy() async throws {
        try await RawHTTP.with { http in
            let yaml = """
                # kept as it is, ünïcode
                name: my-own
                version: 3
                kid: K_HEALTHCARE
                tokenization: reversible-aead
                passes: [regex, gemma]
                entities: { NAME: { regex: false } }

                """
            let body = try JSONSerialization.data(withJSONObject: [
                "name": "by-yaml", "upstream": "stub", "policy_yaml": yaml
            ])
            let made = try await http.send("POST", "/api/v1/agents", body: String(decoding: body, as: UTF8.self))
            #expect(made.status == 201)
            #expect(made.object("agent")["policy_name"] as? String == "my-own" && made.object("agent")["policy_version"] as? Int == 3)
            let id = try #require(made.object("agent")["id"] as? String)
            #expect(try await http.api("/agents?limit=1").ids == [id])
            #expect(try await http.api("/agents/\(id)").object("agent")["policy_yaml"] as? String == yaml)
            let call = #"{"messages":[{"role":"user","content":"hi"}]}"#
            #expect(
                try await http.send("POST", "/proxy/\(id)/v1/chat/completions", cookie: nil, body: call).status == 200)
            let session = try #require(try await http.api("/sessions?limit=1").ids.first)
            #expect(try await http.send("DELETE", "/api/v1/agents/\(id)").status == 204)
            #expect(try await http.api("/sessions/\(session)").object("session")["agent_id"] as? String == id)
            #expect(
                try await http.api("/sessions/\(session)/report?format=json").object("report")["policy_snapshot"] as? String == yaml
            )
        }
    }

    @Test(
        "every named policy is YAML of some length, and an agent gets the policy that it names",
        arguments: [
            "healthcare-default", "survey-untraced", "scheduling-minimal", "intake-debug"
        ])
    func policies(name: String) async throws {
        try await RawHTTP.with { http in
            let made = try await http.send(
                "POST", "/api/v1/agents",
                body: #"{"name":"p","upstream":"stub","policy_name":"\#(name)","tokenization":null}"#)
            let id = try #require(made.object("agent")["id"] as? String)
            let agent = try await http.api("/agents/\(id)").object("agent")
            let text = try #require(agent["policy_yaml"] as? String)
            #expect(agent["policy_name"] as? String == name)
            #expect(
                (15...40).contains(text.split(separator: "\n", omittingEmptySubsequences: false).count)
                    && text.contains("#"))
        }
    }

    @Test("names: 1 to 64 characters, compared exactly")
    func names() async throws {
        try await RawHTTP.with { http in
            func create(_ name: String) async throws -> RawAnswer {
                let body = try JSONSerialization.data(withJSONObject: ["name": name, "upstream": "stub"])
                return try await http.send("POST", "/api/v1/agents", body: String(decoding: body, as: UTF8.self))
            }
            for name in ["x", String(repeating: "é", count: 64), "with / and \" and \u{7}", "X"] {
                let answer = try await create(name)
                #expect(answer.status == 201)
            }
            #expect(try await create("x").errorCode == "name_taken")
            for name in ["", String(repeating: "x", count: 65), "e" + String(repeating: "\u{301}", count: 64)] {
                #expect(try await create(name).errorCode == "validation_failed")
            }
        }
    }

    @Test("payloads: an object of nulls unless they are logged")
    func payloads() async throws {
        func kinds(_ share: Double) async throws -> Set<String> {
            var kinds: Set<String> = []
            try await RawHTTP.with({
                $0.sessions = 80
                $0.payloadShare = share
            }) { http in
                for id in try await http.all("/sessions?since=30d", limit: 100).compactMap({ $0["id"] as? String }) {
                    let session = try await http.api("/sessions/\(id)").object("session")
                    guard let object = session["payloads"] as? [String: Any] else {
                        #expect(session["payloads"] is NSNull)
                        kinds.insert("null")
                        continue
                    }
                    #expect(Set(object.keys) == ["request", "masked", "response"])
                    kinds.insert(
                        object.values.allSatisfy { $0 is NSNull }
                            ? "nulls" : object.values.allSatisfy { $0 is String } ? "texts" : "odd")
                }
            }
            return kinds
        }
        #expect(try await kinds(0) == ["nulls", "texts"])
        #expect(try await kinds(1) == ["texts"])
    }

    @Test("--traffic adds sessions, which are in the lists and have a detail")
    func traffic() async throws {
        try await RawHTTP.with({ $0.trafficPerMinute = 6_000 }) { http in
            let before = Set(try await http.api("/sessions?since=30d&limit=100").ids)
            var fresh: [String] = []
            while fresh.count < 3 {
                fresh = try await http.api("/sessions?limit=100").ids.filter { !before.contains($0) }
            }
            let detail = try await http.api("/sessions/\(fresh[0])").object("session")
            #expect(detail["id"] as? String == fresh[0])
        }
    }

    @Test("with hostile texts every answer is valid JSON")
    func hostile() async throws {
        try await RawHTTP.with({
            $0.isHostile = true
            $0.payloadShare = 1
        }) { http in
            let agents = try await http.api("/agents")
            #expect(agents.data.count == 12 && agents.body.allSatisfy { $0 >= 0x20 }, "escaped on the wire")
            let names = agents.data.compactMap { $0["name"] as? String }
            for sign in ["\u{1B}[", "\u{202E}", "\u{301}\u{301}", "\n", "\t", "\u{9B}"] {
                #expect(names.contains { $0.unicodeScalars.contains(sign.unicodeScalars) })
            }
            let first = try #require(agents.ids.first)
            #expect(
                (try await http.api("/agents/\(first)").object("agent")["policy_yaml"] as? String)?.contains("\u{1B}")
                    == true)
            let id = try #require(try await http.api("/sessions?since=30d&min_redactions=1").ids.first)
            #expect(try await http.api("/sessions/\(id)").object("session")["payloads"] is [String: Any])
            #expect(try await http.api("/sessions/\(id)/report?format=pdf").text.hasPrefix("%PDF-"))
        }
    }

    @Test(
        "the same seed and time give the same account, byte by byte",
        arguments: [
            "/api/v1/agents", "/api/v1/sessions?since=30d&limit=100", "/api/v1/sessions?since=30d&status=error"
        ])
    func determinism(target: String) async throws {
        func answer(_ seed: UInt64) async throws -> [String] {
            var rows: [String] = []
            try await RawHTTP.with({
                $0.seed = seed
                $0.now = Date(timeIntervalSince1970: 1_777_842_872)
            }) { http in
                let data = try await http.send("GET", target).data
                rows = try data.map { row in
                    let stable = row.filter { !["proxy_url", "webhook_url"].contains($0.key) }
                    return String(
                        decoding: try JSONSerialization.data(withJSONObject: stable, options: .sortedKeys),
                        as: UTF8.self)
                }
            }
            return rows
        }
        let first = try await answer(3)
        #expect(!first.isEmpty)
        #expect(try await answer(3) == first)
        #expect(try await answer(4) != first)
    }

    static func date(_ value: Any?) -> Date? {
        guard let text = value as? String else { return nil }
        let plain = ISO8601DateFormatter(), fractional = ISO8601DateFormatter()
        fractional.formatOptions.insert(.withFractionalSeconds)
        return plain.date(from: text) ?? fractional.date(from: text)
    }
}

extension Array {
    func asyncMap<Result>(_ transform: (Element) async throws -> Result) async rethrows -> [Result] {
        var results: [Result] = []
        for element in self { results.append(try await transform(element)) }
        return results
    }
}
