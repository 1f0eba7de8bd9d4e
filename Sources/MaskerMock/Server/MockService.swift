import Foundation
import MaskerAPI
import Synchronization

/// Answers requests: applies faults, then finds the route, then renews the login session.
final class MockService: Sendable {
    private let options: MockOptions
    private let state: Mutex<State>
    private let launched = ContinuousClock.now

    private struct State {
        var account: MockAccount
        var faults: [MockFault]
        var log = RequestLog()
        var serial: UInt64 = 0
    }

    enum Outcome: Sendable {
        case answer(MockAnswer, truncateAt: Int?)
        /// Close the connection without sending an answer.
        case drop
    }

    static let cookieName = "masker_session"

    static func setCookie(_ value: String) -> String {
        "\(cookieName)=\(value); HttpOnly; Secure; SameSite=Lax; Path=/; Max-Age=2592000"
    }

    init(_ options: MockOptions) {
        self.options = options
        state = Mutex(State(account: MockAccount(options: options, origin: ""), faults: options.faults))
    }

    /// Sets the server's address, which is known only once it listens: URLs in the account contain it.
    func begin(origin: String) { state.withLock { $0.account = MockAccount(options: options, origin: origin) } }

    func withAccount<Result: Sendable>(_ body: @Sendable (inout MockAccount) -> Result) -> Result {
        state.withLock { body(&$0.account) }
    }

    var faults: [MockFault] { state.withLock { $0.faults } }
    func setFaults(_ faults: [MockFault]) { state.withLock { $0.faults = faults } }
    var requests: [RecordedRequest] { state.withLock { $0.log.done } }
    var requestsUnderWay: [RecordedRequest] { state.withLock { $0.log.underWay } }
    func clearRequests() { state.withLock { $0.log.clear() } }

    /// The time of the mock's clock: the real time, or counted from a given time (`MockOptions.now`).
    func now() -> Date {
        guard let start = options.now else { return Date().inMilliseconds }
        return start.addingTimeInterval((ContinuousClock.now - launched) / .seconds(1)).inMilliseconds
    }

    // MARK: Handling

    func handle(_ request: MockRequest) async -> Outcome {
        if let answer = control(request) { return .answer(answer, truncateAt: nil) }
        let (number, fault) = begin(request)
        let pause = options.latency + .milliseconds(fault?.latencyMS ?? 0)
        if pause > .zero { try? await Task.sleep(for: pause) }
        var answer = MockAnswer()
        if fault?.drop != .before { answer = fault.flatMap { refusal($0, request) } ?? route(request) }
        let isDropped = fault?.drop != nil
        state.withLock { $0.log.end(number, status: isDropped ? nil : answer.status) }
        if isDropped { return .drop }
        if fault?.garbage == true {
            answer.body = Data("<html><body>It works!</body></html>".utf8)
            answer.stream = nil
            answer.headers = [("Content-Type", "text/html")]
        }
        return .answer(answer, truncateAt: fault?.truncateAt)
    }

    /// Records the request, and returns the fault to apply to it.
    private func begin(_ request: MockRequest) -> (number: Int, fault: MockFault?) {
        state.withLock { state in
            let number = state.log.begin(
                RecordedRequest(
                    method: request.method, path: request.path, query: request.query,
                    cookie: request.cookie(Self.cookieName), token: request.token, status: nil))
            let place = state.faults.firstIndex { $0.matches(request) && $0.times != 0 }
            let fault = place.map { state.faults[$0] }
            if let place, let times = fault?.times { state.faults[place].times = times - 1 }
            return (number, fault)
        }
    }

    private func refusal(_ fault: MockFault, _ request: MockRequest) -> MockAnswer? {
        guard let status = fault.status else { return nil }
        let error = MockError(
            status: status, code: fault.code ?? Self.usualCode(status), message: "A fault set in the mock server.",
            headers: fault.retryAfter.map { [("Retry-After", $0)] } ?? [])
        return answer(error, request)
    }

    private static func usualCode(_ status: Int) -> String {
        switch status {
        case 401: "unauthenticated"
        case 403: "forbidden"
        case 404: "not_found"
        case 409: "name_taken"
        case 422: "validation_failed"
        case 429: "rate_limited"
        case 502: "upstream_error"
        case 504: "upstream_timeout"
        default: "internal_error"
        }
    }

    private func control(_ request: MockRequest) -> MockAnswer? {
        do {
            return try ControlRoutes.answer(request, self).map { finish($0, newRequestID()) }
        } catch {
            return answer(error, request)
        }
    }

    // MARK: Routing

