import MaskerAPI
import TerminalKit

/// The request for one page of a list.
package struct PageRequest<Filter: Hashable & Sendable>: Hashable, Sendable {
    /// The filter that the server applies.
    var filter: Filter
    /// `next_cursor` of the page before; nil for the first page.
    package var cursor: String?
    /// The number of the refresh that it belongs to: answers to an earlier refresh are ignored.
    var generation: Int
    /// Not part of equality: two requests for the same page are equal, whatever their priority.
    var priority = RequestPriority.interactive

    init(filter: Filter, cursor: String? = nil, generation: Int, priority: RequestPriority = .interactive) {
        self.filter = filter
        self.cursor = cursor
        self.generation = generation
        self.priority = priority
    }

    package static func == (left: PageRequest, right: PageRequest) -> Bool {
        left.generation == right.generation && left.cursor == right.cursor && left.filter == right.filter
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(filter)
        hasher.combine(cursor)
        hasher.combine(generation)
    }
}

/// The filter that the server applies to the list of agents.
package struct AgentFilter: Hashable, Sendable {
    /// A part of the name; case does not matter. Nil for all agents.
    var nameContains: String?

    package init(nameContains: String? = nil) {
        self.nameContains = nameContains
    }
}

/// A list that loads the server's pages as they are needed. A refresh does not move the rows that the user is looking at.
/// The cost of a page depends on its own size only, not on the number of rows loaded before.
package struct PagedList<Rows: RowStore, Filter: Hashable & Sendable>: RowList, Sendable {
    package typealias Element = Rows.Element
    package typealias Request = PageRequest<Filter>

    /// The filter that the server applies to the rows.
    private(set) var filter: Filter
    package private(set) var items = Rows()
    /// The number of changes to the rows, not counting rows added at the head or the end.
    package private(set) var revision = 0
    /// The new rows that the last answer has added above the known ones.
    private(set) var arrivals: [Element.ID] = []
    /// Whether any page has been received yet.
    private(set) var hasLoaded = false
    /// Whether the rows still belong to the previous filter.
    package private(set) var isReplacing = false
    /// The error of the last request for a page; nil when it succeeded.
    private(set) var failure: APIError?
    /// The number of records in the loaded pages that could not be read.
    private(set) var unreadableCount = 0
    /// Whether rows may be missing: the server's pages did not end, or the same page came again.
    private(set) var mayBeIncomplete = false
    /// The number of records left out because their page held more than the limit.
    private(set) var leftOutCount = 0
    /// The number of records in the loaded pages that were passed over, because they are newer than the wanted ones.
    private(set) var passedOverCount = 0
    /// Whether the limit of memory is reached: the list keeps no further rows.
    private(set) var isFull = false
    /// The limit of memory for rows, about, in bytes.
    var mostBytes = RowBytes.most

    private var nextCursor: String?
    private var trail = PageTrail()
    private var generation = 0
    private var refreshing: Request?
    private var loadingMore: Request?
    /// The rows that the refresh under way has collected, until it meets a row that is known already.
    private var fresh: [Element] = []
    private var freshIDs: Set<Element.ID> = []
    private var freshPages = 0
    /// The last changes of rows, except the one that replaced all of them.
    private var changes: [Change] = []
    /// How many pages in a row brought no row that was not known.
    private var pagesWithoutNews = 0
    /// The removed rows, each with the requests that were pending at its removal: their answers can still contain the row.
    private var removed: [Element.ID: Set<Request>] = [:]

    package init(filter: Filter) { self.filter = filter }

    /// A change of some rows: which revision it led to, and the handles whose rows it left as they were.
    private struct Change: Sendable {
        var revision: Int
        var unchanged: Range<Int>
    }

    /// How many changes are kept. When a screen has missed more of them, it examines all rows.
    private static var mostChanges: Int { 16 }
    /// After this many pages in a row without a row that was not known, the list counts as endless.
    static var mostPagesWithoutNews: Int { 100 }
    /// The maximum number of new pages that a refresh reads before it drops the old rows. For a long list it is larger, because
    /// reading that list again takes longer.
    private var mostCatchUpPages: Int { min(max(Self.fewCatchUpPages, items.count / 400), 100) }
    private static var fewCatchUpPages: Int { 10 }

    var isComplete: Bool { hasLoaded && nextCursor == nil }
    var isRefreshing: Bool { refreshing != nil }

    /// `12`, `200+`, or nothing before the first answer.
    var countLabel: String {
        guard hasLoaded else { return failure == nil ? "…" : "!" }
        return Format.count(items.count) + (isComplete && !isFull && !mayBeIncomplete ? "" : "+")
    }

    /// `1,234 · end`, `200+ loaded`.
    var loadedLabel: String {
        guard hasLoaded else { return "" }
        var label = isComplete ? "\(Format.count(items.count)) · end" : "\(Format.count(items.count))+ loaded"
        if mayBeIncomplete { label = "\(Format.count(items.count)) · list may be incomplete" }
        if isFull { label = "\(Format.count(items.count)) · the list stops here: no more than \(mostBytes >> 20) MB is kept" }
        if unreadableCount > 0 { label += " · \(unreadableCount) unreadable" }
        return leftOutCount == 0 ? label : label + " · \(Format.count(leftOutCount)) left out: over \(Format.count(PageLimit.elements)) on a page"
    }

    // MARK: Asking

    /// The request for the first page; nil while one is pending.
    package mutating func refresh() -> Request? {
        guard refreshing == nil else { return nil }
        generation += 1
        letGoOfFresh()
        refreshing = Request(filter: filter, cursor: nil, generation: generation)
        return refreshing
    }

    /// The request for the page after the last row; nil when there is none, when a request is pending, or when it just failed.
    package mutating func loadMore(_ priority: RequestPriority = .interactive) -> Request? {
        guard let nextCursor, loadingMore == nil, refreshing == nil, failure == nil else { return nil }
        loadingMore = Request(filter: filter, cursor: nextCursor, generation: generation, priority: priority)
        return loadingMore
    }

    /// The request for the first page with another filter; the known rows stay until that page comes.
    mutating func restart(with newFilter: Filter) -> Request? {
        filter = newFilter
        isReplacing = true
        abandonRequests()
        return refresh()
    }

    /// The pending requests.
    var requestsOut: [Request] { [refreshing, loadingMore].compactMap { $0 } }

    /// The list without its rows; answers to pending requests will be ignored.
    func forgotten() -> PagedList {
        var listing = PagedList(filter: filter)
        listing.generation = generation
        listing.revision = revision + 1
        return listing
    }

    /// Forgets the pending requests, because their answers will not come any more.
    mutating func abandonRequests() {
        refreshing = nil
        loadingMore = nil
        removed = [:]
    }

    // MARK: Answers

    /// Adds a page. Returns the next request when the refresh has to read on.
    package mutating func receive(_ request: Request, _ result: Result<Page<Element>, APIError>) -> Request? {
        arrivals = []
        defer { letGoOfRemoved(request) }
        if request == refreshing {
            refreshing = nil
            switch result {
            case .success(let page): return merge(page.without(removedIDs(for: request)))
            case .failure(let error): failure = error
            }
        } else if request == loadingMore {
            loadingMore = nil
            switch result {
            case .success(let page): append(page.without(removedIDs(for: request)))
            case .failure(let error): failure = error
            }
        }
        return nil
    }

    /// Removes a row. The answer to a pending request does not bring it back; the answer to a later request does, because
    /// the list shows what the server lists.
    mutating func remove(_ id: Element.ID) {
        let out = requestsOut
        if !out.isEmpty { removed[id] = Set(out) }
        if freshIDs.remove(id) != nil { fresh.removeAll { $0.id == id } }
        guard items.index(of: id) != nil else { return }
        rebuild(items.lazy.filter { $0.id != id })
    }

    /// Removes rows from the end, as long as they are gone by their own content, such as their age.
    /// - Parameter spared: how many rows at the head stay.
    mutating func removeLast(sparing spared: Int, while isGone: (Element) -> Bool) {
        let count = items.dropFirst(spared).reversed().prefix(while: isGone).count
        guard count > 0 else { return }
        items.removeLast(count)
        note(items.handles)
    }

    private func removedIDs(for request: Request) -> Set<Element.ID> {
        removed.isEmpty ? [] : Set(removed.filter { $0.value.contains(request) }.keys)
    }

    private mutating func letGoOfRemoved(_ request: Request) {
        guard !removed.isEmpty else { return }
        removed = removed.compactMapValues { requests in
            let left = requests.subtracting([request])
            return left.isEmpty ? nil : left
        }
    }

    subscript(id: Element.ID) -> Element? { items[id: id] }
    func contains(_ id: Element.ID) -> Bool { items.index(of: id) != nil }

    /// Puts the newest pages before the known rows that follow them. Known rows that the new pages skip are gone on the
    /// server, so they are removed.
    private mutating func merge(_ page: Page<Element>) -> Request? {
        failure = nil
        // The list ends in the past, so it has no new rows, and the known ones stay.
        if page.data.isEmpty, page.passedOverCount > 0, page.nextCursor != nil, hasLoaded, !isReplacing {
            letGoOfFresh()
            return nil
        }
        for element in page.data where freshIDs.insert(element.id).inserted { fresh.append(element) }
        freshPages += 1
        unreadableCount = page.unreadableCount
        leftOutCount = page.leftOutCount
        let lastKnown = page.data.compactMap { items.index(of: $0.id) }.max()
        if page.nextCursor == nil || !hasLoaded || isReplacing || items.isEmpty || freshPages >= mostCatchUpPages {
            noteArrivals()
            adopt(page)
        } else if let lastKnown {
            noteArrivals()
            replaceHead(through: lastKnown)
            makeRoom()
        } else {
            let priority: RequestPriority = freshPages < Self.fewCatchUpPages ? .interactive : .bulk
            refreshing = Request(filter: filter, cursor: page.nextCursor, generation: generation, priority: priority)
            return refreshing
        }
        hasLoaded = true
        isReplacing = false
        letGoOfFresh()
        return nil
    }

    private mutating func noteArrivals() {
        arrivals = hasLoaded && !isReplacing ? fresh.map(\.id).filter { items.index(of: $0) == nil } : []
    }

    private mutating func letGoOfFresh() {
        fresh = []
        freshIDs = []
        freshPages = 0
    }

    /// Puts the fresh rows in the place of the known rows through the last one that the refresh has met again.
    private mutating func replaceHead(through lastKnown: Int) {
        let added = fresh.count - (lastKnown + 1)
        // The most frequent case: new rows above, and below them the known rows in the same order.
        let isPlain = added >= 0 && arrivals.count == added
            && (0...lastKnown).allSatisfy { items.id(at: $0) == fresh[added + $0].id }
        guard isPlain else {
            let unchanged = items.head + lastKnown + 1..<items.handles.upperBound
            items.removeFirst(lastKnown + 1)
            for element in fresh.reversed() { items.prepend(element) }
            return note(unchanged)
        }
        var changed: Int?
        for index in 0...lastKnown where items[index] != fresh[added + index] {
            items.replace(at: index, with: fresh[added + index])
            changed = index
        }
        if let changed { note(items.head + changed + 1..<items.handles.upperBound) }
        for element in fresh[..<added].reversed() { items.prepend(element) }
    }

    private mutating func note(_ unchanged: Range<Int>) {
        revision += 1
        changes = changes.suffix(Self.mostChanges - 1) + [Change(revision: revision, unchanged: unchanged)]
    }

    package func unchanged(since known: Int) -> Range<Int>? {
        let all = Int.min..<Int.max
        guard known != revision else { return all }
        let later = changes.drop { $0.revision <= known }
        guard later.first?.revision == known + 1 else { return nil }
        return later.reduce(all) { $0.clamped(to: $1.unchanged) }
    }

    private mutating func adopt(_ page: Page<Element>) {
        let next = page.nextCursor
        if !(fresh.elementsEqual(items)) { rebuild(fresh) }
        nextCursor = next
        trail = PageTrail(from: next)
        passedOverCount = page.passedOverCount
        mayBeIncomplete = page.hasUnreadableCursor
        pagesWithoutNews = 0
        isFull = false
        loadingMore = nil
        stopIfFull()
    }

    /// New rows above push out the oldest ones where the list is full.
    private mutating func makeRoom() {
        guard items.bytes > mostBytes else { return }
        items.removeLast(items.count / 16)
        note(items.handles)
        // If that did not help, the texts that rows have shared take the room, and they go with all rows only.
        if items.bytes > mostBytes { rebuild(Array(items.prefix(max(fresh.count, Endpoint.largestPage)))) }
        nextCursor = nil
        isFull = true
    }

    private mutating func stopIfFull() {
        guard nextCursor != nil, items.bytes >= mostBytes else { return }
        nextCursor = nil
        isFull = true
    }

    private mutating func rebuild(_ rows: some Sequence<Element>) {
        items = Rows(rows)
        revision += 1
        changes = []
    }

    private mutating func append(_ page: Page<Element>) {
        failure = nil
        unreadableCount += page.unreadableCount
        leftOutCount += page.leftOutCount
        passedOverCount += page.passedOverCount
        // When rows are added at the head between two requests, pages overlap.
        let before = items.count
        for element in page.data where items.index(of: element.id) == nil { items.append(element) }
        // Records that were passed over are news, too: the wanted ones can be many pages away.
        pagesWithoutNews = items.count == before && page.passedOverCount == 0 ? pagesWithoutNews + 1 : 0
        nextCursor = page.nextCursor
        if page.hasUnreadableCursor { mayBeIncomplete = true }
        guard let next = nextCursor else { return }
        if trail.isEndless(goingOnTo: next, afterEmptyPage: page.data.isEmpty && page.passedOverCount == 0) {
            nextCursor = nil
            mayBeIncomplete = true
        } else if pagesWithoutNews >= Self.mostPagesWithoutNews {
            nextCursor = nil
            mayBeIncomplete = true
        }
        stopIfFull()
    }
}

extension Page where Element: Identifiable {
    /// The page without the records that have these ids.
    fileprivate func without(_ ids: Set<Element.ID>) -> Page {
        guard !ids.isEmpty else { return self }
        var page = self
        page.data.removeAll { ids.contains($0.id) }
        return page
    }
}

package typealias AgentListing = PagedList<AgentRows, AgentFilter>
typealias SessionListing = PagedList<SessionRows, SessionFilter>
