import MaskerAPI
import TestSupport
import Testing

@testable import MaskerTUI
import TerminalKit

/// A listing behind a reference: the testing macros cannot call mutating functions.
private final class ListingDriver {
    private(set) var listing = SessionListing(filter: .initial)

    func refresh() -> PageRequest<SessionFilter>? { listing.refresh() }
    func loadMore() -> PageRequest<SessionFilter>? { listing.loadMore() }
    func keep(atMost bytes: Int) { listing.mostBytes = bytes }
    func drop(sparing spared: Int, while isGone: (CallSession) -> Bool) { listing.removeLast(sparing: spared, while: isGone) }
    func abandon() { listing.abandonRequests() }
    func remove(_ id: Identifier<CallSession>) { listing.remove(id) }

    @discardableResult
    func receive(_ request: PageRequest<SessionFilter>, _ result: Result<Page<CallSession>, APIError>) -> PageRequest<SessionFilter>? {
        listing.receive(request, result)
    }

    var ids: [Identifier<CallSession>] { listing.items.map(\.id) }
}

@Suite("Lists that load their pages as needed", .ownThread)
struct PagedListTests {
    private func page(_ numbers: any Sequence<Int>, next: String? = nil) -> Page<CallSession> {
        Page(data: numbers.map { Sample.session($0) }, nextCursor: next)
    }

    private func loaded(_ numbers: any Sequence<Int>, next: String? = nil) throws -> ListingDriver {
        let listing = ListingDriver()
        let request = try #require(listing.refresh())
        #expect(listing.receive(request, .success(page(numbers, next: next))) == nil)
        return listing
    }

    @Test("pages are read one after the other until the cursor ends")
    func paging() throws {
        let listing = try loaded(0..<3, next: "a")
        #expect(listing.listing.countLabel == "3+")
        #expect(listing.listing.loadedLabel == "3+ loaded")
        let more = try #require(listing.loadMore())
        #expect(more.cursor == "a")
        #expect(listing.loadMore() == nil, "one page at a time")
        listing.receive(more, .success(page(3..<5)))
        #expect(listing.listing.isComplete)
        #expect(listing.listing.loadedLabel == "5 · end")
        #expect(listing.loadMore() == nil)
    }

    @Test("promise 11: a list stops at its limit of memory, and says so")
    func fullList() throws {
        let listing = ListingDriver()
        listing.keep(atMost: 1 << 20)
        let first = try #require(listing.refresh())
        func page(_ numbers: Range<Int>) -> Page<CallSession> {
            var sessions = numbers.map { Sample.session($0) }
            for index in sessions.indices { sessions[index].agentName = String(repeating: "n", count: 40_000) + "\(numbers.lowerBound + index)" }
            return Page(data: sessions, nextCursor: "after \(numbers.upperBound)")
        }
        listing.receive(first, .success(page(0..<20)))
        let more = try #require(listing.loadMore(), "there is room for more")
        listing.receive(more, .success(page(20..<40)))
        #expect(listing.loadMore() == nil)
        #expect(listing.listing.loadedLabel == "40 · the list stops here: no more than 1 MB is kept")
    }

