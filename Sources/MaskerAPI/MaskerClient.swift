import FoundationEssentials
import Glibc
import Synchronization

/// The Masker API: one function an endpoint.
///
/// Every function throws `APIError` and nothing else. Cancelling the surrounding task ends the call at once; the error is
/// `.transport` with the reason `.cancelled` then. The head of the answer is still waited for, for a second: it may bring a
/// new value of the cookie. Reads are tried again where that can help (`RetryPolicy`); writes
/// and reports are sent once. Bulk work keeps to a pace, and waits where the server asks for it (`RequestPacer`).
public final class MaskerClient: Sendable {
    public let host: APIHost
    private let transport: any HTTPTransport
    private let login: LoginSession
    private let retry: RetryPolicy
    private let sender: RequestSender
    private let publicHost: PublicHost?
    /// Keeps bulk work to a pace.
    public let pacer: RequestPacer
    /// Which path of the current user has said who that is.
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

    /// What may be shown of the login session.
    public var loginStatus: LoginStatus { login.status }

    /// Whether it is being found out what a refusal of the login session means: a process that is stopped meanwhile keeps
    /// the user's other consoles waiting.
    public var isInDoubt: Bool { login.isInDoubt }

    /// Of the latest answer; nil before the first.
    public var connection: ConnectionInfo? { sender.connection }

    // MARK: Current user

    /// Who is signed in (contract, *Current user*).
    public func currentUser() async throws(APIError) -> User { try await currentUser(as: login) }

    private func currentUser(as login: LoginSession) async throws(APIError) -> User {
        var missing = APIError(kind: .notFound, message: "the server has no address for the current user")
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
        // Another server may stand there by now: all paths are tried again the next time.
        currentUserPath.withLock { $0 = nil }
        throw missing
    }

    /// Checks a login session with the server and takes it over only if it is good, in the form it was renewed to.
    /// - Parameter store: whether it is written to the credential store.
    public func signIn(with candidate: CookieValue, store: Bool) async throws(APIError) -> User {
        guard !login.isToken else { throw .refusedToken }
        let session = LoginSession(candidate: candidate)
        let user = try await currentUser(as: session)
        login.replace(with: session, storing: store)
        return user
    }

    public enum LogOutOutcome: Sendable, Equatable {
        case signedOut
        /// The credential is an API token, which only the portal ends: nothing was sent.
        case isToken
        /// There was no valid session to end.
        case alreadySignedOut
        /// The server did not confirm it: the session may still be valid there.
        case onlyHere(APIError)
    }

