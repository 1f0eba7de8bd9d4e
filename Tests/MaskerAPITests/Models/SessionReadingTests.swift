import Foundation
import TestSupport
import Testing

@testable import MaskerAPI

/// Session lists are read directly from the bytes; the result is always the same as that of reading them over a tree.
@Suite("Reading session lists", .ownThread)
struct SessionReadingTests {
    private static let rows = [
        #"{"id":"sess_01KQQV2FRSE2XMQ3HX00000000","agent_id":"agt_01KD44RBNY9PZDZKKNBFSBZSFJ","agent_name":"intake","started_at":"2026-05-03T21:14:32.481Z","ended_at":"2026-05-03T21:14:33.000Z","duration_ms":902,"status":"ok","redaction_count":4,"redactions_by_kind":{"EMAIL":1,"NAME":3},"upstream_model":"gpt-4o"}"#,
        #"{"id":"sess_1","duration_ms":412.75,"redactions_by_kind":{},"status":null,"new":{"a":[1,"}"]},"started_at":"2026-05-03T23:14:32+02:00"}"#,
        #" { "id" : "sess_\u0041" , "agent_name" : "Ärzte \u00e9 \ud83d\ude00" , "redactions_by_kind" : { "A}B" : 2 } , "upstream_model" : "" } "#,
        #"{"id":"x","redactions_by_kind":{"NAME":3,"NAME":4},"redaction_count":-3,"duration_ms":1e3,"extra":"\n","extra2":-1.5}"#,
        #"{"id":"sess_9","id":"sess_8","status":"ok","status":null,"agent_id":"","redaction_count":1.0,"duration_ms":-0.5}"#,
        #"{"status":"no id"}"#, #"{"id":""}"#, "{}", "17", "null", #"["sess_1"]"#,
        #"{"id":"sess_2","redactions_by_kind":{"NAME":1.5},"started_at":"yesterday","ended_at":5,"duration_ms":123456789012345678,"redaction_count":99999999999999999999}"#,
    ]

    private static func page(_ rows: [String], cursor: String = #""a\/b+=""#) -> String {
        #"{"data":[\#(rows.joined(separator: ","))],"next_cursor":\#(cursor)}"#
    }

    private func outcome(_ read: () throws(JSONSyntaxError) -> Page<CallSession>?) -> Result<Page<CallSession>?, JSONSyntaxError> {
        do throws(JSONSyntaxError) { return .success(try read()) } catch { return .failure(error) }
    }

    private func check(_ bytes: [UInt8], _ sharing: inout SessionSharing, _ note: String = "") {
        var short: Result<Page<CallSession>?, JSONSyntaxError>
        do throws(JSONSyntaxError) {
            short = .success(try Page<CallSession>(parsing: bytes, sharing: &sharing))
        } catch { short = .failure(error) }
        let long = outcome { () throws(JSONSyntaxError) in Page<CallSession>(json: try JSON(parsing: bytes)) }
        #expect(short == long, "\(note): \(String(decoding: bytes, as: UTF8.self))")
        #expect(lines.page(bytes, encoder) == long.map { $0.map { $0.mapped(encoder.line) } }, "lines, \(note): \(String(decoding: bytes, as: UTF8.self))")
    }

    private let lines = LineReader()
    private let encoder = LineEncoder()

    /// A reader behind a reference, so that one reads all pages of a test.
    private final class LineReader {
        private var reader = SessionLineReader()

        func page(_ bytes: [UInt8], _ encoder: LineEncoder) -> Result<Page<String>?, JSONSyntaxError> {
            do throws(JSONSyntaxError) {
                return .success(try reader.read(bytes).map { page in
                    page.mapped { line in
                        switch line.content {
                        case .json(let json): String(decoding: json, as: UTF8.self)
                        case .session(let session): encoder.line(session)
                        }
                    }
                })
            } catch { return .failure(error) }
        }
    }

    private struct LineEncoder {
        private let encoder = JSONEncoder()

