import FoundationEssentials
import MaskerAPI

/// The account's sessions: their list, details and durations, and following new ones.
enum SessionsFeature: Feature {
    struct State: Sendable {
        var list: SessionListing
        var follow: Follow
        var reading = SessionReading()

        init(list: SessionListing, follow: Follow) {
            self.list = list
            self.follow = follow
        }

        /// The state before anything is loaded.
        init(followInterval: Double) { self.init(list: SessionListing(filter: .initial), follow: Follow(interval: followInterval)) }

        /// The request for the head of the list; none while one is pending.
        mutating func refresh() -> [Effect] { list.refresh().map { [.list($0)] } ?? [] }
    }

    enum Effect: FeatureEffect {
        case list(PageRequest<SessionFilter>)
        case detail(Identifier<CallSession>)
        /// Reads the durations of a session of the latency screen's sample.
        case timing(Identifier<CallSession>)

        var kind: EffectKind {
            switch self {
            case .list, .detail, .timing: .read
            }
        }
    }

    enum Change: Sendable {
        /// Reads the next page. The priority is bulk where the list is read to its end.
        case loadMore(RequestPriority)
        /// Reloads the list with another filter and moves to its head.
        case filter(SessionFilter)
        /// Goes to the row at a time, and reads on as far as needed.
        case go(to: TypedTime)
        /// Ends reading on. The next key that needs further pages reads them again.
        case stopReading
        /// Forgets the time of `go`, because its row is selected.
        case arrived
        /// Starts or stops following new sessions.
        case follow(Bool)
        /// Turns the bell for errors on or off.
        case ring(Bool)
    }

    enum Answer: FeatureAnswer {
        case list(PageRequest<SessionFilter>, Result<Page<CallSession>, APIError>)
        case detail(Identifier<CallSession>, Result<CallSessionDetail, APIError>)
        case timing(Identifier<CallSession>, Result<CallTiming, APIError>)

        var failure: APIError? {
            switch self {
            case .list(_, .failure(let error)), .detail(_, .failure(let error)), .timing(_, .failure(let error)): error
            case .list, .detail, .timing: nil
            }
        }

        var isReading: Bool {
            switch self {
            case .list, .detail, .timing: true
            }
        }
    }

    static func kept(_ state: State, through departure: Departure) -> State {
        var follow = state.follow
        follow.stop()
        return switch departure {
        case .lock: State(list: state.list.forgotten(), follow: follow)
        case .account: State(list: SessionListing(filter: .initial), follow: follow)
        }
    }

    static func change(_ change: Change, _ state: inout State, _ world: World) -> [Intent] {
        switch change {
        case .loadMore(let priority):
            state.reading.isStopped = false
            return state.list.loadMore(priority).map { [.run(.sessions(.list($0)))] } ?? []
        case .filter(let filter):
            state.reading = SessionReading()
            let old = state.list.requestsOut.map { Intent.cancel(.sessions(.list($0))) }
            return old + [.closeDetails(.sessions)] + (state.list.restart(with: filter).map { [.run(.sessions(.list($0)))] } ?? [])
        case .go(let target):
            state.reading.target = target
            state.reading.isStopped = false
            return [.changed]
        case .stopReading:
            state.reading.target = nil
            state.reading.isStopped = true
            return []
        case .arrived:
            state.reading.target = nil
            return []
        case .follow(true):
            state.follow.begin()
            return state.askForNew()
        case .follow(false):
            state.follow.stop()
            return []
        case .ring(let isOn):
            state.follow.rings = isOn
            return []
        }
    }

    static func receive(_ answer: Answer, isShown: Bool, _ state: inout State, _ world: World) -> [Intent] {
        guard case .list(let request, let result) = answer else { return [] }
        if case .success(let page) = result { state.reading.note(page) }
        if let next = state.list.receive(request, result.map { $0.passingOver(from: request.filter.until) }) { return [.run(.sessions(.list(next)))] }
        guard !state.list.isRefreshing else { return [] }
        if case .success(let page) = result, request.cursor == nil {
            // Sessions that the server has just listed stay, whatever the clocks say.
            let begin = Retention.begin(since: request.filter.since, now: world.serverTime)
            state.list.removeLast(sparing: page.data.count) { $0.startedAt.map { $0 < begin } ?? false }
        }
        return state.noteNew(failure: answer.failure, world) + [.refreshed(.sessions, failure: answer.failure)]
    }

    static func nextWake(_ state: State, _ world: World) -> Date? {
        [state.follow.nextExpiry, state.followDueAt(world)].compactMap { $0 }.min()
    }

    static func wake(_ state: inout State, _ world: World) -> [Intent] {
        guard let due = state.followDueAt(world), due <= world.now else { return [] }
        return state.askForNew()
    }

    static func needs(_ state: inout State, _ world: World) -> [Effect] {
        state.follow.expireMarks(now: world.now)
        return []
    }

    static func run(_ effect: Effect, _ services: Services, _ post: @escaping @Sendable (Answer) -> Void) async -> Answer? {
        let client = services.client
        switch effect {
        case .list(let page): return .list(page, await Result(page.priority) { try await client.sessions(page.filter, cursor: page.cursor) })
        case .detail(let id): return .detail(id, await Result { try await client.session(id) })
        case .timing(let id): return .timing(id, await CallTiming.read(id, .interactive, client))
        }
    }
}
