import Foundation
import Synchronization

/// A program in a pseudo-terminal. Every byte of its output is kept.
///
/// Unlike a terminal emulator, it interprets nothing: tests see the bytes that a real terminal would receive.
public final class PseudoTerminal: Sendable {
    public var process: pid_t { child.process }
    private let child: ChildProcess
    /// The terminal's attributes before the program was started.
    public let attributesBefore: [UInt32]
    /// The descriptor that a terminal emulator would have.
    private let master: Int32
    private let state = Mutex(State())
    private let isStalled = Atomic(false)
    private let trace: TerminalTrace
    /// The number of the program's terminal: `/dev/pts/NUMBER`.
    private let number: UInt32

    private struct State {
        var output: [UInt8] = []
        var isClosed = false
        /// Whether all output of the program is in `output`.
        var isDrained = false
        var status: Int32?
    }

    // Linux's TIOCSPTLCK and TIOCGPTN, which Swift does not import.
    private static let unlock: UInt = 0x4004_5431, getNumber: UInt = 0x8004_5430

    public struct Failure: Error, CustomStringConvertible {
        public var description: String
        public init(description: String) { self.description = description }
    }

    /// Starts `command` (the path of a program and its arguments) as the leader of a new session on the terminal, with the
    /// signals `blockedSignals` blocked, as some parent processes leave them.
    public init(
        _ command: [String], environment: [String: String], columns: Int = 100, rows: Int = 30, blockedSignals: [Int32] = []
    ) throws {
        let master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_NONBLOCK | Int32(O_CLOEXEC))
        var number: UInt32 = 0, lock: Int32 = 0
        guard master >= 0, ioctl(master, Self.unlock, &lock) == 0, ioctl(master, Self.getNumber, &number) == 0 else {
            throw Failure(description: "no pseudo-terminal: \(String(cString: strerror(errno)))")
        }
        self.master = master
        self.number = number
        trace = TerminalTrace(columns: columns, rows: rows, term: environment["TERM"] ?? "")
        Self.setSize(master, columns: columns, rows: rows)
        attributesBefore = Self.attributes(of: master)

