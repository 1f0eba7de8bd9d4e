import CCurl
import Dispatch
import Glibc
import Synchronization

/// The thread that runs libcurl. Other threads put commands into a locked queue and wake it.
///
/// Tasks can run on it as well: a task that sends a request as soon as it has an answer need not change threads.
final class NetworkThread: TaskExecutor {
    private let host: APIHost
    private let settings: CurlTransport.Settings
    private let proxy: ProxyChoice
    private let queue: Mutex<Queue>
    private let ended = DispatchSemaphore(value: 0)

    private struct Queue {
        var submitted: [Transfer] = []
        var cancelled: [UInt64] = []
        /// Jobs of tasks that run on this thread.
        var jobs: [UnownedJob] = []
        var isStopping = false
        var hasEnded = false
        /// The error for requests that are submitted after the thread has ended.
        var refusal = TransportError.cancelled
        /// Whether new requests are held back.
        var isHeld = false
        /// Signalled when no head of an answer is outstanding.
        var holder: DispatchSemaphore?
        var gate: ProxyGate

        /// Whether a submitted request may be sent now.
        /// - Parameter running: the number of requests that are being sent.
        func isDue(_ transfer: Transfer, beside running: Int) -> Bool {
            isStopping || (!isHeld || transfer.request.goesOnWhileHeld) && gate.admits(beside: running)
        }
    }

    /// A turn of the loop takes longer than this only when the process was suspended.
    private static let stopped = Duration.seconds(2)

    /// Needed to wake the thread while it runs. It is not part of the queue, because the woken thread would find the queue locked.
    private let sleeper = Mutex<Sleeper?>(nil)

    private struct Sleeper {
        /// The multi handle, as a number: pointers do not cross threads.
        var multi: UInt
        var thread: pthread_t
    }

    init(host: APIHost, settings: CurlTransport.Settings) {
        self.host = host
        self.settings = settings
        let proxy = ProxyChoice(for: host, environment: settings.proxyEnvironment)
        self.proxy = proxy
        queue = Mutex(Queue(gate: ProxyGate(proxy)))
        // libcurl would write TLS session keys to this file. This must happen before libcurl is set up.
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
            if let refusal = queue.gate.refusal { return refusal }
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
        if waiting, !hasEnded { _ = ended.wait(timeout: .now() + .milliseconds(settings.headPatience.milliseconds + 1_000)) }
    }

    /// Sends no new requests, and returns when all outstanding heads have arrived and `isSettled` is true, or after
    /// `headPatience`.
    func hold(until isSettled: () -> Bool) {
        let holder = DispatchSemaphore(value: 0)
        let deadline = ContinuousClock.now + settings.headPatience
        let isRunning = queue.withLock { queue in
            queue.isHeld = true
            queue.holder = queue.hasEnded ? nil : holder
            return !queue.hasEnded
        }
        guard isRunning else { return }
        wake()
        _ = holder.wait(timeout: .now() + .milliseconds(settings.headPatience.milliseconds))
        while !isSettled(), ContinuousClock.now < deadline { usleep(4_000) }
    }

    /// Sends the requests that were submitted since `hold`.
    func release() {
        queue.withLock { queue in
            queue.isHeld = false
            queue.holder = nil
        }
        wake()
    }

    var isRefusedByProxy: Bool { queue.withLock { $0.gate.refusal != nil } }

