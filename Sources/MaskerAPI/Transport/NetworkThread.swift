import CCurl
import Dispatch
import Glibc
import Synchronization

/// The thread that runs libcurl. Others leave commands in a locked queue and wake it.
///
/// Tasks can run on it, too: one that sends a request as soon as it has an answer changes no thread for that.
final class NetworkThread: TaskExecutor {
    private let host: APIHost
    private let settings: CurlTransport.Settings
    private let proxy: ProxyChoice
    private let queue = Mutex(Queue())
    private let ended = DispatchSemaphore(value: 0)

    private struct Queue {
        var submitted: [Transfer] = []
        var cancelled: [UInt64] = []
        /// Parts of tasks that want to run here.
        var jobs: [UnownedJob] = []
        var isStopping = false
        var hasEnded = false
        /// What becomes of requests that come after the end.
        var refusal = NetworkThread.cancelled
    }

    /// What wakes the thread while it runs. Not in the queue: the thread that is woken would find that locked.
    private let sleeper = Mutex<Sleeper?>(nil)

    private struct Sleeper {
        /// The multi handle, as a number: pointers do not cross threads.
        var multi: UInt
        var thread: pthread_t
    }

    init(host: APIHost, settings: CurlTransport.Settings) {
        self.host = host
        self.settings = settings
        proxy = ProxyChoice(for: host, environment: settings.proxyEnvironment)
        // Any program that uses libcurl would write its session keys there; too late once libcurl is set up.
        unsetenv("SSLKEYLOGFILE")
    }

    func start() {
        if !DetachedThread.start({ [self] in run() }) { refuseEverything() }
    }

    func submit(_ transfer: Transfer) {
        if let problem = proxy.problem {
            transfer.end(.failure(TransportError(.refused, detail: problem)))
            return
        }
        let refusal: TransportError? = queue.withLock { queue in
            guard !queue.isStopping else { return queue.refusal }
            queue.submitted.append(transfer)
            return nil
        }
        if let refusal { transfer.end(.failure(refusal)) } else { wake() }
    }

    func cancel(_ id: UInt64) {
        queue.withLock { queue in
            guard !queue.isStopping else { return }
            queue.cancelled.append(id)
        }
        wake()
    }

    func stop(waiting: Bool = true) {
        let hasEnded = queue.withLock { queue in
            queue.isStopping = true
            return queue.hasEnded
        }
        wake()
        if waiting, !hasEnded { _ = ended.wait(timeout: .now() + 2) }
    }

