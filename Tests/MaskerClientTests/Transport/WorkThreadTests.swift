import Glibc
import Synchronization
import TestSupport
import Testing

@testable import MaskerAPI

@Suite("Threads for tasks", .ownThread)
struct WorkThreadTests {
    /// The notes of tasks, and the threads on which they ran.
    private final class Notes: Sendable {
        private let state = Mutex<(numbers: [Int], threads: Set<pthread_t>)>(([], []))

        func note(_ number: Int) {
            state.withLock { state in
                state.numbers.append(number)
                state.threads.insert(pthread_self())
            }
        }

        var numbers: [Int] { state.withLock { $0.numbers } }
        var threads: Int { state.withLock { $0.threads.count } }
    }

    @Test("tasks run one after the other, in their order, on one thread")
    func order() async {
        let work = WorkThread(), notes = Notes()
        let tasks = (0..<100).map { number in Task(executorPreference: work) { notes.note(number) } }
        for task in tasks { await task.value }
        #expect(notes.numbers == Array(0..<100) && notes.threads == 1)
        work.stop()
    }

    @Test("tasks that are ready run before the thread stops; a task that continues later runs elsewhere")
    func stopping() async {
        let work = WorkThread(), notes = Notes()
        let (held, release) = AsyncStream<Void>.makeStream()
        let late = Task(executorPreference: work) {
            notes.note(0)
            for await _ in held {}
            notes.note(9)
        }
        for number in 1...8 { Task(executorPreference: work) { notes.note(number) } }
        work.stop()
        #expect(notes.numbers == Array(0...8))
        release.finish()
        await late.value
        #expect(notes.numbers == Array(0...9) && notes.threads == 2)
    }

    @Test("onStart is called once, before the first task")
    func start() async {
        let notes = Notes()
        let work = WorkThread { notes.note(0) }
        work.start()
        for number in 1...3 { await Task(executorPreference: work) { notes.note(number) }.value }
        work.start()
        #expect(notes.numbers == [0, 1, 2, 3] && notes.threads == 1)
        work.stop()
    }

    @Test("stopping a thread that was not started does not start it")
    func unused() {
        let notes = Notes()
        WorkThread { notes.note(0) }.stop()
        #expect(notes.numbers == [])
    }

    @Test("a pause ends after its time, or throws when its task is cancelled")
    func pauses() async throws {
        let start = ContinuousClock.now
        try await Pause.sleep(for: .milliseconds(20))
        #expect(ContinuousClock.now - start >= .milliseconds(20))
        let long = Task { try await Pause.sleep(for: .seconds(3_600)) }
        long.cancel()
        await #expect(throws: CancellationError.self) { try await long.value }
    }
}