        init() {
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            encoder.dateEncodingStrategy = .custom { date, encoder in
                var container = encoder.singleValueContainer()
                try container.encode(Timestamp.uniform(date))
            }
        }

        func line(_ session: CallSession) -> String { (try? encoder.encode(session)).map { String(decoding: $0, as: UTF8.self) } ?? "cannot be encoded" }
    }

    @Test("pages of all kinds of rows, and of documents")
    func examples() {
        var sharing = SessionSharing()
        for row in Self.rows { check(Array(Self.page([row]).utf8), &sharing) }
        // Twice, because the second time many values are shared already.
        for _ in 0..<2 { check(Array(Self.page(Self.rows).utf8), &sharing) }
        for text in [
            "\u{FEFF}" + Self.page(Self.rows), " \n" + Self.page([], cursor: "null") + "\t", #"{"data":[]}"#, #"{"data":null}"#, "{}", "[]", "", "1",
            #"{"data":[{"id":"a"}],"data":[{"id":"b"}]}"#, #"{"next_cursor":"a","next_cursor":"b","data":[]}"#, #"{"data":[{"id":"a"},]}"#,
            #"{"data":[{"id":"a"}]}x"#, #"{"data":[{"id":"a"} {"id":"b"}]}"#, #"{"d\u0061ta":[{"id":"a"}]}"#, #"{"next_cursor":7,"total":[[]],"data":[{"id":"a",}]}"#,
            #"{"data":[{"id":"a","x":"# + String(repeating: "[", count: 62) + String(repeating: "]", count: 62) + "}]}",
            #"{"data":[{"id":"a","x":"# + String(repeating: "[", count: 60) + String(repeating: "]", count: 60) + "}]}",
        ] { check(Array(text.utf8), &sharing) }
    }

    @Test("a page that is cut at any byte is refused, as by the tree")
    func cuts() {
        var sharing = SessionSharing()
        let bytes = Array(Self.page(Self.rows).utf8)
        for end in 0..<bytes.count { check(Array(bytes.prefix(end)), &sharing) }
    }

    @Test("nearly valid JSON, and bytes that are not UTF-8")
    func mutated() {
        let seed = SeededGenerator.newSeed()
        var random = SeededGenerator(seed), sharing = SessionSharing()
        let pieces = [#"""#, "\\", "{", "}", ",", ":", "\u{0}", "1", "e9", "null", #"\u00e9"#, "é", #""id":"#, #""status":"ok","#, " ", "[", "-"].map { Array($0.utf8) } + [[0xFF], [0xC3]]
        for _ in 0..<Soak.count(10_000, soak: 500_000) {
            let rows = (0..<Int.random(in: 0...3, using: &random)).compactMap { _ in Self.rows.randomElement(using: &random) }
            var bytes = Array(Self.page(rows).utf8)
            for _ in 0..<Int.random(in: 0...3, using: &random) {
                let at = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: bytes.remove(at: at)
                case 1: bytes.insert(contentsOf: pieces.randomElement(using: &random) ?? [], at: at)
                default: bytes[at] = UInt8.random(in: 0...255, using: &random)
                }
            }
            check(bytes, &sharing, "MASKER_SEED=\(seed)")
        }
    }

