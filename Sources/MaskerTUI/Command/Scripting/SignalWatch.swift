import CTerminal
import Glibc
import MaskerAPI

/// Lets a command put away what is not finished before a signal ends it.
enum SignalWatch {
    /// Runs `end` when Ctrl-C or the like comes, then ends the process with 128 and the signal's number.
    static func start(_ end: @escaping @Sendable () -> Void) {
        let signals = signal_pipe_open()
        guard signals >= 0 else { return }
        DetachedThread.start {
            while let signal = next(signals) {
                switch signal {
                case SIGWINCH, SIGCONT: break
                case SIGTSTP: signal_pipe_stop_process()
                default:
                    end()
                    _exit(128 + signal)
                }
            }
        }
    }

    /// Waits for it. Nil when there is nothing to wait for any more.
    private static func next(_ signals: Int32) -> Int32? {
        var byte: UInt8 = 0
        while read(signals, &byte, 1) != 1 {
            var waiting = pollfd(fd: signals, events: Int16(POLLIN), revents: 0)
            guard errno == EAGAIN || errno == EINTR, poll(&waiting, 1, -1) >= 0 || errno == EINTR else { return nil }
        }
        return Int32(byte)
    }
}
