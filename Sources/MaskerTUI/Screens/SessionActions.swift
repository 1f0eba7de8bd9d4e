import MaskerAPI

/// What can be done with a call session, wherever it is shown.
enum SessionActions {
    static func agentBinding<Command>(_ session: CallSession?, _ command: Command) -> Binding<Command> {
        let refusal = session?.agentID == nil ? "the session names no agent" : nil
        return Binding([.character("o")], hint: "agent", "Open the session's agent", refusal: refusal, command)
    }

    static func latencyBinding<Command>(_ command: Command) -> Binding<Command> {
        Binding([.character("H")], "How long the sessions took, and their stages", command)
    }

    static func showAgent(of session: CallSession?) -> [Intent] {
        guard let session, let id = session.agentID else { return [] }
        return [.open(AgentDetailScreen(id: id, name: session.agentName))]
    }
}
