import FoundationEssentials
import MaskerAPI
import TerminalKit

// This file alone lists all features. A new feature needs one line or case at each place here; the compiler reports missing ones.

/// The states of all features. Screens may read all of them.
struct FeatureStates: Sendable {
    var account: AccountFeature.State
    var agents: AgentsFeature.State
    var sessions: SessionsFeature.State
    var overviews: OverviewFeature.State
    var reports: ReportsFeature.State
    var lists: ListsFeature.State

    init(
        account: AccountFeature.State, agents: AgentsFeature.State, sessions: SessionsFeature.State, overviews: OverviewFeature.State,
        reports: ReportsFeature.State, lists: ListsFeature.State
    ) {
        self.account = account
        self.agents = agents
        self.sessions = sessions
        self.overviews = overviews
        self.reports = reports
        self.lists = lists
    }

    /// The states before anything was read.
    init(login: LoginStatus, settings: ConsoleSettings) {
        self.init(
            account: AccountFeature.State(login: login), agents: AgentsFeature.State(),
            sessions: SessionsFeature.State(followInterval: settings.followInterval), overviews: OverviewReaders(), reports: ReportState(),
            lists: ListsFeature.State(layouts: ListLayouts()))
    }

    func kept(through departure: Departure) -> FeatureStates {
        FeatureStates(
            account: AccountFeature.kept(account, through: departure), agents: AgentsFeature.kept(agents, through: departure),
            sessions: SessionsFeature.kept(sessions, through: departure), overviews: OverviewFeature.kept(overviews, through: departure),
            reports: ReportsFeature.kept(reports, through: departure), lists: ListsFeature.kept(lists, through: departure))
    }

    func nextWake(_ world: World) -> Date? {
        [
            AccountFeature.nextWake(account, world), AgentsFeature.nextWake(agents, world), SessionsFeature.nextWake(sessions, world),
            OverviewFeature.nextWake(overviews, world), ReportsFeature.nextWake(reports, world), ListsFeature.nextWake(lists, world),
        ].compactMap { $0 }.min()
    }

    mutating func wake(_ world: World) -> [Intent] {
        AccountFeature.wake(&account, world) + AgentsFeature.wake(&agents, world) + SessionsFeature.wake(&sessions, world)
            + OverviewFeature.wake(&overviews, world) + ReportsFeature.wake(&reports, world) + ListsFeature.wake(&lists, world)
    }

    mutating func needs(_ world: World) -> [Effect] {
        AccountFeature.needs(&account, world).map(Effect.account) + AgentsFeature.needs(&agents, world).map(Effect.agents)
            + SessionsFeature.needs(&sessions, world).map(Effect.sessions) + OverviewFeature.needs(&overviews, world).map(Effect.overview)
            + ReportsFeature.needs(&reports, world).map(Effect.reports) + ListsFeature.needs(&lists, world).map(Effect.lists)
    }

    /// Records that an effect starts; returns false when it must not start now.
    mutating func begins(_ effect: Effect, _ world: World) -> Bool {
        switch effect {
        case .account(let effect): AccountFeature.begins(effect, &account, world)
        case .agents(let effect): AgentsFeature.begins(effect, &agents, world)
        case .sessions(let effect): SessionsFeature.begins(effect, &sessions, world)
        case .overview(let effect): OverviewFeature.begins(effect, &overviews, world)
        case .reports(let effect): ReportsFeature.begins(effect, &reports, world)
        case .lists(let effect): ListsFeature.begins(effect, &lists, world)
        case .terminal, .cancel, .cancelReading: true
        }
    }

    mutating func change(_ change: Change, _ world: World) -> [Intent] {
        switch change {
        case .agents(let change): AgentsFeature.change(change, &agents, world)
        case .sessions(let change): SessionsFeature.change(change, &sessions, world)
        case .overview(let change): OverviewFeature.change(change, &overviews, world)
        case .reports(let change): ReportsFeature.change(change, &reports, world)
        case .lists(let change): ListsFeature.change(change, &lists, world)
        }
    }

