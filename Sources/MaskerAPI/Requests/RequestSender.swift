import Synchronization

/// Sends a request, with the cookie or API token if the endpoint needs one, and adds it to the log.
final class RequestSender: Sendable {
    private let host: APIHost
    private let transport: any HTTPTransport
    private let publicHost: PublicHost?
    private let log: RequestObserver?
    private let latest = Mutex<ConnectionInfo?>(nil)

    init(_ host: APIHost, _ transport: any HTTPTransport, publicHost: PublicHost?, log: RequestObserver?) {
        self.host = host
        self.transport = transport
        self.publicHost = publicHost
        self.log = log
    }

    /// The connection of the latest answer; nil before the first answer.
    var connection: ConnectionInfo? { latest.withLock { $0 } }

    /// Closures that are called while an answer arrives.
    typealias Watchers = (onHead: (@Sendable (HTTPResponseHead) -> Void)?, onBody: (@Sendable ([UInt8]) -> Void)?)

    /// Sends the request once. After a 401, sends it again if the login session has another value meanwhile. The loop ends
    /// because the login session gives out a ticket only for a value that was not refused yet.
    func send(
        _ endpoint: Endpoint, as login: LoginSession, body: [UInt8]?, watching: Watchers
    ) async throws(APIError) -> HTTPResponse {
        var request = HTTPRequest(endpoint.method, endpoint.target)
        request.timeout = endpoint.timeout
        request.bodyLimit = endpoint.bodyLimit
        request.needsFreshConnection = endpoint.method != .get || !endpoint.isRepeatable
        request.headers = [("Accept", endpoint.accept)] + endpoint.headers
        if let body {
            request.headers.append(("Content-Type", "application/json"))
            request.body = body
        } else if endpoint.method == .post {
            request.body = []
        }
        guard endpoint.isAuthenticated else { return try await exchange(request, endpoint, nil, watching) }
        guard login.belongs(to: host) else { throw .foreignCookie }
        guard var ticket = await login.begin() else { throw login.isToken ? .refusedToken : .noCookie }
        while true {
            do {
                return try await exchange(request, endpoint, (login, ticket), watching)
            } catch where error.kind == .unauthenticated {
                // A request that was refused with 401 was not carried out, so this is safe for writes too.
                guard let fresh = await login.refused(ticket) else { throw Task.isCancelled ? .cancelled : login.isToken ? error.ofToken : error }
                ticket = fresh
            }
        }
    }

    /// Sends one request and adds it to the log.
    private func exchange(
        _ request: HTTPRequest, _ endpoint: Endpoint, _ access: (login: LoginSession, ticket: LoginSession.Ticket)?,
        _ watching: Watchers
    ) async throws(APIError) -> HTTPResponse {
        let started = ContinuousClock.now
        func note(_ outcome: RequestRecord.Outcome, _ requestID: String?) {
            log?(RequestRecord(
                method: endpoint.method, template: endpoint.template, outcome: outcome,
                duration: ContinuousClock.now - started, requestID: requestID))
        }
        do {
            let response = try await transfer(request, endpoint, access, watching)
            note(.status(response.head.status), response.head["x-request-id"])
            return response
        } catch {
            note(RequestRecord.Outcome(error), error.requestID)
            throw error
        }
    }

    private func transfer(
        _ request: HTTPRequest, _ endpoint: Endpoint, _ access: (login: LoginSession, ticket: LoginSession.Ticket)?,
        _ watching: Watchers
    ) async throws(APIError) -> HTTPResponse {
        // A request to the public host never carries the cookie or the API token.
        guard !endpoint.goesToPublicHost || access == nil else { throw .foreignCookie }
        var request = request
        if let access {
            request.headers.append(access.ticket.header)
            // Other consoles wait until this request is answered.
            request.goesOnWhileHeld = access.ticket.isExclusive
        }
        let transport = endpoint.goesToPublicHost ? publicHost?.transport ?? self.transport : self.transport
        let passage = access.map { CookieExchange($0.login, $0.ticket, host) }
        let response: HTTPResponse
        do {
            response = try await transport.send(
                request,
                onHead: { [passage, watching] head in
                    passage?.finish(head)
                    watching.onHead?(head)
                }, onBody: watching.onBody)
        } catch {
            passage?.fail(canStillFinish: error.reason == .cancelled)
            throw APIError(error)
        }
        if !endpoint.goesToPublicHost { latest.withLock { $0 = response.connection } }
        guard endpoint.success.contains(response.head.status) else {
            guard (200..<300).contains(response.head.status) else { throw APIError(answer: response) }
            throw .unexpected(response, "the server answered with status \(response.head.status)")
        }
        return response
    }
}
