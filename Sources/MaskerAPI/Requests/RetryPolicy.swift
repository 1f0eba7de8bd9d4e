/// When a GET may be sent again. Writes and reports are never sent twice, whatever the policy. `PacedRequest` decides how bulk
/// work goes on after a 429.
public struct RetryPolicy: Sendable {
    /// The most times that one request is sent, the first included.
    public var tries: Int
    /// The time for all tries and the pauses between them. A try that has begun within it may still take the time to connect.
    public var budget: Duration
    /// The pause before try n is a random part of `basePause` · 2ⁿ, at most `longestPause` (full jitter, so that many
    /// consoles do not come back at the same moment).
    public var basePause: Duration
    public var longestPause: Duration
    /// After a longer `Retry-After` than this, the request is not sent again and the error is shown.
    public var longestRetryAfter: Duration

    /// After so many failures in a row, counted over all requests, each request is sent only once until the service answers
    /// again: more requests would only slow down the recovery of a service.
    static let mostFailuresInRow = 3

    /// 3 tries within 30 s, pauses of up to 0.5 s, 1 s, … 8 s, `Retry-After` honoured up to 60 s (and the budget).
    public static let standard = RetryPolicy(tries: 3)
    /// Every request is sent once.
    public static let none = RetryPolicy(tries: 1)

    // Tests replace these two, so that they need not wait.
    var sleep: @Sendable (Duration) async throws -> Void = { try await Pause.sleep(for: $0) }
    var randomPart: @Sendable () -> Double = { Double.random(in: 0...1) }

    public init(
        tries: Int, budget: Duration = .seconds(30), basePause: Duration = .milliseconds(500),
        longestPause: Duration = .seconds(8), longestRetryAfter: Duration = .seconds(60)
    ) {
        self.tries = tries
        self.budget = budget
        self.basePause = basePause
        self.longestPause = longestPause
        self.longestRetryAfter = longestRetryAfter
    }

    /// How long to wait before sending again, or nil to give up.
    /// - Parameters:
    ///   - attempt: how many times the request was sent already.
    ///   - elapsed: the time since the request was first sent.
    ///   - answeredPartly: whether a part of an answer had come when the failure happened.
    ///   - retryAfter: the pause that the server asked for; nil when it named none.
    func pause(after error: APIError, attempt: Int, elapsed: Duration, answeredPartly: Bool, retryAfter: Duration?) -> Duration? {
        guard attempt < tries, RetryPolicy.isWorthATry(error, answeredPartly: answeredPartly) else { return nil }
        let pause: Duration
        if let retryAfter {
            guard retryAfter <= longestRetryAfter else { return nil }
            pause = retryAfter
        } else {
            pause = GrowingPause(from: basePause, upTo: longestPause).pause(after: attempt - 1) * randomPart()
        }
        return elapsed + pause < budget ? pause : nil
    }

    /// Whether the error is of the kind that may be gone after a moment: the service or the network was down, or a 429.
    static func isWorthATry(_ error: APIError, answeredPartly: Bool) -> Bool {
        switch error.kind {
        case .rateLimited: true
        case .server: error.status.map { (502...504).contains($0) } ?? false
        case .transport(let failure): failure.reason == .connect || (failure.reason == .connectionLost && !answeredPartly)
        default: false
        }
    }
}
