import FoundationEssentials
import Glibc
import MaskerAPI

/// The next state and what is to be done for it. Pure: time comes in with the action, nothing else is looked at.
/// - Parameters:
///   - now: Of a clock that nobody sets (`BootClock.date`).
///   - wall: Of the machine's own clock, which may be set forward and back; nil: the same.
func update(_ state: inout AppState, _ action: Action, at now: Date, wall: Date? = nil) -> [Effect] {
    state.wallAhead = wall.map { $0.timeIntervalSince(now) } ?? 0
    return react(&state, to: action, at: now) + readOverview(&state)
}

private func react(_ state: inout AppState, to action: Action, at now: Date) -> [Effect] {
    state.now = now
    expireNotice(&state)
    state.follow.expireMarks(now: now)
    switch action {
    case .started:
        let first = state.data.login.source == nil ? signedOut(&state, because: .noCookie) : beginRefresh(&state)
        return first + (state.settings.looksPath == nil ? [] : [.readLooks])
    case .terminal(let event):
        return handle(event, &state)
    case .resized(let size):
        state.size = size
        return tellScreens(nil, &state)
    case .woke:
        return refreshIfDue(&state) + followIfDue(&state)
    case .resumed:
        return state.isClosed ? [] : beginRefresh(&state)
    case .idled:
        return lock(&state)
    case .answered(let answer, let status):
        adopt(status, &state)
        return receive(answer, &state)
    }
}

// MARK: Input

func handle(_ event: TerminalEvent, _ state: inout AppState) -> [Effect] {
    if case .mouse(let mouse) = event { return handle(mouse, &state) }
    let context = state.frontContext
    state.notice = nil
    state.noticeEnds = nil
    if case .key(let key) = event, let binding = GlobalKeys.always(state.settings).first(where: { $0.keys.contains(key) }) {
        return perform(GlobalKeys.intents(binding.command), &state)
    }
    if state.isTooSmall {
        return GlobalKeys.isQuit(event, state.settings) ? [.quit] : []
    }
    if let intents = withFront(&state, { $0.edit(event, context) }) { return perform(intents, &state) }
    guard case .key(let key) = event else { return [] }
    if let intents = withFront(&state, { $0.press(key, context) }) { return perform(intents, &state) }
    guard state.overlays.isEmpty, let binding = GlobalKeys.onPages(state.settings).first(where: { $0.keys.contains(key) }) else { return [] }
    return perform(GlobalKeys.intents(binding.command), &state)
}

/// Lets what gets the keys do something.
func withFront<Result>(_ state: inout AppState, _ body: (inout any Screen) -> Result) -> Result {
    if !state.overlays.isEmpty { return body(&state.overlays[state.overlays.count - 1]) }
    let tab = state.tab
    // Taken out, so that a list changes its order in place and not a copy.
    var screens = state.stacks.removeValue(forKey: tab) ?? [tab.root]
    defer { state.stacks[tab] = screens }
    return body(&screens[screens.count - 1])
}

// MARK: Intents

func perform(_ intents: [Intent], _ state: inout AppState) -> [Effect] {
    guard intents.contains(where: \.leadsElsewhere), !state.isClosed else { return intents.flatMap { perform($0, &state) } }
    let before = state.place
    let effects = intents.flatMap { perform($0, &state) }
    if state.placeName != before.name { state.places.left(before) }
    return effects
}

