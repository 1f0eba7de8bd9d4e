import MaskerAPI
import TerminalKit

/// Checks whether an agent's webhook has the same secret as the console. Stays open until the user closes it.
struct WebhookCheckDialog: DocumentDialog {
    static let keys = ScreenKeys(dialog: "check-webhook", [.closeDialog] + MovementKeys.actions, typing: [.confirm, .cancel])

    private let agent: Agent
    private let place: CheckDestination
    /// Whether the environment has the secret, so that the user need not type it.
    private let hasSecret: Bool
    private var phase = Phase.asking
    private var field = TextField(limit: 1_000, secrecy: .hidden)
    private var problem: PrintableText?
    var box = DocumentDialogBox()

    private enum Phase: Sendable {
        case asking
        case checking
        case done(WebhookCheck)
    }

    enum Command: Sendable { case move(ScrollMove), check, close }

    init(_ agent: Agent, _ context: Context) {
        self.agent = agent
        place = CheckDestination(agent.webhookURL, context.settings)
        hasSecret = context.settings.hasWebhookSecret
    }

    var title: String { "Webhook check" }

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
        guard case .asking = phase, !hasSecret, field.edit(event) else { return nil }
        problem = nil
        return []
    }

    mutating func perform(_ command: Command, _ context: Context) -> [Intent] {
        switch command {
        case .close: return [.close]
        case .move(let move): return scroll(by: move, context)
        case .check where hasSecret:
            phase = .checking
            return [.run(.agents(.checkWebhook(agent, nil)))]
        case .check:
            guard let secret = WebhookSecret(field.text) else {
                problem = "type the secret that signs the request"
                return []
            }
            field.clear()
            phase = .checking
            return [.run(.agents(.checkWebhook(agent, secret)))]
        }
    }

    mutating func receive(_ answer: Answer?, _ context: Context) -> [Intent] {
        if case .agents(.webhookCheck(agent.id, let check))? = answer, case .checking = phase { phase = .done(check) }
        return []
    }

    func draw(on canvas: inout Canvas, in area: Rect, _ context: Context) {
        let inside = drawBox(on: &canvas, in: area, context)
        guard case .asking = phase, !hasSecret else { return }
        // The field is the last line of the document.
        field.draw(on: &canvas, row: inside.row + inside.rows - 2, column: inside.column + 16, width: max(inside.columns - 16, 10))
    }

    // MARK: Content

    func write(to document: inout Document, _ context: Context) {
        document.field("agent", agent.name ?? agent.id.rawValue)
        document.field("webhook URL", agent.webhookURL)
        place.add(to: &document)
        document.blank()
        switch phase {
        case .asking where hasSecret:
            document.paragraph(PrintableText("Sends two assistant-request calls: one unsigned, one signed with MASKER_VAPI_WEBHOOK_SECRET. \(context.settings.keyName(.confirm, on: Self.keys)) sends them; accepted calls stay in the audit log for 7 years."))
        case .asking:
            document.paragraph("Sends two assistant-request calls: one unsigned, one signed. Accepted calls stay in the audit log for 7 years. The secret is used once; set MASKER_VAPI_WEBHOOK_SECRET to avoid typing it.")
            document.blank()
            document.field("secret", "" as PrintableText)
            document.add(problem ?? "", .bad)
        case .checking: document.add("Checking…", .accent)
        case .done(let check): add(check, to: &document)
        }
    }

    private func add(_ check: WebhookCheck, to document: inout Document) {
        switch (check.signed, check.unsigned) {
        case (.answered, .answered):
            document.paragraph("⚠ The webhook answers a signed and an unsigned request: it checks no signature, so the secret could not be compared.", .warning)
        case (.answered, _): document.paragraph("✓ The secrets match: the webhook answers a signed request.", .good)
        case (.refused(let error), _): document.paragraph("✗ The secrets differ (401): " + Wording.answer(error), .bad)
        case (.unknownAgent(let error), _): document.paragraph("✗ The webhook does not know the agent (404): " + Wording.answer(error), .bad)
        case (.failed(let error), _): document.paragraph("✗ " + Wording.unreachable(error), .bad)
        }
        switch check.unsigned {
        case .refused: document.paragraph("✓ The webhook refuses an unsigned request (401).", .good)
        case .answered where check.signed != .answered: document.paragraph("⚠ The webhook answers an unsigned request.", .warning)
        case .failed(let error) where check.signed != check.unsigned: document.paragraph("⚠ The unsigned request failed: " + Wording.failure(error), .warning)
        case .answered, .unknownAgent, .failed: break
        }
        guard check.signed == .answered else { return }
        switch check.modelURL {
        case let url? where AssistantAnswer.isProxy(url, of: agent): document.paragraph("✓ The assistant's model URL is the agent's proxy.", .good)
        case let url?: document.paragraph("⚠ " + PrintableText("The assistant's model URL is not the agent's proxy: \(url)"), .warning)
        case nil: document.paragraph("⚠ The answer contains no model URL.", .warning)
        }
    }
}
