import ArgumentParser
import Foundation

/// Runs a command in the terminal's foreground, as if it had been started directly.
enum ForegroundCommand {
    /// Waits for the command. Returns its exit status, 128 and the signal's number when a signal ended it.
    static func run(_ command: [String], environment: [String: String]) throws -> Int32 {
        // What the keyboard sends goes to the whole group; it is the command's to answer.
        for number in [SIGINT, SIGQUIT] { signal(number, SIG_IGN) }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var defaults = sigset_t()
        sigemptyset(&defaults)
        for number in [SIGINT, SIGQUIT, SIGPIPE] { sigaddset(&defaults, number) }
        posix_spawnattr_setsigdefault(&attributes, &defaults)
        // The thread of a task blocks every signal, and the command would inherit that.
        var nothing = sigset_t()
        sigemptyset(&nothing)
        posix_spawnattr_setsigmask(&attributes, &nothing)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))

        var arguments: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) } + [nil]
        var variables: [UnsafeMutablePointer<CChar>?] = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { (arguments + variables).forEach { free($0) } }
        var child = pid_t()
        let result = posix_spawnp(&child, command[0], nil, &attributes, &arguments, &variables)
        guard result == 0 else {
            throw ValidationError("\(command[0]) could not be started: \(String(cString: strerror(result)))")
        }
        let forwarding = forward([SIGTERM, SIGHUP], to: child)
        defer { forwarding.forEach { $0.cancel() } }
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0, errno == EINTR {}
        return status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + (status & 0x7F)
    }

    /// A signal to this process alone ends the command, and this process with it.
    private static func forward(_ numbers: [Int32], to child: pid_t) -> [any DispatchSourceSignal] {
        numbers.map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { kill(child, number) }
            source.resume()
            return source
        }
    }
}
