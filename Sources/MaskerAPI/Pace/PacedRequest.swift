/// One request's way through the pacer, however often it is sent.
struct PacedRequest: Sendable {
    private let pacer: RequestPacer
    private let priority: RequestPriority
    /// Whether the limits of the API count it: those of other paths are others.
    private let isLimited: Bool
    private let isRead: Bool
    private var refusals = 0

    /// After so many refusals in a row, each waited for, a request is given up.
    private static let mostRefusals = 10

    init(_ pacer: RequestPacer, _ endpoint: Endpoint) {
        self.pacer = pacer
        priority = RequestPriority.current
        isLimited = endpoint.target.hasPrefix(Endpoint.apiPrefix + "/")
        isRead = endpoint.method == .get
    }

    /// Returns when it may be sent.
    func begin() async throws(APIError) {
        if isLimited { try await pacer.waitForTurn(priority) }
    }

    /// What an error means for it.
    enum Verdict: Sendable {
        /// Bulk work keeps its place through a pause that the server asks for. A refusal is carried out in no part, so even a
        /// report is asked for again.
        case again
        /// Bulk work ends here.
        case over
        /// What it means for every request.
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