    @Test("numbers in every form are read as the nearest Double")
    func numbers() {
        let seed = SeededGenerator.newSeed()
        var random = SeededGenerator(seed), sharing = SessionSharing()
        for _ in 0..<20_000 {
            let digits = (0..<Int.random(in: 1...17, using: &random)).map { _ in "0123456789".randomElement(using: &random) ?? "0" }
            var text = String(digits)
            if Bool.random(using: &random) { text.insert(".", at: text.index(text.startIndex, offsetBy: Int.random(in: 0...digits.count, using: &random))) }
            if Bool.random(using: &random) { text = "-" + text }
            check(Array(Self.page([#"{"id":"a","duration_ms":\#(text),"redaction_count":\#(text)}"#]).utf8), &sharing, "MASKER_SEED=\(seed)")
        }
    }

    @Test("rows share common values, and the number of stored values is limited")
    func sharing() throws {
        var sharing = SessionSharing()
        for number in 0..<30_000 {
            let row = #"{"id":"a","agent_id":"agt_\#(number)","redactions_by_kind":{"KIND_\#(number)":1}}"#
            let page = try #require(try Page<CallSession>(parsing: Array(Self.page([row]).utf8), sharing: &sharing))
            #expect(page.data.first?.agentID?.rawValue == "agt_\(number)" && page.data.first?.redactionsByKind == ["KIND_\(number)": 1])
        }
        #expect(sharing.count <= 12_288 && sharing.count > 0)
    }

    @Test("a row of the usual form is written as it was read, with its fields and kinds sorted")
    func plainLine() throws {
        var reader = SessionLineReader()
        for _ in 0..<2 {
            let page = try #require(try reader.read(Array(Self.page([Self.rows[0], Self.rows[1]]).utf8)))
            guard case .json(let line)? = page.data.first?.content else {
                Issue.record("it was read as a tree")
                return
            }
            #expect(String(decoding: line, as: UTF8.self) == encoder.line(try #require(CallSession(json: try JSON(parsing: Array(Self.rows[0].utf8))))))
            guard case .session? = page.data.last?.content else {
                Issue.record("a fraction and an offset cannot be written as they are")
                return
            }
        }
    }

    @Test("a time with any number of digits is written with the milliseconds of its Date")
    func printedTimes() throws {
        let seed = SeededGenerator.newSeed()
        var random = SeededGenerator(seed), lines = SessionLineReader(), direct = 0
        for round in 0..<5_000 {
            let digits = round % 10
            let fraction = digits == 0 ? "" : "." + (0..<digits).map { _ in "0459".randomElement(using: &random) ?? "0" }
            let row = #"{"id":"a","started_at":"2026-05-03T21:14:3\#(round % 7)\#(fraction)Z"}"#
            let page = try #require(try lines.read(Array(Self.page([row]).utf8)))
            let expected = encoder.line(try #require(CallSession(json: try JSON(parsing: Array(row.utf8)))))
            switch try #require(page.data.first).content {
            case .json(let line):
                direct += 1
                #expect(String(decoding: line, as: UTF8.self) == expected, "\(row), MASKER_SEED=\(seed)")
            case .session(let session): #expect(encoder.line(session) == expected)
            }
        }
        #expect(direct > 4_000, "only times about half a millisecond are read as a tree")
    }

    @Test("a row takes 72 bytes")
    func size() { #expect(MemoryLayout<CallSession>.stride == 72) }

    @Test("every property can be set, read and removed")
    func setting() {
        var session = CallSession(id: Identifier("sess_1"))
        let plain = session
        session.agentID = Identifier("agt_1")
        session.agentName = "a"
        session.status = .ok
        session.upstreamModel = "m"
        session.startedAt = Date(timeIntervalSince1970: 0)
        session.endedAt = Date(timeIntervalSince1970: 1)
        session.durationMS = 0
        session.redactionCount = 0
        session.malformedFields = ["x"]
        #expect(session.agentID?.rawValue == "agt_1" && session.agentName == "a" && session.status == .ok && session.upstreamModel == "m")
        #expect(session.startedAt == Date(timeIntervalSince1970: 0) && session.endedAt == Date(timeIntervalSince1970: 1))
        #expect(session.durationMS == 0 && session.redactionCount == 0 && session.malformedFields == ["x"])
        for change: (inout CallSession) -> Void in [
            { $0.agentID = nil }, { $0.agentName = nil }, { $0.status = nil }, { $0.upstreamModel = nil }, { $0.startedAt = nil }, { $0.endedAt = nil },
            { $0.durationMS = nil }, { $0.redactionCount = nil }, { $0.malformedFields = [] },
        ] {
            let before = session
            change(&session)
            #expect(session != before)
        }
        #expect(session == plain)
    }
}

@Suite("Ids", .ownThread)
struct IdentifierTests {
    @Test("the id returns the original text, and different texts are not equal")
    func roundTrip() {
        let seed = SeededGenerator.newSeed()
        var random = SeededGenerator(seed)
        let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ"), pieces = Array("abcILOU8_é-\u{301}") + alphabet
        for _ in 0..<20_000 {
            let prefix = ["agt_", "sess_", "evt_", "rep_", "req_", "sess", ""].randomElement(using: &random) ?? ""
            var text = Array(prefix) + [Character("\(Int.random(in: 0...9, using: &random))")]
                + (0..<25).map { _ in alphabet.randomElement(using: &random) ?? "0" }
            if Bool.random(using: &random) { text[Int.random(in: 0..<text.count, using: &random)] = pieces.randomElement(using: &random) ?? "a" }
            let id = Identifier<Agent>(String(text))
            #expect(Array(id.rawValue.utf8) == Array(String(text).utf8), "MASKER_SEED=\(seed)")
            text[text.count - 1] = text[text.count - 1] == "0" ? "1" : "0"
            let other = Identifier<Agent>(String(text))
            #expect(id != other && id == Identifier(id.rawValue) && id.hashValue == Identifier<Agent>(id.rawValue).hashValue)
        }
    }

    @Test("the API's own ids take 17 bytes and no more", arguments: [
        ("sess_01KQQV2FRSE2XMQ3HX00000000", true), ("agt_7ZZZZZZZZZZZZZZZZZZZZZZZZZ", true), ("evt_00000000000000000000000000", true),
        ("agt_8ZZZZZZZZZZZZZZZZZZZZZZZZZ", false), ("sess_01kqqv2frse2xmq3hx00000000", false), ("sess_01KQQV2FRSE2XMQ3HX0000000U", false),
        ("req_01KQQV2FRSE2XMQ3HX00000000", false), ("sess_01KQQV2FRSE2XMQ3HX000000000", false), ("", false),
    ])
    func compact(text: String, isCompact: Bool) {
        if case .ulid = CompactID(text) { #expect(isCompact) } else { #expect(!isCompact) }
        #expect(CompactID(text).text == text)
    }

    @Test("every character of a ULID has its value")
    func digits() {
        for digit in "0123456789ABCDEFGHJKMNPQRSTVWXYZ" {
            let text = "sess_0" + String(repeating: digit, count: 25)
            guard case .ulid = CompactID(text) else {
                Issue.record("\(digit)")
                continue
            }
            #expect(CompactID(text).text == text)
        }
    }

    @Test("promise 11: a thousand records of a page are read, and the others counted", arguments: [999, 1_000, 1_001, 5_000], [0, 3])
    func pageLimit(records: Int, unreadable: Int) throws {
        let rows = (0..<records).map { $0 < unreadable ? "0" : #"{"id":"sess_\#($0)"}"# }
        let bytes = Array("{\"data\":[\(rows.joined(separator: ","))]}".utf8)
        var sharing = SessionSharing()
        let plain = try #require(try Page<CallSession>(parsing: bytes, sharing: &sharing))
        let (json, leftOut) = try JSON.page(parsing: bytes, mostElements: PageLimit.elements)
        let tree = try #require(Page<CallSession>(json: json, leftOut: leftOut))
        let whole = try #require(Page<CallSession>(json: try JSON(parsing: bytes)))
        for page in [plain, tree, whole] {
            #expect(page.data.count == min(records, 1_000) - unreadable && page.unreadableCount == unreadable)
            #expect(page.leftOutCount == max(records - 1_000, 0))
        }
    }
}

extension Page {
    fileprivate func mapped<Other>(_ make: (Element) -> Other) -> Page<Other> {
        var page = Page<Other>(data: data.map(make), nextCursor: nextCursor, unreadableCount: unreadableCount, leftOutCount: leftOutCount)
        page.hasUnreadableCursor = hasUnreadableCursor
        return page
    }
}
