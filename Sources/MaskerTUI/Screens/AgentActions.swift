import MaskerAPI

/// What can be done with an agent, wherever it is shown.
enum AgentActions {
    /// The list of sessions, with this agent's only; the rest of its filter stays.
    static func showSessions(of id: Identifier<Agent>, _ context: Context) -> [Intent] {
        var filter = context.data.sessions.filter
        filter.agentID = id
        return [.filterSessions(filter), .select(.sessions)]
    }

    /// `d`, marked beforehand when the role is known not to suffice; the server still decides. Read-only there is none.
    static func deleteBindings<Command>(_ agent: Agent?, _ context: Context, _ command: Command) -> [Binding<Command>] {
        guard !context.settings.isReadOnly else { return [] }
        let isAdmin = context.data.user.value?.mayAdminister
        var refusal: String?
        if let agent {
            if context.data.deletions[agent.id]?.isUnderWay == true { refusal = "its deletion is under way" }
        } else {
            refusal = "there is no agent to delete"
        }
        return [
            Binding(
                [.character("d")], hint: isAdmin == false ? "admin only" : "delete",
                "Delete the agent, after asking (admins only)", refusal: refusal, command)
        ]
    }
}