    fileprivate static let cancelled = TransportError(.cancelled, detail: "cancelled")

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let isTaken = queue.withLock { queue in
            if !queue.hasEnded { queue.jobs.append(job) }
            return !queue.hasEnded
        }
        // A task goes on when there is no network any more, if only to find that out.
        if isTaken { wake() } else { Self.runElsewhere(job) }
    }

    private static func runElsewhere(_ job: UnownedJob) { globalConcurrentExecutor.enqueue(job) }

    /// The thread itself looks into the queue before it sleeps.
    private func wake() {
        sleeper.withLock { sleeper in
            guard let sleeper, pthread_equal(sleeper.thread, pthread_self()) == 0 else { return }
            if let multi = UnsafeMutableRawPointer(bitPattern: sleeper.multi) { masker_curl_multi_wakeup(multi) }
        }
    }

    // MARK: On the thread

    private func run() {
        settings.onThreadStart()
        if let problem = masker_curl_load() {
            refuseEverything(TransportError(.refused, detail: "libcurl cannot be used: " + String(cString: problem)))
            return
        }
        guard masker_curl_global_init(Int(CURL_GLOBAL_ALL)) == CURLE_OK, let multi = masker_curl_multi_init() else {
            refuseEverything()
            return
        }
        masker_curl_multi_set_long(multi, CURLMOPT_MAX_HOST_CONNECTIONS, 4)
        sleeper.withLock { $0 = Sleeper(multi: UInt(bitPattern: multi), thread: pthread_self()) }
        var running: [UInt64: Transfer] = [:]
        var connection = ConnectionInfo(proxy: proxy.shown)
        // A cancellation can come before its transfer; the id waits here for it.
        var cancelledEarly: Set<UInt64> = []
        while true {
            runJobs()
            let (submitted, cancelled, isStopping) = takeCommands()
            if isStopping { break }
            cancelledEarly.formUnion(cancelled.filter { running[$0] == nil })
            for transfer in submitted { begin(transfer, multi, &running, &cancelledEarly) }
            for id in cancelled { running.removeValue(forKey: id).map { cancel($0, multi) } }
            // Ids of transfers that had ended already would pile up.
            if submitted.isEmpty, cancelledEarly.count > 64 { cancelledEarly = [] }
            var active: Int32 = 0
            masker_curl_multi_perform(multi, &active)
            collect(multi, &running, &connection)
            // Idle means asleep: only a command wakes it then.
            if !hasCommands { masker_curl_multi_poll(multi, running.isEmpty ? Int32.max : 1_000) }
        }
        end(multi, &running)
    }

    private func runJobs() {
        while true {
            let jobs = queue.withLock { queue in
                defer { queue.jobs = [] }
                return queue.jobs
            }
            guard !jobs.isEmpty else { return }
            for job in jobs { job.runSynchronously(on: asUnownedTaskExecutor()) }
        }
    }

    private var hasCommands: Bool {
        queue.withLock { queue in
            queue.isStopping || !queue.submitted.isEmpty || !queue.cancelled.isEmpty || !queue.jobs.isEmpty
        }
    }

    private func takeCommands() -> ([Transfer], [UInt64], Bool) {
        queue.withLock { queue in
            // What was submitted just before stays: `refuseEverything` answers it.
            guard !queue.isStopping else { return ([], [], true) }
            defer {
                queue.submitted = []
                queue.cancelled = []
            }
            return (queue.submitted, queue.cancelled, false)
        }
    }

    private func begin(
        _ transfer: Transfer, _ multi: UnsafeMutableRawPointer, _ running: inout [UInt64: Transfer],
        _ cancelledEarly: inout Set<UInt64>
    ) {
        guard cancelledEarly.remove(transfer.id) == nil else {
            transfer.end(.failure(Self.cancelled))
            return
        }
        guard transfer.prepare(host: host, settings: settings, proxy: proxy), let handle = transfer.handle,
            masker_curl_multi_add_handle(multi, handle) == CURLM_OK
        else {
            transfer.end(.failure(TransportError(.refused, detail: "the request could not be set up")))
            return
        }
        running[transfer.id] = transfer
    }

    private func cancel(_ transfer: Transfer, _ multi: UnsafeMutableRawPointer) {
        if let handle = transfer.handle { masker_curl_multi_remove_handle(multi, handle) }
        transfer.end(.failure(Self.cancelled))
    }

    private func collect(
        _ multi: UnsafeMutableRawPointer, _ running: inout [UInt64: Transfer], _ connection: inout ConnectionInfo
    ) {
        var left: Int32 = 0
        while let message = masker_curl_multi_info_read(multi, &left) {
            guard message.pointee.msg == CURLMSG_DONE, let handle = message.pointee.easy_handle else { continue }
            let code = masker_curl_message_result(message)
            var context: UnsafeMutableRawPointer?
            masker_curl_get_pointer(handle, CURLINFO_PRIVATE, &context)
            masker_curl_multi_remove_handle(multi, handle)
            guard let context else { continue }
            let transfer = Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
            connection = transfer.finish(code, lastConnection: connection)
            running[transfer.id] = nil
        }
    }

    private func end(_ multi: UnsafeMutableRawPointer, _ running: inout [UInt64: Transfer]) {
        for transfer in running.values { cancel(transfer, multi) }
        running = [:]
        // No one may wake a handle that is gone.
        sleeper.withLock { $0 = nil }
        masker_curl_multi_cleanup(multi)
        refuseEverything()
    }

    private func refuseEverything(_ refusal: TransportError = NetworkThread.cancelled) {
        let (transfers, jobs) = queue.withLock { queue in
            queue.isStopping = true
            queue.hasEnded = true
            queue.refusal = refusal
            defer { (queue.submitted, queue.jobs) = ([], []) }
            return (queue.submitted, queue.jobs)
        }
        for transfer in transfers { transfer.end(.failure(refusal)) }
        for job in jobs { Self.runElsewhere(job) }
        ended.signal()
    }
}