private func perform(_ intent: Intent, _ state: inout AppState) -> [Effect] {
    switch intent {
    case .open(let screen):
        state.stacks[state.tab, default: [state.tab.root]].append(screen)
        return screen.requests.map(Effect.fetch)
    case .present(let screen):
        state.overlays.append(screen)
        return screen.requests.map(Effect.fetch)
    case .close:
        return closeFront(&state)
    case .select(let tab):
        return select(tab, &state)
    case .show(let tab):
        state.tab = tab
        return tellScreens(nil, &state)
    case .remember(let line):
        state.commands.removeAll { $0 == line }
        if !line.isEmpty { state.commands.insert(line, at: 0) }
        state.commands = Array(state.commands.prefix(AppState.mostCommands))
        return []
    case .nextTab(let step):
        let count = Tab.allCases.count
        return select(Tab(rawValue: (state.tab.rawValue + step + count) % count) ?? .agents, &state)
    case .refresh:
        state.data.overviews.update { $0.retry() }
        return beginRefresh(&state) + state.page.requests.map(Effect.fetch)
    case .loadMoreAgents(let priority):
        return state.data.agents.loadMore(priority).map { [.fetch(.agents($0))] } ?? []
    case .loadMoreSessions(let priority):
        return state.data.sessions.loadMore(priority).map { [.fetch(.sessions($0))] } ?? []
    case .filterAgents(let filter):
        let old = state.data.agents.requestsOut.map { Effect.cancel(.agents($0)) }
        return old + (state.data.agents.restart(with: filter).map { [.fetch(.agents($0))] } ?? [])
    case .filterSessions(let filter):
        return filterSessions(filter, &state)
    case .turnBack(let isBack):
        return turn(back: isBack, &state)
    case .follow(let isOn):
        return follow(isOn, &state)
    case .ring(let isOn):
        state.follow.rings = isOn
        return []
    case .showWindow(let window):
        return showWindow(window, &state)
    case .fetch(let request):
        return [.fetch(request)]
    case .arrange(let looks):
        return arrange(looks, &state)
    case .delete(let target):
        guard !state.settings.isReadOnly else { return [] }
        state.data.deletions[target.id] = .deleting
        return [.delete(target, by: state.data.user.value?.login)]
    case .createAgent(let order): return state.settings.isReadOnly ? [] : [.createAgent(order)]
    case .lookForName(let order): return [.lookForName(order)]
    case .checkWebhook(let agent, let secret): return state.settings.isReadOnly ? [] : [.checkWebhook(agent, secret)]
    case .checkProxy(let agent): return state.settings.isReadOnly ? [] : [.checkProxy(agent)]
    case .dismissNote(let id):
        if state.data.deletions[id]?.isUnderWay == false { state.data.deletions[id] = nil }
        return tellScreens(nil, &state)
    case .mark(let id):
        state.data.reports.toggleMark(id)
        return []
    case .clearMarks:
        state.data.reports.clearMarks()
        return []
    case .lookForNames(let names):
        return [.lookForNames(names)]
    case .saveReports(let order):
        return beginSaving(order, &state)
    case .cancelSaving:
        return cancelOrDismissReports(&state)
    case .dismissReports(let id):
        state.data.reports.saved[id] = nil
        return tellScreens(nil, &state)
    case .readReport(let id):
        return beginReading(id, &state)
    case .signIn(let cookie):
        return [.signIn(cookie)]
    case .logOut:
        return beginLogOut(&state)
    case .unlock:
        return [.fetch(.user)]
    case .copy(let text):
        return copy(text, &state)
    case .notify(let notice):
        notify(notice, &state)
        return []
    case .useProfile(let name):
        return useProfile(name, &state)
    case .useTheme(let name):
        notify(Notice(.done, PrintableText("theme: \(name.rawValue)")), &state)
        return [.useTheme(name)]
    case .suspend: return state.settings.isRestricted ? [] : [.suspend]
    case .repaint: return [.repaint]
    case .quit: return [.quit]
    }
}

func filterSessions(_ filter: SessionFilter, _ state: inout AppState) -> [Effect] {
    let old = state.data.sessions.requestsOut.map { Effect.cancel(.sessions($0)) }
    state.stacks[.sessions] = [Tab.sessions.root]
    return old + (state.data.sessions.restart(with: filter).map { [.fetch(.sessions($0))] } ?? [])
}

private func select(_ tab: Tab, _ state: inout AppState) -> [Effect] {
    // Choosing the tab that is shown already goes back to its list.
    guard tab == state.tab else {
        state.tab = tab
        return tellScreens(nil, &state)
    }
    var effects: [Effect] = []
    while (state.stacks[tab]?.count ?? 0) > 1 { effects += closeFront(&state) }
    return effects
}

