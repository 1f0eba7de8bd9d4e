import CTerminal
import FoundationEssentials
import Glibc
import MaskerAPI
import TerminalKit

/// The UI thread: sleeps in one `poll` on terminal, signals, mailbox and the next timer, and is the only one to touch
/// the terminal.
final class EventLoop {
    private var state: AppState
    private let terminal: NcursesTerminal
    private let runner: EffectRunner
    private let connection: Connection
    private let mailbox: Mailbox
    private let signals: Int32
    private var ending: Ending?
    private var resizeAt: Date?
    /// When the terminal's input is no longer waited for: an Esc was a key, or a paste has no end mark.
    private var inputWaitEndsAt: Date?
    private var idle: IdleTimer
    private let watchdog: StallWatchdog

    /// How it ends.
    enum Ending: Equatable {
        case exit(Int32)
        /// The same terminal goes on with another profile.
        case reopen(profile: String)
    }

    /// How long the window has to keep still before the screen is laid out anew.
    private static let resizeQuiet = 0.05

    init(
        state: AppState, terminal: NcursesTerminal, runner: EffectRunner, connection: Connection, mailbox: Mailbox, signals: Int32, watchdog: StallWatchdog
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

    /// Runs until the user quits or chooses another profile, the terminal goes away or a signal says so.
    func run() -> Ending {
        // The other threads work while the first frame is drawn.
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
        let ready = poll(&descriptors, nfds_t(descriptors.count), timeout(nextWake))
        guard ready >= 0 || errno == EINTR else {
            ending = .exit(1)
            return
        }
        if descriptors[1].revents != 0 { readSignals() }
        if descriptors[2].revents != 0 { mailbox.takeAll().forEach(handle) }
        if descriptors[0].revents != 0 { readTerminal() }
        fireTimers(nextWake)
    }

    /// Milliseconds until something happens by itself.
    private func timeout(_ nextWake: Date?) -> Int32 {
        let timers = [nextWake, resizeAt, inputWaitEndsAt].compactMap { $0?.timeIntervalSince(BootClock.date) }
        let next = min(timers.min() ?? .infinity, idle.nextDue - BootClock.now)
        // The day's end is far enough: a longer wait would not fit poll's argument.
        return Int32(min(max(next * 1000, 0), 86_400_000).rounded(.up))
    }

    /// - Parameter nextWake: as it was when the wait began; what was set since then may come after the next frame.
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
            ErrorOutput.complain("ended after \(Int(IdleTimer.endAfter / 60)) minutes without a key")
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
                // Somebody else stopped the program, and may have written on the screen and changed the terminal's modes.
                terminal.programAnew()
                handle(.resized(terminal.size))
            case let other: ending = .exit(128 + other)
            }
        }
    }
}