    func askProxyAgain() { queue.withLock { $0.gate.askAgain() } }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let isTaken = queue.withLock { queue in
            if !queue.hasEnded { queue.jobs.append(job) }
            return !queue.hasEnded
        }
        // A task must continue after this thread has ended, so that it learns of the end.
        if isTaken { wake() } else { Self.runElsewhere(job) }
    }

    private static func runElsewhere(_ job: UnownedJob) { globalConcurrentExecutor.enqueue(job) }

    /// Wakes the thread. The thread need not wake itself: it reads the queue before it sleeps.
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
        sleeper.withLock { $0 = Sleeper(multi: UInt(bitPattern: multi), thread: pthread_self()) }
        var running: [UInt64: Transfer] = [:]
        var connection = ConnectionInfo(proxy: proxy.shown)
        var kept = KeptConnections()
        // Ids of transfers that were cancelled before they were submitted.
        var cancelledEarly: Set<UInt64> = []
        // The time of the last turn of the loop.
        var lastSeen = ContinuousClock.now
        var isEnding = false
        while true {
            runJobs()
            let now = ContinuousClock.now
            if now - lastSeen > Self.stopped { running.values.forEach { $0.forgive(now - lastSeen) } }
            lastSeen = now
            let (submitted, cancelled, isStopping) = takeCommands(running.count)
            if isStopping {
                submitted.forEach { $0.end(.failure(.cancelled)) }
                if !isEnding { running.values.forEach { letGo($0, multi, &running, isEnding: true) } }
                isEnding = true
                if running.isEmpty { break }
            } else {
                cancelledEarly.formUnion(cancelled.filter { running[$0] == nil })
                for transfer in submitted { begin(transfer, multi, &running, &cancelledEarly, kept) }
                for id in cancelled { running[id].map { letGo($0, multi, &running) } }
                // Otherwise the ids of transfers that had already ended would accumulate.
                if submitted.isEmpty, cancelledEarly.count > 64 { cancelledEarly = [] }
            }
            // Cancelled and silent transfers that still wait for their head get extra connections, so that they do not delay
            // others.
            let left = running.values.count { $0.leavesBy != nil || $0.isSilent }
            masker_curl_multi_set_long(multi, CURLMOPT_MAX_HOST_CONNECTIONS, Self.connections + min(left, Self.connections))
            var active: Int32 = 0
            masker_curl_multi_perform(multi, &active)
            collect(multi, &running, &connection, &kept)
            if proxy.address != nil, running.values.contains(where: \.wasConnected) { queue.withLock { $0.gate.open() } }
            leave(multi, &running)
            noticeSilence(running, &kept)
            tellHolder(running)
            // Without transfers, the thread sleeps until a command comes.
            if !hasCommands(isEnding: isEnding, running.count) { masker_curl_multi_poll(multi, isEnding && running.isEmpty ? 0 : wait(running)) }
        }
        end(multi)
    }

    private static let connections = 4

    /// Milliseconds until the thread must wake without a command.
    private func wait(_ running: [UInt64: Transfer]) -> Int32 {
        guard !running.isEmpty else { return .max }
        let leaves = running.values.compactMap(\.leavesBy).min().map { $0 - ContinuousClock.now }
        let silent = running.values.compactMap(\.silentAt).min().map { $0 - settings.now() }
        let next = [leaves, silent].compactMap { $0 }.min().map { $0.milliseconds + 1 }
        return Int32(max(min(next ?? 1_000, 1_000), 0))
    }

    /// Answers the caller of a transfer with `.cancelled`. If the request may have been sent, the transfer goes on until its head
    /// has arrived: the head can contain a new value of the cookie, and the old value may no longer be valid.
    private func letGo(
        _ transfer: Transfer, _ multi: UnsafeMutableRawPointer, _ running: inout [UInt64: Transfer], isEnding: Bool = false
    ) {
        if transfer.awaitsHead {
            // The answer of a silent transfer is not expected, but it is waited for as long as the caller would have.
            let patience = transfer.isSilent && !isEnding ? settings.silenceTimeout : settings.headPatience
            transfer.letGo(until: ContinuousClock.now + patience)
        } else {
            running[transfer.id] = nil
            cancel(transfer, multi)
        }
    }

    /// Ends the cancelled transfers whose head has not arrived in time.
    private func leave(_ multi: UnsafeMutableRawPointer, _ running: inout [UInt64: Transfer]) {
        guard running.values.contains(where: { $0.leavesBy != nil }) else { return }
        let now = ContinuousClock.now
        for transfer in running.values where transfer.leavesBy.map({ $0 <= now }) == true {
            running[transfer.id] = nil
            cancel(transfer, multi)
        }
    }

    /// Tells the callers of reads that wait in vain on a kept connection.
    private func noticeSilence(_ running: [UInt64: Transfer], _ kept: inout KeptConnections) {
        for transfer in running.values {
            transfer.look(kept, settings)
            guard let silentAt = transfer.silentAt, silentAt <= settings.now() else { continue }
            transfer.reportSilence()
            kept.retire(at: .now)
        }
    }

    private func tellHolder(_ running: [UInt64: Transfer]) {
        queue.withLock { queue in
            guard let holder = queue.holder, !running.values.contains(where: \.hasNoHead) else { return }
            queue.holder = nil
            holder.signal()
        }
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

    private func hasCommands(isEnding: Bool, _ running: Int) -> Bool {
        queue.withLock { queue in
            if !queue.jobs.isEmpty { return true }
            guard !queue.isStopping else { return !isEnding }
            return queue.submitted.contains { queue.isDue($0, beside: running) } || !queue.cancelled.isEmpty
        }
    }

    private func takeCommands(_ running: Int) -> ([Transfer], [UInt64], Bool) {
        queue.withLock { queue in
            let cancelled = queue.cancelled
            queue.cancelled = []
            var sent: [Transfer] = [], waiting: [Transfer] = []
            for transfer in queue.submitted {
                // A cancelled request is answered at once, also while no request may be sent.
                let isDue = cancelled.contains(transfer.id) || queue.isDue(transfer, beside: running + sent.count)
                if isDue { sent.append(transfer) } else { waiting.append(transfer) }
            }
            queue.submitted = waiting
            return (sent, cancelled, queue.isStopping)
        }
    }

    private func begin(
        _ transfer: Transfer, _ multi: UnsafeMutableRawPointer, _ running: inout [UInt64: Transfer],
        _ cancelledEarly: inout Set<UInt64>, _ kept: KeptConnections
    ) {
        guard cancelledEarly.remove(transfer.id) == nil else {
            transfer.end(.failure(.cancelled))
            return
        }
        guard transfer.prepare(host: host, settings: settings, proxy: proxy, longestAge: kept.longestAge(at: .now)), let handle = transfer.handle,
            masker_curl_multi_add_handle(multi, handle) == CURLM_OK
        else {
            transfer.end(.failure(TransportError(.refused, detail: "the request could not be set up")))
            return
        }
        running[transfer.id] = transfer
    }

    private func cancel(_ transfer: Transfer, _ multi: UnsafeMutableRawPointer) {
        if let handle = transfer.handle { masker_curl_multi_remove_handle(multi, handle) }
        transfer.end(.failure(.cancelled))
    }

    private func collect(
        _ multi: UnsafeMutableRawPointer, _ running: inout [UInt64: Transfer], _ connection: inout ConnectionInfo,
        _ kept: inout KeptConnections
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
            transfer.noteConnection(in: &kept)
            // The caller may send the request again before this turn goes on.
            let waiting = proxy.address == nil ? [] : queue.withLock { Set($0.submitted.map(\.id)) }
            connection = transfer.finish(code, lastConnection: connection, limit: settings.connectTimeout)
            running[transfer.id] = nil
            if proxy.address != nil { tellGate(transfer.proxyFailure, waiting) }
        }
    }

    /// Takes what a request through the proxy came to.
    /// - Parameter waiting: the requests that waited for it. They share its failure.
    private func tellGate(_ failure: ProxyGate.Failure?, _ waiting: Set<UInt64>) {
        let failed: [Transfer] = queue.withLock { queue in
            guard let failure else {
                queue.gate.open()
                return []
            }
            guard queue.gate.isShared(failure) else { return [] }
            let failed = queue.submitted.filter { failure.wantsSignIn || waiting.contains($0.id) }
            queue.submitted.removeAll { failure.wantsSignIn || waiting.contains($0.id) }
            return failed
        }
        if let failure { for transfer in failed { transfer.end(.failure(failure.error)) } }
    }

    private func end(_ multi: UnsafeMutableRawPointer) {
        // From here on no thread may use the multi handle to wake this one.
        sleeper.withLock { $0 = nil }
        masker_curl_multi_cleanup(multi)
        refuseEverything()
    }

    private func refuseEverything(_ refusal: TransportError = .cancelled) {
        let (transfers, jobs) = queue.withLock { queue in
            queue.isStopping = true
            queue.hasEnded = true
            queue.refusal = refusal
            queue.holder?.signal()
            queue.holder = nil
            defer { (queue.submitted, queue.jobs) = ([], []) }
            return (queue.submitted, queue.jobs)
        }
        for transfer in transfers { transfer.end(.failure(refusal)) }
        for job in jobs { Self.runElsewhere(job) }
        ended.signal()
    }
}
