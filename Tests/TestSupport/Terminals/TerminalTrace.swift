import Foundation
import Synchronization
import Testing

/// The bytes between a program and its terminal in both directions, with times, in the format of `script`; `scriptreplay` plays
/// them back. `scripts/test` sets the folder of the traces and keeps those of failed tests.
public final class TerminalTrace: Sendable {
    private struct State {
        var bytes = Data()
        var timing = ""
        var last = ContinuousClock.now
    }

    private enum Stream: String { case output = "O", input = "I", signal = "S" }

    private let state = Mutex(State())
    private let header: [(name: String, value: String)]
    /// The current test: its name, its file and line, and its suite.
    private let title: String, name: String

    public init(columns: Int, rows: Int, term: String) {
        let test = Test.current
        title = test.map { $0.displayName ?? $0.name } ?? "none"
        let place = test.map { "\($0.sourceLocation.fileName.replacing(".swift", with: ""))-\($0.sourceLocation.line)" }
        name = "\(place ?? "none")-\(UUID().uuidString.prefix(6))"
        header = [("TITLE", title), ("TERM", term), ("COLUMNS", "\(columns)"), ("LINES", "\(rows)")]
    }

    public func output(_ bytes: some Collection<UInt8>) { add(.output, bytes) }
    public func input(_ text: String) { add(.input, Array(text.utf8)) }

    public func resized(columns: Int, rows: Int) {
        state.withLock { Self.note(.signal, "SIGWINCH ROWS=\(rows) COLS=\(columns)", &$0) }
    }

    private func add(_ stream: Stream, _ bytes: some Collection<UInt8>) {
        guard !bytes.isEmpty else { return }
        state.withLock { state in
            state.bytes += bytes
            Self.note(stream, "\(bytes.count)", &state)
        }
    }

    private static func note(_ stream: Stream, _ text: String, _ state: inout State) {
        let now = ContinuousClock.now, microseconds = Int((now - state.last) / .microseconds(1))
        state.last = now
        let fraction = String(microseconds % 1_000_000 + 1_000_000).dropFirst()
        state.timing += "\(stream.rawValue) \(microseconds / 1_000_000).\(fraction) \(text)\n"
    }

    /// Writes `NAME.timing` and `NAME.bytes` to the folder that `MASKER_TEST_TRACES` names.
    public func save() {
        guard let folder = ProcessInfo.processInfo.environment["MASKER_TEST_TRACES"] else { return }
        let (bytes, timing) = state.withLock { ($0.bytes, $0.timing) }
        let head = header.map { "H 0.000000 \($0.name) \($0.value.replacing("\n", with: " "))\n" }.joined()
        let path = URL(fileURLWithPath: folder).appendingPathComponent(name)
        try? Data((head + timing).utf8).write(to: path.appendingPathExtension("timing"))
        // `script` writes a first line, which `scriptreplay` ignores.
        try? (Data("Script started\n".utf8) + bytes).write(to: path.appendingPathExtension("bytes"))
    }
}
