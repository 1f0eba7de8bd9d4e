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

    /// Sends the request once; a read a second time when its connection is silent. After a 401, sends it again if the login
    /// session has another value meanwhile. The loop ends because the login session gives out a ticket only for a value that was
    /// not refused yet.
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
        guard endpoint.isAuthenticated else { return try await attempt(request, endpoint, nil, watching).result.get() }
        guard login.belongs(to: host) else { throw .foreignCookie }
        guard var ticket = await login.begin() else { throw login.isToken ? .refusedToken : .noCookie }
        while true {
            let attempt = await attempt(request, endpoint, (login, ticket), watching)
            guard attempt.isRefusal, let refused = attempt.ticket else { return try attempt.result.get() }
            // A request that was refused with 401 was not carried out, so this is safe for writes too.
            guard let fresh = await login.refused(refused) else {
                guard !Task.isCancelled else { throw .cancelled }
                do { return try attempt.result.get() } catch { throw login.isToken ? error.ofToken : error }
            }
            ticket = fresh
        }
    }

    // MARK: Silent connections

    private typealias Access = (login: LoginSession, ticket: LoginSession.Ticket)

    /// Sends the request. A read that waits in vain on a kept connection is sent once more over a new one; the first answer to
    /// either of them counts.
    private func attempt(
        _ request: HTTPRequest, _ endpoint: Endpoint, _ access: Access?, _ watching: Watchers
    ) async -> Attempt {
        var request = request
        // While one request is sent alone, no other may start, so it must not need a second one.
        if access?.ticket.isExclusive == true { request.opensNewConnection = true }
        guard request.method == .get, !request.needsFreshConnection, !request.opensNewConnection, watching.onBody == nil else {
            return await sent(request, endpoint, access, watching)
        }
        let silence = Silence(), begun = ContinuousClock.now
        let second = request
        request.onSilence = { [log] in
            log?(RequestRecord(
                method: endpoint.method, template: endpoint.template, outcome: .failure(.silent),
                duration: ContinuousClock.now - begun, requestID: nil))
            if let access { access.login.noteSilence(of: access.ticket) }
            silence.notice()
        }
        let first = request
        return await withTaskGroup(of: Attempt?.self) { group in
            group.addTask { await self.sent(first, endpoint, access, watching, silence) }
            group.addTask {
                guard await silence.wait() else { return nil }
                return await self.sentAgain(second, endpoint, access?.login, watching)
            }
            var early: Attempt?
            for await attempt in group {
                guard let attempt else { continue }
                if attempt.isFinal || !silence.isNoticed || Task.isCancelled {
                    group.cancelAll()
                    Self.forget(early, access?.login)
                    return attempt
                }
                guard let other = early else {
                    early = attempt
                    continue
                }
                // Both have ended without an answer that decides: a 401 is to be believed now. Otherwise the later end says more.
                let countsEarlier = other.isRefusal && !attempt.isRefusal
                Self.forget(countsEarlier ? attempt : other, access?.login)
                early = countsEarlier ? other : attempt
            }
            return early ?? Attempt(ticket: access?.ticket, result: .failure(.cancelled))
        }
    }

    /// Sends a read over a new connection, with the value that the cookie has by now. Nil when the login session has ended
    /// meanwhile.
    private func sentAgain(
        _ request: HTTPRequest, _ endpoint: Endpoint, _ login: LoginSession?, _ watching: Watchers
    ) async -> Attempt? {
        var request = request
        request.opensNewConnection = true
        guard let login else { return await sent(request, endpoint, nil, watching) }
        guard let ticket = await login.begin() else { return nil }
        return await sent(request, endpoint, (login, ticket), watching)
    }

    /// Ends the doubt about a 401 that no caller will check.
    private static func forget(_ attempt: Attempt?, _ login: LoginSession?) {
        if let attempt, attempt.isRefusal, let ticket = attempt.ticket { login?.doubtsNoMore(ticket) }
    }

    private func sent(
        _ request: HTTPRequest, _ endpoint: Endpoint, _ access: Access?, _ watching: Watchers, _ silence: Silence? = nil
    ) async -> Attempt {
        do {
            return Attempt(ticket: access?.ticket, result: .success(try await exchange(request, endpoint, access, watching, silence)))
        } catch {
            return Attempt(ticket: access?.ticket, result: .failure(error))
        }
    }

    /// Sends one request and adds it to the log.
    /// - Parameter silence: when noticed, the log already has a line for a request that is cancelled.
    private func exchange(
        _ request: HTTPRequest, _ endpoint: Endpoint, _ access: Access?, _ watching: Watchers, _ silence: Silence?
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
            let outcome = RequestRecord.Outcome(error)
            if outcome != .failure(.cancelled) || silence?.isNoticed != true { note(outcome, error.requestID) }
            throw error
        }
    }

    private func transfer(
        _ request: HTTPRequest, _ endpoint: Endpoint, _ access: Access?,
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
