import Foundation
import TestSupport
import Testing

@testable import MaskerAPI

@Suite("Property: records", .ownThread)
struct RecordPropertyTests {
    private static let agent = #"{"id":"agt_1","name":"a","upstream":"stub","tokenization":"reversible-aead","policy_name":"p","policy_version":3,"proxy_url":"https://h/p","webhook_url":"https://h/w","created_at":"2026-05-03T21:14:32Z","session_count_24h":4}"#
    private static let session = #"{"id":"sess_1","agent_id":"agt_1","agent_name":"a","started_at":"2026-05-03T21:14:32Z","ended_at":"2026-05-03T21:14:33Z","duration_ms":900,"status":"ok","redaction_count":2,"redactions_by_kind":{"PHONE":2},"upstream_model":"gpt-4o"}"#

    /// Values of wrong types.
    private static let badValues = [
        "null", "true", "-1", "1.5", "1e400", "99999999999999999999", #""""#, #""\ud800""#, #""yesterday""#, #""\u0000""#, "[]", "{}",
        "[1,2]", #"{"a":{"b":[]}}"#, #""x\r\n\u001b[31m""#, "0", "false", #""9999-99-99T99:99:99Z""#, #"["PHONE"]"#, #"{"PHONE":"two"}"#,
    ]

    /// Every field of the record in turn, with every value of a wrong type.
    private func spoiled(_ record: String) throws -> [(field: String, value: String, text: String)] {
        let object = try #require(try JSONSerialization.jsonObject(with: Data(record.utf8)) as? [String: Any])
        return try object.keys.sorted().flatMap { field in
            try Self.badValues.map { value in
                var rest = object
                rest[field] = nil
                let data = try JSONSerialization.data(withJSONObject: rest)
                let text = String(decoding: data, as: UTF8.self)
                return (field, value, text.dropLast() + (rest.isEmpty ? "" : ",") + "\"\(field)\":\(value)}")
            }
        }
    }

