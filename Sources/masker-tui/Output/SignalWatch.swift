import CTerminal
import Glibc
import MaskerAPI
import MaskerTUI
import Synchronization

/// Lets a command clean up unfinished work before a signal ends or stops the process.
enum SignalWatch {
    private struct State {
        var ends: [@Sendable () -> Void] = []
        var connection: Connection?
        var isWatching = false
        var isEnding = false
    }

    private static let state = Mutex(State())

    /// Runs `end` when Ctrl-C or another ending signal arrives, before the closures of earlier calls; then the signal ends
    /// the process.
    /// - Parameter connection: is held while the process is stopped, so that it sends nothing.
    static func start(holding connection: Connection? = nil, _ end: @escaping @Sendable () -> Void) {
        let isFirst = state.withLock { state in
            state.ends.append(end)
            if let connection { state.connection = connection }
            defer { state.isWatching = true }
            return !state.isWatching
        }
        guard isFirst else { return }
        let signals = signal_pipe_open()
        guard signals >= 0 else { return }
        DetachedThread.start {
            while let signal = next(signals) {
                switch signal {
                case SIGWINCH, SIGCONT: break
                case SIGTSTP: stop()
                default: finish(signal)
                }
            }
        }
    }

    private static func stop() {
        let connection = state.withLock { $0.connection }
        connection?.hold()
        signal_pipe_stop_process()
        connection?.release()
    }

    /// Returns at once, unless a signal is about to end the process: then the exit status must be the signal's, and not that of
    /// the work which the signal has cancelled.
    static func waitForEndingSignal() {
        while state.withLock({ $0.isEnding }) { pause() }
    }

    private static func finish(_ signal: Int32) {
        state.withLock { $0.isEnding = true }
        for end in state.withLock({ $0.ends }).reversed() { end() }
        // The signal itself ends the process, so that a loop in a shell ends with the command.
        Glibc.signal(signal, SIG_DFL)
        raise(signal)
        _exit(128 + signal)
    }

    /// Waits for the next signal; nil when the pipe cannot be read any more.
    private static func next(_ signals: Int32) -> Int32? {
        var byte: UInt8 = 0
        while read(signals, &byte, 1) != 1 {
            var waiting = pollfd(fd: signals, events: Int16(POLLIN), revents: 0)
            guard errno == EAGAIN || errno == EINTR, poll(&waiting, 1, -1) >= 0 || errno == EINTR else { return nil }
        }
        return Int32(byte)
    }
}
