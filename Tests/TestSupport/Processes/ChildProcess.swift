import Foundation

/// A program that a test starts. It inherits only the descriptors that it is given: a program that is left behind with a
/// server's socket would keep connections open.
struct ChildProcess: Sendable {
    let process: pid_t
    /// The meter of the test that started the program.
    private let meter = ProcessorMeter.current

    /// - Parameters:
    ///   - command: The program, which is searched in `PATH` when its name has no slash, and its arguments.
    ///   - newSession: Makes the program the leader of a session that has no terminal yet.
    ///   - blocked: The signals that are blocked when the program starts.
    ///   - files: Sets up descriptors 0 to 2; all others are closed.
    init(
        _ command: [String], environment: [String: String], newSession: Bool = false, blocked: [Int32] = [],
        files: (inout posix_spawn_file_actions_t) -> Void
    ) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        files(&actions)
        for other in 3..<Self.firstFreeDescriptor() { posix_spawn_file_actions_addclose(&actions, other) }

        // Threads of Swift's pool block every signal; a program that inherits that could not be ended with SIGTERM.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var mask = sigset_t(), everything = sigset_t()
        sigemptyset(&mask)
        blocked.forEach { sigaddset(&mask, $0) }
        sigfillset(&everything)
        posix_spawnattr_setsigmask(&attributes, &mask)
        posix_spawnattr_setsigdefault(&attributes, &everything)
        // Linux's POSIX_SPAWN_SETSID, which Swift does not import.
        let session: Int16 = newSession ? 0x80 : 0
        posix_spawnattr_setflags(&attributes, session | Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

        var child = pid_t()
        let problem = Self.withCStrings(command) { arguments in
            Self.withCStrings(environment.map { "\($0)=\($1)" }) { variables in
                posix_spawnp(&child, command.first ?? "", &actions, &attributes, arguments, variables)
            }
        }
        guard problem == 0 else {
            throw PseudoTerminal.Failure(description: "\(command.first ?? ""): \(String(cString: strerror(problem)))")
        }
        process = child
    }

    /// Blocks until the program has ended. If a signal ended it, the status is 128 plus the signal's number.
    func waitForEnd() -> Int32 {
        var raw: Int32 = 0, usage = rusage()
        while wait4(process, &raw, 0, &usage) < 0, errno == EINTR {}
        meter?.add(usage)
        let signal = raw & 0x7F
        return signal == 0 ? raw >> 8 & 0xFF : 128 + signal
    }

    /// The reserve is for the descriptors that other tests open in the meantime.
    private static func firstFreeDescriptor() -> Int32 {
        let open = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
        return (open.compactMap { Int32($0) }.max() ?? 512) + 64
    }

    private static func withCStrings<Result>(_ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result) -> Result {
        let copies = strings.map { strdup($0) } + [nil]
        defer { copies.forEach { free($0) } }
        return body(copies)
    }
}
