import Foundation
import MaskerAPI
import Synchronization

/// What the server does with a request: faults first, then the route, then the renewal of the login session.
final class MockService: Sendable {
    private let options: MockOptions
    private let state: Mutex<State>

    private struct State {
        var account: MockAccount
        var faults: [MockFault]
        var requests: [RecordedRequest] = []
        var serial: UInt64 = 0
    }

    enum Outcome: Sendable {
        case answer(MockAnswer, truncateAt: Int?)
        /// The connection is closed without a byte.
        case drop
    }

    /// Requests remembered for tests.
    private static let longestRecord = 100_000

    init(_ options: MockOptions) {
        self.options = options
        state = Mutex(State(account: MockAccount(options: options, origin: ""), faults: options.faults))
    }

    /// The address is known only once the server listens; URLs in the account hold it.
    func begin(origin: String) { state.withLock { $0.account = MockAccount(options: options, origin: origin) } }

    func withAccount<Result: Sendable>(_ body: @Sendable (inout MockAccount) -> Result) -> Result {
        state.withLock { body(&$0.account) }
    }

    func setFaults(_ faults: [MockFault]) { state.withLock { $0.faults = faults } }
    var requests: [RecordedRequest] { state.withLock { $0.requests } }
    func clearRequests() { state.withLock { $0.requests = [] } }

    /// The mock's clock: the real one, or one that starts at a given moment.
    func now() -> Date {
        guard let start = options.now else { return Date() }
        return start.addingTimeInterval(Date().timeIntervalSince(launched))
    }

    private let launched = Date()

    // MARK: Handling

    func handle(_ request: MockRequest) async -> Outcome {
        if request.path.hasPrefix("/__mock/"), let answer = control(request) { return .answer(answer, truncateAt: nil) }
        let fault = takeFault(request)
        let pause = options.latency + .milliseconds(fault?.latencyMS ?? 0)
        if pause > .zero { try? await Task.sleep(for: pause) }
        if fault?.drop == .before {
            record(request, status: nil)
            return .drop
        }
        var answer = fault.flatMap(refusal) ?? route(request)
        if fault?.drop == .after {
            record(request, status: nil)
            return .drop
        }
        if fault?.garbage == true {
            answer.body = Data("<html><body>It works!</body></html>".utf8)
            answer.headers = [("Content-Type", "text/html")]
        }
        record(request, status: answer.status)
        return .answer(answer, truncateAt: fault?.truncateAt)
    }

    private func takeFault(_ request: MockRequest) -> MockFault? {
        state.withLock { state in
            guard let index = state.faults.firstIndex(where: { $0.matches(request) && $0.times != 0 }) else { return nil }
            if let times = state.faults[index].times { state.faults[index].times = times - 1 }
            return state.faults[index]
        }
    }

    private func refusal(_ fault: MockFault) -> MockAnswer? {
        guard let status = fault.status else { return nil }
        let code = fault.code ?? (status == 429 ? "rate_limited" : "internal_error")
        let error = MockError(status: status, code: code, message: "A fault that was asked for.", retryAfter: fault.retryAfter)
        return finish(error.answer(requestID: newRequestID()), nil)
    }

    private func record(_ request: MockRequest, status: Int?) {
        state.withLock { state in
            guard state.requests.count < Self.longestRecord else { return }
            state.requests.append(RecordedRequest(
                method: request.method, path: request.path, query: request.query,
                cookie: request.cookie(Self.cookieName), status: status))
        }
    }

    // MARK: Routing

    static let cookieName = "masker_session"

    private func route(_ request: MockRequest) -> MockAnswer {
        let requestID = newRequestID()
        let now = now()
        return state.withLock { state in
            state.account.advance(to: now)
            do {
                if let open = try OpenRoutes.answer(request, &state.account, now: now) { return finish(open, requestID) }
                guard request.path.hasPrefix("/api/v1/") else { throw MockError(status: 404, code: "not_found", message: "No such address.") }
                return try authenticated(request, &state.account, requestID, now: now)
            } catch let error as MockError {
                return finish(error.answer(requestID: requestID), requestID)
            } catch {
                let failure = MockError(status: 500, code: "internal_error", message: "\(error)")
                return finish(failure.answer(requestID: requestID), requestID)
            }
        }
    }

