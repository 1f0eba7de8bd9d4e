import Foundation
import MaskerMock
import TestSupport
import Testing

@Suite("Faults of the mock", .ownThread)
struct FaultTests {
    private func put(_ http: RawHTTP, _ faults: String) async throws {
        #expect(try await http.send("PUT", "/__mock/faults", cookie: nil, body: faults).status == 204)
    }

    private func request(_ method: String, _ target: String) -> String {
        "\(method) \(target) HTTP/1.1\r\nHost: a\r\nCookie: masker_session=\(RawHTTP.admin)\r\n\r\n"
    }

    @Test(
        "dropped before: no byte, and the request is not carried out; after: no byte, but it is carried out",
        arguments: [
            ("before", 12), ("after", 11)
        ])
    func drop(when: String, left: Int) async throws {
        try await RawHTTP.with { http in
            let id = try #require(try await http.api("/agents").ids.first)
            try await put(http, #"[{"method":"DELETE","drop":"\#(when)","times":1}]"#)
            #expect(try await http.exchange(request("DELETE", "/api/v1/agents/\(id)")).isEmpty)
            #expect(try await http.api("/agents").ids.count == left)
        }
    }

    @Test("cut bodies: exactly this many bytes, with the length of the whole body", arguments: [0, 1, 10, 300])
    func truncate(bytes: Int) async throws {
        try await RawHTTP.with { http in
            let id = try #require(try await http.api("/sessions?since=30d").ids.first)
            // An answer that does not change with time, as a report does.
            let target = "/api/v1/sessions/\(id)"
            let whole = try await http.send("GET", target)
            try await put(http, #"[{"path":"/api/v1/sessions/{id}","truncate_at":\#(bytes)}]"#)
            let cut = try RawAnswer(try await http.exchange(request("GET", target)))
            #expect(cut.status == 200 && cut["content-length"] == "\(whole.body.count)")
            #expect(cut.body == whole.body.prefix(bytes))
        }
    }

    @Test("a stream that is cut has no last chunk")
    func cutStream() async throws {
        try await RawHTTP.with { http in
            let id = http.server.addAgent("stream").id
            try await put(http, #"[{"path":"/proxy/","truncate_at":20}]"#)
            let body = #"{"messages":[{}],"stream":true}"#
            let bytes = try await http.exchange(
                "POST /proxy/\(id)/v1/chat/completions HTTP/1.1\r\nHost: a\r\n"
                    + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
            )
            let text = String(decoding: bytes, as: UTF8.self)
            #expect(text.contains("chunked") && text.contains("data: {") && !text.contains("\r\n0\r\n"))
        }
    }

    @Test(
        "a status has the usual error code or the given one; the request is not carried out",
        arguments: [
            (401, "unauthenticated"), (403, "forbidden"), (409, "name_taken"), (422, "validation_failed"),
            (429, "rate_limited"),
            (500, "internal_error"), (503, "internal_error")
        ])
    func statuses(status: Int, code: String) async throws {
        try await RawHTTP.with { http in
            try await put(http, #"[{"path":"/api/v1/agents","times":1,"status":\#(status),"retry_after":"3"}]"#)
            let answer = try await http.send("POST", "/api/v1/agents", body: #"{"name":"new","upstream":"stub"}"#)
            #expect(answer.status == status && answer.errorCode == code && answer["retry-after"] == "3")
            #expect(try await http.api("/agents").ids.count == 12)
        }
    }

    @Test("a report that cannot be generated")
    func reportFailure() async throws {
        try await RawHTTP.with { http in
            let id = try #require(try await http.api("/sessions?since=30d").ids.first)
            try await put(
                http, #"[{"path":"/api/v1/sessions/{id}/report","status":500,"code":"report_generation_failed"}]"#)
            let answer = try await http.api("/sessions/\(id)/report?format=pdf")
            #expect(answer.status == 500 && answer.errorCode == "report_generation_failed")
            #expect(try await http.api("/sessions/\(id)").status == 200, "the path with a {…} is the whole path")
        }
    }

    @Test("garbage is not JSON, but has a status of success")
    func garbage() async throws {
        try await RawHTTP.with { http in
            http.server.setFaults([MockFault(garbage: true)])
            let answer = try await http.api("/agents")
            #expect(answer.status == 200 && answer.json.isEmpty && answer.body.first == UInt8(ascii: "<"))
        }
    }

    @Test("the first matching fault applies, then the next when it is used up; DELETE removes all faults")
    func order() async throws {
        try await RawHTTP.with { http in
            try await put(http, #"[{"times":2,"status":503},{"method":"GET","status":429},{"status":500}]"#)
            var seen: [Int] = []
            for _ in 0..<3 { seen.append(try await http.api("/agents").status) }
            seen.append(try await http.send("POST", "/api/v1/agents").status)
            #expect(seen == [503, 503, 429, 500])
            let left = try await http.send("GET", "/__mock/faults", cookie: nil)
            let faults = try #require(try JSONSerialization.jsonObject(with: left.body) as? [[String: Any]])
            #expect(faults.map { $0["status"] as? Int } == [503, 429, 500] && faults[0]["times"] as? Int == 0)
            #expect(try await http.send("DELETE", "/__mock/faults", cookie: nil).status == 204)
            #expect(try await http.api("/agents").status == 200)
        }
    }

    @Test(
        "invalid faults are refused, and the old ones are kept",
        arguments: [
            "{}", "[", #"[{"stauts":500}]"#, #"[{"status":99}]"#, #"[{"latency_ms":-1}]"#, #"[{"drop":"maybe"}]"#,
            #"[{"truncate_at":-5}]"#, #"[{"status":"500"}]"#
        ])
    func nonsense(faults: String) async throws {
        try await RawHTTP.with { http in
            http.server.setFaults([MockFault(status: 418)])
            let answer = try await http.send("PUT", "/__mock/faults", cookie: nil, body: faults)
            #expect(answer.status == 422 && answer.errorCode == "validation_failed")
            #expect(try await http.api("/agents").status == 418)
        }
    }

    @Test("requests are recorded in the order of arrival, with the cookie and the status")
    func recorded() async throws {
        try await RawHTTP.with { http in
            http.server.setFaults([
                MockFault(path: "/api/v1/sessions", drop: .after), MockFault(method: "POST", latencyMS: 60_000)
            ])
            let slow = Task { try? await http.send("POST", "/api/v1/agents") }
            #expect(await Patience.wait { !http.server.requestsUnderWay.isEmpty })
            #expect(http.server.requestsUnderWay.map(\.method) == ["POST"])
            _ = try await http.api("/agents?limit=3&name_contains=a%26b", cookie: "wrong")
            _ = try? await http.api("/sessions")
            let answer = try await http.send("GET", "/__mock/requests", cookie: nil)
            let requests = try #require(try JSONSerialization.jsonObject(with: answer.body) as? [[String: Any]])
            #expect(requests.map { $0["path"] as? String } == ["/api/v1/agents", "/api/v1/sessions"])
            #expect(requests[0]["query"] as? [String: String] == ["limit": "3", "name_contains": "a&b"])
            #expect(requests[0]["cookie"] as? String == "wrong" && requests[0]["status"] as? Int == 401)
            #expect(requests[1]["cookie"] as? String == RawHTTP.admin && requests[1]["status"] == nil)
            #expect(try await http.send("DELETE", "/__mock/requests", cookie: nil).status == 204)
            #expect(http.server.requests.isEmpty)
            await http.server.stop()
            _ = await slow.value
        }
    }
}
