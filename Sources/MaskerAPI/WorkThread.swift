import Dispatch
import Synchronization

/// A thread for tasks. Their parts run one after the other, in the order in which they become ready.
///
/// Tasks that name no executor run on Dispatch's threads, and on Linux the first of those brings a timer that wakes the
/// process every second from then on.
package final class WorkThread: TaskExecutor {
    private struct Queue {
        var jobs: [UnownedJob] = []
        var isStarted = false
        var isStopping = false
        var hasEnded = false
    }

    private let queue = Mutex(Queue())
    private let bell = DispatchSemaphore(value: 0)
    private let ended = DispatchSemaphore(value: 0)
    private let onStart: @Sendable () -> Void

    /// - Parameter onStart: runs first thing on the thread.
    package init(onStart: @escaping @Sendable () -> Void = {}) { self.onStart = onStart }

    /// Starts the thread now, not with the first task. False when the system has none left: tasks run on Swift's own then.
    @discardableResult
    package func start() -> Bool {
        let isFirst = queue.withLock { queue in
            defer { queue.isStarted = true }
            return !queue.isStarted
        }
        guard isFirst, !DetachedThread.start({ [self] in run() }) else { return true }
        end()
        return false
    }

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let isTaken = queue.withLock { queue in
            if !queue.hasEnded { queue.jobs.append(job) }
            return !queue.hasEnded
        }
        guard isTaken else { return globalConcurrentExecutor.enqueue(job) }
        start()
        bell.signal()
    }

    /// Returns when everything that is ready now has run, after 2 seconds at the latest. Tasks that go on later do so
    /// on Swift's own threads.
    /// - Parameter waiting: false returns at once.
    package func stop(waiting: Bool = true) {
        let isRunning = queue.withLock { queue in
            queue.isStopping = true
            return queue.isStarted && !queue.hasEnded
        }
        guard isRunning else { return }
        bell.signal()
        if waiting { _ = ended.wait(timeout: .now() + 2) }
    }

    private func run() {
        onStart()
        while true {
            bell.wait()
            let (jobs, isStopping) = queue.withLock { queue in
                defer { queue.jobs = [] }
                return (queue.jobs, queue.isStopping)
            }
            for job in jobs { job.runSynchronously(on: asUnownedTaskExecutor()) }
            if isStopping, jobs.isEmpty { return end() }
            if isStopping { bell.signal() }
        }
    }

    private func end() {
        let jobs = queue.withLock { queue in
            queue.hasEnded = true
            defer { queue.jobs = [] }
            return queue.jobs
        }
        jobs.forEach { globalConcurrentExecutor.enqueue($0) }
        ended.signal()
    }
}
