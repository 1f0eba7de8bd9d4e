import MaskerAPI
import TerminalKit

/// A new agent, and the deleted one that it replaces.
struct CreatedAgent: Sendable {
    let agent: Agent
    let replaced: Agent?
    /// Whether the answer confirmed the creation; false when the answer was lost and the list has the agent.
    let isCertain: Bool
}

/// Shows a new agent with its URLs and, when it replaces a deleted one, what the user has to change elsewhere.
struct CreatedAgentDialog: DocumentDialog {
    static let keys = ScreenKeys(dialog: "created-agent", [.confirm, .closeDialog] + CopyKeys.agentActions + MovementKeys.actions)

    private let id: Identifier<Agent>
    private let name: String
    /// The agent in the server's answer; nil after the console was locked.
    private var agent: Agent?
    private var replaced: Agent?
    private let isAgain: Bool
    /// Whether the answer confirmed the creation; false when the answer was lost and the list has the agent.
    private let isCertain: Bool
    var box = DocumentDialogBox()

    init(_ created: CreatedAgent) {
        id = created.agent.id
        name = created.agent.name ?? created.agent.id.rawValue
        agent = created.agent
        replaced = created.replaced
        isAgain = created.replaced != nil
        isCertain = created.isCertain
    }

    enum Command: Sendable { case move(ScrollMove), open, close, copy(CopiedText?) }

    var title: String { "The new agent" }
    var staysThroughLock: Bool { true }

    func bindings(_ context: Context) -> [Binding<Command>] {
        [
            Binding(.confirm, hint: "open", "Open the agent", .open),
            Binding(.closeDialog, hint: "close", "Close; the agent's page shows the URLs, too", .close),
        ] + CopyKeys.agent(agent ?? context.data.agents.list[id], context, isHinted: true, Command.copy) + MovementKeys.bindings(by: "line", Command.move)
    }

    mutating func perform(_ command: Command, _ context: Context) -> [Intent] {
        switch command {
        case .move(let move): return scroll(by: move, context)
        case .open: return [.close, .show(.agents), .open(.agent(id, name: Known(name)))]
        case .close: return [.close]
        case .copy(let text): return CopyKeys.intents(text, context)
        }
    }

    mutating func forget() {
        agent = nil
        replaced = nil
    }

    func write(to document: inout Document, _ context: Context) {
        let agent = agent ?? context.data.agents.list[id]
        if isCertain {
            document.paragraph("✓ " + PrintableText("\(name) is created."), .good)
        } else {
            let since = agent?.createdAt.map { ", created " + context.clock.moment($0) } ?? ""
            document.paragraph("⚠ " + PrintableText("The answer was lost, but \(name) exists now\(since): it was created."), .warning)
        }
        document.blank()
        document.field("id", id.rawValue)
        document.field("webhook URL", agent?.webhookURL)
        document.field("proxy URL", agent?.proxyURL)
        if isAgain { addChanges(to: &document) }
    }

    private func addChanges(to document: inout Document) {
        document.heading("Change by hand")
        document.paragraph("In Vapi, replace the old webhook URL (server URL); in Vapi and Bolna, the old proxy URL (model URL); elsewhere, the old id.")
        document.blank()
        document.field("old id", replaced?.id.rawValue)
        document.field("old webhook", replaced?.webhookURL)
        document.field("old proxy", replaced?.proxyURL)
    }
}