    /// Ends the login session on the server and forgets it here and in the store, whatever the server answers. Only 204, or
    /// a 401 to a session that was over before, says that it is over there.
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
            throw .unexpected(response, "the answer is no list")
        }
    }

    /// One agent with its policy and figures.
    public func agent(_ id: Identifier<Agent>) async throws(APIError) -> AgentDetail {
        try await record("agent", Endpoint.agent(id))
    }

    /// Creates an agent. Throws `.conflict` for a taken name and `.validation` for what the server does not accept.
    public func createAgent(_ agent: NewAgent) async throws(APIError) -> Agent {
        guard let body = try? JSONEncoder().encode(agent) else {
            throw APIError(kind: .validation, message: "the agent's name or policy cannot be sent as JSON")
        }
        return try await record("agent", Endpoint.createAgent, body: Array(body))
    }

    /// Deletes an agent for good; account admins only. Sent once, over a connection of its own.
    public func deleteAgent(_ id: Identifier<Agent>) async throws(APIError) { _ = try await call(Endpoint.deleteAgent(id)) }

    /// Has the server read its policy file anew; requests under way end on the old policies. Sent once. 404 where a server does not
    /// have it, 403 for those who may not, 422 with the server's words where the file is wrong.
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

    /// All pages of call sessions across agents, newest first: for whoever reads to the end.
    public func sessionPages(_ filter: SessionFilter = SessionFilter()) -> SessionPages {
        SessionPages(self, executor: transport.executor) { [self] cursor throws(APIError) in
            try await call(Endpoint.sessions(filter, limit: Endpoint.largestPage, cursor: cursor))
        }
    }

    /// One call session with its events. The payloads in it can hold PHI.
    public func session(_ id: Identifier<CallSession>) async throws(APIError) -> CallSessionDetail {
        do { return try await record("session", Endpoint.session(id)) } catch { throw error.namingRetention(of: id) }
    }

    /// The compliance report of a call session. Can take minutes.
    public func report(_ id: Identifier<CallSession>) async throws(APIError) -> Report {
        do { return try await record("report", Endpoint.report(id, .json)) } catch { throw error.namingRetention(of: id) }
    }

    /// The compliance report as a file: `.start`, its exact bytes piece by piece as they come, and `.complete` after a
    /// whole one. The stream's errors are `APIError`s. Ending the iteration cancels the transfer; cancelling the task that
    /// iterates ends the stream without an error and without `.complete`.
    public func report(
        _ id: Identifier<CallSession>, as format: Endpoint.ReportFormat
    ) -> AsyncThrowingStream<ReportPiece, any Error> {
        AsyncThrowingStream { continuation in
            let task = Task(executorPreference: transport.executor) { [self] in
                let check = Mutex(ReportCheck(format, of: id))
                do throws(APIError) {
                    let response = try await call(Endpoint.report(id, format), onHead: { head in
                        // A refusal's head says nothing of a report's length.
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
                        throw .unexpected(response, error.sentence)
                    }
                    continuation.finish()
                } catch {
                    continuation.finish(throwing: error.namingRetention(of: id))
                }
            }
            continuation.onTermination = { _ in task.cancel() }
        }
    }

    // MARK: Trying an agent

    /// Sends an agent's webhook what Vapi sends when a call comes in, with made-up identifiers, once and without the
    /// login session (`CheckRoute` says where to). Throws `.unauthenticated` where the signature is refused and `.notFound` where
    /// there is no such agent; nothing is sent, and the reason is `.refused`, when the agent's URL is no address.
    /// - Parameter secret: signs the request; nil leaves it unsigned.
    public func assistantRequest(_ agent: Agent, signedWith secret: WebhookSecret?) async throws(APIError) -> AssistantAnswer {
        let body = CheckBody.assistantRequest(milliseconds: Int(Date().timeIntervalSince1970 * 1_000))
        let signature = secret.map { WebhookSignature.of(body, secret: $0) }
        let route = try route(of: agent.webhookURL)
        var endpoint = Endpoint.assistantRequest(agent.id, target: route?.target, signature: signature)
        endpoint.goesToPublicHost = route?.isToPublicHost == true
        let json = try parse(try await call(endpoint, body: body))
        return AssistantAnswer(modelURL: (json["assistant"] ?? json)["model"]?["url"]?.stringValue)
    }

    /// Sends one short chat completion with made-up identifiers through an agent's proxy, once and without the login
    /// session (`CheckRoute` says where to). It may cost money, and leaves a call session behind. Nothing is sent, and the
    /// reason is `.refused`, when the agent's URL is no address.
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

    /// How the service is. Sent without the cookie, and once: a degraded service says so in an answer of 503.
    public func health() async throws(APIError) -> ServiceHealth {
        let response = try await call(Endpoint.health)
        if let json = try? JSON(parsing: response.body), let health = ServiceHealth(json: json) { return health }
        guard response.head.status == 200 else { throw APIError(answer: response) }
        throw .unexpected(response, "the answer does not say how the service is")
    }

    // MARK: Reading answers

    private func sessions(_ endpoint: Endpoint) async throws(APIError) -> Page<CallSession> {
        try sessionPage(await call(endpoint))
    }

    func sessionPage(_ response: HTTPResponse) throws(APIError) -> Page<CallSession> {
        let page: Page<CallSession>?
        do {
            page = try reader.withLock { reader throws(JSONSyntaxError) in try reader.read(response.body) }
        } catch {
            throw .notJSON(response, error)
        }
        return try Self.list(page, response)
    }

    private static func list<Element>(_ page: Page<Element>?, _ response: HTTPResponse) throws(APIError) -> Page<Element> {
        guard let page else { throw .unexpected(response, "the answer is no list") }
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
