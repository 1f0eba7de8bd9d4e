/// The part of one request that a diagnostic log may contain: never an id, a query value, a header or a body.
public struct RequestRecord: Sendable, Equatable {
    public var method: HTTPRequest.Method
    /// The path with names in place of its variable parts: `/agents/{id}`.
    public var template: String
    public var outcome: Outcome
    public var duration: Duration
    /// The request id that the server sent: untrusted text.
    public var requestID: String?

    public enum Outcome: Sendable, Equatable {
        case status(Int)
        /// There was no complete answer.
        case failure(TransportError.Reason)
    }

    public init(
        method: HTTPRequest.Method, template: String, outcome: Outcome, duration: Duration, requestID: String?
    ) {
        self.method = method
        self.template = template
        self.outcome = outcome
        self.duration = duration
        self.requestID = requestID
    }
}

/// Called after every request, once for each try, on any thread.
public typealias RequestObserver = @Sendable (RequestRecord) -> Void

extension RequestRecord.Outcome {
    init(_ error: APIError) {
        switch error.kind {
        case .transport(let failure): self = .failure(failure.reason)
        default: self = error.status.map { .status($0) } ?? .failure(.malformed)
        }
    }
}
