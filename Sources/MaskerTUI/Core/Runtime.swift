import CTerminal
import MaskerAPI
import Synchronization

/// Does what effects ask for, off the UI thread, and posts what came of it.
final class Runtime: Sendable {
    private let client: MaskerClient
    private let mailbox: Mailbox
    private let deletion: AgentDeletion
    private let creation: AgentCreation
    private let checks: AgentChecks
    private let reports: ReportSaver
    private let settings: Settings
    private let looks: LookFile?
    /// For all that is quick.
    private let work: WorkThread
    /// For what may have to wait for seconds: a disk that reports are saved on, and tmux. They begin when they are needed.
    let reportWork = WorkThread(onStart: terminal_guard_add_thread), copyWork = WorkThread(onStart: terminal_guard_add_thread)
    /// Whether a login session signed in here is written to the store.
    private let storesLogin: Bool
    private let fetches = Mutex<[Request: (serial: Int, task: Task<Void, Never>)]>([:])
    private let serials = Atomic<Int>(0)

    init(
        client: MaskerClient, mailbox: Mailbox, archive: ConfigurationArchive, webhookSecret: WebhookSecret? = nil, settings: Settings,
        work: WorkThread
    ) {
        self.client = client
        self.mailbox = mailbox
        deletion = AgentDeletion(client: client, archive: archive)
        creation = AgentCreation(client: client, home: settings.home)
        checks = AgentChecks(client: client, secret: webhookSecret)
        self.work = work
        reports = ReportSaver(client: client, directory: settings.reportsDirectory, executor: reportWork)
        self.settings = settings
        looks = settings.looksPath.map(LookFile.init)
        storesLogin = settings.storePath != nil
        client.pacer.observe { [weak self] in self?.post(.waiting(until: $0)) }
    }

    var status: ClientStatus { ClientStatus(login: client.loginStatus, connection: client.connection) }

    /// Starts an effect; those of the terminal are the event loop's own.
    func run(_ effect: Effect) {
        switch effect {
        case .fetch(let request): fetch(request)
        case .cancel(let request): cancel(request)
        case .cancelReading: cancelReading()
        case .delete(let target, let login): start { [self] in post(.deletion(target, await deletion.delete(target, by: login))) }
        case .lookFor(let target): start { [self] in post(.lookedFor(target, await deletion.look(for: target))) }
        case .createAgent(let order): start { [self] in post(.creation(order, await creation.create(order))) }
        case .lookForName(let order): start { [self] in post(.lookedForName(order, await creation.look(for: order))) }
        case .checkWebhook(let agent, let secret): start { [self] in post(.webhookCheck(agent.id, await checks.webhook(of: agent, with: secret))) }
        case .checkProxy(let agent): start { [self] in post(.proxyCheck(agent.id, await checks.proxy(of: agent))) }
        case .saveReports(let order): reports.save(order) { [self] in post($0) }
        case .cancelSaving: reports.cancel()
        case .lookForNames(let names): start(on: reportWork) { [self] in post(.namesTaken(names, reports.taken(names))) }
        case .readLooks: start { [self] in readLooks() }
        case .copy(let text): start(on: copyWork) { [self] in copy(text) }
        case .keepLooks(let new): start { [self] in keep(new) }
        case .signIn(let cookie):
            start { [self] in
                let store = storesLogin
                post(.signedIn(await Result { try await client.signIn(with: cookie, store: store) }))
            }
        case .logOut: start { [self] in post(.loggedOut(await client.logOut())) }
        case .reopen, .useTheme, .ring, .suspend, .repaint, .quit: break
        }
    }

    /// The console closes, or goes to another server. What else is under way ends with the transport.
    func cancelSavingAndReading() {
        reports.stop()
        cancelReading()
    }

    /// Waits for what is ready to run, 2 seconds at most, but for no report and no tmux. To be called after the transport is shut
    /// down, which ends the tasks that wait for it.
    func finish() {
        reportWork.stop(waiting: false)
        copyWork.stop(waiting: false)
        work.stop()
    }

    @discardableResult
    private func start(on executor: WorkThread? = nil, _ body: @escaping @Sendable () async -> Void) -> Task<Void, Never> {
        Task(executorPreference: executor ?? work, operation: body)
    }

    private func post(_ answer: Answer) { mailbox.post(.answered(answer, status)) }

    private func copy(_ text: CopiedText) {
        guard case .tmux(let environment)? = settings.clipboard else { return }
        post(.copied(text, TmuxBuffer.take(text, environment)))
    }

    // MARK: How lists are arranged

    private func readLooks() {
        do throws(LookFile.Problem) {
            if let looks = try looks?.read() { post(.looks(looks)) }
        } catch {
            post(.looksTrouble("how the lists were arranged is not known: \(error.sentence)"))
        }
    }

    private func keep(_ new: ListLooks) {
        do throws(LookFile.Problem) {
            try looks?.write(new)
        } catch {
            post(.looksTrouble("how the lists are arranged is not kept: \(error.sentence)"))
        }
    }

    // MARK: Reading

    /// A request that is out already is not sent twice.
    private func fetch(_ request: Request) {
        fetches.withLock { fetches in
            guard fetches[request] == nil else { return }
            let serial = serials.add(1, ordering: .relaxed).newValue
            fetches[request] = (serial, start { [self] in
                let answer = await answer(to: request)
                let isWanted = self.fetches.withLock { fetches in
                    guard fetches[request]?.serial == serial else { return false }
                    fetches[request] = nil
                    return true
                }
                if isWanted { post(answer) }
            })
        }
    }

    private func cancel(_ request: Request) {
        fetches.withLock { $0.removeValue(forKey: request) }?.task.cancel()
    }

    private func cancelReading() {
        fetches.withLock { fetches in
            for fetch in fetches.values { fetch.task.cancel() }
            fetches = [:]
        }
    }

    private func answer(to request: Request) async -> Answer {
        switch request {
        case .user:
            return .user(await Result { try await client.currentUser() })
        case .agents(let page):
            return .agents(page, await Result(page.priority) { try await client.agents(nameContains: page.filter.nameContains, cursor: page.cursor) })
        case .sessions(let page):
            return .sessions(page, await Result(page.priority) { try await client.sessions(page.filter, cursor: page.cursor) })
        case .agent(let id):
            return .agent(id, await Result { try await client.agent(id) })
        case .agentSessions(let id):
            let limit = AgentDetailScreen.latestSessions
            return .agentSessions(id, await Result { try await client.sessions(of: id, .initial, limit: limit) })
        case .session(let id):
            return .session(id, await Result { try await client.session(id) })
        case .overview(let page):
            return .overview(page, await OverviewFetch.page(page, from: client))
        case .stages(let id, let purpose):
            return .stages(id, purpose, await OverviewFetch.timing(of: id, for: purpose, from: client))
        case .report(let id):
            return .report(id, await Result {
                try await ReportReader(client: client).read(id) { post(.readingReport(id, $0, $1)) }
            })
        case .deletedAgents:
            do { return .deletedAgents(.success(try deletion.archive.all())) } catch { return .deletedAgents(.failure(error)) }
        }
    }
}
