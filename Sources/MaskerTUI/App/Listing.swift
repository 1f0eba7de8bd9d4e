import MaskerAPI

/// One page that was asked for.
struct PageRequest<Filter: Hashable & Sendable>: Hashable, Sendable {
    /// What the server is to leave out.
    var filter: Filter
    /// Nil for the first page.
    var cursor: String?
    /// Which refresh it belongs to, so that a late answer of an earlier one is known.
    var generation: Int
}

/// What the server leaves out of the list of agents.
struct AgentFilter: Hashable, Sendable {
    /// A part of the name, in upper or lower case; nil for all.
    var nameContains: String?
}

/// A list as a window on pages: rows load as they are needed, and a refresh moves nothing under the user's hands.
struct Listing<Element: Identifiable & Sendable, Filter: Hashable & Sendable>: Sendable where Element.ID: Sendable {
    typealias Request = PageRequest<Filter>

    /// What the server leaves out of the rows.
    private(set) var filter: Filter
    private(set) var items: [Element] = []
    /// Whether any page has come yet.
    private(set) var hasLoaded = false
    /// Why the last page that was asked for did not come.
    private(set) var failure: APIError?
    /// Records that could not be read, seen in the pages loaded.
    private(set) var unreadableCount = 0
    /// The server's pages never ended or repeated themselves.
    private(set) var mayBeIncomplete = false

    private var nextCursor: String?
    private var seenCursors: Set<String> = []
    private var emptyPages = 0
    private var generation = 0
    private var refreshing: Request?
    private var loadingMore: Request?
    /// The rows are still those of another filter.
    private var isReplacing = false
    /// What a refresh has collected so far, while it looks for rows that are known already.
    private var fresh: [Element] = []
    private var freshPages = 0
    private var removedIDs: Set<Element.ID> = []

    init(filter: Filter) { self.filter = filter }

    /// A page that brings nothing but a cursor is asked on for this often.
    private static var mostEmptyPages: Int { 3 }
    private static var mostPages: Int { 1_000 }
    /// How many new pages a refresh reads before it lets go of the old rows.
    private static var mostCatchUpPages: Int { 10 }

    var isComplete: Bool { hasLoaded && nextCursor == nil }
    var isLoading: Bool { refreshing != nil || loadingMore != nil }

    /// `12`, `200+`, or nothing before the first answer.
    var countLabel: String {
        guard hasLoaded else { return failure == nil ? "…" : "!" }
        return Format.count(items.count) + (isComplete ? "" : "+")
    }

    /// `1,234 · end`, `200+ loaded`.
    var loadedLabel: String {
        guard hasLoaded else { return "" }
        var label = isComplete ? "\(Format.count(items.count)) · end" : "\(Format.count(items.count))+ loaded"
        if mayBeIncomplete { label = "\(Format.count(items.count)) · list may be incomplete" }
        return unreadableCount == 0 ? label : label + " · \(unreadableCount) unreadable"
    }

    // MARK: Asking

    /// The request for the first page; nil while one is out.
    mutating func refresh() -> Request? {
        guard refreshing == nil else { return nil }
        generation += 1
        fresh = []
        freshPages = 0
        refreshing = Request(filter: filter, cursor: nil, generation: generation)
        return refreshing
    }

    /// The request for the page after the last row; nil when there is none, or something is out, or it just failed.
    mutating func loadMore() -> Request? {
        guard let nextCursor, loadingMore == nil, refreshing == nil, failure == nil else { return nil }
        loadingMore = Request(filter: filter, cursor: nextCursor, generation: generation)
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

    /// Lets go of the rows. What is out brings nothing any more.
    mutating func forget() {
        let generation = generation
        self = Listing(filter: filter)
        self.generation = generation
    }

    /// Forgets what is out, when its answer will not come any more.
    mutating func abandonRequests() {
        refreshing = nil
        loadingMore = nil
    }

    // MARK: Answers

    /// Takes a page over. Returns the next request when the refresh has to read on.
    mutating func receive(_ request: Request, _ result: Result<Page<Element>, APIError>) -> Request? {
        if request == refreshing {
            refreshing = nil
            switch result {
            case .success(let page): return merge(page)
            case .failure(let error): failure = error
            }
        } else if request == loadingMore {
            loadingMore = nil
            switch result {
            case .success(let page): append(page)
            case .failure(let error): failure = error
            }
        }
        return nil
    }

    /// Takes a row out for good: a page that was on its way does not bring it back.
    mutating func remove(_ id: Element.ID) {
        removedIDs.insert(id)
        items.removeAll { $0.id == id }
    }

    func contains(_ id: Element.ID) -> Bool { items.contains { $0.id == id } }

    /// Puts the newest pages before the known rows that follow them. Rows that the new pages should hold and do not
    /// are gone on the server.
    private mutating func merge(_ page: Page<Element>) -> Request? {
        failure = nil
        add(page, to: &fresh)
        freshPages += 1
        unreadableCount = page.unreadableCount
        let lastKnown = items.lastIndex { item in page.data.contains { $0.id == item.id } }
        if page.nextCursor == nil || !hasLoaded || isReplacing || items.isEmpty || freshPages >= Self.mostCatchUpPages {
            adopt(fresh, next: page.nextCursor)
        } else if let lastKnown {
            let ids = Set(fresh.map(\.id))
            items = fresh + items[(lastKnown + 1)...].filter { !ids.contains($0.id) }
        } else {
            refreshing = Request(filter: filter, cursor: page.nextCursor, generation: generation)
            return refreshing
        }
        hasLoaded = true
        isReplacing = false
        fresh = []
        return nil
    }

    private mutating func adopt(_ newItems: [Element], next: String?) {
        items = newItems
        nextCursor = next
        seenCursors = next.map { [$0] } ?? []
        emptyPages = 0
        mayBeIncomplete = false
        loadingMore = nil
    }

    private mutating func append(_ page: Page<Element>) {
        failure = nil
        unreadableCount += page.unreadableCount
        add(page, to: &items)
        emptyPages = page.data.isEmpty ? emptyPages + 1 : 0
        nextCursor = page.nextCursor
        guard let next = nextCursor else { return }
        if !seenCursors.insert(next).inserted || seenCursors.count > Self.mostPages || emptyPages >= Self.mostEmptyPages {
            nextCursor = nil
            mayBeIncomplete = true
        }
    }

    /// Adds the rows that are not there yet: while a list grows at its head, pages overlap.
    private func add(_ page: Page<Element>, to list: inout [Element]) {
        var known = Set(list.map(\.id)).union(removedIDs)
        for element in page.data where known.insert(element.id).inserted { list.append(element) }
    }
}
