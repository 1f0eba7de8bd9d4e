import MaskerAPI
import TerminalKit

extension AgentsFeature.State {
    /// Reports the outcome of a creation in its form, or in a notice when the form is closed. The console never repeats a
    /// request that creates.
    mutating func finishCreation(_ draft: AgentDraft, _ outcome: CreationOutcome, isShown: Bool, _ world: World) -> [Intent] {
        switch outcome {
        case .created: return readCreated(draft, isShown: isShown, world)
        case .failed(let error) where error.leavesOutcomeUnknown: return [.run(.agents(.findCreated(draft)))]
        case .failed where isShown, .notRead where isShown: return []
        case .failed(let error): return [.notify(Notice(.failed, PrintableText("\(draft.name) was not created: ") + Wording.failure(error)))]
        case .notRead(let reason): return [.notify(Notice(.failed, "\(draft.name) was not created: policy file: \(reason)"))]
        }
    }

    /// Reports the result of the search for the name, after the answer to the creation was lost.
    mutating func finishLookingForName(_ draft: AgentDraft, _ result: Result<Agent?, APIError>, isShown: Bool, _ world: World) -> [Intent] {
        switch result {
        case .success(.some): readCreated(draft, isShown: isShown, world)
        case .success(nil) where isShown, .failure where isShown: []
        case .success(nil): [.notify(Notice(.failed, "the answer was lost, and no agent is called \(draft.name): it was not created"))]
        case .failure: [.notify(Notice(.failed, "the answer was lost: unknown whether \(draft.name) was created"))]
        }
    }

    /// Reloads the list: the answer to a pending request may be older than the new agent.
    private mutating func readCreated(_ draft: AgentDraft, isShown: Bool, _ world: World) -> [Intent] {
        let notice: [Intent] = isShown ? [] : [.notify(Notice(.done, "\(draft.name) is created"))]
        guard !world.isClosed else { return notice }
        let old = list.requestsOut.map { Intent.cancel(.agents(.list($0))) }
        list.abandonRequests()
        return notice + old + refresh().map { .run(.agents($0)) }
    }
}
