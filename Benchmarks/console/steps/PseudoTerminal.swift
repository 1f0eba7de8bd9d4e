import CMeasuring
import Glibc

/// A pseudo-terminal of 100x30. The console's end is standard input and output of this process; `end` is the other one.
struct PseudoTerminal {
    private let end: Int32
    /// Marks the end of the console's output. No frame contains this byte.
    private static let mark: UInt8 = 0

    init() throws {
        var console: Int32 = -1
        end = pseudo_terminal_open(&console, 100, 30)
        guard end >= 0 else { throw Problem.noTerminal }
        dup2(console, STDIN_FILENO)
        dup2(console, STDOUT_FILENO)
    }

    enum Problem: Error { case noTerminal, keyIsLost }

    /// Presses a key, and returns when the console can read it.
    func press(_ key: String) throws {
        var key = key
        key.withUTF8 { _ = write(end, $0.baseAddress, $0.count) }
        var ready = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
        guard poll(&ready, 1, 5_000) == 1 else { throw Problem.keyIsLost }
    }

    /// The number of bytes that the console has written since the last call.
    func takeBytes() -> Int {
        var mark = Self.mark
        write(STDOUT_FILENO, &mark, 1)
        var total = 0
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(end, &buffer, buffer.count)
            guard count > 0 else { return total }
            if buffer[count - 1] == Self.mark { return total + count - 1 }
            total += count
        }
    }
}
