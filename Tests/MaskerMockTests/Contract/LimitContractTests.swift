import Foundation
import TestSupport
import Testing

@testable import MaskerMock

/// Rate limits and retention (contract, *Conventions*).
@Suite("Limits of the mock", .ownThread)
struct LimitContractTests {
    private static let start = Date(timeIntervalSince1970: 1_777_842_872)

    /// The number of requests, out of `count` at one time, that are served.
    private func served(_ limits: inout RateLimits, _ use: RateLimits.Use, _ count: Int, after seconds: Double) -> Int {
        (0..<count).filter { _ in (try? limits.take(use, Self.start.addingTimeInterval(seconds))) != nil }.count
    }

    @Test("documented: 30 per second and 60 at once for the API, 100 and 200 for calls; both are counted separately and refill")
    func documented() {
        var options = MockOptions()
        options.rateLimit = .documented
        var limits = RateLimits(options, now: Self.start)
        #expect(served(&limits, .api, 100, after: 0) == 60 && served(&limits, .calls, 300, after: 0) == 200)
        #expect(served(&limits, .api, 100, after: 1) == 30 && served(&limits, .calls, 300, after: 1) == 100)
        #expect(served(&limits, .api, 100, after: 100) == 60)
        #expect(served(&limits, .api, 100, after: 50) == 0, "a clock that goes back refills nothing")
    }

    @Test("without a limit all requests are served; with a daily limit, that number until the day is over")
    func daily() throws {
        var limits = RateLimits(MockOptions(), now: Self.start)
        #expect(served(&limits, .api, 5_000, after: 0) == 5_000)
        var options = MockOptions()
        options.dailyLimit = 3
        limits = RateLimits(options, now: Self.start)
        #expect(served(&limits, .api, 5, after: 3_600) == 3)
        let error = #expect(throws: MockError.self) { try limits.take(.api, Self.start.addingTimeInterval(7_200)) }
        #expect(error?.headers.first?.value == "79200", "22 hours")
        #expect(served(&limits, .api, 5, after: 86_401) == 3)
    }

    @Test("above the limit: 429 with whole seconds, for all users and tokens of the account; a refused request is not counted")
    func wire() async throws {
        try await PlainHTTP.with({
            $0.rateLimit = .limited(rate: 0.01, burst: 2)
            $0.tokens = [MockToken(login: "ada", scopes: [.readAgents], value: "token-1")]
        }) { http in
            #expect(try await http.api("/agents").status == 200)
            #expect(try await http.api("/me", cookie: "wrong").status == 401, "a request without a login session does not count for the account")
            #expect(try await http.api("/me", cookie: "member-1").status == 200)
            for answer in [
                try await http.api("/agents"), try await http.api("/nowhere", cookie: "member-1"),
                try await http.send("GET", "/api/v1/agents", cookie: nil, headers: ["Authorization: Bearer token-1"]),
            ] {
                #expect(answer.status == 429 && answer.errorCode == "rate_limited")
                #expect((1...100).contains(answer.headers["retry-after"].flatMap { Int($0) } ?? 0))
                #expect(!answer.headers.keys.contains { $0.hasPrefix("x-ratelimit") })
            }
            let id = http.server.agents[0].id
            func call() async throws -> PlainHTTP.Answer {
                try await http.send("POST", "/proxy/\(id)/v1/chat/completions", cookie: nil, body: #"{"messages":[{"role":"user"}]}"#)
            }
            for _ in 0..<2 { #expect(try await call().status == 200) }
            let refused = try await call()
            #expect(refused.status == 429 && refused.object("error")["type"] as? String == "rate_limit_error")
            #expect(try await http.send("GET", "/health", cookie: nil).status == 200)
        }
    }

    @Test("--rate-limit and --permissions: a written value is read as the same value", arguments: ["none", "documented", "10.0:20", "0.5:1"])
    func parsing(text: String) {
        #expect(MockOptions.RateLimit(parsing: text)?.text == text)
        for bad in ["", "1", "1:", ":1", "0:1", "1:0", "a:b", "1:1:1", "-1:5"] { #expect(MockOptions.RateLimit(parsing: bad) == nil) }
    }

    @Test("sessions older than 90 days are never returned")
    func retention() async throws {
        try await PlainHTTP.with({
            $0.days = 120
            $0.now = Self.start
        }) { http in
            var options = MockOptions()
            options.days = 120
            let past = SessionGenerator(
                seed: 1, count: 300, now: Self.start, agents: SampleAgents.make(options, origin: "", now: Self.start), days: 120)
            let kept = past.count(since: Self.start.addingTimeInterval(-90 * 86_400))
            #expect(kept < 250)
            let last = try await http.api("/sessions/\(past.id(kept - 2))"), gone = try await http.api("/sessions/\(past.id(kept + 1))")
            #expect(last.status == 200 && gone.status == 404 && gone.errorCode == "session_not_found")
            #expect(try await http.api("/sessions/\(past.id(299))/report?format=json").errorCode == "session_not_found")
            var rows = 0, cursor = ""
            repeat {
                let page = try await http.api("/sessions?since=119d&limit=100" + cursor)
                rows += page.data.count
                let next = page.json["next_cursor"] as? String
                cursor = next.map { "&cursor=" + RawHTTP.encoded($0) } ?? ""
            } while !cursor.isEmpty
            #expect((kept - 2...kept).contains(rows))
        }
    }
}
