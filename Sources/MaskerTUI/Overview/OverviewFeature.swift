import FoundationEssentials
import MaskerAPI

/// The overview of the account: figures for a window of time, and for a sample of its sessions.
package enum OverviewFeature: Feature {
    typealias State = OverviewReaders

    package enum Effect: FeatureEffect {
        case page(PageRequest<SessionFilter>)
        /// Reads the stages of one session of the sample.
        case timing(Identifier<CallSession>)

        var kind: EffectKind {
            switch self {
            case .page, .timing: .read
            }
        }
    }

    enum Change: Sendable {
        case window(OverviewWindow)
    }

    package enum Answer: FeatureAnswer {
        case page(PageRequest<SessionFilter>, Result<Page<CallSession>, APIError>)
        case timing(Identifier<CallSession>, Result<CallTiming, APIError>)

        var failure: APIError? {
            switch self {
            case .page(_, .failure(let error)), .timing(_, .failure(let error)): error
            case .page, .timing: nil
            }
        }

        var isReading: Bool {
            switch self {
            case .page, .timing: true
            }
        }
    }

    static func kept(_ state: OverviewReaders, through departure: Departure) -> OverviewReaders {
        switch departure {
        case .lock: state.forgotten(window: state.window)
        case .account: state.forgotten(window: .day)
        }
    }

    /// Changes the window. The requests for the earlier window are cancelled.
    static func change(_ change: Change, _ state: inout OverviewReaders, _ world: World) -> [Intent] {
        switch change {
        case .window(let window):
            let out = state.shown?.requestsOut ?? []
            state.update { $0.abandonRequests() }
            state.select(window)
            return out.map { .cancel(.overview($0)) } + [.changed]
        }
    }

    static func receive(_ answer: Answer, isShown: Bool, _ state: inout OverviewReaders, _ world: World) -> [Intent] {
        state.update { $0.receive(answer, now: world.serverTime, steady: world.now) }
        return []
    }

    /// Reads only while the overview is shown. Leaving it pauses the reading.
    static func needs(_ state: inout OverviewReaders, _ world: World) -> [Effect] {
        guard world.tab == .overview, !world.isClosed else { return [] }
        return state.withShown(world.serverTime) { $0.requests(now: world.serverTime, steady: world.now) }
    }

    static func run(_ effect: Effect, _ services: Services, _ post: @escaping @Sendable (Answer) -> Void) async -> Answer? {
        await run(effect, services.client)
    }

    /// Also used by the command `masker-tui overview`.
    package static func run(_ effect: Effect, _ client: MaskerClient) async -> Answer {
        switch effect {
        case .page(let page): .page(page, await Result(page.priority) { try await client.sessions(page.filter, cursor: page.cursor) })
        case .timing(let id): .timing(id, await CallTiming.read(id, .bulk, client))
        }
    }
}
