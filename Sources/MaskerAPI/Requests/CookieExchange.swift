import Synchronization

/// Reports one request's answer to the login session. It outlives a cancelled call: the transport keeps it as long as the
/// headers of the answer can still come.
final class CookieExchange: Sendable {
    private enum State { case out, left, headSeen, over }

    private let login: LoginSession
    private let ticket: LoginSession.Ticket
    private let host: APIHost
    private let begun = ContinuousClock.now
    private let state = Mutex(State.out)

    init(_ login: LoginSession, _ ticket: LoginSession.Ticket, _ host: APIHost) {
        self.login = login
        self.host = host
        self.ticket = ticket
    }

    deinit { abandon() }

    /// Called when the headers of the answer are complete.
    func finish(_ head: HTTPResponseHead) {
        let wasLeft = state.withLock { state in
            defer { state = state == .left ? .over : .headSeen }
            return state == .left
        }
        login.finished(ticket, head, from: host, after: ContinuousClock.now - begun)
        // After a cancelled call, nobody checks a 401.
        if wasLeft { login.doubtsNoMore(ticket) }
    }

    /// Called when the call ends without an answer.
    /// - Parameter canStillFinish: whether the headers can still come, as after a cancelled call.
    func fail(canStillFinish: Bool) {
        let hadHead = state.withLock { state in
            guard state != .headSeen else {
                state = .over
                return true
            }
            if canStillFinish, state == .out { state = .left }
            return false
        }
        if hadHead { login.doubtsNoMore(ticket) }
        if !canStillFinish { abandon() }
    }

    private func abandon() {
        let isOut = state.withLock { state in
            defer { state = .over }
            return state == .out || state == .left
        }
        if isOut { login.abandoned(ticket) }
    }
}
