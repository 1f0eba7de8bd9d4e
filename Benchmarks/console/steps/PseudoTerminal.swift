import CMeasuring
import Glibc

/// A terminal of 100x30 in this process: the console's end is standard input and output, this is the other one.
struct PseudoTerminal {
    private let end: Int32
    /// Stands behind the last byte of an answer. No frame has it.
    private static let mark: UInt8 = 0

    init() throws {
        var console: Int32 = -1
        end = pseudo_terminal_open(&console, 100, 30)
        guard end >= 0 else { throw Problem.noTerminal }
        dup2(console, STDIN_FILENO)
        dup2(console, STDOUT_FILENO)
    }

    enum Problem: Error { case noTerminal, keyIsLost }

    /// Presses a key, and returns when it is there to be read.
    func press(_ key: String) throws {
        var key = key
        key.withUTF8 { _ = write(end, $0.baseAddress, $0.count) }
        var ready = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
        guard poll(&ready, 1, 5_000) == 1 else { throw Problem.keyIsLost }
    }

    /// How many bytes the console has written since the last time.
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
