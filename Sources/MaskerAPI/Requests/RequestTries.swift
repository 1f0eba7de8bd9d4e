import Synchronization

/// How often one request is sent, and when: the pace before it, and the tries after a failure (`RetryPolicy`).
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

    /// Returns when it may be sent, with the time that it may take.
    mutating func next() async throws(APIError) -> Endpoint {
        attempt += 1
        var endpoint = endpoint
        // Another try is given what is left of the budget only.
        if attempt > 1 {
            let left = policy.budget - (ContinuousClock.now - started)
            endpoint.timeout = max(.seconds(1), min(endpoint.timeout, left))
        }
        try await paced.begin()
        return endpoint
    }

    func succeeded() { failures.end() }

    /// Returns when it is to be sent again; throws the error when it is not.
    mutating func failed(_ error: APIError) async throws(APIError) {
        switch await paced.verdict(on: error) {
        case .again:
            // As if it had not been sent: the pause is none of its own time.
            (attempt, started) = (0, .now)
            return
        case .over: throw error
        case .usual: break
        }
        // A refusal such as 403 is an answer like any other.
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

/// Of all requests together, since the last one that was answered well.
final class FailuresInRow: Sendable {
    private let count = Atomic(0)

    /// How many there are with this one.
    func add() -> Int { count.add(1, ordering: .relaxed).newValue }
    func end() { count.store(0, ordering: .relaxed) }
}
