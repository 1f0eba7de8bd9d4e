import Foundation
import TestSupport
import Testing

@testable import MaskerAPI

@Suite("Reading JSON", .ownThread)
struct JSONTests {
    private func parse(_ text: String) throws -> JSON { try JSON(parsing: Array(text.utf8)) }

    @Test("every kind of value")
    func values() throws {
        let json = try parse(#" {"a": [1, -2.5, 1e3, true, false, null], "b": "x\n\"\u00e9\ud83d\ude00", "a2": {}} "#)
        #expect(json["a"] == .array([.number(1), .number(-2.5), .number(1000), .bool(true), .bool(false), .null]))
        #expect(json["b"]?.stringValue == "x\n\"é😀")
        #expect(json["a2"] == .object([]))
    }

    @Test("JSON that other readers refuse is read", arguments: [
        (#"["\ud800"]"#, "\u{FFFD}"), (#"["\udc00x"]"#, "\u{FFFD}x"), (#"["\ud800\u0041"]"#, "\u{FFFD}A"),
    ])
    func surrogates(text: String, value: String) throws { #expect(try parse(text) == .array([.string(value)])) }

    @Test("bad UTF-8 becomes U+FFFD")
    func badUTF8() throws {
        let bytes: [UInt8] = [0x22, 0x61, 0xFF, 0x62, 0x22]
        #expect(try JSON(parsing: bytes) == .string("a\u{FFFD}b"))
    }

    @Test("a number too large for a Double is refused by every numeric field")
    func hugeNumber() throws {
        let json = try parse(#"{"session_count_24h": 1e400, "id": "agt_1"}"#)
        let agent = try #require(Agent(json: json))
        #expect(agent.sessionCount24h == nil)
        #expect(agent.malformedFields == ["session_count_24h"])
    }

    @Test("cut or invalid JSON is refused", arguments: [
        "", "{", "[1,", "[1 2]", #"{"a":}"#, #"{"a" 1}"#, #""abc"#, "tru", "nul", "[1]x", "-", "1.2.3", #""\x""#, #""\u12""#, "{1:2}",
    ])
    func refused(text: String) { #expect(throws: JSONSyntaxError.self) { try parse(text) } }

    @Test("promise 11: nesting is bounded", arguments: [(63, true), (64, false), (100_000, false)])
    func nesting(depth: Int, isAccepted: Bool) {
        let text = String(repeating: "[", count: depth) + "1" + String(repeating: "]", count: depth)
        #expect(((try? parse(text)) != nil) == isAccepted)
    }

    @Test("a page that is cut at any byte is refused: half a list never looks complete")
    func everyCut() throws {
        let page = Array(#"{"data":[{"id":"agt_1","name":"a\u0041"},{"id":"agt_2"}],"next_cursor":null}"#.utf8)
        for end in 0..<page.count { #expect((try? JSON(parsing: Array(page.prefix(end)))) == nil) }
    }

    @Test("promise 31: one bad record hides no other record, and one bad field does not hide its record")
    func tolerance() throws {
        let json = try parse(#"""
            {"data":[{"id":"agt_1","name":5,"created_at":"yesterday","session_count_24h":1.5,"new_field":{"x":1}},
            17, null, {"name":"no id"}, {"id":""}, {"id":"agt_2","name":"b","policy_version":4}], "next_cursor":""}
            """#)
        let page = try #require(Page<Agent>(json: json))
        #expect(page.data.map(\.id.rawValue) == ["agt_1", "agt_2"])
        #expect(page.unreadableCount == 4)
        #expect(page.data[0].malformedFields == ["name", "created_at", "session_count_24h"])
        #expect(page.data[1].policyVersion == "4")
        #expect(page.nextCursor == nil)
    }

    @Test("unknown enum-like values are kept")
    func openStrings() throws {
        let session = try #require(CallSession(json: try parse(#"{"id":"sess_1","status":"paused"}"#)))
        #expect(session.status == "paused")
        #expect(session.malformedFields.isEmpty)
    }

    @Test("printing a session does not show its payloads")
    func payloads() throws {
        let json = try parse(#"{"id":"sess_1","payloads":{"request":"secret words","masked":null,"response":null}}"#)
        let detail = try #require(CallSessionDetail(json: json))
        #expect(detail.payloads?.request == "secret words")
        var dumped = ""
        dump(detail, to: &dumped)
        #expect(!"\(detail) \(String(reflecting: detail)) \(dumped)".contains("secret"))
    }

    @Test("payloads whose fields are all null are read as nil")
    func emptyPayloads() throws {
        let json = try parse(#"{"id":"sess_1","payloads":{"request":null,"masked":null,"response":null}}"#)
        #expect(try #require(CallSessionDetail(json: json)).payloads == nil)
    }
}

@Suite("Timestamps", .ownThread)
struct TimestampTests {
    @Test("read with and without fractions, in any zone", arguments: [
        ("1970-01-01T00:00:00Z", 0.0), ("2026-05-03T21:14:32Z", 1_777_842_872.0), ("2026-05-03T21:14:32.481Z", 1_777_842_872.481),
        ("2026-05-03T23:14:32+02:00", 1_777_842_872.0), ("2000-02-29T00:00:00Z", 951_782_400.0), ("1969-12-31T23:59:59Z", -1.0),
    ])
    func reading(text: String, seconds: Double) throws {
        let date = try #require(Timestamp.parse(text))
        #expect(abs(date.timeIntervalSince1970 - seconds) < 0.0005)
    }

    @Test("any other text is not a timestamp", arguments: ["", "yesterday", "2026-05-03", "2026-13-03T00:00:00Z", "2026-05-03T21:14:32", "2026-05-03T21:14:32.Z", "2026-05-03T21:14:32Zx",
        "9999-12-31T23:59:59Z", "2200-01-01T00:00:00Z", "0001-01-01T00:00:00Z", "2026-02-29T00:00:00Z", "2026-04-31T00:00:00Z", "2100-02-29T00:00:00Z",
        "2026-05-03T24:00:00Z", "2026-05-03T21:14:32+99:00", "2026-05-03T21:14:32+02:75"])
    func refused(text: String) { #expect(Timestamp.parse(text) == nil) }

    @Test("a timestamp that is written and read again is equal, for days in all years")
    func roundTrip() throws {
        for day in stride(from: -20_000, through: 40_000, by: 37) {
            let date = Date(timeIntervalSince1970: Double(day) * 86_400 + 4_000.25)
            let text = Timestamp.format(date)
            #expect(Timestamp.parse(text) == date)
            #expect(text == ISO8601DateFormatter.withFractions.string(from: date))
        }
    }

    @Test("the uniform form has milliseconds, also when they are zero, so that the order of texts is that of times", arguments: [
        ("2026-05-03T21:14:32Z", "2026-05-03T21:14:32.000Z"), ("2026-05-03T21:14:32.4Z", "2026-05-03T21:14:32.400Z"),
        ("2026-05-03T21:14:32.481Z", "2026-05-03T21:14:32.481Z"), ("2026-05-03T21:14:32.4812Z", "2026-05-03T21:14:32.481Z"),
        ("2026-05-03T23:59:59.9996Z", "2026-05-04T00:00:00.000Z"), ("2026-05-03T23:14:32+02:00", "2026-05-03T21:14:32.000Z"),
        ("1969-12-31T23:59:59.5Z", "1969-12-31T23:59:59.500Z"),
    ])
    func uniform(text: String, written: String) throws { #expect(Timestamp.uniform(try #require(Timestamp.parse(text))) == written) }
}

extension ISO8601DateFormatter {
    fileprivate static var withFractions: ISO8601DateFormatter {
        let formatter = ISO8601DateFormatter()
        formatter.formatOptions.insert(.withFractionalSeconds)
        return formatter
    }
}