    mutating func receive(_ answer: Answer, isShown: Bool, _ world: World) -> [Intent] {
        switch answer {
        case .account(let answer): AccountFeature.receive(answer, isShown: isShown, &account, world)
        case .agents(let answer): AgentsFeature.receive(answer, isShown: isShown, &agents, world)
        case .sessions(let answer): SessionsFeature.receive(answer, isShown: isShown, &sessions, world)
        case .overview(let answer): OverviewFeature.receive(answer, isShown: isShown, &overviews, world)
        case .reports(let answer): ReportsFeature.receive(answer, isShown: isShown, &reports, world)
        case .lists(let answer): ListsFeature.receive(answer, isShown: isShown, &lists, world)
        case .copied(let text, let isTaken): world.isClosed ? [] : [.notify(CopyKeys.notice(text, isTaken: isTaken))]
        }
    }
}

/// A change that a screen makes to the state of a feature.
enum Change: Sendable {
    case agents(AgentsFeature.Change)
    case sessions(SessionsFeature.Change)
    case overview(OverviewFeature.Change)
    case reports(ReportsFeature.Change)
    case lists(ListsFeature.Change)
}

/// Something to do, as a value that tests can compare. Its result is an `Answer`.
enum Effect: Sendable, Equatable {
    case account(AccountFeature.Effect)
    case agents(AgentsFeature.Effect)
    case sessions(SessionsFeature.Effect)
    case overview(OverviewFeature.Effect)
    case reports(ReportsFeature.Effect)
    case lists(ListsFeature.Effect)
    case terminal(TerminalEffect)
    /// Cancels an effect whose answer is no longer needed.
    indirect case cancel(Effect)
    /// Cancels all effects that read data.
    case cancelReading

    var kind: EffectKind {
        switch self {
        case .account(let effect): effect.kind
        case .agents(let effect): effect.kind
        case .sessions(let effect): effect.kind
        case .overview(let effect): effect.kind
        case .reports(let effect): effect.kind
        case .lists(let effect): effect.kind
        case .terminal, .cancel, .cancelReading: .once
        }
    }

    var thread: EffectThread {
        switch self {
        case .account(let effect): effect.thread
        case .agents(let effect): effect.thread
        case .sessions(let effect): effect.thread
        case .overview(let effect): effect.thread
        case .reports(let effect): effect.thread
        case .lists(let effect): effect.thread
        case .terminal, .cancel, .cancelReading: .work
        }
    }

    func run(_ services: Services, _ post: @escaping @Sendable (Answer) -> Void) async -> Answer? {
        switch self {
        case .account(let effect): await AccountFeature.run(effect, services, { post(.account($0)) }).map(Answer.account)
        case .agents(let effect): await AgentsFeature.run(effect, services, { post(.agents($0)) }).map(Answer.agents)
        case .sessions(let effect): await SessionsFeature.run(effect, services, { post(.sessions($0)) }).map(Answer.sessions)
        case .overview(let effect): await OverviewFeature.run(effect, services, { post(.overview($0)) }).map(Answer.overview)
        case .reports(let effect): await ReportsFeature.run(effect, services, { post(.reports($0)) }).map(Answer.reports)
        case .lists(let effect): await ListsFeature.run(effect, services, { post(.lists($0)) }).map(Answer.lists)
        case .terminal, .cancel, .cancelReading: nil
        }
    }
}

/// The result of an effect.
enum Answer: Sendable {
    case account(AccountFeature.Answer)
    case agents(AgentsFeature.Answer)
    case sessions(SessionsFeature.Answer)
    case overview(OverviewFeature.Answer)
    case reports(ReportsFeature.Answer)
    case lists(ListsFeature.Answer)
    /// A text, and whether tmux accepted it.
    case copied(CopiedText, Bool)

    private var feature: (any FeatureAnswer)? {
        switch self {
        case .account(let answer): answer
        case .agents(let answer): answer
        case .sessions(let answer): answer
        case .overview(let answer): answer
        case .reports(let answer): answer
        case .lists(let answer): answer
        case .copied: nil
        }
    }

    /// The error, when the effect failed.
    var failure: APIError? { feature?.failure }
    /// Whether the answer only delivers data to show. Such answers are ignored while the console is locked.
    var isReading: Bool { feature?.isReading ?? false }
}
