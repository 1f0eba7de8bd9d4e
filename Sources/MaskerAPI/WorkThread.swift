import Dispatch
import Synchronization

/// One thread that runs tasks. Their parts run one after the other, in the order in which they become ready.
///
/// Tasks without an executor run on Dispatch's threads. On Linux, the first of those threads starts a timer that wakes the
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

    /// - Parameter onStart: called on the thread before the first task.
    package init(onStart: @escaping @Sendable () -> Void = {}) { self.onStart = onStart }

    /// Starts the thread now instead of with the first task. Returns false when the system cannot start another thread; tasks
    /// run on Swift's default executor then.
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

    /// Stops the thread after it has run everything that is ready now, and waits for that for at most 2 seconds. Tasks that
    /// continue later run on Swift's default executor.
    /// - Parameter waiting: whether to wait; with false the function returns at once.
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
