import Foundation
import MaskerAPI
import TestSupport
import Testing

@testable import MaskerTUI
import TerminalKit

@Suite("Which rows are shown, in which order", .ownThread)
struct RowOrderTests {
    private let columns = SessionsScreen.columns(Sample.clock)

    /// A session with few values, so that many are equal.
    private func session(_ number: Int, _ random: inout SeededGenerator) -> CallSession {
        var session = Sample.session(number % 60)
        session = CallSession(
            id: Identifier("sess_\(number)"), agentID: session.agentID, agentName: ["Änne", "bob", "ANNA", nil].randomElement(using: &random) ?? nil,
            startedAt: Sample.now - Double(number), durationMS: [1, 2, 3, nil].randomElement(using: &random) ?? nil,
            status: [.ok, .error, nil].randomElement(using: &random) ?? nil, redactionCount: Int.random(in: 0..<3, using: &random),
            redactionsByKind: [["NAME": 2], ["PHONE": 1, "NAME": 1], nil].randomElement(using: &random) ?? nil, upstreamModel: "gpt-4o")
        return session
    }

    /// The expected result, computed in the simplest way.
    private func expected(_ items: [CallSession], _ text: String, _ sort: ListLayout.Sort?) -> [Identifier<CallSession>] {
        let wanted = text.lowercased()
        let found = items.filter { session in
            let texts = [
                session.agentName, session.agentID?.rawValue, session.id.rawValue, session.status?.rawValue, session.upstreamModel,
                session.redactionsByKind.map(Format.kinds),
            ]
            return wanted.isEmpty || texts.contains { $0?.lowercased().contains(wanted) == true }
        }
        func key(_ session: CallSession) -> (Double?, String?) {
            switch sort?.column {
            case "agent": (nil, session.agentName?.lowercased())
            case "status": (nil, session.status?.rawValue)
            case "kinds": (nil, session.redactionsByKind.map { Format.kinds($0).lowercased() })
            case "duration": (session.durationMS, nil)
            case "id": (nil, session.id.rawValue.lowercased())
            case "redacted": (session.redactionCount.map(Double.init), nil)
            default: (session.startedAt?.timeIntervalSince1970, nil)
            }
        }
        guard let sort else { return found.map(\.id) }
        return found.enumerated().sorted { left, right in
            let first = key(left.element), second = key(right.element)
            if let a = first.0, let b = second.0, a != b { return sort.isDescending ? a > b : a < b }
            if let a = first.1, let b = second.1, a != b { return sort.isDescending ? a > b : a < b }
            let isMissing = (first.0 == nil && first.1 == nil, second.0 == nil && second.1 == nil)
            return isMissing.0 == isMissing.1 ? left.offset < right.offset : isMissing.1
        }.map(\.element.id)
    }

