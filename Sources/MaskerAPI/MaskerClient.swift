import FoundationEssentials
import Glibc
import Synchronization

/// The Masker API: one function for each endpoint.
///
/// Every function throws `APIError` and nothing else. Cancelling the surrounding task ends the call at once, with `.transport`
/// and the reason `.cancelled`; the client still waits a second for the head of the answer, because it can contain a new
/// value of the cookie. Failed reads are sent again if that can help (`RetryPolicy`); writes and reports are sent once. Bulk
/// work is paced, and waits when the server asks for it (`RequestPacer`).
public final class MaskerClient: Sendable {
    public let host: APIHost
    private let transport: any HTTPTransport
    private let login: LoginSession
    private let retry: RetryPolicy
    private let sender: RequestSender
    private let publicHost: PublicHost?
    /// Limits the pace of bulk work.
    public let pacer: RequestPacer
    /// The index in `Endpoint.currentUser` of the path that has returned the user; nil when it is not known.
    private let currentUserPath = Mutex<Int?>(nil)
    private let reader = Mutex(SessionPageReader())
    private let failuresInRow = FailuresInRow()

    public init(
        host: APIHost, transport: any HTTPTransport, login: LoginSession, retry: RetryPolicy = .standard,
        log: RequestObserver? = nil, publicHost: PublicHost? = nil, pacer: RequestPacer? = nil
    ) {
        self.host = host
        self.publicHost = publicHost
        self.transport = transport
        self.login = login
        self.retry = retry
        sender = RequestSender(host, transport, publicHost: publicHost, log: log)
        self.pacer = pacer ?? RequestPacer(host: host)
    }

    /// The details of the login session that may be shown.
    public var loginStatus: LoginStatus { login.status }

    /// The current time of the server's clock, as far as it is known.
    public var serverTime: Date { Date().addingTimeInterval(login.status.serverClockOffset) }

    /// Whether the client is checking if a refused login session is still valid. If the process is stopped during that time,
    /// the user's other consoles wait for it.
    public var isInDoubt: Bool { login.isInDoubt }

    /// The connection of the latest answer; nil before the first answer.
    public var connection: ConnectionInfo? { sender.connection }

    /// Whether the proxy has refused its user name and password. Then all requests fail at once until `askProxyAgain`.
    public var isRefusedByProxy: Bool { transport.isRefusedByProxy }

    /// Lets the next request ask the proxy again.
    public func askProxyAgain() { transport.askProxyAgain() }

    // MARK: Current user

    /// Returns the signed-in user (contract, *Current user*).
    public func currentUser() async throws(APIError) -> User { try await currentUser(as: login) }

    private func currentUser(as login: LoginSession) async throws(APIError) -> User {
        var missing = APIError(kind: .notFound, message: "the server has no endpoint for the current user")
        let known = currentUserPath.withLock { $0 }
        for (index, endpoint) in Endpoint.currentUser.enumerated() where known == nil || known == index {
            let response: HTTPResponse
            do {
                response = try await call(endpoint, as: login)
            } catch where error.kind == .notFound {
                missing = error
                continue
            }
            guard let user = User(answer: try parse(response)) else {
                throw .unexpected(response, "the server does not say who is signed in")
            }
            currentUserPath.withLock { $0 = index }
            return user
        }
        // The server may have been replaced, so the next call tries all paths again.
        currentUserPath.withLock { $0 = nil }
        throw missing
    }

    /// Asks the server for the current user with a new login session, and uses the session from then on if that succeeds. If
    /// the server has renewed its cookie meanwhile, the new value is used.
    /// - Parameter store: whether the session is written to the credential store.
    public func signIn(with candidate: CookieValue, store: Bool) async throws(APIError) -> User {
        guard !login.isToken else { throw .refusedToken }
        let session = LoginSession(candidate: candidate)
        let user = try await currentUser(as: session)
        login.replace(with: session, storing: store)
        return user
    }

    /// The result of signing out.
    public enum LogOutOutcome: Sendable, Equatable {
        case signedOut
        /// The credential is an API token, which only the portal can revoke: no request was sent.
        case isToken
        /// The login session was no longer valid.
        case alreadySignedOut
        /// The console has forgotten the session, but the server did not confirm it, so the session may still be valid there.
        case onlyHere(APIError)
    }

    /// Ends the login session on the server, and forgets it here and in the credential store, whatever the server answers.
    /// Only 204 confirms that the session has ended; 401 says that it was no longer valid.
    public func logOut() async -> LogOutOutcome {
        guard !login.isToken else { return .isToken }
        defer { login.forget() }
        do {
            _ = try await call(Endpoint.logOut)
            return .signedOut
        } catch {
            return error.kind == .unauthenticated ? .alreadySignedOut : .onlyHere(error)
        }
    }

    // MARK: Agents

