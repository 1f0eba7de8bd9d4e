import CTerminal
import MaskerAPI
import Synchronization
import TerminalKit

/// Does what effects ask for, off the UI thread, and posts what came of it.
final class EffectRunner: Sendable {
    private let services: Services
    private let mailbox: Mailbox
    /// For all that is quick.
    private let work: WorkThread
    /// For what may have to wait for seconds: a disk that reports are saved on, and tmux. They begin when they are needed.
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

    var status: ClientStatus { ClientStatus(login: services.client.loginStatus, connection: services.client.connection) }

    /// Starts an effect; those of the terminal are the event loop's own, but for a text that tmux is to take.
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

    /// The console closes, or goes to another server. What else is under way ends with the transport.
    func cancelSavingAndReading() {
        services.reports.stop()
        cancelReading()
    }

    /// Waits for what is ready to run, 2 seconds at most, but for no report and no tmux. To be called after the transport is shut
    /// down, which ends the tasks that wait for it.
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

    /// What is out already is not sent twice. What came of one that was cancelled is not posted.
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

    /// False when it was cancelled.
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
