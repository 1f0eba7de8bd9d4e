import Foundation

/// Runs a command in the foreground of the terminal, as if the shell had started it.
struct ForegroundCommand: Sendable {
    private let command: [String]
    private let environment: [String: String]

    init(_ command: [String], environment: [String: String]) {
        self.command = command
        self.environment = environment
    }

    /// Runs the command and waits for it. Returns its exit status; 128 plus the signal's number if a signal ended it;
    /// 127 or 126, as shells do, if it could not be started.
    func run() async -> Int32 {
        // Ctrl-C and Ctrl-\ go to the whole process group; only the command reacts to them.
        for number in [SIGINT, SIGQUIT] { signal(number, SIG_IGN) }
        let forwarding = SignalForwarding()
        let sources = await forwarding.begin([SIGTERM, SIGHUP])
        defer { sources.forEach { $0.cancel() } }
        let (child, problem) = spawn()
        guard problem == 0 else {
            let sentence = "masker-mock: \(command.first ?? ""): \(String(cString: strerror(problem)))\n"
            FileHandle.standardError.write(Data(sentence.utf8))
            return problem == ENOENT ? 127 : 126
        }
        forwarding.forward(to: child)
        // A separate thread: the server needs the threads of the pool, and there may be only one.
        return await withCheckedContinuation { continuation in
            Thread { continuation.resume(returning: Self.wait(for: child)) }.start()
        }
    }

    private func spawn() -> (child: pid_t, problem: Int32) {
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var defaults = sigset_t()
        sigemptyset(&defaults)
        for number in [SIGINT, SIGQUIT, SIGPIPE, SIGTERM, SIGHUP] { sigaddset(&defaults, number) }
        posix_spawnattr_setsigdefault(&attributes, &defaults)
        // The thread of a task blocks all signals, and the command would inherit this.
        var nothing = sigset_t()
        sigemptyset(&nothing)
        posix_spawnattr_setsigmask(&attributes, &nothing)
        // No process group is set: the command stays in this group, which is in the foreground of the terminal.
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))

        var arguments: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) } + [nil]
        var variables: [UnsafeMutablePointer<CChar>?] = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { (arguments + variables).forEach { free($0) } }
        var child = pid_t()
        let problem = posix_spawnp(&child, command.first ?? "", nil, &attributes, &arguments, &variables)
        return (child, problem)
    }

    private enum Change { case ended(Int32), stopped, continued }

    /// The next change of the command's state; nil when there is none and `options` has WNOHANG.
    private static func change(of child: pid_t, _ options: Int32) -> Change? {
        var status: Int32 = 0
        while true {
            let result = waitpid(child, &status, options)
            if result == 0 { return nil }
            if result < 0 {
                if errno == EINTR { continue }
                return .ended(1)
            }
            if status == 0xFFFF { return .continued }
            if status & 0xFF == 0x7F { return .stopped }
            return .ended(status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + (status & 0x7F))
        }
    }

    /// Waits for the end of the command. The shell waits for this process: when the command stops, this process must stop as
    /// well, and continue the command when it continues.
    private static func wait(for child: pid_t) -> Int32 {
        // This thread was started by a thread of the pool, and has inherited that all signals are blocked.
        var stop = sigset_t()
        sigemptyset(&stop)
        sigaddset(&stop, SIGTSTP)
        pthread_sigmask(SIG_UNBLOCK, &stop, nil)
        var news = change(of: child, WUNTRACED)
        while true {
            if case .ended(let status) = news { return status }
            if case .stopped = news {
                // Ctrl-Z stops both processes; after `fg` the command may be running again, so its state is read again.
                usleep(50_000)
                news = change(of: child, WNOHANG | WCONTINUED | WUNTRACED)
                if news != nil { continue }
                // In a process group that no shell waits for, this does not stop the process, and the command continues.
                raise(SIGTSTP)
                kill(child, SIGCONT)
            }
            news = change(of: child, WUNTRACED)
        }
    }
}
