import MaskerAPI

/// Checks an agent's webhook and proxy by calling them as Vapi and Bolna do.
struct AgentChecks: Sendable {
    let client: MaskerClient
    /// The webhook secret from the environment; nil when the user has to type it.
    let secret: WebhookSecret?
    /// The pauses between the searches for the session that the completion has created.
    var pauses: [Duration] = [.milliseconds(300), .milliseconds(700), .seconds(1), .seconds(2), .seconds(3)]

    /// Sends two assistant-request calls: one unsigned, one signed.
    /// - Parameter typed: the secret that the user typed; nil to use the one from the environment.
    func webhook(of agent: Agent, with typed: WebhookSecret?) async -> WebhookCheck {
        let unsigned = await verdict(agent, nil)
        // When the connection fails, a second request would fail in the same way.
        if case .failed(let error) = unsigned.verdict, case .transport = error.kind {
            return WebhookCheck(unsigned: unsigned.verdict, signed: unsigned.verdict)
        }
        let signed = await verdict(agent, typed ?? secret)
        return WebhookCheck(unsigned: unsigned.verdict, signed: signed.verdict, modelURL: signed.answer?.modelURL)
    }

    private func verdict(_ agent: Agent, _ secret: WebhookSecret?) async -> (verdict: WebhookCheck.Verdict, answer: AssistantAnswer?) {
        do throws(APIError) {
            return (.answered, try await client.assistantRequest(agent, signedWith: secret))
        } catch {
            return switch error.kind {
            case .unauthenticated: (.refused(error), nil)
            case .notFound: (.unknownAgent(error), nil)
            default: (.failed(error), nil)
            }
        }
    }

    /// Sends one completion through the proxy, and searches for the session that it has created.
    func proxy(of agent: Agent) async -> ProxyCheck {
        let before = await latest(agent)
        // Without a sign-in the session could not be shown, so no completion is sent that may cost money.
        if case .failure(let error) = before, error.asksForSignIn { return ProxyCheck(answer: .notSent(error)) }
        let started = ContinuousClock.now
        let answer = await Result { try await client.completion(agent) }
        let (seconds, attoseconds) = (ContinuousClock.now - started).components
        var check = ProxyCheck(
            answer: answer.map { .completed($0) }.recovered { .failed($0) },
            milliseconds: Double(seconds) * 1_000 + Double(attoseconds) / 1e15)
        if case .failure(let error) = answer, !error.mayHaveMadeSession { return check }
        switch before {
        case .success(let known): check.session = await find(agent, Set(known.map(\.id)))
        case .failure(let error): check.session = .failed(error)
        }
        return check
    }

    private func latest(_ agent: Agent) async -> Result<[CallSession], APIError> {
        await Result { try await client.sessions(of: agent.id, SessionFilter(since: "1h"), limit: 50).data }
    }

    /// Searches for a session that did not exist before the completion. Of several it takes the oldest: other calls may have
    /// created the others meanwhile.
    private func find(_ agent: Agent, _ known: Set<Identifier<CallSession>>) async -> ProxyCheck.Search {
        for pause in [.zero] + pauses {
            if pause > .zero { try? await Pause.sleep(for: pause) }
            switch await latest(agent) {
            case .success(let sessions):
                let new = sessions.filter { !known.contains($0.id) }
                if let first = new.last { return .found(first, among: new.count) }
            case .failure(let error): return .failed(error)
            }
        }
        return .notFound
    }
}

/// The answers of a webhook to an unsigned and to a signed request.
struct WebhookCheck: Sendable, Equatable {
    enum Verdict: Sendable, Equatable {
        case answered
        /// The webhook answered 401.
        case refused(APIError)
        /// The webhook answered 404.
        case unknownAgent(APIError)
        case failed(APIError)
    }

    var unsigned: Verdict
    var signed: Verdict
    /// The URL of the assistant's model in the answer; nil when the answer has none.
    var modelURL: String?
}

/// The result of a completion sent through a proxy.
struct ProxyCheck: Sendable, Equatable {
    enum Outcome: Sendable, Equatable {
        case completed(CompletionAnswer)
        case failed(APIError)
        /// Nothing was sent through the proxy.
        case notSent(APIError)
    }

    enum Search: Sendable, Equatable {
        case notLooked, notFound
        /// The oldest new session, and the number of new sessions; with more than one it may belong to another caller.
        case found(CallSession, among: Int)
        case failed(APIError)
    }

    var answer: Outcome
    var milliseconds: Double?
    var session = Search.notLooked

    /// The error of the requests that need the login session; nil when they succeeded.
    var failure: APIError? {
        if case .notSent(let error) = answer { return error }
        if case .failed(let error) = session { return error }
        return nil
    }
}

extension APIError {
    /// Whether the proxy may have created a session although the completion failed.
    fileprivate var mayHaveMadeSession: Bool {
        switch kind {
        case .notFound, .unauthenticated, .forbidden, .validation, .conflict, .rateLimited: false
        case .transport(let failure): failure.mayHaveReachedServer
        default: true
        }
    }
}

extension Result {
    /// The success, or the value that `body` makes from the failure.
    fileprivate func recovered(_ body: (Failure) -> Success) -> Success {
        switch self {
        case .success(let value): value
        case .failure(let error): body(error)
        }
    }
}
