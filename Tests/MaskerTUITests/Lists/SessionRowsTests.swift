import Foundation
import MaskerAPI
import TerminalKit
import TestSupport
import Testing

@testable import MaskerTUI

@Suite("The rows of the list of sessions", .ownThread)
struct SessionRowsTests {
    /// A session with values of every form: ids with and without a ULID, times in milliseconds, microseconds and anything
    /// else, numbers that fit into a row and others.
    private func session(_ number: Int, _ random: inout SeededGenerator) -> CallSession {
        let letters = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
        let ulid = "01K" + String((0..<23).map { place in letters[place < 19 ? Int.random(in: 0..<32, using: &random) : number >> (5 * (22 - place)) & 31] })
        let ids = ["sess_" + ulid, "sess_" + ulid, "sess_" + ulid, "call-\(number)", "sess_\(number)-a-longer-text-than-fits"]
        let started = [
            Timestamp.parse("2026-05-03T21:14:32.\(number % 900 + 100)Z"), Timestamp.parse("2026-05-03T21:14:32.\(100_000 + number % 800_000)Z"),
            Sample.now - Double(number), Date(timeIntervalSinceReferenceDate: Double.random(in: 0...1e9, using: &random)), nil,
        ].randomElement(using: &random) ?? nil
        let duration = [nil, 412, 0, 4_294_967_294, 4_294_967_295, 1e12, 0.5, -3].randomElement(using: &random) ?? nil
        let lengths = [duration, 412, 412.345, -5, 1e9, Double.random(in: 0...1e6, using: &random), nil]
        let length = lengths.randomElement(using: &random) ?? nil
        var session = CallSession(
            id: Identifier(ids.randomElement(using: &random) ?? ""), agentID: [Sample.agentID(1), Sample.agentID(2), nil].randomElement(using: &random) ?? nil,
            agentName: ["Änne", "bob", "ANNA", nil].randomElement(using: &random) ?? nil, startedAt: started,
            endedAt: length.flatMap { length in (started ?? Sample.now).addingTimeInterval(length / 1_000) }, durationMS: duration,
            status: [.ok, .error, nil].randomElement(using: &random) ?? nil,
            redactionCount: [0, 3, 65_534, 65_535, 1 << 40, -1, nil].randomElement(using: &random) ?? nil,
            redactionsByKind: [["NAME": 2], ["PHONE": 1, "NAME": 1], [:], nil].randomElement(using: &random) ?? nil,
            upstreamModel: ["gpt-4o", nil].randomElement(using: &random) ?? nil)
        if Bool.random(using: &random) { session.malformedFields = ["status"] }
        return session
    }

    @Test("after rows were added, changed and removed at both ends, it has the rows of an array")
    func likeAnArray() throws {
        let seed = SeededGenerator.newSeed()
        var random = SeededGenerator(seed)
        for _ in 0..<Soak.count(4, soak: 200) {
            var rows = SessionRows(), array: [CallSession] = [], head = 0, number = 0
            var gone: [Identifier<CallSession>] = []
            func check() throws {
                try #require(rows.count == array.count && rows.head == head, "MASKER_SEED=\(seed)")
                try #require(Array(rows) == array, "MASKER_SEED=\(seed)")
                for (index, session) in array.enumerated() { try #require(rows.index(of: session.id) == index, "MASKER_SEED=\(seed)") }
                for id in gone { try #require(rows.index(of: id) == nil, "MASKER_SEED=\(seed)") }
                gone = []
            }
            for _ in 0..<40 {
                // Enough for several chunks of rows.
                let count = Int.random(in: 0..<400, using: &random)
                let new = (0..<count).map { _ in
                    number += 1
                    return session(number, &random)
                }
                switch Int.random(in: 0..<6, using: &random) {
                case 0, 1:
                    for session in new { rows.append(session) }
                    array += new
                case 2:
                    for session in new { rows.prepend(session) }
                    array = new.reversed() + array
                    head -= new.count
                case 3:
                    let some = min(2 * count, array.count)
                    rows.removeFirst(some)
                    gone += array.prefix(some).map(\.id)
                    array.removeFirst(some)
                    head += some
                case 4:
                    let some = min(2 * count, array.count)
                    rows.removeLast(some)
                    gone += array.suffix(some).map(\.id)
                    array.removeLast(some)
                default:
                    for index in array.indices.shuffled(using: &random).prefix(count / 4) {
                        number += 1
                        let other = session(number, &random)
                        let changed = CallSession(
                            id: array[index].id, agentName: other.agentName, startedAt: other.startedAt, endedAt: other.endedAt, durationMS: other.durationMS,
                            redactionCount: other.redactionCount)
                        rows.replace(at: index, with: changed)
                        array[index] = changed
                    }
                }
                try check()
            }
        }
    }

    @Test("a row of the usual form takes 44 bytes, and 4 to 11 more to be found by its id")
    func size() throws {
        #expect(MemoryLayout<SessionRow>.stride == 44)
        var rows = SessionRows(), random = SeededGenerator(1)
        for number in 0..<5_000 {
            let started = try #require(Timestamp.parse("2026-05-03T21:14:32.481Z")) - Double(number)
            let id = "sess_01KABCDEFG" + String((0..<16).map { _ in "0123456789ABCDEFGHJKMNPQRSTVWXYZ".randomElement(using: &random) ?? "0" })
            rows.append(CallSession(
                id: Identifier(id), agentName: "bob", startedAt: started, endedAt: started.addingTimeInterval(0.412), durationMS: 412,
                status: .ok, redactionCount: 2, redactionsByKind: ["NAME": 2], upstreamModel: "gpt-4o"))
        }
        #expect((5_000 * 48...5_000 * 55 + 2_000).contains(rows.bytes))
    }

    @Test("a search finds the texts of a row as it shows them, its id among them")
    func matching() {
        let seed = SeededGenerator.newSeed()
        var random = SeededGenerator(seed)
        let sessions = (0..<300).map { session($0, &random) }
        let rows = SessionRows(sessions)
        var texts = ["", "s", "ess_", "_01", "sess_01k", "é", "01kx", "L", "zz", "än", "error", "call-1", "name 2"]
        for session in sessions.prefix(60) {
            let id = Array(session.id.rawValue)
            let start = Int.random(in: 0..<id.count, using: &random), end = Int.random(in: start..<id.count, using: &random)
            let part = String(id[start...end])
            texts += [part, part.lowercased(), session.id.rawValue, String(id.dropFirst(5)), part + "0"]
        }
        for text in texts {
            let isFound = rows.matching(TextSearch(text))
            let wanted = sessions.indices.filter { index in
                let session = sessions[index]
                let shown = [
                    session.id.rawValue, session.agentName, session.agentID?.rawValue, session.status?.rawValue, session.upstreamModel,
                    session.redactionsByKind.map(Format.kinds),
                ]
                return text.isEmpty || shown.contains { $0?.lowercased().contains(text.lowercased()) == true }
            }
            #expect(rows.indices.filter { isFound(rows, $0) } == wanted, "MASKER_SEED=\(seed), “\(text)”")
        }
    }
}
