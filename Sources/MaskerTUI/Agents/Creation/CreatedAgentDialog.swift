import MaskerAPI

/// What was made: its new URLs, and what has to be changed where it takes the place of another.
struct CreatedAgentDialog: Screen {
    static let keys = ScreenKeys(dialog: "created-agent", [.confirm, .closeDialog] + CopyKeys.agentActions + MovementKeys.actions)

    private let id: Identifier<Agent>
    private let name: String
    /// As the server answered; gone once the console has locked.
    private var agent: Agent?
    private var replaced: Agent?
    private let isAgain: Bool
    /// The answer said so, not only the list afterwards.
    private let isCertain: Bool
    private var box = DocumentBox()

    init(agent: Agent, insteadOf replaced: Agent?, isCertain: Bool) {
        id = agent.id
        name = agent.name ?? agent.id.rawValue
        self.agent = agent
        self.replaced = replaced
        isAgain = replaced != nil
        self.isCertain = isCertain
    }

    enum Command: Sendable { case move(ScrollMove), open, close, copy(CopiedText?) }

    var title: String { "The new agent" }
    var presentation: Presentation { .dialog }
    var staysThroughLock: Bool { true }

    func bindings(_ context: Context) -> [Binding<Command>] {
        [
            Binding(.confirm, hint: "open", "Open the agent", .open),
            Binding(.closeDialog, hint: "close", "Close; the agent's own view has the URLs, too", .close),
        ] + CopyKeys.agent(agent ?? context.data.agents[id], context, isHinted: true, Command.copy) + MovementKeys.bindings(by: "line", Command.move)
    }

    mutating func perform(_ command: Command, _ context: Context) -> [Intent] {
        switch command {
        case .move(let move):
            box.move(move, document(context), page: context.dialogRows)
            return []
        case .open: return [.close, .show(.agents), .open(AgentDetailScreen(id: id, name: name))]
        case .close: return [.close]
        case .copy(let text): return CopyKeys.intents(text)
        }
    }

    mutating func forget() {
        agent = nil
        replaced = nil
    }

    func position(_ context: Context) -> PrintableText { box.position(document(context), page: context.dialogRows) }

    func draw(on canvas: inout Canvas, in area: Rect, _ context: Context) {
        box.draw(PrintableText(title), document(context), on: &canvas, in: area)
    }

    private func document(_ context: Context) -> Document {
        var document = Document(width: DocumentBox.width(context.page.columns))
        let agent = agent ?? context.data.agents[id]
        if isCertain {
            document.paragraph("✓ " + PrintableText("\(name) is created."), .good)
        } else {
            let since = agent?.createdAt.map { ", made " + context.clock.moment($0) } ?? ""
            document.paragraph("⚠ " + PrintableText("The answer was lost, but \(name) is there now\(since): it was created."), .warning)
        }
        document.blank()
        document.field("id", id.rawValue)
        document.field("webhook URL", agent?.webhookURL)
        document.field("proxy URL", agent?.proxyURL)
        if isAgain { addChanges(to: &document) }
        return document
    }

    private func addChanges(to document: inout Document) {
        document.heading("To be changed by hand")
        document.paragraph("In Vapi, the server URL that is the old webhook URL; wherever a model's URL is the old proxy URL (Vapi, Bolna); whatever names the old id.")
        document.blank()
        document.field("old id", replaced?.id.rawValue)
        document.field("old webhook", replaced?.webhookURL)
        document.field("old proxy", replaced?.proxyURL)
    }
}
