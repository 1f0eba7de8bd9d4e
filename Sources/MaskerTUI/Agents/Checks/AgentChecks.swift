import MaskerAPI

/// Tries an agent from outside, as the systems that call it do.
struct AgentChecks: Sendable {
    let client: MaskerClient
    /// From the environment; nil: it has to be typed.
    let secret: WebhookSecret?
    /// Between looks for the session that a completion has made.
    var pauses: [Duration] = [.milliseconds(300), .milliseconds(700), .seconds(1), .seconds(2), .seconds(3)]

    /// Sends the webhook an unsigned request and a signed one.
    /// - Parameter typed: the secret; nil for that of the environment.
    func webhook(of agent: Agent, with typed: WebhookSecret?) async -> WebhookCheck {
        let unsigned = await verdict(agent, nil)
        // Where nothing gets through, a second try tells nothing more.
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

    /// Sends one completion through the proxy, and looks for the session that it has made.
    func proxy(of agent: Agent) async -> ProxyCheck {
        let before = await latest(agent)
        // Nobody is signed in: the session could not be shown, so nothing is spent.
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

    /// The session that was not there before. Of several the oldest: others may have called meanwhile.
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

/// What a webhook made of a request without and one with a signature.
struct WebhookCheck: Sendable, Equatable {
    enum Verdict: Sendable, Equatable {
        case answered
        /// 401.
        case refused(APIError)
        /// 404.
        case unknownAgent(APIError)
        case failed(APIError)
    }

    var unsigned: Verdict
    var signed: Verdict
    /// Where the answer says that the assistant's model is.
    var modelURL: String?
}

/// What a completion through a proxy has brought.
struct ProxyCheck: Sendable, Equatable {
    enum Outcome: Sendable, Equatable {
        case completed(CompletionAnswer)
        case failed(APIError)
        /// Nothing was sent through the proxy.
        case notSent(APIError)
    }

    enum Search: Sendable, Equatable {
        case notLooked, notFound
        /// How many sessions have begun meanwhile; with more than one it can be somebody else's.
        case found(CallSession, among: Int)
        case failed(APIError)
    }

    var answer: Outcome
    var milliseconds: Double?
    var session = Search.notLooked

    /// Why what needs the login session failed, when it did.
    var failure: APIError? {
        if case .notSent(let error) = answer { return error }
        if case .failed(let error) = session { return error }
        return nil
    }
}

extension APIError {
    /// Whether a completion may have gone through the proxy although it failed.
    fileprivate var mayHaveMadeSession: Bool {
        switch kind {
        case .notFound, .unauthenticated, .forbidden, .validation, .conflict, .rateLimited: false
        case .transport(let failure): failure.mayHaveReachedServer
        default: true
        }
    }
}

extension Result {
    /// The success, or what stands for the failure.
    fileprivate func recovered(_ body: (Failure) -> Success) -> Success {
        switch self {
        case .success(let value): value
        case .failure(let error): body(error)
        }
    }
}
