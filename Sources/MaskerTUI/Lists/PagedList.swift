import MaskerAPI
import TerminalKit

/// One page that was asked for.
package struct PageRequest<Filter: Hashable & Sendable>: Hashable, Sendable {
    /// What the server is to leave out.
    var filter: Filter
    /// Nil for the first page.
    package var cursor: String?
    /// Which refresh it belongs to, so that a late answer of an earlier one is known.
    var generation: Int
    /// Who asks for the same page asks for the same thing, however urgently.
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

/// What the server leaves out of the list of agents.
package struct AgentFilter: Hashable, Sendable {
    /// A part of the name, in upper or lower case; nil for all.
    var nameContains: String?

    package init(nameContains: String? = nil) {
        self.nameContains = nameContains
    }
}

/// A list as a window on pages: rows load as they are needed, and a refresh moves nothing under the user's hands.
/// A page costs as much as it holds, however many rows there are.
package struct PagedList<Rows: RowStore, Filter: Hashable & Sendable>: RowList, Sendable {
    package typealias Element = Rows.Element
    package typealias Request = PageRequest<Filter>

    /// What the server leaves out of the rows.
    private(set) var filter: Filter
    package private(set) var items = Rows()
    /// Counts the changes of the rows other than growing at either end.
    package private(set) var revision = 0
    /// The rows that the last answer has brought above those that were known.
    private(set) var arrivals: [Element.ID] = []
    /// Whether any page has come yet.
    private(set) var hasLoaded = false
    /// Whether the rows are still those of another filter.
    package private(set) var isReplacing = false
    /// Why the last page that was asked for did not come.
    private(set) var failure: APIError?
    /// Records that could not be read, seen in the pages loaded.
    private(set) var unreadableCount = 0
    /// The server's pages never ended or repeated themselves.
    private(set) var mayBeIncomplete = false
    /// It goes on, but no more of it is read.
    private(set) var isAtLimit = false
    /// Records that pages had beyond what is taken of one.
    private(set) var leftOutCount = 0
    /// The list ends here, because it keeps no more.
    private(set) var isFull = false
    /// About how many bytes of rows are kept at most.
    var mostBytes = RowBytes.most

    private var nextCursor: String?
    private var trail = PageTrail()
    private var generation = 0
    private var refreshing: Request?
    private var loadingMore: Request?
    /// What a refresh has collected so far, while it looks for rows that are known already.
    private var fresh: [Element] = []
    private var freshIDs: Set<Element.ID> = []
    private var freshPages = 0
    /// Rows that were taken out, each with the requests that were out then: what those bring is older than the removal.
    private var removed: [Element.ID: Set<Request>] = [:]

    package init(filter: Filter) { self.filter = filter }

    /// No more pages than this are read.
    static var mostPages: Int { 1_000 }
    /// How many new pages a refresh reads before it lets go of the old rows.
    private static var mostCatchUpPages: Int { 10 }

    var isComplete: Bool { hasLoaded && nextCursor == nil }
    var isRefreshing: Bool { refreshing != nil }

    /// `12`, `200+`, or nothing before the first answer.
    var countLabel: String {
        guard hasLoaded else { return failure == nil ? "…" : "!" }
        return Format.count(items.count) + (isComplete && !isAtLimit && !isFull && !mayBeIncomplete ? "" : "+")
    }

    /// `1,234 · end`, `200+ loaded`.
    var loadedLabel: String {
        guard hasLoaded else { return "" }
        var label = isComplete ? "\(Format.count(items.count)) · end" : "\(Format.count(items.count))+ loaded"
        if mayBeIncomplete { label = "\(Format.count(items.count)) · list may be incomplete" }
        if isAtLimit { label = "\(Format.count(items.count)) · stopped at \(Format.count(Self.mostPages)) pages" }
        if isFull { label = "\(Format.count(items.count)) · the list stops here: no more than \(mostBytes >> 20) MB is kept" }
        if unreadableCount > 0 { label += " · \(unreadableCount) unreadable" }
        return leftOutCount == 0 ? label : label + " · \(Format.count(leftOutCount)) left out: over \(Format.count(PageLimit.elements)) on a page"
    }

    // MARK: Asking

    /// The request for the first page; nil while one is out.
    package mutating func refresh() -> Request? {
        guard refreshing == nil else { return nil }
        generation += 1
        letGoOfFresh()
        refreshing = Request(filter: filter, cursor: nil, generation: generation)
        return refreshing
    }

    /// The request for the page after the last row; nil when there is none, or something is out, or it just failed.
    package mutating func loadMore(_ priority: RequestPriority = .interactive) -> Request? {
        guard let nextCursor, loadingMore == nil, refreshing == nil, failure == nil else { return nil }
        loadingMore = Request(filter: filter, cursor: nextCursor, generation: generation, priority: priority)
        return loadingMore
    }

    /// Asks anew with another filter; the rows that are known stay until its first page comes.
    mutating func restart(with newFilter: Filter) -> Request? {
        filter = newFilter
        isReplacing = true
        abandonRequests()
        return refresh()
    }

    /// What is out.
    var requestsOut: [Request] { [refreshing, loadingMore].compactMap { $0 } }

    /// Without its rows. What is out brings nothing any more.
    func forgotten() -> PagedList {
        var listing = PagedList(filter: filter)
        listing.generation = generation
        listing.revision = revision + 1
        return listing
    }

    /// Forgets what is out, when its answer will not come any more.
    mutating func abandonRequests() {
        refreshing = nil
        loadingMore = nil
        removed = [:]
    }

    // MARK: Answers

    /// Takes a page over. Returns the next request when the refresh has to read on.
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

    /// Takes a row out. A page that was on its way does not bring it back; one that is asked for afterwards does, because a
    /// list shows what the server lists.
    mutating func remove(_ id: Element.ID) {
        let out = requestsOut
        if !out.isEmpty { removed[id] = Set(out) }
        if freshIDs.remove(id) != nil { fresh.removeAll { $0.id == id } }
        guard items.index(of: id) != nil else { return }
        rebuild(items.lazy.filter { $0.id != id })
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

    /// Puts the newest pages before the known rows that follow them. Rows that the new pages should hold and do not
    /// are gone on the server.
    private mutating func merge(_ page: Page<Element>) -> Request? {
        failure = nil
        for element in page.data where freshIDs.insert(element.id).inserted { fresh.append(element) }
        freshPages += 1
        unreadableCount = page.unreadableCount
        leftOutCount = page.leftOutCount
        let lastKnown = page.data.compactMap { items.index(of: $0.id) }.max()
        if page.nextCursor == nil || !hasLoaded || isReplacing || items.isEmpty || freshPages >= Self.mostCatchUpPages {
            noteArrivals()
            adopt(page)
        } else if let lastKnown {
            noteArrivals()
            replaceHead(through: lastKnown)
        } else {
            refreshing = Request(filter: filter, cursor: page.nextCursor, generation: generation)
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

    /// Mostly there are new rows above, and below them the known ones as they were.
    private mutating func replaceHead(through lastKnown: Int) {
        let added = fresh.count - (lastKnown + 1)
        let isPlain = added >= 0 && arrivals.count == added
            && (0...lastKnown).allSatisfy { items.id(at: $0) == fresh[added + $0].id }
        guard isPlain else {
            rebuild(fresh + items[(lastKnown + 1)...].filter { !freshIDs.contains($0.id) })
            return
        }
        for index in 0...lastKnown where items[index] != fresh[added + index] {
            items.replace(at: index, with: fresh[added + index])
            revision += 1
        }
        for element in fresh[..<added].reversed() { items.prepend(element) }
    }

    private mutating func adopt(_ page: Page<Element>) {
        let next = page.nextCursor
        if !(fresh.elementsEqual(items)) { rebuild(fresh) }
        nextCursor = next
        trail = PageTrail(from: next)
        mayBeIncomplete = page.hasUnreadableCursor
        isAtLimit = false
        isFull = false
        loadingMore = nil
        stopIfFull()
    }

    private mutating func stopIfFull() {
        guard nextCursor != nil, items.bytes >= mostBytes else { return }
        nextCursor = nil
        isFull = true
    }

    private mutating func rebuild(_ rows: some Sequence<Element>) {
        items = Rows(rows)
        revision += 1
    }

    private mutating func append(_ page: Page<Element>) {
        failure = nil
        unreadableCount += page.unreadableCount
        leftOutCount += page.leftOutCount
        // While a list grows at its head, pages overlap.
        for element in page.data where items.index(of: element.id) == nil { items.append(element) }
        nextCursor = page.nextCursor
        if page.hasUnreadableCursor { mayBeIncomplete = true }
        guard let next = nextCursor else { return }
        if trail.isEndless(goingOnTo: next, afterEmptyPage: page.data.isEmpty) {
            nextCursor = nil
            mayBeIncomplete = true
        } else if trail.count > Self.mostPages {
            nextCursor = nil
            isAtLimit = true
        }
        stopIfFull()
    }
}

extension Page where Element: Identifiable {
    /// Without some of its records.
    fileprivate func without(_ ids: Set<Element.ID>) -> Page {
        guard !ids.isEmpty else { return self }
        var page = self
        page.data.removeAll { ids.contains($0.id) }
        return page
    }
}

package typealias AgentListing = PagedList<AgentRows, AgentFilter>
typealias SessionListing = PagedList<SessionRows, SessionFilter>
