import MaskerAPI
import TerminalKit

extension AppState {
    mutating func perform(_ intents: [Intent]) -> [Effect] {
        guard intents.contains(where: \.leadsElsewhere), !isClosed else { return intents.flatMap { perform($0) } }
        let before = historyEntry
        let effects = intents.flatMap { perform($0) }
        if historyKey != before.key { history.left(before) }
        return effects
    }

    private mutating func perform(_ intent: Intent) -> [Effect] {
        switch intent {
        case .open(let route): return open(route)
        case .replace: return []
        case .close: return closeFront()
        case .select(let tab): return select(tab)
        case .show(let tab):
            self.tab = tab
            return tellScreens(nil)
        case .nextTab(let step):
            let count = Tab.allCases.count
            return select(Tab(rawValue: (tab.rawValue + step + count) % count) ?? .agents)
        case .closeDetails(let tab):
            stacks[tab] = [OpenScreen(tab)]
            return []
        case .moveInHistory(back: let isBack): return move(back: isBack)
        case .remember(let line):
            commands.removeAll { $0 == line }
            if !line.isEmpty { commands.insert(line, at: 0) }
            commands = Array(commands.prefix(Self.mostCommands))
            return []
        case .run(let effect): return run(effect)
        case .cancel(let effect): return [.cancel(effect)]
        case .change(let change):
            let world = world
            return perform(data.change(change, world))
        case .changed: return tellScreens(nil)
        case .refresh:
            data.overviews.update { $0.retry() }
            let effects = beginRefresh()
            refresh.show(from: now)
            return asksProxyAgain + effects + page.requests
        case .notify(let notice):
            self.notice = notice
            return []
        case .logOut: return beginLogOut()
        case .lock: return lock()
        case .quit: return data.reports.saving == nil ? [.terminal(.quit)] : open(.quit)
        case .useProfile(let name):
            guard let refusal = profileRefusal else { return [.terminal(.reopen(profile: name))] }
            notice = Notice(.refused, PrintableText(refusal))
            return []
        case .refreshed(let part, let failure): return finishRefresh(part, failure: failure)
        case .signedIn(let user): return signIn(as: user)
        case .signedOut(let reason): return signOut(because: reason)
        }
    }

    /// The only place where effects start, and where a read-only console refuses effects that change something on the server.
    /// Permissions are not checked here: only the server knows them.
    private mutating func run(_ effect: Effect) -> [Effect] {
        if effect.kind == .change, let refusal = settings.readOnlyRefusal {
            notice = Notice(.refused, PrintableText(refusal))
            return []
        }
        // A restricted console must not give the user a shell.
        if effect == .terminal(.suspend), settings.isRestricted { return [] }
        let world = world
        guard data.begins(effect, world) else { return [] }
        // The unlocking of the console.
        return effect == .account(.user) ? asksProxyAgain + [effect] : [effect]
    }

    /// The effect before requests that the user asks for, when the proxy has refused its user name and password.
    private var asksProxyAgain: [Effect] { data.account.isRefusedByProxy ? [.account(.askProxyAgain)] : [] }

    // MARK: Screens

    private mutating func open(_ route: Route) -> [Effect] {
        // Does not open a screen again that is in front already, or that was in front when the command line was opened.
        guard route != frontRoute else { return [] }
        let context = context
        guard let screen = route.screen(context) else { return [] }
        let new = OpenScreen(route, screen)
        if screen.presentation == .page {
            changeScreens(of: tab) { $0.append(new) }
        } else if cover == nil {
            overlays.append(new)
        } else {
            cover?.dialogs.append(new)
        }
        return screen.requests + perform(screen.opened(context))
    }

    private var frontRoute: Route? {
        if let dialog = dialogs.last { return dialog.route }
        return cover == nil ? screens(of: tab).last?.route : nil
    }

    private mutating func select(_ tab: Tab) -> [Effect] {
        // Choosing the current tab again returns to its list.
        guard tab == self.tab else {
            self.tab = tab
            return tellScreens(nil)
        }
        var effects: [Effect] = []
        while screens(of: tab).count > 1 { effects += closeFront() }
        return effects
    }

    private mutating func closeFront() -> [Effect] {
        let closed: OpenScreen
        if cover != nil {
            guard let dialog = cover?.dialogs.popLast() else { return [] }
            closed = dialog
        } else if !overlays.isEmpty {
            closed = overlays.removeLast()
        } else if screens(of: tab).count > 1 {
            closed = changeScreens(of: tab) { $0.removeLast() }
        } else {
            return []
        }
        // If another screen waits for the same answer, the request goes on.
        let wanted = (overlays + Tab.allCases.flatMap { screens(of: $0) }).flatMap(\.screen.requests)
        let unwanted = closed.screen.requests.filter { !wanted.contains($0) }
        return unwanted.map(Effect.cancel) + perform(closed.screen.closed(context)) + tellScreens(nil)
    }
}