    private func route(_ request: MockRequest) -> MockAnswer {
        let requestID = newRequestID(), now = now()
        let answer = state.withLock { state in
            state.account.advance(to: now)
            do {
                if let open = try OpenRoutes.answer(request, &state.account, now: now) { return open }
                guard request.path.hasPrefix("/api/v1/") else { throw MockError.noSuchAddress }
                return try authenticated(request, &state.account, requestID, now: now)
            } catch {
                return envelope(error, requestID, request)
            }
        }
        return finish(answer, requestID)
    }

    /// Answers a request with an API token, if the token has the scope. API tokens are not renewed.
    private func admitted(
        by value: String, _ path: [String], _ request: MockRequest, _ account: inout MockAccount, now: Date
    ) throws -> MockAnswer {
        guard let token = options.tokens.first(where: { $0.value == value }),
            let user = account.logins.users.first(where: { $0.login == token.login })
        else { throw MockError.tokenRefused }
        guard path != ["auth", "logout"] else { throw MockError.forbidden("An API token is revoked in the portal.") }
        guard path.first != "admin" else { throw MockError.forbidden("This needs a login session.") }
        try account.limits.take(.api, now)
        if let scope = MockScope.needed(request.method, path), !token.scopes.contains(scope) { throw MockError.missing(scope) }
        return try Self.answer(path, request, user, &account, now: now)
    }

    /// Answers a request with the cookie. Every answer renews the login session, also an error.
    private func authenticated(
        _ request: MockRequest, _ account: inout MockAccount, _ requestID: String, now: Date
    ) throws -> MockAnswer {
        let path = request.path.dropFirst("/api/v1/".count).split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        // OPEN: how a request with a cookie and an API token is answered.
        if let token = request.token { return try admitted(by: token, path, request, &account, now: now) }
        let value = request.cookie(Self.cookieName) ?? "", isLogOut = path == ["auth", "logout"]
        guard let user = account.logins.authenticate(value, now: now) else {
            // The login session has ended already, which is the purpose of a log-out.
            if isLogOut, request.method == "POST", !value.isEmpty, options.logOutDead == .answered { return Self.signedOut }
            throw MockError.unauthenticated
        }
        var answer: MockAnswer
        do {
            try account.limits.take(.api, now)
            if isLogOut {
                try request.allow("POST")
                account.logins.revoke(value)
                return Self.signedOut
            }
            answer = try Self.answer(path, request, user, &account, now: now)
        } catch {
            answer = envelope(error, requestID, request)
        }
        let isReplaced = options.rotation == .always
        let renewed = isReplaced ? account.logins.rotate(value, grace: options.rotationGrace, now: now) : value
        answer.headers.append(("Set-Cookie", Self.setCookie(renewed)))
        return answer
    }

    private static let signedOut = MockAnswer(
        status: 204, headers: [("Set-Cookie", "\(cookieName)=; Max-Age=0; Path=/; HttpOnly; Secure")])

    private static func answer(
        _ path: [String], _ request: MockRequest, _ user: MockUser, _ account: inout MockAccount, now: Date
    ) throws -> MockAnswer {
        switch path.first {
        case "me", "auth": try MeRoutes.answer(path, request, user, account, now: now)
        case "agents": try AgentRoutes.answer(path, request, user, &account, now: now)
        case "admin": try AdminRoutes.answer(path, request, user, now: now)
        case "sessions": try SessionRoutes.answer(path, request, account, now: now)
        default: throw MockError.noSuchAddress
        }
    }

    // MARK: Answers

    private func answer(_ error: any Error, _ request: MockRequest) -> MockAnswer {
        let requestID = newRequestID()
        return finish(envelope(error, requestID, request), requestID)
    }

    private func envelope(_ error: any Error, _ requestID: String, _ request: MockRequest) -> MockAnswer {
        var known = error as? MockError ?? MockError(status: 500, code: "internal_error", message: "\(error)")
        if options.isHostile, known.status == 404 { known.message = HostileTexts.errorMessage }
        return known.answer(requestID: requestID, isOpenAI: request.path.hasPrefix("/proxy/"))
    }

    private func finish(_ answer: MockAnswer, _ requestID: String) -> MockAnswer {
        var answer = answer
        answer.headers += [("X-Request-Id", requestID), ("Date", HTTPDateText.of(now()))]
        return answer
    }

    private func newRequestID() -> String {
        let serial = state.withLock { state in
            state.serial += 1
            return state.serial
        }
        var random = SeededRandom(options.seed, serial, .request)
        return ULID.make("req_", at: now(), high: random.next(), low: random.next())
    }
}
