import MaskerAPI

extension KeyAction {
    static let showSessionAgent = KeyAction("session.show-agent", .character("o"))
    static let showLatency = KeyAction("session.show-latency", .character("H"))
    static let saveReport = KeyAction("session.save-report", .character("S"))
}

/// The actions on a session, on every screen that shows one.
enum SessionActions {
    /// The actions of `agentBinding` and `latencyBinding`.
    static let actions: [KeyAction] = [.showSessionAgent, .showLatency]

    static func agentBinding<Command>(_ session: CallSession?, _ command: Command) -> Binding<Command> {
        let refusal = session?.agentID == nil ? "the session names no agent" : nil
        return Binding(.showSessionAgent, hint: "agent", "Open the session's agent", refusal: refusal, command)
    }

    static func latencyBinding<Command>(_ command: Command) -> Binding<Command> {
        Binding(.showLatency, hint: "latency", priority: .low, "Durations of the sessions and their stages", command)
    }

    static func showAgent(of session: CallSession?) -> [Intent] {
        guard let session, let id = session.agentID else { return [] }
        return [.open(.agent(id, name: Known(session.agentName)))]
    }

    /// The key that saves a report. When reports cannot be saved, it is refused with the reason.
    static func saveBinding<Command>(
        _ session: Identifier<CallSession>, _ context: Context, _ command: Command
    ) -> Binding<Command> {
        Binding(
            .saveReport, hint: "save report", "Save the compliance report", refusal: saveRefusal(session, context), command)
    }

    static func saveRefusal(_ session: Identifier<CallSession>, _ context: Context) -> String? {
        if let refusal = ReportWording.refusal(context.settings) ?? context.data.reports.refusal { return refusal }
        return ReportFileName.proposed(session: session.rawValue, date: "") == nil ? "the session's id cannot be a file name" : nil
    }

    static func save(_ session: Identifier<CallSession>, detailRoot: MerkleRoots.Reading?) -> [Intent] {
        [.open(.saveReport(session, detailRoot: Known(detailRoot)))]
    }
}