    @Test("after any change of the list, the shown rows are the same as computed from all rows")
    func anyChange() throws {
        let seed = SeededGenerator.newSeed()
        var random = SeededGenerator(seed)
        let texts = ["", "a", "an", "ann", "än", "error", "sess_1", "phone", "nothing"]
        let sorts: [ListLayout.Sort?] = [nil] + ["started", "agent", "status", "duration", "redacted", "kinds"].flatMap {
            [ListLayout.Sort(column: $0), ListLayout.Sort(column: $0, isDescending: true)]
        }
        for _ in 0..<20 {
            var listing = SessionListing(filter: .initial)
            var order = RowOrder<SessionRows>()
            var look = ListLayout(), text = "", above = 500, below = 500
            let asked = listing.refresh(), first = try #require(asked)
            _ = listing.receive(first, .success(Page(data: [session(above, &random)], nextCursor: "0")))
            for step in 0..<30 {
                switch Int.random(in: 0..<7, using: &random) {
                case 0, 1:
                    guard let request = listing.loadMore() else { break }
                    let page = (1...4).map { session(below + $0, &random) }
                    below += 4
                    _ = listing.receive(request, .success(Page(data: page, nextCursor: "\(step)")))
                case 2, 3:
                    let known = listing.items.prefix(3)
                    let new = (0..<Int.random(in: 0..<4, using: &random)).map { session(above - 1 - $0, &random) }
                    above -= new.count
                    let asked = listing.refresh(), request = try #require(asked)
                    _ = listing.receive(request, .success(Page(data: new.reversed() + known, nextCursor: "x\(step)")))
                case 4:
                    if let id = listing.items.randomElement(using: &random)?.id { listing.remove(id) }
                case 5: text = texts.randomElement(using: &random) ?? ""
                default: look.sort = sorts.randomElement(using: &random) ?? nil
                }
                if Bool.random(using: &random) { continue }
                order.update(listing, finding: text, sort: look.sort, by: look.keys(columns))
                let rows = order.rows(of: listing)
                let wanted = expected(Array(listing.items), text, look.sort)
                try #require(rows.map(\.id) == wanted, "seed \(seed), “\(text)”, \(String(describing: look.sort))")
                for (index, id) in wanted.enumerated() { #expect(rows.index(of: id) == index) }
            }
        }
    }

    @Test("in parts: never more rows than are allowed, and in the end the same as computed from all rows")
    func parts() throws {
        let seed = SeededGenerator.newSeed()
        var random = SeededGenerator(seed)
        let texts = ["", "a", "an", "ann", "sess_1", "sess_", "s"]
        let sorts: [ListLayout.Sort?] = [nil] + ["agent", "duration", "kinds", "id"].map { ListLayout.Sort(column: $0, isDescending: .random(using: &random)) }
        for _ in 0..<20 {
            var listing = SessionListing(filter: .initial), order = RowOrder<SessionRows>()
            var look = ListLayout(), text = "", above = 5_000, below = 5_000
            let asked = listing.refresh(), first = try #require(asked)
            _ = listing.receive(first, .success(Page(data: (0..<600).map { session(below + $0, &random) }, nextCursor: "0")))
            below += 600
            for step in 0..<15 {
                switch Int.random(in: 0..<6, using: &random) {
                case 0:
                    guard let request = listing.loadMore() else { break }
                    _ = listing.receive(request, .success(Page(data: (0..<50).map { session(below + $0, &random) }, nextCursor: "\(step)")))
                    below += 50
                case 1:
                    // Some of the known rows are changed or gone.
                    let known = listing.items.prefix(10).filter { _ in Int.random(in: 0..<4, using: &random) > 0 }.map { row in
                        var row = row
                        if Int.random(in: 0..<4, using: &random) == 0 { row.agentName = "bob" }
                        return row
                    }
                    above -= 3
                    let new = (0..<3).map { session(above + $0, &random) }
                    let asked = listing.refresh(), request = try #require(asked)
                    _ = listing.receive(request, .success(Page(data: new + known, nextCursor: "x\(step)")))
                case 2: listing.removeLast(sparing: 300) { _ in Int.random(in: 0..<20, using: &random) > 0 }
                case 3, 4: text = texts.randomElement(using: &random) ?? ""
                default: look.sort = sorts.randomElement(using: &random) ?? nil
                }
                var limit = Int.random(in: 8..<400, using: &random), parts = 0
                repeat {
                    if Int.random(in: 0..<10, using: &random) == 0 { break }
                    order.update(listing, finding: text, sort: look.sort, limit: limit, by: look.keys(columns))
                    let rows = order.rows(of: listing), share = order.progress
                    #expect(Set(rows.map(\.id)).count == rows.count && share >= 0 && share <= 1)
                    if !order.isComplete, look.sort == nil { #expect(rows.handles == rows.handles?.sorted()) }
                    parts += 1
                    try #require(parts < 2_000, "seed \(seed)")
                    limit += 1
                } while !order.isComplete
                guard order.isComplete else { continue }
                order.update(listing, finding: text, sort: look.sort, by: look.keys(columns))
                try #require(order.rows(of: listing).map(\.id) == expected(Array(listing.items), text, look.sort), "seed \(seed), “\(text)”, \(String(describing: look.sort))")
            }
        }
    }

    @Test("the selected row is selected again when a later part of the search comes to it, unless the cursor was moved", arguments: [false, true])
    func wanted(moves: Bool) throws {
        let count = 300
        var listing = SessionListing(filter: .initial)
        let asked = listing.refresh(), request = try #require(asked)
        let sessions = (0..<count).map { CallSession(id: Identifier("sess_\($0)"), status: .ok) }
        _ = listing.receive(request, .success(Page(data: sessions)))
        var body = ListBody<SessionRows>()
        body.reconcile(listing, ListLayout(), columns, page: 20)
        body.move(.last, listing, page: 20)
        body.find.begin()
        _ = body.find.edit(.key(.character("s")))
        body.reconcile(listing, ListLayout(), columns, page: 20, limit: 200)
        #expect(body.isWorking && body.progress > 0.6 && body.rows(listing).count == 200)
        if moves { body.move(.first, listing, page: 20) }
        body.reconcile(listing, ListLayout(), columns, page: 20)
        #expect(!body.isWorking && body.cursor.id == Identifier("sess_\(moves ? 0 : count - 1)"))
        #expect(body.rows(listing).count == count)
    }

    @Test("an order computed for other rows shows none of these rows")
    func stale() throws {
        var listing = SessionListing(filter: .initial)
        let asked = listing.refresh(), request = try #require(asked)
        _ = listing.receive(request, .success(Page(data: Sample.sessions)))
        var order = RowOrder<SessionRows>()
        order.update(listing, finding: "error", sort: nil, by: { _ in nil })
        #expect(order.rows(of: listing).count == 12)
        listing = listing.forgotten()
        #expect(order.rows(of: listing).isEmpty)
    }

    @Test("a session is the same before and after it is stored as a row")
    func packed() {
        var sessions = Sample.sessions + [CallSession(id: Identifier("sess_bare"))]
        sessions[0].malformedFields = ["status"]
        sessions[1].redactionsByKind = [:]
        var rows = SessionRows(sessions)
        for session in sessions.reversed() { rows.prepend(CallSession(id: Identifier("new-" + session.id.rawValue))) }
        rows.replace(at: 3, with: sessions[3])
        #expect(Array(rows.suffix(sessions.count)) == sessions)
        #expect(rows[3] == sessions[3] && rows.index(of: sessions[5].id) == sessions.count + 5)
    }
}
