import MaskerAPI
import TerminalKit

extension AgentsFeature.State {
    /// What became of an order: the form that it came from says so, or a notice when that is closed. Nothing is ever sent again by
    /// itself.
    mutating func finishCreation(_ draft: AgentDraft, _ outcome: CreationOutcome, isShown: Bool, _ world: World) -> [Intent] {
        switch outcome {
        case .created: return readCreated(draft, isShown: isShown, world)
        case .failed(let error) where error.leavesOutcomeUnknown: return [.run(.agents(.findCreated(draft)))]
        case .failed where isShown, .notRead where isShown: return []
        case .failed(let error): return [.notify(Notice(.failed, PrintableText("\(draft.name) was not created: ") + Wording.failure(error)))]
        case .notRead(let reason): return [.notify(Notice(.failed, "\(draft.name) was not created: the policy's file: \(reason)"))]
        }
    }

    /// The name was looked for after the answer to the creation was lost.
    mutating func finishLookingForName(_ draft: AgentDraft, _ result: Result<Agent?, APIError>, isShown: Bool, _ world: World) -> [Intent] {
        switch result {
        case .success(.some): readCreated(draft, isShown: isShown, world)
        case .success(nil) where isShown, .failure where isShown: []
        case .success(nil): [.notify(Notice(.failed, "the answer was lost, and there is no \(draft.name): it was not created"))]
        case .failure: [.notify(Notice(.failed, "the answer was lost: unknown whether \(draft.name) was created"))]
        }
    }

    /// Reads the list anew: what is out may have been answered before the agent was there.
    private mutating func readCreated(_ draft: AgentDraft, isShown: Bool, _ world: World) -> [Intent] {
        let notice: [Intent] = isShown ? [] : [.notify(Notice(.done, "\(draft.name) is created"))]
        guard !world.isClosed else { return notice }
        let old = list.requestsOut.map { Intent.cancel(.agents(.list($0))) }
        list.abandonRequests()
        return notice + old + refresh().map { .run(.agents($0)) }
    }
}