        do {
            child = try ChildProcess(command, environment: environment, newSession: true, blocked: blockedSignals) { files in
                // When the leader of a session without a terminal opens it, it becomes the terminal of the session.
                posix_spawn_file_actions_addopen(&files, 0, "/dev/pts/\(number)", O_RDWR, 0)
                posix_spawn_file_actions_adddup2(&files, 0, 1)
                posix_spawn_file_actions_adddup2(&files, 0, 2)
            }
        } catch {
            Foundation.close(master)
            throw error
        }
        Thread { [self] in read() }.start()
        Thread { [self] in waitForEnd() }.start()
    }

    /// Ends the program with SIGKILL.
    public func stop() {
        if status == nil { kill(process, SIGKILL) }
        hangUp()
        trace.save()
    }

    // MARK: Acting

    /// Sends bytes to the program. Waits while the terminal accepts no more, unless the program has ended.
    public func send(_ text: String) {
        var bytes = Array(text.utf8)[...]
        while write(&bytes) { usleep(1_000) }
    }

    /// Sends more bytes than a program reads at once. The thread is not blocked in the meantime.
    public func sendPatiently(_ text: String) async throws {
        var bytes = Array(text.utf8)[...]
        while write(&bytes) { try await Task.sleep(for: .milliseconds(1)) }
    }

    /// Writes as many bytes as the terminal accepts. Returns whether bytes are left.
    private func write(_ bytes: inout ArraySlice<UInt8>) -> Bool {
        let count = state.withLock { state in
            state.isClosed || state.status != nil ? bytes.count : bytes.withUnsafeBytes { Foundation.write(master, $0.baseAddress, $0.count) }
        }
        trace.input(String(decoding: bytes.prefix(max(count, 0)), as: UTF8.self))
        bytes = bytes.dropFirst(max(count, 0))
        return !bytes.isEmpty
    }

    /// Sends pieces one after the other, from a thread that no other test can delay. Returns the longest time between two
    /// pieces, which a busy machine can make long.
    public func send(_ pieces: [String], apart: Duration) async -> Duration {
        await withCheckedContinuation { continuation in
            Thread { [self] in
                var widest = Duration.zero, last: ContinuousClock.Instant?
                for piece in pieces {
                    if last != nil { Thread.sleep(forTimeInterval: apart / .seconds(1)) }
                    send(piece)
                    let now = ContinuousClock.now
                    if let last { widest = max(widest, now - last) }
                    last = now
                }
                continuation.resume(returning: widest)
            }.start()
        }
    }

    public func resize(columns: Int, rows: Int) {
        trace.resized(columns: columns, rows: rows)
        Self.setSize(master, columns: columns, rows: rows)
    }

    /// Closes the terminal, as a lost connection does.
    public func hangUp() {
        state.withLock { state in
            guard !state.isClosed else { return }
            state.isClosed = true
            Foundation.close(master)
        }
    }

    /// Stops the program's output, as Ctrl-S does. Writing to the terminal blocks from now on.
    public func stopOutput() {
        let side = open("/dev/pts/\(number)", O_RDWR | O_NOCTTY | O_NONBLOCK | Int32(O_CLOEXEC))
        guard side >= 0 else { return }
        tcflow(side, TCOOFF)
        Foundation.close(side)
    }

    /// Reads nothing while `body` runs, as a stalled terminal does.
    public func withStalledOutput<Result>(_ body: () async throws -> Result) async rethrows -> Result {
        isStalled.store(true, ordering: .sequentiallyConsistent)
        defer { isStalled.store(false, ordering: .sequentiallyConsistent) }
        return try await body()
    }

    // MARK: Looking

    /// All output so far.
    public var output: [UInt8] { state.withLock { $0.output } }
    public var text: String { String(decoding: output, as: UTF8.self) }

    /// Discards the output so far.
    public func forgetOutput() { state.withLock { $0.output = [] } }

    /// The terminal's attributes now.
    public var attributes: [UInt32] { Self.attributes(of: master) }

    private static func attributes(of master: Int32) -> [UInt32] {
        var attributes = termios()
        tcgetattr(master, &attributes)
        let characters = withUnsafeBytes(of: attributes.c_cc) { $0.map(UInt32.init) }
        return [attributes.c_iflag, attributes.c_oflag, attributes.c_cflag, attributes.c_lflag] + characters
    }

    /// The exit status after the program has ended. If a signal ended it, 128 plus the signal's number.
    public var status: Int32? { state.withLock { $0.status } }

    /// Waits until `condition` holds. Returns false when it does not hold and the program has ended, or hangs.
    public func eventually(_ condition: (PseudoTerminal) throws -> Bool) async rethrows -> Bool {
        try await Patience.wait { try condition(self) } unless: { hasEnded }
    }

    /// Waits until a text has been written.
    public func expect(_ expected: String) async throws {
        guard await eventually({ $0.text.contains(expected) }) else {
            throw Failure(description: "“\(expected)” was not written; the end of what was: \(text.suffix(600).debugDescription)")
        }
    }

    /// Waits for the end of the program and returns its status.
    @discardableResult
    public func expectEnd() async throws -> Int32 {
        guard await Patience.wait(until: { hasEnded }), let status else {
            throw Failure(description: "the program has not ended; the end of its output: \(text.suffix(600).debugDescription)")
        }
        return status
    }

    /// Whether the program has ended and all its output is in `output`.
    private var hasEnded: Bool { state.withLock { $0.status != nil && ($0.isDrained || $0.isClosed) } }

    /// Waits until the program is at rest (see `ProcessRest`) and writes nothing. Returns false when it ends, or is never at rest.
    @discardableResult
    public func rest() async -> Bool {
        await ProcessRest.wait(process, terminal: "/dev/pts/\(number)", also: { output.count }, unless: { hasEnded })
    }

    // MARK: Threads

    private func read() {
        var buffer = [UInt8](repeating: 0, count: 65_536), quiet = 0
        while true {
            var descriptor = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
            if state.withLock({ $0.isClosed }) { return }
            guard !isStalled.load(ordering: .sequentiallyConsistent), poll(&descriptor, 1, 20) > 0 else {
                // A child that the program left behind may keep the terminal open.
                quiet = status == nil ? 0 : quiet + 1
                if quiet == 50 { return state.withLock { $0.isDrained = true } }
                usleep(5_000)
                continue
            }
            let count = state.withLock { state in state.isClosed ? -1 : Foundation.read(master, &buffer, buffer.count) }
            if count > 0 {
                state.withLock { $0.output += buffer.prefix(count) }
                trace.output(buffer.prefix(count))
            } else if status != nil {
                return state.withLock { $0.isDrained = true }
            } else {
                usleep(5_000)
            }
        }
    }

    private func waitForEnd() {
        let status = child.waitForEnd()
        state.withLock { $0.status = status }
    }

    private static func setSize(_ master: Int32, columns: Int, rows: Int) {
        var size = winsize(
            ws_row: UInt16(clamping: rows), ws_col: UInt16(clamping: columns), ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(master, UInt(TIOCSWINSZ), &size)
    }
}