    /// One page of agents, newest first (contract, *Agents*).
    /// - Parameters:
    ///   - nameContains: a case-insensitive part of the name.
    ///   - limit: 1 to 100.
    public func agents(
        nameContains: String? = nil, limit: Int = Endpoint.largestPage, cursor: String? = nil
    ) async throws(APIError) -> Page<Agent> {
        let response = try await call(Endpoint.agents(nameContains: nameContains, limit: limit, cursor: cursor))
        do {
            let (json, leftOut) = try JSON.page(parsing: response.body, mostElements: PageLimit.elements)
            return try Self.list(Page<Agent>(json: json, leftOut: leftOut), response)
        } catch let error as JSONSyntaxError {
            throw .notJSON(response, error)
        } catch let error as APIError {
            throw error
        } catch {
            throw .unexpected(response, "the answer is not a list")
        }
    }

    /// One agent with its policy and statistics.
    public func agent(_ id: Identifier<Agent>) async throws(APIError) -> AgentDetail {
        try await record("agent", Endpoint.agent(id))
    }

    /// Creates an agent. Throws `.conflict` when the name is taken, and `.validation` when the server does not accept a value.
    public func createAgent(_ agent: NewAgent) async throws(APIError) -> Agent {
        guard let body = try? JSONEncoder().encode(agent) else {
            throw APIError(kind: .validation, message: "the agent's name or policy cannot be sent as JSON")
        }
        return try await record("agent", Endpoint.createAgent, body: Array(body))
    }

    /// Deletes an agent permanently; only account admins may do so. The request is sent once, over a new connection.
    public func deleteAgent(_ id: Identifier<Agent>) async throws(APIError) { _ = try await call(Endpoint.deleteAgent(id)) }

    /// Makes the server read its policy file again; requests that have begun end with the old policies. The request is sent once.
    /// Throws 404 when the server does not have this endpoint, 403 when the user has no permission, and 422 with the server's
    /// explanation when the file is not valid.
    public func reloadPolicies() async throws(APIError) { _ = try await call(Endpoint.reloadPolicies) }

    // MARK: Sessions

    /// One page of call sessions across agents, newest first (contract, *Sessions*).
    public func sessions(
        _ filter: SessionFilter = SessionFilter(), limit: Int = Endpoint.largestPage, cursor: String? = nil
    ) async throws(APIError) -> Page<CallSession> {
        try await sessions(Endpoint.sessions(filter, limit: limit, cursor: cursor))
    }

    /// One page of an agent's call sessions, newest first.
    public func sessions(
        of agent: Identifier<Agent>, _ filter: SessionFilter = SessionFilter(), limit: Int = Endpoint.largestPage,
        cursor: String? = nil
    ) async throws(APIError) -> Page<CallSession> {
        try await sessions(Endpoint.sessions(of: agent, filter, limit: limit, cursor: cursor))
    }

    /// All pages of call sessions across agents, newest first, for reading the list to its end.
    public func sessionPages(_ filter: SessionFilter = SessionFilter()) -> SessionPages {
        SessionPages(self, executor: transport.executor) { [self] cursor throws(APIError) in
            try await call(Endpoint.sessions(filter, limit: Endpoint.largestPage, cursor: cursor))
        }
    }

    /// One call session with its events. Its payloads can hold PHI.
    public func session(_ id: Identifier<CallSession>) async throws(APIError) -> CallSessionDetail {
        do { return try await record("session", Endpoint.session(id)) } catch { throw error.namingRetention(of: id, now: serverTime) }
    }

    /// The compliance report of a call session. The call can take minutes.
    public func report(_ id: Identifier<CallSession>) async throws(APIError) -> Report {
        do { return try await record("report", Endpoint.report(id, .json)) } catch { throw error.namingRetention(of: id, now: serverTime) }
    }

    /// The compliance report as a file: `.start`, then the exact bytes piece by piece as they arrive, and at the end
    /// `.complete` if the report is complete. The stream's errors are `APIError`s. Ending the iteration cancels the transfer.
    /// Cancelling the task that iterates ends the stream without an error and without `.complete`.
    public func report(
        _ id: Identifier<CallSession>, as format: Endpoint.ReportFormat
    ) -> AsyncThrowingStream<ReportPiece, any Error> {
        AsyncThrowingStream { continuation in
            let task = Task(executorPreference: transport.executor) { [self] in
                let check = Mutex(ReportCheck(format, of: id))
                do throws(APIError) {
                    let response = try await call(Endpoint.report(id, format), onHead: { head in
                        // The length in the head of an error is not that of a report.
                        guard (200..<300).contains(head.status) else { return }
                        check.withLock { $0.endsWithConnection = head.endsWithConnection }
                        continuation.yield(.start(expected: head["content-length"].flatMap { Int($0) }))
                    }, onBody: { bytes in
                        check.withLock { $0.take(bytes) }
                        continuation.yield(.bytes(bytes))
                    })
                    do throws(ReportCheck.Problem) {
                        continuation.yield(.complete(try check.withLock { check throws(ReportCheck.Problem) in try check.finish() }))
                    } catch {
                        var beginning = response
                        beginning.body = check.withLock { $0.beginning }
                        throw .unexpected(beginning, error.sentence)
                    }
                    continuation.finish()
                } catch {
                    continuation.finish(throwing: error.namingRetention(of: id, now: serverTime))
                }
            }
            continuation.onTermination = { _ in task.cancel() }
        }
    }

