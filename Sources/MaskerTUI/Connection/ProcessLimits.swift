import CTerminal

/// What the system has to leave the process, looked at before anything is begun that could not go on without it.
enum ProcessLimits {
    /// The console's own descriptors, those of libcurl with its connections, and of the files it works with.
    static let descriptors: Int32 = 32
    /// For the network, tasks, the watchdog, pauses, reports, copying and names; commands need fewer.
    static let threads: Int32 = 8

    /// - Throws: `CommandFailure` where the user's limits are too narrow.
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
