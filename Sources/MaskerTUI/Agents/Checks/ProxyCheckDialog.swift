import MaskerAPI
import TerminalKit

/// Sends one completion through an agent's proxy. Asks first, because it may cost money. Stays open until it is closed.
struct ProxyCheckDialog: DocumentDialog {
    static let keys = ScreenKeys(dialog: "check-proxy", [.confirm, .otherButton, .cancel, .closeDialog] + MovementKeys.actions)

    private let agent: Agent
    private let place: CheckDestination
    private var phase = Phase.asking(isConfirming: false)
    var box = DocumentDialogBox()

    private enum Phase: Sendable {
        case asking(isConfirming: Bool)
        case checking
        case done(ProxyCheck)
    }

    enum Command: Sendable { case move(ScrollMove), other, enter, close }

    init(_ agent: Agent, _ context: Context) {
        self.agent = agent
        place = CheckDestination(agent.proxyURL, context.settings)
    }

    var title: String { "Proxy check" }

    func bindings(_ context: Context) -> [Binding<Command>] {
        switch phase {
        case .asking(let isConfirming):
            [
                Binding(.confirm, hint: isConfirming ? "send" : "cancel", "Press the button that has the focus", .enter),
                Binding(.otherButton, hint: "other", "To the other button", .other),
                Binding(.cancel, hint: "cancel", "Close without sending", .close),
            ]
        case .checking: [Binding(.closeDialog, hint: "close", "Close; the request that was sent goes on", .close)]
        case .done:
            [
                Binding(.confirm, hint: session == nil ? "close" : "open session", "Open the session that it created", .enter),
                Binding(.closeDialog, hint: "close", "Close", .close),
            ] + MovementKeys.bindings(by: "line", Command.move)
        }
    }

    private var session: CallSession? {
        guard case .done(let check) = phase, case .found(let session, _) = check.session else { return nil }
        return session
    }

    mutating func perform(_ command: Command, _ context: Context) -> [Intent] {
        switch (command, phase) {
        case (.close, _): return [.close]
        case (.move(let move), _): return scroll(by: move, context)
        case (.other, .asking(let isConfirming)): phase = .asking(isConfirming: !isConfirming)
        case (.enter, .asking(isConfirming: true)):
            phase = .checking
            return [.run(.agents(.checkProxy(agent)))]
        case (.enter, .asking): return [.close]
        case (.enter, .done): return [.close] + (session.map { [.show(.sessions), .open(.session($0.id, Known($0)))] } ?? [])
        case (.enter, .checking), (.other, _): break
        }
        return []
    }

    mutating func receive(_ answer: Answer?, _ context: Context) -> [Intent] {
        if case .agents(.proxyCheck(agent.id, let check))? = answer, case .checking = phase { phase = .done(check) }
        return []
    }

    func draw(on canvas: inout Canvas, in area: Rect, _ context: Context) {
        let inside = drawBox(on: &canvas, in: area, context)
        guard case .asking(let isConfirming) = phase else { return }
        // The buttons are the last line of the document.
        let row = inside.row + inside.rows - 1
        let used = Box.button("Cancel", focused: !isConfirming, on: &canvas, row: row, column: inside.column)
        Box.button("Send", focused: isConfirming, style: .warning, on: &canvas, row: row, column: inside.column + used + 2)
    }

    // MARK: Content

    func write(to document: inout Document, _ context: Context) {
        document.field("agent", agent.name ?? agent.id.rawValue)
        document.field("upstream", agent.upstream?.rawValue)
        document.field("proxy URL", agent.proxyURL)
        place.add(to: &document)
        document.blank()
        switch phase {
        case .asking:
            document.paragraph("One short completion is sent through the proxy, with made-up identifiers. A real upstream may charge for it, and it creates a session.", .warning)
            document.blank()
            document.blank()
        case .checking: document.add("Sending…", .accent)
        case .done(let check): add(check, context.clock, to: &document)
        }
    }

    private func add(_ check: ProxyCheck, _ clock: Clock, to document: inout Document) {
        switch check.answer {
        case .completed(let answer):
            document.paragraph("✓ The proxy answered 200.", .good)
            document.field("model", answer.model)
        case .failed(let error) where error.kind == .notFound:
            document.paragraph("✗ The proxy does not know the agent (404): " + Wording.answer(error), .bad)
        case .failed(let error) where error.kind == .unauthenticated && !error.asksForSignIn:
            document.paragraph(
                "✗ The proxy requires signed requests (401). This check does not sign, and most platforms do not either: " + Wording.answer(error), .bad)
        case .failed(let error): document.paragraph("✗ " + Wording.unreachable(error), .bad)
        case .notSent(let error): document.paragraph("✗ Nothing was sent: " + Wording.failure(error), .bad)
        }
        if let milliseconds = check.milliseconds { document.field("latency", Format.milliseconds(milliseconds)) }
        switch check.session {
        case .notLooked: break
        case .notFound: document.paragraph("⚠ Its session was not found yet; it may appear later under Sessions.", .warning)
        case .failed(let error): document.paragraph("⚠ Searching for its session failed: " + Wording.failure(error), .warning)
        case .found(let session, let count): add(session, among: count, clock, to: &document)
        }
    }

    private func add(_ session: CallSession, among count: Int, _ clock: Clock, to document: inout Document) {
        document.heading("Its session")
        if count > 1 {
            document.paragraph(PrintableText("\(count) sessions of the agent began meanwhile; this is the first of them, and may belong to another caller."), .warning)
        }
        let status = CellText.status(session.status)
        document.field("id", session.id.rawValue)
        document.field("status", status.text, status.style)
        document.field("started", session.startedAt.map(clock.full))
        document.field("duration", session.durationMS.map(Format.milliseconds))
        document.field("redactions", session.redactionsByKind.map(Format.kinds))
    }
}
