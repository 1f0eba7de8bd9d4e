import MaskerAPI

extension KeyAction {
    static let createAgent = KeyAction("agent.create", .character("n"))
    static let deleteAgent = KeyAction("agent.delete", .character("d"))
    static let checkWebhook = KeyAction("agent.check-webhook", .character("w"))
    static let checkProxy = KeyAction("agent.check-proxy", .character("x"))
    static let showAgentSessions = KeyAction("agent.show-sessions", .character("o"))
    static let dismissAgentNote = KeyAction("agent.dismiss-note", .enter)
}

/// The actions on an agent, on every screen that shows one.
enum AgentAction: Sendable { case create, delete, checkWebhook, checkProxy }

/// The key bindings of these actions, and what each of them opens.
enum AgentActions {
    /// The actions that `bindings` returns.
    static let actions: [KeyAction] = [.deleteAgent, .checkWebhook, .checkProxy]

    /// Opens the list of sessions and filters it by this agent; the rest of its filter stays.
    static func showSessions(of id: Identifier<Agent>, _ context: Context) -> [Intent] {
        var filter = context.data.sessions.list.filter
        filter.agentID = id
        return [.change(.sessions(.filter(filter))), .select(.sessions)]
    }

    /// - Parameter agent: the agent to act on; nil when there is none.
    static func bindings<Command>(_ agent: Agent?, _ context: Context, _ command: (AgentAction) -> Command) -> [Binding<Command>] {
        let refusal = context.settings.readOnlyRefusal ?? (agent == nil ? "there is no agent to check" : nil)
        return [
            delete(agent, context, command(.delete)),
            Binding(.checkWebhook, hint: "check webhook", priority: .low, "Check the agent's webhook and its secret", refusal: refusal, command(.checkWebhook)),
            Binding(.checkProxy, hint: "check proxy", priority: .low, "Check the agent's proxy, after asking", refusal: refusal, command(.checkProxy)),
        ]
    }

    /// The key that creates an agent; only lists have it.
    static func create<Command>(_ context: Context, _ command: Command) -> Binding<Command> {
        Binding(
            .createAgent, hint: lacksRight(context) ? "new (no agents:write)" : "new", "Create an agent",
            refusal: context.settings.readOnlyRefusal, command)
    }

    static func begin(_ action: AgentAction, _ agent: Agent?) -> [Intent] {
        switch action {
        case .create: return [.open(.createAgent(again: Known()))]
        case .delete: return agent.map { [.open(.deleteAgent($0.id, Known($0)))] } ?? []
        case .checkWebhook: return agent.map { [.open(.checkWebhook($0.id, Known($0)))] } ?? []
        case .checkProxy: return agent.map { [.open(.checkProxy($0.id, Known($0)))] } ?? []
        }
    }

    private static func lacksRight(_ context: Context) -> Bool { context.data.account.user.value?.lacks(.writeAgents) == true }

    /// The hint warns when the user's role or permissions are known not to suffice; the server still decides.
    private static func delete<Command>(_ agent: Agent?, _ context: Context, _ command: Command) -> Binding<Command> {
        let isAdmin = context.data.account.user.value?.mayAdminister
        var refusal = context.settings.readOnlyRefusal
        if let agent {
            if context.data.agents.deletions[agent.id]?.isUnderWay == true { refusal = refusal ?? "its deletion is under way" }
        } else {
            refusal = refusal ?? "there is no agent to delete"
        }
        return Binding(
            .deleteAgent, hint: isAdmin == false ? "admin only" : lacksRight(context) ? "delete (no agents:write)" : "delete",
            "Delete the agent, after asking (admins only)", refusal: refusal, command)
    }
}