    /// Everything with the cookie: whatever the answer is, it renews the login session.
    private func authenticated(
        _ request: MockRequest, _ account: inout MockAccount, _ requestID: String, now: Date
    ) throws -> MockAnswer {
        guard let value = request.cookie(Self.cookieName), let user = account.logins.authenticate(value, now: now) else {
            throw MockError.unauthenticated
        }
        let path = request.path.dropFirst("/api/v1/".count).split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        if path == ["auth", "logout"] {
            guard request.method == "POST" else { throw Self.wrongMethod }
            account.logins.revoke(value)
            var answer = MockAnswer.noContent
            answer.headers = [("Set-Cookie", "\(Self.cookieName)=; HttpOnly; Secure; SameSite=Lax; Path=/; Max-Age=0")]
            return finish(answer, requestID)
        }
        var answer: MockAnswer
        do {
            answer = try Self.apiAnswer(path, request, user, &account, now: now)
        } catch let error as MockError {
            answer = error.answer(requestID: requestID)
        }
        let renewed = options.rotation == .always
            ? account.logins.rotate(value, grace: options.rotationGrace, now: now) : value
        answer.headers.append(("Set-Cookie", Self.setCookie(renewed)))
        return finish(answer, requestID)
    }

    static func setCookie(_ value: String) -> String {
        "\(cookieName)=\(value); HttpOnly; Secure; SameSite=Lax; Path=/; Max-Age=2592000"
    }

    static let wrongMethod = MockError(status: 405, code: "method_not_allowed", message: "Not with this method.")

    private static func apiAnswer(
        _ path: [String], _ request: MockRequest, _ user: MockUser, _ account: inout MockAccount, now: Date
    ) throws -> MockAnswer {
        switch path.first {
        case "auth": try AuthRoutes.answer(path, request, user, now: now)
        case "agents": try AgentRoutes.answer(path, request, user, &account, now: now)
        case "sessions": try SessionRoutes.answer(path, request, account, now: now)
        default: throw MockError(status: 404, code: "not_found", message: "No such address.")
        }
    }

    private func finish(_ answer: MockAnswer, _ requestID: String?) -> MockAnswer {
        var answer = answer
        if let requestID { answer.headers.append(("X-Request-Id", requestID)) }
        answer.headers.append(("Date", HTTPDateText.of(now())))
        return answer
    }

    private func newRequestID() -> String {
        let serial = state.withLock { state in
            state.serial += 1
            return state.serial
        }
        var random = SeededRandom(options.seed, serial | 1 << 55)
        return ULID.make("req_", at: now(), high: random.next(), low: serial)
    }

    // MARK: Control

    /// Outside of the contract: faults and records while the server runs.
    private func control(_ request: MockRequest) -> MockAnswer? {
        switch (request.method, request.path) {
        case ("PUT", "/__mock/faults"):
            guard let faults = try? JSONDecoder().decode([MockFault].self, from: request.body) else {
                return MockError.invalid("The body is no list of faults.").answer(requestID: newRequestID())
            }
            setFaults(faults)
            return .noContent
        case ("DELETE", "/__mock/faults"):
            setFaults([])
            return .noContent
        case ("GET", "/__mock/faults"): return .json(state.withLock { $0.faults })
        case ("GET", "/__mock/requests"): return .json(requests)
        default: return nil
        }
    }
}

/// Dates in HTTP headers.
enum HTTPDateText {
    private static let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    static func of(_ date: Date) -> String {
        let parts = UTCComponents(date)
        let day = Int((date.timeIntervalSince1970 / 86_400).rounded(.down))
        let number = parts.day < 10 ? "0\(parts.day)" : "\(parts.day)"
        return "\(days[(day % 7 + 7) % 7]), \(number) \(months[parts.month - 1]) \(parts.year) \(parts.timeText) GMT"
    }
}
