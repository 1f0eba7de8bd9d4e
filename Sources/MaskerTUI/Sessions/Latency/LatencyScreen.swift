import MaskerAPI
import TerminalKit

/// The durations of the sessions in the list, and of their stages. Opened from a session, it also marks where that session
/// stands.
struct LatencyScreen: DocumentScreen {
    static let keys = ScreenKeys(page: "latency", MovementKeys.detailActions)

    /// The session to mark; nil for none.
    let marked: Identifier<CallSession>?
    /// The search of the list at the time when this screen was opened.
    private let find: FindField
    private var count: LatencyCount
    private var timing = Loadable<CallTiming>()
    /// The sample of sessions; nil until the list is loaded.
    private var sample: StageSample?
    var scroll = ScrollPosition()

    init(marking marked: Identifier<CallSession>? = nil, find: FindField = FindField(), _ context: Context) {
        self.marked = marked
        self.find = find
        count = LatencyCount(finding: find.text)
        count.update(context.data.sessions.list, limit: context.settings.rowsAtOnce)
        takeSample(context)
    }

    enum Command: Sendable { case move(ScrollMove), back }

    var title: String { "Latency" }
    var isWorking: Bool { count.isWorking }

    /// The requests to send: the marked session's own durations first, then the sample's, two at a time.
    var requests: [Effect] {
        let own = timing.value == nil ? marked : nil
        return ([own].compactMap { $0 } + (sample?.out ?? []).filter { $0 != own }).map { .sessions(.timing($0)) }
    }

    func bindings(_ context: Context) -> [Binding<Command>] { MovementKeys.detail(back: Command.back, Command.move) }

    mutating func perform(_ command: Command, _ context: Context) -> [Intent] {
        switch command {
        case .move(let move): return scroll(by: move, context)
        case .back: return [.close]
        }
    }

    mutating func receive(_ answer: Answer?, _ context: Context) -> [Intent] {
        defer { fitScroll(context) }
        if case .sessions(.timing(let id, let result))? = answer {
            if id == marked { timing.receive(result) }
            sample?.receive(id, result.map(\.stages))
            return ask()
        }
        count.update(context.data.sessions.list, limit: context.settings.rowsAtOnce)
        return sample == nil ? takeSample(context) : []
    }

    @discardableResult
    private mutating func takeSample(_ context: Context) -> [Intent] {
        guard !isWorking else { return [] }
        let ids = count.sample(of: context.data.sessions.list.items)
        guard !ids.isEmpty else { return [] }
        sample = StageSample(ids)
        return ask()
    }

    private mutating func ask() -> [Intent] { (sample?.next() ?? []).map { .run(.sessions(.timing($0))) } }

    mutating func forget() {
        count = LatencyCount(finding: find.text)
        timing = Loadable()
        sample = nil
    }

    // MARK: Content

    func write(to document: inout Document, _ context: Context) {
        let trail = marked.map { "Sessions › \($0.rawValue) › " } ?? "Sessions › "
        document.add([Span(PrintableText(trail), .faint), Span(PrintableText(title), .title)])
        let listing = context.data.sessions.list, table = count.table
        let searched = find.text.isEmpty ? "" : " · with “\(find.text)”"
        document.add([
            Span(listing.filter.text(agents: context.data.agents.list, context.clock), .accent), Span(PrintableText(searched), .accent),
            Span(PrintableText(" · from \(Format.count(table.all.counts.count)) sessions\(listing.isComplete ? "" : " that are loaded")" + (isWorking ? " · counted \(Int(100 * count.progress)) %" : "")), .faint),
        ])
        if let failure = listing.failure { document.paragraph("⚠ not up to date: " + Wording.failure(failure) + context.settings.triesAgain, .warning) }
        let sections = LatencySections(table: table, own: timing.value, marked: marked, isPlain: context.settings.isPlain)
        sections.addOwn(failure: timing.failure, to: &document)
        sections.addQuantiles(to: &document)
        sections.addRanges(to: &document)
        sections.addStages(sample, to: &document)
    }
}
