import CTerminal
import FoundationEssentials
import Glibc
import MaskerAPI
import TerminalKit

/// The UI thread. It sleeps in one `poll` for the terminal, signals, the mailbox and the next timer. No other thread uses the
/// terminal.
final class EventLoop {
    private var state: AppState
    private let terminal: NcursesTerminal
    private let runner: EffectRunner
    private let connection: Connection
    private let mailbox: Mailbox
    private let signals: Int32
    private var ending: Ending?
    private var resizeAt: Date?
    /// When the wait for the rest of an input ends: an Esc was a key of its own, or a paste has no end mark.
    private var inputWaitEndsAt: Date?
    private var idle: IdleTimer
    private let watchdog: HangWatchdog

    /// Why the loop ended.
    enum Ending: Equatable {
        case exit(Int32)
        /// The console continues in the same terminal with another profile.
        case reopen(profile: String)
    }

    /// Seconds without another change of the window's size until the screen is drawn again.
    private static let resizeQuiet = 0.05

    init(
        state: AppState, terminal: NcursesTerminal, runner: EffectRunner, connection: Connection, mailbox: Mailbox, signals: Int32, watchdog: HangWatchdog
    ) {
        self.state = state
        self.terminal = terminal
        self.runner = runner
        self.connection = connection
        self.mailbox = mailbox
        self.signals = signals
        idle = IdleTimer(lockAfter: state.settings.lockAfter, now: BootClock.now)
        self.watchdog = watchdog
        watchdog.expect(by: idle.nextDue)
        // An Esc may have come to the profile before.
        waitForInput()
    }

    /// The report job under way; nil when no reports are being saved.
    var saving: RunningReportJob? { state.data.reports.saving }

    /// Runs until the user quits or chooses another profile, the terminal closes, or a signal ends the program.
    func run() -> Ending {
        // The other threads already work while the first frame is drawn.
        handle(.started)
        while ending == nil {
            terminal.show(view(state))
            wait()
        }
        return ending ?? .exit(0)
    }

    private func handle(_ action: Action) {
        for effect in state.update(action, at: BootClock.date, wall: Date()) {
            if case .terminal(let effect) = effect { run(effect) } else { runner.run(effect) }
        }
    }

    private func run(_ effect: TerminalEffect) {
        switch effect {
        case .quit: ending = ending ?? .exit(0)
        case .reopen(let profile): ending = ending ?? .reopen(profile: profile)
        case .repaint: terminal.repaint()
        case .ring: terminal.ring()
        case .copy(let text): if !terminal.take(text) { runner.run(.terminal(.copy(text))) }
        case .useTheme(let name): terminal.use(name)
        case .suspend: suspend()
        }
    }

    private func suspend() {
        terminal.suspend { connection.hold() }
        connection.release()
        handle(.resized(terminal.size))
        handle(.resumed)
    }

    // MARK: Waiting

    private func wait() {
        var descriptors = [STDIN_FILENO, signals, mailbox.bell].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        let nextWake = state.nextWake
        let ready = poll(&descriptors, nfds_t(descriptors.count), state.isWorking ? 0 : timeout(nextWake))
        guard ready >= 0 || errno == EINTR else {
            ending = .exit(1)
            return
        }
        if descriptors[1].revents != 0 { readSignals() }
        if descriptors[2].revents != 0 { mailbox.takeAll().forEach(handle) }
        if descriptors[0].revents != 0 { readTerminal() }
        fireTimers(nextWake)
        // Keys and answers come first, so that they never wait for more than one part of the work.
        if ready == 0, state.isWorking { handle(.rested) }
    }

    /// Milliseconds until the next timer is due.
    private func timeout(_ nextWake: Date?) -> Int32 {
        let timers = [nextWake, resizeAt, inputWaitEndsAt].compactMap { $0?.timeIntervalSince(BootClock.date) }
        let next = min(timers.min() ?? .infinity, idle.nextDue - BootClock.now)
        // One day at most: a longer wait would not fit into poll's argument.
        return Int32(min(max(next * 1000, 0), 86_400_000).rounded(.up))
    }

    /// - Parameter nextWake: The value from before the wait. Timers that were set during the wait can fire after the next frame.
    private func fireTimers(_ nextWake: Date?) {
        let now = BootClock.date
        if let due = resizeAt, due <= now {
            resizeAt = nil
            terminal.adoptWindowSize()
            handle(.resized(terminal.size))
        }
        if let due = inputWaitEndsAt, due <= now { take(terminal.input.waitEnded()) }
        if let due = nextWake, due <= now { handle(.woke) }
        switch idle.due(now: BootClock.now) {
        case .lock: handle(.idled)
        case .end:
            ErrorOutput.write("ended after \(Int(IdleTimer.endAfter / 60)) minutes without a key")
            ending = .exit(0)
        case nil: break
        }
        watchdog.expect(by: idle.nextDue)
    }

    private func readTerminal() {
        take(terminal.input.readAll())
        if terminal.input.isAtEnd { ending = .exit(128 + SIGHUP) }
    }

    private func take(_ events: [TerminalEvent]) {
        if !events.isEmpty { idle.keyPressed(now: BootClock.now) }
        events.forEach { handle(.terminal($0)) }
        waitForInput()
    }

    private func waitForInput() { inputWaitEndsAt = terminal.input.patience.map { BootClock.date.addingTimeInterval($0) } }

    private func readSignals() {
        var bytes = [UInt8](repeating: 0, count: 64)
        let count = read(signals, &bytes, bytes.count)
        guard count > 0 else { return }
        for byte in bytes.prefix(count) {
            switch Int32(byte) {
            case SIGWINCH: resizeAt = BootClock.date.addingTimeInterval(Self.resizeQuiet)
            case SIGTSTP: handle(.stopAsked)
            case SIGCONT:
                // Another program may have stopped this one, written on the screen and changed the terminal's modes.
                terminal.programAnew()
                handle(.resized(terminal.size))
            case let other: ending = .exit(128 + other)
            }
        }
    }
}
