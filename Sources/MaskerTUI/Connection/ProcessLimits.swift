import CTerminal

/// Checks the system's limits for this process, before anything starts that needs more.
enum ProcessLimits {
    /// The descriptors that the console needs: its own, those of libcurl and its connections, and those of its files.
    static let descriptors: Int32 = 32
    /// The threads for the network, tasks, watchdog, pauses, reports, copying and host names. Commands need fewer.
    static let threads: Int32 = 8

    /// - Throws: `CommandFailure` when a limit is too low.
    static func check() throws(CommandFailure) {
        guard process_has_descriptors(descriptors) == 1 else {
            throw .failed("too few files may be open at a time here (ulimit -n); allow \(descriptors + 32) or more")
        }
        guard process_has_threads(threads) == 1 else { throw noThread }
    }

    static var noThread: CommandFailure {
        .failed("this user may start no more threads here (ulimit -u); end other programs of this user, or allow more")
    }
}
