import Synchronization

/// One request's way with the cookie. It outlives a call that was cancelled: the transport keeps it for as long as the
/// head of the answer can come.
final class CookieExchange: Sendable {
    private enum State { case out, left, headSeen, over }

    private let login: LoginSession
    private let ticket: LoginSession.Ticket
    private let host: APIHost
    private let state = Mutex(State.out)

    init(_ login: LoginSession, _ ticket: LoginSession.Ticket, _ host: APIHost) {
        self.login = login
        self.host = host
        self.ticket = ticket
    }

    deinit { abandon() }

    /// The head of the answer is there.
    func finish(_ head: HTTPResponseHead) {
        let wasLeft = state.withLock { state in
            defer { state = state == .left ? .over : .headSeen }
            return state == .left
        }
        login.finished(ticket, head, from: host)
        // Nobody is there to ask what a 401 means.
        if wasLeft { login.doubtsNoMore(ticket) }
    }

    /// The caller goes away, without an answer.
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