    @Test("promise 31: a bad value in any field hides no other row; its row is marked, or left out and counted")
    func onePoisonedRecord() throws {
        for (field, value, text) in try spoiled(Self.agent) {
            let json = try JSON(parsing: Array(#"{"data":[{"id":"agt_0","name":"before"},\#(text),{"id":"agt_9","name":"behind"}]}"#.utf8))
            let page = try #require(Page<Agent>(json: json))
            #expect(page.data.first?.name == "before" && page.data.last?.name == "behind", "\(field) = \(value)")
            #expect(page.data.count + page.unreadableCount == 3, "\(field) = \(value)")
            if page.data.count == 3, field != "id" { try checkMark(page.data[1].malformedFields, field, value, page.data[1]) }
        }
        for (field, value, text) in try spoiled(Self.session) {
            let json = try JSON(parsing: Array(#"{"data":[{"id":"sess_0"},\#(text),{"id":"sess_9"}]}"#.utf8))
            let page = try #require(Page<CallSession>(json: json))
            #expect(page.data.first?.id.rawValue == "sess_0" && page.data.last?.id.rawValue == "sess_9", "\(field) = \(value)")
            #expect(page.data.count + page.unreadableCount == 3, "\(field) = \(value)")
            if page.data.count == 3, field != "id" { try checkMark(page.data[1].malformedFields, field, value, page.data[1]) }
        }
    }

    /// A value that could not be read is named in `malformedFields`, unless it is null.
    private func checkMark(_ marked: [String], _ field: String, _ value: String, _ record: some Encodable) throws {
        let encoder = JSONEncoder()
        let written = try #require(try JSONSerialization.jsonObject(with: try encoder.encode(record)) as? [String: Any])
        let isThere = written[field].map { !($0 is NSNull) } ?? false
        #expect(isThere || value == "null" || marked == [field], "\(field) = \(value) was dropped silently")
    }

    @Test("promise 32: a record with missing or new fields is read")
    func missingAndNew() throws {
        let seed = SeededGenerator.newSeed()
        var random = SeededGenerator(seed)
        let whole = try #require(try JSONSerialization.jsonObject(with: Data(Self.session.utf8)) as? [String: Any])
        for _ in 0..<10_000 {
            var fields = whole
            for key in whole.keys.sorted() where key != "id" && Int.random(in: 0..<3, using: &random) == 0 { fields[key] = nil }
            for number in 0..<Int.random(in: 0...4, using: &random) {
                fields["new_\(number)"] = [1, "x", ["deep": [true]], NSNull()].randomElement(using: &random)
            }
            let text = String(decoding: try JSONSerialization.data(withJSONObject: fields), as: UTF8.self)
            let page = try #require(Page<CallSession>(json: try JSON(parsing: Array(#"{"data":[\#(text)],"more":1}"#.utf8))))
            #expect(page.data.count == 1 && page.data[0].malformedFields.isEmpty, "MASKER_SEED=\(seed): \(text)")
        }
    }

    /// A random small change of `text`.
    private func mutated(_ text: String, _ random: inout SeededGenerator) -> [UInt8] {
        var bytes = Array(text.utf8)
        for _ in 0...Int.random(in: 0...4, using: &random) where !bytes.isEmpty {
            let at = Int.random(in: 0..<bytes.count, using: &random)
            switch Int.random(in: 0..<4, using: &random) {
            case 0: bytes[at] = UInt8.random(in: 0...255, using: &random)
            case 1: bytes.remove(at: at)
            case 2: bytes.insert(UInt8.random(in: 0...255, using: &random), at: at)
            default:
                let end = Int.random(in: at..<bytes.count, using: &random)
                bytes.insert(contentsOf: bytes[at...end], at: at)
            }
        }
        return bytes
    }

    @Test("promise 32: nearly valid JSON never traps the decoder", arguments: 0..<6)
    func decoders(which: Int) {
        let seed = SeededGenerator.newSeed() &+ UInt64(which)
        var random = SeededGenerator(seed)
        let detail = #"{"session":\#(Self.session.dropLast()),"stage_durations_ms":{"detection":1,"upstream":2.5},"merkle_root_hex":"00","events":[{"event_id":"evt_1","pass":"regex","entity_kind":"PHONE","span":[1,2],"confidence":0.5,"token_kind":"MSKV1","kid":"k"}],"payloads":{"request":"a","masked":null,"response":"b"}}}"#
        let texts = [
            #"{"data":[\#(Self.agent)],"next_cursor":"x"}"#, #"{"data":[\#(Self.session)],"next_cursor":null}"#, detail,
            #"{"user":{"id":"u","github_login":"ada","role":"admin","is_admin":true,"last_seen_at":"2026-05-03T21:14:32.5Z"}}"#,
            #"{"report":{"id":"rep_1","session_id":"sess_1","generated_at":"2026-05-03T21:14:32Z","redactions_by_kind":{"A":1},"safe_harbor_coverage":{"A_names":"full"}}}"#,
            #"{"error":{"code":"c","message":"m","details":{"a":[1]},"request_id":"r"},"request_id":"q"}"#,
        ]
        for _ in 0..<Soak.count(10_000, soak: 500_000) {
            guard let json = try? JSON(parsing: mutated(texts[which], &random)) else { continue }
            _ = Page<Agent>(json: json)
            _ = Page<CallSession>(json: json)
            _ = (json["session"] ?? json).objectOnly.flatMap(CallSessionDetail.init(json:))
            _ = (json["user"] ?? json).objectOnly.flatMap(User.init(json:))
            _ = (json["report"] ?? json).objectOnly.flatMap(Report.init(json:))
        }
    }

    @Test("random Set-Cookie lines: every accepted value can be sent")
    func setCookies() {
        let seed = SeededGenerator.newSeed()
        var random = SeededGenerator(seed)
        let pieces = ["masker_session", "=", ";", " ", "\"", "Max-Age=", "-1", "99999999999999999999", "Expires=", "Sun, 03 May 2026 13:00:00 GMT", "Path=/", "a+/=", "é", "\u{1}", "\r\n", ","]
        for _ in 0..<Soak.count(10_000, soak: 500_000) {
            let line = (0..<Int.random(in: 0...12, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
            guard case .renewed(let value, _)? = SetCookie(header: line, now: Date(timeIntervalSince1970: 0)) else { continue }
            #expect(value.textToSendOrStore.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F } , "MASKER_SEED=\(seed): \(line.debugDescription)")
        }
    }

    @Test("random pastes: every accepted cookie can be sent, and the error for any other text does not contain it")
    func pastes() {
        let seed = SeededGenerator.newSeed()
        var random = SeededGenerator(seed)
        let pieces = ["masker_session=", "Cookie: ", "Set-Cookie: ", "s3cret", ";", " ", "\n", "\t", "\"", "\u{1B}[201~", "other=x", "é", ",", "=", "\0"]
        for _ in 0..<Soak.count(10_000, soak: 500_000) {
            let text = (0..<Int.random(in: 0...8, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
            do {
                let value = try CookieValue(pasted: text)
                #expect(value.textToSendOrStore.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }, "MASKER_SEED=\(seed): \(text.debugDescription)")
            } catch {
                #expect(!error.description.contains("s3cret"))
            }
        }
    }
}

extension JSON {
    fileprivate var objectOnly: JSON? { if case .object = self { self } else { nil } }
}
