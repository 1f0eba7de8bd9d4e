import MaskerAPI

/// Whether an agent's webhook knows the secret that its requests are signed with. Stays until it is dismissed.
struct WebhookCheckDialog: Screen {
    static let keys = ScreenKeys(dialog: "check-webhook", [.closeDialog] + MovementKeys.actions, typing: [.confirm, .cancel])

    private let agent: Agent
    private let place: CheckPlace
    private var phase: Phase
    private var field = TextField(limit: 1_000)
    private var problem: PrintableText?
    private var box = DocumentBox()

    private enum Phase: Sendable {
        /// There is no secret in the environment.
        case asking
        case checking
        case done(WebhookCheck)
    }

    enum Command: Sendable { case move(ScrollMove), check, close }

    private init(_ agent: Agent, _ context: Context) {
        self.agent = agent
        place = CheckPlace(agent.webhookURL, context.settings)
        phase = context.settings.hasWebhookSecret ? .checking : .asking
    }

    /// Checks at once where the secret is known, and asks for it otherwise.
    static func begin(_ agent: Agent, _ context: Context) -> [Intent] {
        let dialog = Intent.present(WebhookCheckDialog(agent, context))
        return context.settings.hasWebhookSecret ? [dialog, .checkWebhook(agent, nil)] : [dialog]
    }

    var title: String { "Webhook check" }
    var presentation: Presentation { .dialog }

    func bindings(_ context: Context) -> [Binding<Command>] {
        if case .asking = phase {
            return [
                Binding(.confirm, hint: "check", "Send an unsigned and a signed request", .check),
                Binding(.cancel, hint: "cancel", "Close without checking", .close),
            ]
        }
        return [Binding(.closeDialog, or: [.confirm], hint: "close", "Close", .close)]
            + MovementKeys.bindings(by: "line", Command.move)
    }

    mutating func edit(_ event: TerminalEvent, _ context: Context) -> [Intent]? {
        guard case .asking = phase, field.edit(event) else { return nil }
        problem = nil
        return []
    }

    mutating func perform(_ command: Command, _ context: Context) -> [Intent] {
        switch command {
        case .close: return [.close]
        case .move(let move): box.move(move, document(context), page: context.dialogRows)
        case .check:
            guard let secret = WebhookSecret(field.text) else {
                problem = "a secret is needed to sign with"
                return []
            }
            field.clear()
            phase = .checking
            return [.checkWebhook(agent, secret)]
        }
        return []
    }

    mutating func receive(_ answer: Answer?, _ context: Context) -> [Intent] {
        if case .webhookCheck(agent.id, let check)? = answer, case .checking = phase { phase = .done(check) }
        return []
    }

    func position(_ context: Context) -> PrintableText { box.position(document(context), page: context.dialogRows) }

    func draw(on canvas: inout Canvas, in area: Rect, _ context: Context) {
        let document = document(context)
        box.draw(PrintableText(title), document, on: &canvas, in: area)
        guard case .asking = phase else { return }
        // The field is the last line of the document.
        let frame = area.centered(columns: document.width + 6, rows: min(document.lines.count + 2, area.rows)).inset(columns: 3, rows: 1)
        field.draw(hidden: true, on: &canvas, row: frame.row + frame.rows - 2, column: frame.column + 16, width: max(frame.columns - 16, 10))
    }

    // MARK: What it shows

    private func document(_ context: Context) -> Document {
        var document = Document(width: DocumentBox.width(context.page.columns))
        document.field("agent", agent.name ?? agent.id.rawValue)
        document.field("webhook URL", agent.webhookURL)
        place.add(to: &document)
        document.blank()
        switch phase {
        case .asking:
            document.paragraph("Vapi's assistant-request is sent unsigned and signed; accepted ones stay in the audit log for 7 years. The secret is used once; MASKER_VAPI_WEBHOOK_SECRET saves typing it.")
            document.blank()
            document.field("secret", "" as PrintableText)
            document.add(problem ?? "", .bad)
        case .checking: document.add("Checking…", .accent)
        case .done(let check): add(check, to: &document)
        }
        return document
    }

    private func add(_ check: WebhookCheck, to document: inout Document) {
        switch (check.signed, check.unsigned) {
        case (.answered, .answered):
            document.paragraph("⚠ A signed request is answered, and so is an unsigned one: no signature is checked, so this tells nothing of the secret.", .warning)
        case (.answered, _): document.paragraph("✓ The secrets match: a signed request is answered.", .good)
        case (.refused(let error), _): document.paragraph("✗ The secrets differ (401): " + Wording.answer(error), .bad)
        case (.unknownAgent(let error), _): document.paragraph("✗ The agent is unknown to its webhook (404): " + Wording.answer(error), .bad)
        case (.failed(let error), _): document.paragraph("✗ " + Wording.unreachable(error), .bad)
        }
        switch check.unsigned {
        case .refused: document.paragraph("✓ An unsigned request is refused (401).", .good)
        case .answered where check.signed != .answered: document.paragraph("⚠ An unsigned request is answered.", .warning)
        case .failed(let error) where check.signed != check.unsigned: document.paragraph("⚠ An unsigned request: " + Wording.failure(error), .warning)
        case .answered, .unknownAgent, .failed: break
        }
        guard check.signed == .answered else { return }
        switch check.modelURL {
        case let url? where AssistantAnswer.isProxy(url, of: agent): document.paragraph("✓ The assistant's model is the agent's proxy.", .good)
        case let url?: document.paragraph("⚠ " + PrintableText("The assistant's model is not at the agent's proxy: \(url)"), .warning)
        case nil: document.paragraph("⚠ The answer names no model.", .warning)
        }
    }
}
