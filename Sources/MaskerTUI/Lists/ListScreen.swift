import MaskerAPI
import TerminalKit

/// A page that shows one of the account's lists: it has a cursor, a search, and loads further pages when they are needed.
protocol ListScreen: Screen {
    associatedtype Rows: RowStore
    associatedtype Filter: Hashable & Sendable

    var body: ListBody<Rows> { get set }
    static func columns(_ clock: Clock) -> [ListColumn<Rows>]
    static func listing(_ data: FeatureStates) -> PagedList<Rows, Filter>
    static func layout(_ layouts: ListLayouts) -> ListLayout
    /// The intent that requests the page after the last row.
    static func loadMore(_ priority: RequestPriority) -> Intent
    /// The number of rows that fit on the screen.
    func pageRows(_ context: Context) -> Int
    /// Whether the cursor stays on the first row when new rows arrive above it.
    func staysOnTop(_ context: Context) -> Bool
    /// The requests to send after the search text (`/`) has changed.
    func found(_ context: Context) -> [Intent]
    /// Reads further pages without a key, as far as they are needed. Called after every change of the list.
    mutating func readOn(_ context: Context) -> [Intent]
}

extension ListScreen {
    var isTyping: Bool { body.find.isTyping }
    var isWorking: Bool { body.isWorking }

    func staysOnTop(_ context: Context) -> Bool { false }

    func selected(_ context: Context) -> Rows.Element? { body.selected(Self.listing(context.data)) }

    mutating func move(_ move: ScrollMove, _ context: Context) -> [Intent] {
        body.move(move, Self.listing(context.data), page: pageRows(context))
        return loadMoreIfNear(context, move == .last ? .bulk : .interactive)
    }

    /// A click selects a row; a click on the selected row does what Enter does.
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
        reconcile(context)
        return found(context)
    }

    mutating func receive(_ answer: Answer?, _ context: Context) -> [Intent] {
        // A list that was cleared, as by the lock, is no reason to move the cursor.
        guard Self.listing(context.data).hasLoaded else {
            if isWorking { body.forget() }
            return []
        }
        reconcile(context)
        return readOn(context)
    }

    func readOn(_ context: Context) -> [Intent] { loadMoreIfNear(context, .bulk) }

    mutating func reconcile(_ context: Context) {
        body.reconcile(
            Self.listing(context.data), Self.layout(context.data.lists.layouts), Self.columns(context.clock), page: pageRows(context),
            limit: context.settings.rowsAtOnce, staysOnTop: staysOnTop(context))
    }

    mutating func forget() { body.forget() }

    func position(_ context: Context) -> PrintableText {
        guard isWorking else { return PrintableText(Self.listing(context.data).loadedLabel) }
        return PrintableText("\(body.find.text.isEmpty ? "sorted" : "searched") \(Int(100 * body.progress)) %")
    }

    func loadMoreIfNear(_ context: Context, _ priority: RequestPriority) -> [Intent] {
        // Rows that were not searched yet may be shown below the last one.
        !isWorking && body.isNearEnd(Self.listing(context.data), page: pageRows(context)) ? [Self.loadMore(priority)] : []
    }
}