    @Test("promise 11: new rows at the head of a full list push out the oldest ones")
    func fullHead() throws {
        let listing = try loaded(20..<60)
        listing.keep(atMost: listing.listing.items.bytes)
        listing.receive(try #require(listing.refresh()), .success(page(10..<30, next: "x")))
        #expect(listing.ids.first == Sample.sessionID(10) && listing.ids.count < 50)
        #expect(listing.ids == Array((10..<60).map(Sample.sessionID).prefix(listing.ids.count)))
        #expect(listing.listing.loadedLabel.contains("the list stops here") && listing.loadMore() == nil)
    }

    @Test("rows at the end that are too old go, but none that the server has just listed")
    func old() throws {
        let listing = try loaded(0..<10, next: "a")
        let revision = listing.listing.revision
        listing.drop(sparing: 8) { $0.id != Sample.sessionID(9) && $0.id != Sample.sessionID(8) }
        #expect(listing.listing.revision == revision && listing.ids.count == 10, "only from the end on")
        listing.drop(sparing: 8) { _ in true }
        #expect(listing.ids == (0..<8).map(Sample.sessionID))
        #expect(listing.listing.unchanged(since: revision)?.clamped(to: -10..<20) == 0..<8)
        listing.receive(try #require(listing.loadMore()), .success(page(20..<22)))
        #expect(listing.ids == (Array(0..<8) + [20, 21]).map(Sample.sessionID))
        #expect(listing.listing.unchanged(since: revision)?.clamped(to: -10..<20) == 0..<8, "a handle can stand for another row")
    }

    @Test("promise 11: records beyond the limit of a page are counted and reported")
    func leftOut() throws {
        let listing = ListingDriver()
        let request = try #require(listing.refresh())
        listing.receive(request, .success(Page(data: [Sample.session(0)], leftOutCount: 7_000)))
        #expect(listing.listing.loadedLabel == "1 · end · 7,000 left out: over 1,000 on a page")
    }

    @Test("promise 33: overlapping pages show no row twice")
    func overlap() throws {
        let listing = try loaded(0..<3, next: "a")
        listing.receive(try #require(listing.loadMore()), .success(page(2..<5)))
        #expect(listing.ids == (0..<5).map(Sample.sessionID))
    }

    @Test("a refresh puts new rows first, drops the rows that are gone and keeps the rows after its page")
    func refresh() throws {
        let listing = try loaded(10..<13, next: "a")
        listing.receive(try #require(listing.loadMore()), .success(page(13..<16, next: "b")))
        let request = try #require(listing.refresh())
        listing.receive(request, .success(page([8, 10, 12], next: "x")))
        #expect(listing.ids == [8, 10, 12, 13, 14, 15].map(Sample.sessionID))
        #expect(listing.loadMore()?.cursor == "b")
    }

    @Test("a refresh reads on until it meets a row that is known")
    func catchUp() throws {
        let listing = try loaded(50..<53, next: "z")
        let first = try #require(listing.refresh())
        let second = try #require(listing.receive(first, .success(page(40..<45, next: "k"))))
        #expect(second.cursor == "k")
        #expect(listing.ids == (50..<53).map(Sample.sessionID), "no row moves before the refresh meets a known row")
        #expect(listing.receive(second, .success(page(45..<51, next: "l"))) == nil)
        #expect(listing.ids == (40..<53).map(Sample.sessionID))
    }

    @Test("a failed refresh keeps the rows and says why")
    func failure() throws {
        let listing = try loaded(0..<3)
        listing.receive(try #require(listing.refresh()), .failure(Sample.lost))
        #expect(listing.listing.items.count == 3)
        #expect(listing.listing.failure == Sample.lost)
    }

    @Test("promise 33: a cursor that repeats, a cycle and empty pages end the list", arguments: [["a"], ["b", "a"], ["b", "c", "a"]], [true, false])
    func endless(cursors: [String], bringsRows: Bool) throws {
        let listing = try loaded(0..<3, next: "a")
        var extra = 0
        while let request = listing.loadMore(), extra < 50 {
            // The same row again and again, or none at all.
            listing.receive(request, .success(page(bringsRows ? [0] : [], next: cursors[extra % cursors.count])))
            extra += 1
        }
        #expect(extra <= 3)
        #expect(listing.listing.mayBeIncomplete)
        #expect(listing.listing.items.count == 3)
    }

    @Test("a removed row does not come back with the answer to a pending request")
    func removed() throws {
        let listing = try loaded(0..<3)
        let request = try #require(listing.refresh())
        listing.remove(Sample.sessionID(1))
        listing.receive(request, .success(page(0..<3)))
        #expect(listing.ids == [0, 2].map(Sample.sessionID))
        // The answer to a later request decides.
        listing.receive(try #require(listing.refresh()), .success(page(0..<3)))
        #expect(listing.ids == (0..<3).map(Sample.sessionID))
    }

    @Test("a row removed during a refresh of several pages does not come back with the first of them")
    func removedMeanwhile() throws {
        let listing = try loaded(50..<53, next: "z")
        let first = try #require(listing.refresh())
        let second = try #require(listing.receive(first, .success(page(40..<45, next: "k"))))
        listing.remove(Sample.sessionID(42))
        listing.receive(second, .success(page(45..<51, next: "l")))
        #expect(listing.ids == (40..<53).filter { $0 != 42 }.map(Sample.sessionID))
    }

    @Test("promise 33: a next_cursor of another type does not count as the end, on the first page and later", arguments: [true, false])
    func unreadableCursor(isFirst: Bool) throws {
        let body = #"{"data": [{"id": "sess_1"}], "next_cursor": 5}"#
        let bad = try #require(Page<CallSession>(json: try JSON(parsing: Array(body.utf8))))
        #expect(bad.hasUnreadableCursor && bad.nextCursor == nil)
        let listing = isFirst ? ListingDriver() : try loaded(0..<3, next: "a")
        listing.receive(try #require(isFirst ? listing.refresh() : listing.loadMore()), .success(bad))
        #expect(listing.listing.loadedLabel == "\(isFirst ? 1 : 4) · list may be incomplete")
        #expect(listing.listing.countLabel == "\(isFirst ? 1 : 4)+" && listing.loadMore() == nil)
    }

    @Test("promise 33: a list whose pages bring nothing new for long counts as endless")
    func limit() throws {
        let listing = try loaded([0], next: "0")
        var number = 0
        while let request = listing.loadMore(), number < 2_000 {
            number += 1
            listing.receive(request, .success(page([number % 60], next: "\(number)")))
        }
        #expect(number == 59 + SessionListing.mostPagesWithoutNews)
        #expect(listing.listing.loadedLabel == "60 · list may be incomplete" && listing.listing.countLabel == "60+")
    }

    @Test("a list that ends in the past reads on over many pages of newer records")
    func farPast() throws {
        let listing = try loaded([0], next: "0")
        for number in 1...3 * SessionListing.mostPagesWithoutNews {
            let newer = page(1...100, next: "\(number)").passingOver(from: .distantPast)
            listing.receive(try #require(listing.loadMore()), .success(newer))
        }
        #expect(listing.listing.countLabel == "1+" && listing.loadMore() != nil)
    }

    @Test("a refresh that changes nothing keeps the revision, so that the rows are not sorted again")
    func unchanged() throws {
        let listing = try loaded(10..<13, next: "a")
        listing.receive(try #require(listing.loadMore()), .success(page(13..<16, next: "b")))
        let revision = listing.listing.revision
        listing.receive(try #require(listing.refresh()), .success(page([8, 9, 10, 11, 12], next: "x")))
        #expect(listing.listing.revision == revision, "it only grew")
        #expect(listing.listing.arrivals == [8, 9].map(Sample.sessionID))
        #expect(listing.ids == (8..<16).map(Sample.sessionID))
        var changed = page([8, 9], next: "x")
        changed.data[1].status = .error
        listing.receive(try #require(listing.refresh()), .success(changed))
        #expect(listing.listing.revision > revision && listing.listing[Sample.sessionID(9)]?.status == .error)
        #expect(listing.ids == (8..<16).map(Sample.sessionID) && listing.listing.arrivals.isEmpty)
    }

    @Test("an answer to an earlier refresh is ignored")
    func stale() throws {
        let listing = try loaded(0..<3)
        let old = try #require(listing.refresh())
        listing.abandon()
        _ = try #require(listing.refresh())
        #expect(listing.receive(old, .success(page(7..<9))) == nil)
        #expect(listing.ids == (0..<3).map(Sample.sessionID))
    }
}

@Suite("The selected row", .ownThread)
struct ListCursorTests {
    private typealias Cursor = ListCursor<Identifier<Agent>>

    private func rows(_ numbers: some Sequence<Int>) -> ShownRows<AgentRows> {
        ShownRows(rows: AgentRows(numbers.map { Sample.agent($0, "agent-\($0)") }), handles: nil)
    }

    private func cursor(at index: Int, of count: Int, page: Int = 5) -> Cursor {
        var cursor = Cursor()
        cursor.reconcile(with: rows(0..<count), page: page)
        cursor.move(.by(index), in: rows(0..<count), page: page)
        return cursor
    }

    @Test("the cursor stays within the list and on the screen")
    func moves() {
        let rows = rows(0..<20)
        var cursor = cursor(at: 0, of: 20)
        func expect(_ move: ScrollMove, _ number: Int, top: Int, sourceLocation: SourceLocation = #_sourceLocation) {
            cursor.move(move, in: rows, page: 5)
            #expect(cursor.id == Sample.agentID(number), sourceLocation: sourceLocation)
            #expect(cursor.top == top, sourceLocation: sourceLocation)
        }
        expect(.by(-3), 0, top: 0)
        expect(.pages(1), 5, top: 5)
        expect(.last, 19, top: 15)
        expect(.by(4), 19, top: 15)
        expect(.first, 0, top: 0)
    }

    @Test("new rows above keep the cursor on its row and at its place on the screen")
    func insertion() {
        var cursor = cursor(at: 10, of: 20)
        let offset = cursor.index - cursor.top
        cursor.reconcile(with: rows([100, 101] + Array(0..<20)), page: 5)
        #expect(cursor.id == Sample.agentID(10))
        #expect(cursor.index - cursor.top == offset)
    }

    @Test("when the selected row disappears, the row at its place is selected")
    func removal() {
        var cursor = cursor(at: 3, of: 6)
        cursor.reconcile(with: rows([0, 1, 2, 4, 5]), page: 5)
        #expect(cursor.id == Sample.agentID(4))
        cursor.reconcile(with: rows([0]), page: 5)
        #expect(cursor.id == Sample.agentID(0))
        cursor.reconcile(with: rows([]), page: 5)
        #expect(cursor.id == nil)
    }
}
