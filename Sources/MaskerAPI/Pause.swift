import Dispatch

/// Pauses of tasks. `Task.sleep` would start Dispatch's threads, and with them its timer (see `WorkThread`); pauses are
/// rare, so each has a thread of its own.
package enum Pause {
    /// Throws `CancellationError` as soon as the task is cancelled.
    package static func sleep(for duration: Duration) async throws {
        let cancelled = DispatchSemaphore(value: 0)
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isStarted = DetachedThread.start {
                    _ = cancelled.wait(timeout: .now() + duration / .seconds(1))
                    continuation.resume()
                }
                if !isStarted { continuation.resume() }
            }
        } onCancel: {
            cancelled.signal()
        }
        try Task.checkCancellation()
    }
}
