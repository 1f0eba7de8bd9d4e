import CTerminal
import MaskerAPI
import Synchronization
import TerminalKit

/// Runs effects outside the UI thread, and posts their answers.
final class EffectRunner: Sendable {
    private let services: Services
    private let mailbox: Mailbox
    /// For quick effects.
    private let work: WorkThread
    /// For effects that can wait for seconds: saving reports on a disk, and tmux. The threads are started when they are needed.
    let diskWork: WorkThread, copyWork = WorkThread(onStart: terminal_guard_add_thread)
    private let reads = Mutex<[(effect: Effect, serial: Int, task: Task<Void, Never>)]>([])
    private let serials = Atomic<Int>(0)

    init(
        client: MaskerClient, mailbox: Mailbox, archive: AgentBackupStore, webhookSecret: WebhookSecret? = nil, settings: ConsoleSettings,
        work: WorkThread
    ) {
        self.mailbox = mailbox
        self.work = work
        diskWork = WorkThread(onStart: terminal_guard_add_thread)
        services = Services(client: client, settings: settings, archive: archive, webhookSecret: webhookSecret, reportWork: diskWork)
        client.pacer.observe { [weak self] in self?.post(.account(.waiting(until: $0))) }
    }

    var status: ClientStatus {
        let client = services.client
        return ClientStatus(login: client.loginStatus, connection: client.connection, isRefusedByProxy: client.isRefusedByProxy)
    }

    /// Starts an effect. The event loop runs the effects of the terminal itself, except a text that tmux is to take.
    func run(_ effect: Effect) {
        switch effect {
        case .cancel(let read): cancel(read)
        case .cancelReading: cancelReading()
        case .terminal(.copy(let text)): start(on: copyWork) { [self] in copy(text) }
        case .terminal: break
        default:
            guard effect.kind == .read else { return begin(effect) }
            read(effect)
        }
    }

    /// Called when the console quits or changes the profile. Other effects end when the transport is shut down.
    /// - Returns: what the last report job has saved.
    func cancelSavingAndReading() -> [SessionReports] {
        defer { cancelReading() }
        return services.reports.stop()
    }

    /// Waits up to 2 seconds for tasks that can run, but not for reports or tmux. Call it after the transport was shut down,
    /// because that ends the tasks which wait for the network.
    func finish() {
        diskWork.stop(waiting: false)
        copyWork.stop(waiting: false)
        work.stop()
    }

    @discardableResult
    private func start(on executor: WorkThread, _ body: @escaping @Sendable () async -> Void) -> Task<Void, Never> {
        Task(executorPreference: executor, operation: body)
    }

    private func begin(_ effect: Effect) {
        start(on: effect.thread == .disk ? diskWork : work) { [self] in
            if let answer = await effect.run(services, { [self] in post($0) }) { post(answer) }
        }
    }

    private func post(_ answer: Answer) { mailbox.post(.answered(answer, status)) }

    private func copy(_ text: CopiedText) {
        guard case .tmux(let environment)? = services.settings.clipboard else { return }
        post(.copied(text, TmuxBuffer.take(text, environment)))
    }

    // MARK: Reading

    /// Does not send a request again that is still running, and does not post the answer of a cancelled one.
    private func read(_ effect: Effect) {
        reads.withLock { reads in
            guard !reads.contains(where: { $0.effect == effect }) else { return }
            let serial = serials.add(1, ordering: .relaxed).newValue
            reads.append((effect, serial, start(on: work) { [self] in
                let answer = await effect.run(services) { [self] in post($0) }
                if end(serial), let answer { post(answer) }
            }))
        }
    }

    /// Returns false when the effect was cancelled.
    private func end(_ serial: Int) -> Bool {
        reads.withLock { reads in
            guard let index = reads.firstIndex(where: { $0.serial == serial }) else { return false }
            reads.remove(at: index)
            return true
        }
    }

    private func cancel(_ effect: Effect) {
        reads.withLock { reads in
            guard let index = reads.firstIndex(where: { $0.effect == effect }) else { return nil as Task<Void, Never>? }
            return reads.remove(at: index).task
        }?.cancel()
    }

    private func cancelReading() {
        reads.withLock { reads in
            for read in reads { read.task.cancel() }
            reads = []
        }
    }
}
