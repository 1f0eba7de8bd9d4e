import Foundation
import MaskerAPI
import Synchronization
import Testing

/// Runs each test on a thread of its own, as many at a time as there are processors.
///
/// A test that computes or blocks then occupies only its own thread, so that clients and pauses continue. And the thread's
/// processor time is the time of the test, whatever else the machine does. `scripts/test` prints the tests with the most.
public struct OwnThread: SuiteTrait, TestTrait, TestScoping {
    /// Whether the test only waits, for minutes. It then runs in addition to the tests that run at the same time.
    var waits = false

    public var isRecursive: Bool { true }

    public func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        guard !waits else { return try await run(test, function) }
        try await TestSlots.shared.withSlot { try await run(test, function) }
    }

    private func run(_ test: Test, _ function: @Sendable () async throws -> Void) async throws {
        let thread = WorkThread(), meter = ProcessorMeter()
        defer { thread.stop(waiting: false) }
        try await ProcessorMeter.$current.withValue(meter) {
            try await withTaskExecutorPreference(thread) {
                defer { meter.report("\(Self.suite(of: test))\(test.displayName ?? test.name)") }
                try await function()
            }
        }
    }

    private static func suite(of test: Test) -> String {
        test.id.description.split(separator: "/").first.map { "\($0.split(separator: ".").last ?? $0): " } ?? ""
    }
}

extension Trait where Self == OwnThread {
    /// Every suite has this trait; a test checks that.
    public static var ownThread: OwnThread { OwnThread() }
    /// For tests that only wait, for minutes.
    public static var ownThreadWaiting: OwnThread { OwnThread(waits: true) }
}

/// The processor time of one test: that of its thread, and that of the programs that it started and that have ended.
public final class ProcessorMeter: Sendable {
    /// The meter of the current test.
    @TaskLocal public static var current: ProcessorMeter?

    private let children = Mutex(Duration.zero)

    /// Adds the time of a program that has ended.
    public func add(_ usage: rusage) {
        func duration(_ time: timeval) -> Duration { .seconds(time.tv_sec) + .microseconds(time.tv_usec) }
        children.withLock { $0 += duration(usage.ru_utime) + duration(usage.ru_stime) }
    }

    /// Appends the time so far, in milliseconds, and a name to the file that `MASKER_TEST_TIMES` names. Called on the
    /// test's thread, which was new when the test began.
    func report(_ name: String) {
        guard let path = ProcessInfo.processInfo.environment["MASKER_TEST_TIMES"] else { return }
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        let own = Duration.seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
        let line = "\(Int((own + children.withLock { $0 }) / .milliseconds(1)))\t\(name.replacing("\n", with: " "))\n"
        let file = open(path, O_WRONLY | O_APPEND | O_CREAT | Int32(O_CLOEXEC), 0o600)
        guard file >= 0 else { return }
        defer { close(file) }
        _ = Array(line.utf8).withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
    }
}

/// Limits how many tests run at the same time.
private final class TestSlots: Sendable {
    static let shared = TestSlots(sysconf(Int32(_SC_NPROCESSORS_ONLN)))

    private struct State {
        var free: Int
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state: Mutex<State>

    init(_ count: Int) { state = Mutex(State(free: max(count, 1))) }

    func withSlot(_ body: () async throws -> Void) async rethrows {
        await withCheckedContinuation { continuation in
            let isFree = state.withLock { state in
                guard state.free == 0 else {
                    state.free -= 1
                    return true
                }
                state.waiting.append(continuation)
                return false
            }
            if isFree { continuation.resume() }
        }
        defer { leave() }
        try await body()
    }

    private func leave() {
        let next = state.withLock { state -> CheckedContinuation<Void, Never>? in
            if state.waiting.isEmpty {
                state.free += 1
                return nil
            }
            return state.waiting.removeFirst()
        }
        next?.resume()
    }
}
