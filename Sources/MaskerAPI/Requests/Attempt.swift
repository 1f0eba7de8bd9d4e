/// What became of a request that was sent once.
struct Attempt: Sendable {
    /// The permission with which it was sent; nil when it carried neither cookie nor token.
    let ticket: LoginSession.Ticket?
    let result: Result<HTTPResponse, APIError>

    /// Whether it decides alone. A 401 does not while the same read is still out over another connection: the server may have
    /// received that one first and replaced the cookie. A connection that failed does not either.
    var isFinal: Bool {
        guard case .failure(let error) = result else { return true }
        guard case .transport(let failure) = error.kind else { return error.kind != .unauthenticated }
        switch failure.reason {
        case .resolve, .connect, .proxy, .tls, .timeout, .silent, .connectionLost, .cancelled: return false
        case .tooLarge, .malformed, .refused: return true
        }
    }

    var isRefusal: Bool {
        if case .failure(let error) = result { error.kind == .unauthenticated } else { false }
    }
}
