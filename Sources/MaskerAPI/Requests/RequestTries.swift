import Synchronization

/// Decides when one request is sent, and when it is sent again: the pace before each try, and the tries after a failure
/// (`RetryPolicy`).
struct RequestTries: Sendable {
    private let policy: RetryPolicy
    private let failures: FailuresInRow
    private let endpoint: Endpoint
    private let isRepeatable: Bool
    private var paced: PacedRequest
    private var started = ContinuousClock.now
    private var attempt = 0

    init(_ endpoint: Endpoint, _ policy: RetryPolicy, _ pacer: RequestPacer, _ failures: FailuresInRow) {
        self.endpoint = endpoint
        self.policy = policy
        self.failures = failures
        isRepeatable = endpoint.method == .get && endpoint.isRepeatable
        paced = PacedRequest(pacer, endpoint)
    }

    /// Waits until the request may be sent. Returns the endpoint with the timeout of this try.
    mutating func next() async throws(APIError) -> Endpoint {
        attempt += 1
        var endpoint = endpoint
        // A further try may only take the rest of the time budget.
        if attempt > 1 {
            let left = policy.budget - (ContinuousClock.now - started)
            endpoint.timeout = max(.seconds(1), min(endpoint.timeout, left))
        }
        try await paced.begin()
        return endpoint
    }

    func succeeded() { failures.end() }

    /// Waits until the request is to be sent again. Throws the error when it is not sent again.
    mutating func failed(_ error: APIError) async throws(APIError) {
        switch await paced.verdict(on: error) {
        case .again:
            // This try does not count, and the pause does not count towards the time budget.
            (attempt, started) = (0, .now)
            return
        case .over: throw error
        case .usual: break
        }
        // An error such as 403 shows that the service is up.
        let isDown = RetryPolicy.isWorthATry(error, answeredPartly: error.status != nil)
        if !isDown { failures.end() }
        let failuresInRow = isDown ? failures.add() : 0
        var retryAfter: Duration?
        if case .rateLimited(let pause) = error.kind { retryAfter = pause }
        guard isRepeatable, failuresInRow <= RetryPolicy.mostFailuresInRow,
            let pause = policy.pause(
                after: error, attempt: attempt, elapsed: ContinuousClock.now - started,
                answeredPartly: error.status != nil, retryAfter: retryAfter),
            (try? await policy.sleep(pause)) != nil
        else { throw error }
    }
}

/// Counts the failures in a row of all requests together. A request that the service answered ends the row.
final class FailuresInRow: Sendable {
    private let count = Atomic(0)

    /// Counts one failure, and returns how many there are now.
    func add() -> Int { count.add(1, ordering: .relaxed).newValue }
    func end() { count.store(0, ordering: .relaxed) }
}
