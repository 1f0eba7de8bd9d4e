import MaskerAPI

/// What became of an order: the form that it came from says so, or a notice when that is closed. Nothing is ever sent
/// again by itself.
func finishCreation(_ order: AgentOrder, _ outcome: CreationOutcome, _ state: inout AppState) -> [Effect] {
    switch outcome {
    case .created(let agent):
        return showCreated(agent, order, isCertain: true, &state)
    case .failed(let error) where error.leavesOutcomeUnknown:
        return [.lookForName(order)]
    case .failed(let error):
        if form(of: order, state) == nil { notify(Notice(.failed, PrintableText("\(order.name) was not created: ") + Wording.failure(error)), &state) }
    case .notRead(let reason):
        if form(of: order, state) == nil { notify(Notice(.failed, "\(order.name) was not created: the policy's file: \(reason)"), &state) }
    }
    return []
}

/// The name was looked for after the answer to the creation was lost.
func finishLookingForName(_ order: AgentOrder, _ result: Result<Agent?, APIError>, _ state: inout AppState) -> [Effect] {
    switch result {
    case .success(let agent?):
        return showCreated(agent, order, isCertain: false, &state)
    case .success(nil):
        if form(of: order, state) == nil { notify(Notice(.failed, "the answer was lost, and there is no \(order.name): it was not created"), &state) }
    case .failure:
        if form(of: order, state) == nil { notify(Notice(.failed, "the answer was lost: unknown whether \(order.name) was created"), &state) }
    }
    return []
}

/// Puts what was made in the place of the form, and reads the list anew.
private func showCreated(_ agent: Agent, _ order: AgentOrder, isCertain: Bool, _ state: inout AppState) -> [Effect] {
    if let index = form(of: order, state), let form = state.overlays[index] as? CreateAgentDialog {
        var dialog = CreatedAgentDialog(agent: agent, insteadOf: form.replaced, isCertain: isCertain)
        // While the console is locked nothing of the account is kept; the list has it afterwards.
        if state.isLocked { dialog.forget() }
        state.overlays[index] = dialog
        state.notice = nil
    } else {
        notify(Notice(.done, "\(order.name) is created"), &state)
    }
    guard !state.isClosed else { return [] }
    // What is out may have been answered before the agent was there.
    let old = state.data.agents.requestsOut.map { Effect.cancel(.agents($0)) }
    state.data.agents.abandonRequests()
    return old + (state.data.agents.refresh().map { [.fetch(.agents($0))] } ?? [])
}

/// Where the form of an order is.
private func form(of order: AgentOrder, _ state: AppState) -> Int? {
    state.overlays.firstIndex { ($0 as? CreateAgentDialog)?.sent == order }
}