    // MARK: Trying an agent

    /// Sends an `assistant-request` to an agent's webhook, as Vapi does when a call comes in, with made-up identifiers. It is
    /// sent once, without the login session; `CheckRoute` decides to which host. Throws `.unauthenticated` when the signature is
    /// refused and `.notFound` when there is no such agent. When the agent's URL is not a usable URL, nothing is sent, and the
    /// error's reason is `.refused`.
    /// - Parameter secret: the secret that signs the request; with nil the request is unsigned.
    public func assistantRequest(_ agent: Agent, signedWith secret: WebhookSecret?) async throws(APIError) -> AssistantAnswer {
        let body = CheckBody.assistantRequest(milliseconds: Int(Date().timeIntervalSince1970 * 1_000))
        let signature = secret.map { WebhookSignature.of(body, secret: $0) }
        let route = try route(of: agent.webhookURL)
        var endpoint = Endpoint.assistantRequest(agent.id, target: route?.target, signature: signature)
        endpoint.goesToPublicHost = route?.isToPublicHost == true
        let json = try parse(try await call(endpoint, body: body))
        return AssistantAnswer(modelURL: (json["assistant"] ?? json)["model"]?["url"]?.stringValue)
    }

    /// Sends one short chat completion with made-up identifiers through an agent's proxy. It is sent once, without the login
    /// session; `CheckRoute` decides to which host. It may cost money, and it creates a call session. When the agent's URL is
    /// not a usable URL, nothing is sent, and the error's reason is `.refused`.
    public func completion(_ agent: Agent) async throws(APIError) -> CompletionAnswer {
        let route = try route(of: agent.proxyURL)
        var endpoint = Endpoint.completion(agent.id, target: route?.target)
        endpoint.goesToPublicHost = route?.isToPublicHost == true
        let json = try parse(try await call(endpoint, body: CheckBody.completion(of: agent)))
        return CompletionAnswer(model: json["model"]?.stringValue)
    }

    private func route(of url: String?) throws(APIError) -> CheckRoute? {
        guard let url else { return nil }
        do throws(InvalidHost) {
            return try CheckRoute(url, server: host, publicHost: publicHost?.host)
        } catch {
            throw APIError(TransportError(.refused, detail: error.description))
        }
    }

    // MARK: Service

    /// The health of the service. The request is sent once, without the cookie. A degraded service answers 503, which is not an
    /// error here.
    public func health() async throws(APIError) -> ServiceHealth {
        let response = try await call(Endpoint.health)
        if let json = try? JSON(parsing: response.body), let health = ServiceHealth(json: json) { return health }
        guard response.head.status == 200 else { throw APIError(answer: response) }
        throw .unexpected(response, "the answer does not contain the service's status")
    }

    // MARK: Reading answers

    private func sessions(_ endpoint: Endpoint) async throws(APIError) -> Page<CallSession> {
        try sessionPage(await call(endpoint))
    }

    func sessionPage(_ response: HTTPResponse) throws(APIError) -> Page<CallSession> {
        try Self.page(response) { body throws(JSONSyntaxError) in
            try reader.withLock { reader throws(JSONSyntaxError) in try reader.read(body) }
        }
    }

    static func page<Element>(
        _ response: HTTPResponse, _ read: (_ body: [UInt8]) throws(JSONSyntaxError) -> Page<Element>?
    ) throws(APIError) -> Page<Element> {
        let page: Page<Element>?
        do { page = try read(response.body) } catch { throw .notJSON(response, error) }
        return try list(page, response)
    }

    private static func list<Element>(_ page: Page<Element>?, _ response: HTTPResponse) throws(APIError) -> Page<Element> {
        guard let page else { throw .unexpected(response, "the answer is not a list") }
        return page
    }

    private func record<Model: JSONObjectReadable>(
        _ name: String, _ endpoint: Endpoint, body: [UInt8]? = nil
    ) async throws(APIError) -> Model {
        let response = try await call(endpoint, body: body)
        guard let model = try parse(response)[name].flatMap(Model.init(json:)) else {
            throw .unexpected(response, "the answer has no readable \(name)")
        }
        return model
    }

    private func parse(_ response: HTTPResponse) throws(APIError) -> JSON {
        do {
            return try JSON(parsing: response.body)
        } catch {
            throw .notJSON(response, error)
        }
    }

    // MARK: Calling

    private func call(
        _ endpoint: Endpoint, as login: LoginSession? = nil, body: [UInt8]? = nil,
        onHead: (@Sendable (HTTPResponseHead) -> Void)? = nil, onBody: (@Sendable ([UInt8]) -> Void)? = nil
    ) async throws(APIError) -> HTTPResponse {
        var tries = RequestTries(endpoint, retry, pacer, failuresInRow)
        while true {
            do {
                let endpoint = try await tries.next()
                let response = try await sender.send(endpoint, as: login ?? self.login, body: body, watching: (onHead, onBody))
                tries.succeeded()
                return response
            } catch {
                try await tries.failed(error)
            }
        }
    }
}
