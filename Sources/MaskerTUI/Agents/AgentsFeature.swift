import FoundationEssentials
import MaskerAPI

/// The account's agents: reads, creates, checks and deletes them, and reads the backups of the agents deleted here.
enum AgentsFeature: Feature {
    struct State: Sendable {
        var list: AgentListing
        /// Deletions under way or refused, by agent.
        var deletions: [Identifier<Agent>: Deletion]

        init(list: AgentListing = AgentListing(filter: AgentFilter())) { self.init(list: list, deletions: [:]) }

        init(list: AgentListing, deletions: [Identifier<Agent>: Deletion]) {
            self.list = list
            self.deletions = deletions
        }

        /// The request for the head of the list; none while one is pending.
        mutating func refresh() -> [Effect] { list.refresh().map { [.list($0)] } ?? [] }
    }

    enum Effect: FeatureEffect {
        case list(PageRequest<AgentFilter>)
        case detail(Identifier<Agent>)
        case latestSessions(Identifier<Agent>)
        /// Reads the backups of the agents that this console deleted.
        case deleted
        /// - `by`: the login of the user who deletes it; nil when it is not known.
        case delete(DeletionTarget, by: String?)
        /// Checks whether the agent still exists, after the answer to its deletion was lost.
        case checkPresence(DeletionTarget)
        case create(AgentDraft)
        /// Searches for an agent with the draft's name, after the answer to its creation was lost.
        case findCreated(AgentDraft)
        /// Signs with the secret that the user typed; nil: with the one from the environment.
        case checkWebhook(Agent, WebhookSecret?)
        case checkProxy(Agent)

        var kind: EffectKind {
            switch self {
            case .list, .detail, .latestSessions, .deleted: .read
            case .delete, .create, .checkWebhook, .checkProxy: .change
            case .checkPresence, .findCreated: .once
            }
        }
    }

    enum Change: Sendable {
        /// Reads the next page. The priority is bulk where the list is read to its end.
        case loadMore(RequestPriority)
        /// Reloads the list with another filter.
        case filter(AgentFilter)
        /// Removes the note from an agent's row.
        case dismissNote(Identifier<Agent>)
    }

    enum Answer: FeatureAnswer {
        case list(PageRequest<AgentFilter>, Result<Page<Agent>, APIError>)
        case detail(Identifier<Agent>, Result<AgentDetail, APIError>)
        case latestSessions(Identifier<Agent>, Result<Page<CallSession>, APIError>)
        case deleted(Result<[ArchivedAgent], AgentBackupStore.Problem>)
        case deletion(DeletionTarget, DeletionOutcome)
        case presenceChecked(DeletionTarget, AgentPresence)
        case creation(AgentDraft, CreationOutcome)
        case foundCreated(AgentDraft, Result<Agent?, APIError>)
        case webhookCheck(Identifier<Agent>, WebhookCheck)
        case proxyCheck(Identifier<Agent>, ProxyCheck)

        var failure: APIError? {
            switch self {
            case .list(_, .failure(let error)), .detail(_, .failure(let error)), .latestSessions(_, .failure(let error)),
                .deletion(_, .notSent(let error)), .deletion(_, .failed(let error)), .presenceChecked(_, .unknown(let error)),
                .creation(_, .failed(let error)), .foundCreated(_, .failure(let error)):
                error
            case .proxyCheck(_, let check): check.failure
            // A 401 from a webhook is about the signature, not about the login session.
            case .list, .detail, .latestSessions, .deleted, .deletion, .presenceChecked, .creation, .foundCreated, .webhookCheck: nil
            }
        }

        var isReading: Bool {
            switch self {
            case .list, .detail, .latestSessions, .deleted: true
            case .deletion, .presenceChecked, .creation, .foundCreated, .webhookCheck, .proxyCheck: false
            }
        }
    }

    /// The number of an agent's latest sessions to request.
    static let latestSessions = 8

    static func kept(_ state: State, through departure: Departure) -> State {
        switch departure {
        // The user must still see the outcome of a deletion after the lock.
        case .lock: State(list: state.list.forgotten(), deletions: state.deletions)
        case .account: State()
        }
    }

    static func begins(_ effect: Effect, _ state: inout State, _ world: World) -> Bool {
        if case .delete(let target, _) = effect { state.deletions[target.id] = .deleting }
        return true
    }

    static func change(_ change: Change, _ state: inout State, _ world: World) -> [Intent] {
        switch change {
        case .loadMore(let priority):
            return state.list.loadMore(priority).map { [.run(.agents(.list($0)))] } ?? []
        case .filter(let filter):
            let old = state.list.requestsOut.map { Intent.cancel(.agents(.list($0))) }
            return old + (state.list.restart(with: filter).map { [.run(.agents(.list($0)))] } ?? [])
        case .dismissNote(let id):
            if state.deletions[id]?.isUnderWay == false { state.deletions[id] = nil }
            return [.changed]
        }
    }

    static func receive(_ answer: Answer, isShown: Bool, _ state: inout State, _ world: World) -> [Intent] {
        switch answer {
        case .list(let request, let result):
            if let next = state.list.receive(request, result) { return [.run(.agents(.list(next)))] }
            return state.list.isRefreshing ? [] : [.refreshed(.agents, failure: answer.failure)]
        case .deletion(let target, let outcome): return state.finishDeletion(target, outcome, world)
        case .presenceChecked(let target, let presence): return state.finishLooking(target, presence)
        case .creation(let draft, let outcome): return state.finishCreation(draft, outcome, isShown: isShown, world)
        case .foundCreated(let draft, let result): return state.finishLookingForName(draft, result, isShown: isShown, world)
        case .detail, .latestSessions, .deleted, .webhookCheck, .proxyCheck: return []
        }
    }

    static func run(_ effect: Effect, _ services: Services, _ post: @escaping @Sendable (Answer) -> Void) async -> Answer? {
        let client = services.client
        switch effect {
        case .list(let page):
            return .list(page, await Result(page.priority) { try await client.agents(nameContains: page.filter.nameContains, cursor: page.cursor) })
        case .detail(let id): return .detail(id, await Result { try await client.agent(id) })
        case .latestSessions(let id):
            return .latestSessions(id, await Result { try await client.sessions(of: id, .initial, limit: latestSessions) })
        case .deleted:
            do { return .deleted(.success(try services.deletion.archive.all())) } catch { return .deleted(.failure(error)) }
        case .delete(let target, let login): return .deletion(target, await services.deletion.delete(target, by: login))
        case .checkPresence(let target): return .presenceChecked(target, await services.deletion.presence(of: target))
        case .create(let draft): return .creation(draft, await services.creation.create(draft))
        case .findCreated(let draft): return .foundCreated(draft, await services.creation.find(draft))
        case .checkWebhook(let agent, let secret): return .webhookCheck(agent.id, await services.checks.webhook(of: agent, with: secret))
        case .checkProxy(let agent): return .proxyCheck(agent.id, await services.checks.proxy(of: agent))
        }
    }
}
