import Foundation

/// Finds out whether a program is at rest: it has read all its input, and each of its threads sleeps. A program that waits for a
/// server's answer is at rest, too.
public enum ProcessRest {
    /// Waits until a program is at rest and none of its threads has been woken for longer than the program waits after Esc for
    /// the rest of a key sequence. Returns false when `isOver` says that the program has ended.
    /// - Parameters:
    ///   - terminal: The path of the program's terminal.
    ///   - also: Another value that must not change during that time.
    public static func wait<Value: Equatable>(
        _ process: pid_t, terminal: String, also: () async throws -> Value, unless isOver: () -> Bool = { false }
    ) async rethrows -> Bool {
        var before: (waits: Int, value: Value)?, since = ContinuousClock.now
        return try await Patience.wait {
            guard let waits = waits(process, terminal) else {
                before = nil
                return false
            }
            let value = try await also()
            if before.map({ $0 != (waits, value) }) ?? true { since = .now }
            before = (waits, value)
            return ContinuousClock.now - since > .milliseconds(250)
        } unless: {
            isOver()
        }
    }

    /// How often the program's threads have waited so far; nil when the program is not at rest.
    private static func waits(_ process: pid_t, _ terminal: String) -> Int? {
        var unread: Int32 = 0
        let input = open(terminal, O_RDONLY | O_NOCTTY | O_NONBLOCK | Int32(O_CLOEXEC))
        guard input >= 0 else { return nil }
        defer { close(input) }
        guard ioctl(input, UInt(FIONREAD), &unread) == 0, unread == 0 else { return nil }
        let tasks = "/proc/\(process)/task"
        guard let threads = try? FileManager.default.contentsOfDirectory(atPath: tasks) else { return nil }
        var waits = 0
        for thread in threads {
            guard let status = try? String(contentsOfFile: "\(tasks)/\(thread)/status", encoding: .utf8) else { return nil }
            for line in status.split(separator: "\n") {
                if line.hasPrefix("State:"), !line.contains("S (sleeping)") { return nil }
                if line.hasPrefix("voluntary_ctxt_switches:") { waits += Int(line.split(separator: "\t").last ?? "") ?? 0 }
            }
        }
        return waits
    }
}
