/// When a GET may be sent again. Writes and reports are never sent twice, whatever this says. What bulk work does after a 429
/// is `PacedRequest`'s.
public struct RetryPolicy: Sendable {
    /// Most times one request is sent, the first included.
    public var tries: Int
    /// For all tries and the pauses between them.
    public var budget: Duration
    /// The pause before try n is a random part of `basePause` · 2ⁿ, at most `longestPause` (full jitter, so that many
    /// consoles do not come back at the same moment).
    public var basePause: Duration
    public var longestPause: Duration
    /// A longer `Retry-After` than this is not waited for but shown.
    public var longestRetryAfter: Duration

    /// After so many failures in a row, of all requests together, each is sent once only until one succeeds: a service
    /// that is down is not helped by being asked more.
    static let mostFailuresInRow = 3

    /// 3 tries within 30 s, pauses of up to 0.5 s, 1 s, … 8 s, `Retry-After` honoured up to 60 s (and the budget).
    public static let standard = RetryPolicy(tries: 3)
    /// Every request is sent once.
    public static let none = RetryPolicy(tries: 1)

    // Replaced by tests, so that they need not wait.
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
    ///   - elapsed: since it was first sent.
    ///   - answeredPartly: whether any of an answer had come when the failure happened.
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

    /// Whether the service, or the way to it, was down for a moment.
    static func isWorthATry(_ error: APIError, answeredPartly: Bool) -> Bool {
        switch error.kind {
        case .rateLimited: true
        case .server: error.status.map { (502...504).contains($0) } ?? false
        case .transport(let failure): failure.reason == .connect || (failure.reason == .connectionLost && !answeredPartly)
        default: false
        }
    }
}
