import MaskerAPI
import TerminalKit

/// A page that is one of the account's lists: the cursor, what is looked for, and reading on as it is needed.
protocol ListScreen: Screen {
    associatedtype Rows: RowStore
    associatedtype Filter: Hashable & Sendable

    var body: ListBody<Rows> { get set }
    static func columns(_ clock: Clock) -> [ListColumn<Rows>]
    static func listing(_ data: FeatureStates) -> Listing<Rows, Filter>
    static func look(_ looks: ListLooks) -> ListLook
    /// What asks for the page after the last row.
    static func loadMore(_ priority: RequestPriority) -> Intent
    /// How many rows are seen at once.
    func pageRows(_ context: Context) -> Int
    /// Whether the cursor stays at the head of the list when rows come above it.
    func staysOnTop(_ context: Context) -> Bool
    /// What is asked for when what was typed behind `/` has changed.
    func found(_ context: Context) -> [Intent]
}

extension ListScreen {
    var isTyping: Bool { body.find.isTyping }

    func staysOnTop(_ context: Context) -> Bool { false }

    func selected(_ context: Context) -> Rows.Element? { body.selected(Self.listing(context.data)) }

    mutating func move(_ move: ScrollMove, _ context: Context) -> [Intent] {
        body.move(move, Self.listing(context.data), page: pageRows(context))
        return loadMoreIfNear(context, move == .last ? .bulk : .interactive)
    }

    /// A click selects a row; on the one that is selected it does what Enter does.
    mutating func click(row: Int, _ context: Context) -> [Intent] {
        row == body.cursor.index ? pressAsByDefault(.enter, context) ?? [] : move(.by(row - body.cursor.index), context)
    }

    mutating func edit(_ event: TerminalEvent, _ context: Context) -> [Intent]? {
        let before = body.find.text
        guard body.find.edit(event) else { return nil }
        return body.find.text == before ? [] : search(context)
    }

    mutating func stopFinding(_ context: Context) -> [Intent] {
        body.find.clear()
        return search(context)
    }

    private mutating func search(_ context: Context) -> [Intent] {
        settle(context)
        return found(context)
    }

    mutating func receive(_ answer: Answer?, _ context: Context) -> [Intent] {
        // A list that was let go of, as by the lock, is no reason to leave the place.
        guard Self.listing(context.data).hasLoaded else { return [] }
        settle(context)
        return loadMoreIfNear(context, .bulk)
    }

    mutating func settle(_ context: Context) {
        body.settle(
            Self.listing(context.data), Self.look(context.data.lists.looks), Self.columns(context.clock), page: pageRows(context),
            staysOnTop: staysOnTop(context))
    }

    mutating func forget() { body.forget() }

    func position(_ context: Context) -> PrintableText { PrintableText(Self.listing(context.data).loadedLabel) }

    func loadMoreIfNear(_ context: Context, _ priority: RequestPriority) -> [Intent] {
        body.isNearEnd(Self.listing(context.data), page: pageRows(context)) ? [Self.loadMore(priority)] : []
    }
}
