/// Paces one request and all repetitions of it.
struct PacedRequest: Sendable {
    private let pacer: RequestPacer
    private let priority: RequestPriority
    /// Whether the API's rate limit counts this request. Paths outside `/api/v1` have other limits.
    private let isLimited: Bool
    private let isRead: Bool
    private var refusals = 0

    /// The number of 429 answers after which a request is no longer repeated.
    private static let mostRefusals = 10

    init(_ pacer: RequestPacer, _ endpoint: Endpoint) {
        self.pacer = pacer
        priority = RequestPriority.current
        isLimited = endpoint.target.hasPrefix(Endpoint.apiPrefix + "/")
        isRead = endpoint.method == .get
    }

    /// Waits until the request may be sent. Throws `.cancelled` when the task is cancelled.
    func begin() async throws(APIError) {
        if isLimited { try await pacer.waitForTurn(priority) }
    }

    /// What to do after an error.
    enum Verdict: Sendable {
        /// Send the request again after the pause that the server asked for. The server did nothing for a refused request, so even
        /// a report may be requested again.
        case again
        /// End the bulk work.
        case over
        /// Handle the error as for any other request.
        case usual
    }

    mutating func verdict(on error: APIError) async -> Verdict {
        guard isLimited, case .rateLimited(let retryAfter) = error.kind else { return .usual }
        await pacer.refused(retryAfter: retryAfter)
        guard priority == .bulk, isRead, let retryAfter else { return .usual }
        refusals += 1
        return RequestPacer.canWait(retryAfter) && refusals < Self.mostRefusals ? .again : .over
    }
}
