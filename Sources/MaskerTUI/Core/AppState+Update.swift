import FoundationEssentials
import MaskerAPI
import TerminalKit

extension AppState {
    /// Computes the next state, and returns the effects to run. Pure: it uses the time arguments and reads no clock itself.
    /// - Parameters:
    ///   - now: The time of a clock that cannot be set (`BootClock.date`).
    ///   - wall: The time of the machine's clock, which can be set; nil means `now`.
    mutating func update(_ action: Action, at now: Date, wall: Date? = nil) -> [Effect] {
        wallAhead = wall.map { $0.timeIntervalSince(now) } ?? 0
        self.now = now
        if let ends = noticeEnds, ends <= now {
            notice = nil
            asksToQuit = false
        }
        let effects = react(to: action)
        return effects + data.needs(world)
    }

    private mutating func react(to action: Action) -> [Effect] {
        switch action {
        case .started:
            let first = data.account.login.source == nil ? signOut(because: .noCookie) : beginRefresh()
            return first + (settings.layoutsPath == nil ? [] : [.lists(.read)])
        case .terminal(let event): return handle(event)
        case .resized(let size):
            self.size = size
            return tellScreens(nil)
        case .woke:
            let effects = refreshIfDue()
            let world = world
            return effects + perform(data.wake(world))
        case .rested: return goOn()
        case .stopAsked: return perform([.run(.terminal(.suspend))])
        case .resumed: return isClosed ? [] : beginRefresh()
        case .idled: return lock(after: settings.lockAfter)
        case .answered(let answer, let status):
            data.account.adopt(status, now: now)
            let effects = receive(answer)
            showClockNotice()
            return effects
        }
    }

    // MARK: Input

    private mutating func handle(_ event: TerminalEvent) -> [Effect] {
        if case .mouse(let mouse) = event { return handle(mouse) }
        let context = frontContext
        notice = nil
        let hasAskedToQuit = asksToQuit
        asksToQuit = false
        if case .key(let key) = event, let binding = GlobalKeys.always(settings).first(where: { $0.keys.contains(key) }) {
            if binding.action == .quitAtOnce, !hasAskedToQuit, askToQuit() { return [] }
            return perform(GlobalKeys.intents(binding.command))
        }
        if isTooSmall { return GlobalKeys.isQuit(event, settings) ? [.terminal(.quit)] : [] }
        if let intents = withFront({ $0.edit(event, context) }) { return perform(intents) }
        guard case .key(let key) = event else {
            notice = Notice(.refused, "the pasted text was dropped: no text field has the focus")
            return []
        }
        if let intents = withFront({ $0.press(key, context) }) { return perform(intents) }
        if !isPageCovered, let binding = GlobalKeys.onPages(settings).first(where: { $0.keys.contains(key) }) {
            return perform(GlobalKeys.intents(binding.command))
        }
        showLayoutNotice(key)
        return []
    }

    /// Asks before typed text is lost, also when the form is under another dialog or a cover. Returns false when there is none.
    private mutating func askToQuit() -> Bool {
        asksToQuit = overlays.contains { $0.screen.hasTypedText }
        let key = settings.keyName(.quitAtOnce)
        if asksToQuit { notice = Notice(.refused, PrintableText("\(key) once more quits; what you typed into the form is lost")) }
        return asksToQuit
    }

    /// Explains once that a key has no action because the keyboard layout has other letters.
    private mutating func showLayoutNotice(_ key: Key) {
        guard !hasShownLayoutNotice, let notice = ForeignLayout.notice(key) else { return }
        hasShownLayoutNotice = true
        self.notice = notice
    }

    /// Says once that the server's clock differs from this machine's. Waits while another line is shown.
    private mutating func showClockNotice() {
        guard !hasShownClockNotice, notice == nil, !isClosed,
            let sentence = Wording.clockDifference(data.account.login.serverClockOffset)
        else { return }
        hasShownClockNotice = true
        notice = Notice(.refused, PrintableText(sentence))
    }

    /// Does what a mouse event asks for; keys can do the same. `view` has recorded which target is under the pointer.
    private mutating func handle(_ mouse: MouseEvent) -> [Effect] {
        guard !isClosed, !isTooSmall else { return [] }
        switch mouse {
        case .wheel(let notches):
            // Three rows, as in other terminal programs; in a dialog one step, since an arrow moves from choice to choice.
            let keys = abs(notches) * (overlays.isEmpty ? 3 : 1)
            notice = nil
            return (0..<keys).flatMap { _ in
                let context = frontContext
                return perform(withFront { $0.pressAsByDefault(notches < 0 ? .up : .down, context) ?? [] })
            }
        case .press(let row, let column):
            switch view(self).target(row: row, column: column) {
            case .tab(let number)?: return Tab(rawValue: number).map { perform([.select($0)]) } ?? []
            case .row(let index)?:
                let context = frontContext
                return perform(withFront { $0.click(row: index, context) })
            case nil: return []
            }
        }
    }

    // MARK: Answers

    private mutating func receive(_ answer: Answer) -> [Effect] {
        if isLocked, answer.isReading { return [] }
        let isShown = overlays.contains { $0.screen.shows(answer) }
        let world = world
        var effects = perform(data.receive(answer, isShown: isShown, world))
        if case .rateLimited(let pause?) = answer.failure?.kind {
            let until = now.addingTimeInterval(Double(pause.components.seconds))
            refresh.holdOff(until: until)
            data.sessions.follow.schedule.holdOff(until: until)
        }
        if answer.failure?.asksForSignIn == true { effects += signOut(because: .refused) }
        return effects + tellScreens(answer)
    }

    /// Passes an answer to every screen. Nil means that data has changed.
    mutating func tellScreens(_ answer: Answer?) -> [Effect] {
        let context = context
        var intents: [Intent] = []
        for tab in Tab.allCases {
            changeScreens(of: tab) { screens in
                for index in screens.indices { intents += screens[index].screen.receive(answer, context) }
            }
        }
        for index in overlays.indices {
            for intent in overlays[index].screen.receive(answer, context) {
                if case .replace(let route) = intent { replaceDialog(at: index, with: route, context) } else { intents.append(intent) }
            }
        }
        if var open = cover {
            intents += open.screen.receive(answer, context)
            for index in open.dialogs.indices { intents += open.dialogs[index].screen.receive(answer, context) }
            cover = open
        }
        return perform(intents)
    }

    /// Lets the screens do the next part of their work.
    private mutating func goOn() -> [Effect] {
        let context = context
        var intents: [Intent] = []
        for tab in Tab.allCases where screens(of: tab).contains(where: { $0.screen.isWorking }) {
            changeScreens(of: tab) { screens in
                for index in screens.indices where screens[index].screen.isWorking {
                    intents += screens[index].screen.receive(nil, context)
                }
            }
        }
        return perform(intents)
    }

    private mutating func replaceDialog(at index: Int, with route: Route, _ context: Context) {
        guard var screen = route.screen(context) else { return }
        // While the console is locked, no data of the account is kept.
        if isLocked { screen.forget() }
        overlays[index] = OpenScreen(route, screen)
        notice = nil
    }
}