private func closeFront(_ state: inout AppState) -> [Effect] {
    let closed: any Screen
    if !state.overlays.isEmpty {
        closed = state.overlays.removeLast()
    } else if var screens = state.stacks[state.tab], screens.count > 1 {
        closed = screens.removeLast()
        state.stacks[state.tab] = screens
    } else {
        return []
    }
    // Nobody wants a report any more that nobody can read.
    let reading = (closed as? ReportScreen).map { stopReading($0.session, &state) } ?? []
    return closed.requests.map(Effect.cancel) + reading + tellScreens(nil, &state)
}

func notify(_ notice: Notice, _ state: inout AppState) {
    state.notice = notice
    state.noticeEnds = state.now.addingTimeInterval(AppState.noticeLasts)
}

private func expireNotice(_ state: inout AppState) {
    guard let ends = state.noticeEnds, ends <= state.now else { return }
    state.notice = nil
    state.noticeEnds = nil
}

// MARK: Answers

private func adopt(_ status: ClientStatus, _ state: inout AppState) {
    let before = state.data.login
    let wasExtended = before.source != nil && (status.login.expiresAt ?? .distantPast).timeIntervalSince(before.expiresAt ?? .distantFuture) > 60
    if status.login.valueRenewals > before.valueRenewals || wasExtended { state.data.renewalSeenAt = state.now }
    state.data.login = status.login
    if let connection = status.connection { state.data.connection = connection }
}

private func receive(_ answer: Answer, _ state: inout AppState) -> [Effect] {
    var effects: [Effect] = []
    if state.isLocked, answer.isReading { return [] }
    switch answer {
    case .user(let result):
        effects += finishUnlock(result, &state)
        state.data.user.receive(result)
        effects += finishRefresh(.user, answer, &state)
    case .agents(let request, let result):
        if let next = state.data.agents.receive(request, result) {
            effects.append(.fetch(.agents(next)))
        } else if !state.data.agents.isRefreshing {
            effects += finishRefresh(.agents, answer, &state)
        }
    case .sessions(let request, let result):
        if let next = state.data.sessions.receive(request, result) {
            effects.append(.fetch(.sessions(next)))
        } else if !state.data.sessions.isRefreshing {
            effects += noteNewSessions(failure: answer.failure, &state) + finishRefresh(.sessions, answer, &state)
        }
    case .deletion(let target, let outcome):
        effects += finishDeletion(target, outcome, &state)
    case .lookedFor(let target, let presence):
        finishLooking(target, presence, &state)
    case .creation(let order, let outcome):
        effects += finishCreation(order, outcome, &state)
    case .lookedForName(let order, let result):
        effects += finishLookingForName(order, result, &state)
    case .reportProgress, .sessionReports, .reportsEnded, .readingReport, .report:
        receiveReport(answer, &state)
    case .looks(let looks):
        adopt(looks, &state)
    case .looksTrouble(let sentence):
        notify(Notice(.refused, PrintableText(sentence)), &state)
    case .copied(let text, let isTaken):
        finishCopying(text, isTaken: isTaken, &state)
    case .signedIn(let result):
        effects += finishSignIn(result, &state)
    case .loggedOut(let outcome):
        effects += signedOut(&state, because: .loggedOut(outcome))
    case .overview, .stages:
        receiveOverview(answer, &state)
    case .waiting(let until):
        state.data.waitsUntil = until
    case .agent, .agentSessions, .session, .namesTaken, .deletedAgents, .webhookCheck, .proxyCheck:
        break
    }
    if case .rateLimited(let pause?) = answer.failure?.kind { holdOff(pause, &state) }
    if answer.failure?.asksForSignIn == true { effects += signedOut(&state, because: .refused) }
    return effects + tellScreens(answer, &state)
}

/// Lets every screen look at an answer, or at data that has changed.
func tellScreens(_ answer: Answer?, _ state: inout AppState) -> [Effect] {
    let context = state.context
    var intents: [Intent] = []
    for tab in Tab.allCases {
        // Taken out, so that a list changes its order in place and not a copy.
        guard var screens = state.stacks.removeValue(forKey: tab) else { continue }
        for index in screens.indices { intents += screens[index].receive(answer, context) }
        state.stacks[tab] = screens
    }
    for index in state.overlays.indices { intents += state.overlays[index].receive(answer, context) }
    return perform(intents, &state)
}
