import MaskerAPI
import Synchronization
import TestSupport
import Testing

@testable import MaskerTUI

@Suite("The webhook check", .ownThread)
struct WebhookCheckTests {
    private static let agent = Sample.agents[0]
    private static let refused = Sample.error(.unauthenticated, 401, "unauthenticated", "The signature does not match.")
    private static let gone = Sample.error(.notFound, 404, "agent_not_found", "No such agent.")
    private static let match = WebhookCheck(
        unsigned: .refused(refused), signed: .answered, modelURL: "https://masker.example.org/proxy/\(agent.id)/v1")

    private func console(hasSecret: Bool, isReadOnly: Bool = false) -> TestConsole {
        var settings = Sample.settings
        settings.hasWebhookSecret = hasSecret
        settings.isReadOnly = isReadOnly
        var console = TestConsole(settings: settings)
        console.answerRefresh()
        console.takeEffects()
        return console
    }

    @Test("with a secret in the environment, w says that calls stay in the audit log, and Enter checks; also on the agent's page", arguments: [false, true])
    func fromEnvironment(isDetail: Bool) {
        var console = console(hasSecret: true)
        if isDetail { console.press(.enter) }
        console.takeEffects()
        console.press("w")
        #expect(console.takeEffects() == [])
        console.expect("accepted ones stay in the audit log")
        console.type("abc")
        #expect(!console.screen.contains("abc") && !console.screen.contains("•••"), "there is nothing to type")
        console.press(.enter)
        #expect(console.takeEffects() == [.agents(.checkWebhook(Self.agent, nil))])
        console.expect("Checking…")
        console.answer(.agents(.webhookCheck(Self.agent.id, Self.match)))
        if !isDetail { console.expectSnapshot("webhook-check", of: .dialog) }
        // The dialog stays open during refreshes, until it is closed.
        console.wait(60)
        console.act(.woke)
        console.answerRefresh()
        console.expect("✓ The secrets match")
        console.press(.escape)
        #expect(!console.state.isPageCovered)
    }

    @Test("without a secret in the environment the dialog asks for it, hides it, uses it once and keeps it nowhere")
    func typed() {
        var console = console(hasSecret: false)
        console.press("w", .enter)
        #expect(console.takeEffects() == [])
        console.expect("type the secret that signs the request")
        console.type("s3cret")
        console.expect("••••••")
        console.expectNot("s3cret")
        console.expectSnapshot("webhook-secret", of: .dialog)
        console.press(.enter)
        #expect(console.takeEffects() == [WebhookSecret("s3cret")].map { .agents(.checkWebhook(Self.agent, $0)) })
        #expect(!"\(console.state)".contains("s3cret"))
    }

    @Test("each pair of answers has its sentence", arguments: [
        (match, ["✓ The secrets match", "✓ The webhook refuses an unsigned request", "✓ The assistant's model URL is the agent's proxy"]),
        (WebhookCheck(unsigned: .refused(refused), signed: .refused(refused)), ["✗ The secrets differ (401)", "req_01HZ4T", "✓ The webhook refuses an unsigned request"]),
        (WebhookCheck(unsigned: .unknownAgent(gone), signed: .unknownAgent(gone)), ["✗ The webhook does not know the agent (404)"]),
        (WebhookCheck(unsigned: .answered, signed: .answered, modelURL: "https://x.example"), [
            "⚠ The webhook answers a signed and an unsigned request", "⚠ The assistant's model URL is not the agent's proxy",
        ]),
        (WebhookCheck(unsigned: .answered, signed: .refused(refused)), ["✗ The secrets differ", "⚠ The webhook answers an unsigned request."]),
        (WebhookCheck(unsigned: .failed(Sample.lost), signed: .failed(Sample.lost)), ["✗ Unreachable: the connection was lost"]),
        (WebhookCheck(unsigned: .refused(refused), signed: .failed(Sample.error(.server, 502, nil, "bad gateway"))), ["✗ The answer is 502: bad gateway"]),
        (WebhookCheck(unsigned: .refused(refused), signed: .answered), ["⚠ The answer contains no model URL"]),
    ])
    func meaning(check: WebhookCheck, sentences: [String]) {
        var console = console(hasSecret: true)
        console.press("w")
        console.press(.enter)
        console.answer(.agents(.webhookCheck(Self.agent.id, check)))
        for sentence in sentences { console.expect(sentence) }
        console.expectNot("login session is not valid", "a 401 there is about the signature")
        #expect(!console.state.isSignedOut)
    }

    @Test("an answer for another agent, or after the check was closed, changes nothing; the lock closes it")
    func strangers() {
        var console = console(hasSecret: true)
        console.press("w")
        console.press(.enter)
        console.answer(.agents(.webhookCheck(Sample.agentID(2), Self.match)))
        console.expect("Checking…")
        console.press(.escape)
        console.answer(.agents(.webhookCheck(Self.agent.id, Self.match)))
        #expect(!console.state.isPageCovered)
        console.press("w")
        console.act(.idled)
        #expect(console.state.overlays.isEmpty && console.state.isLocked)
    }

    @Test("in read-only mode w and x say why they are refused, and nothing is checked")
    func readOnly() {
        var console = console(hasSecret: true, isReadOnly: true)
        for key in ["w", "x"] as [Unicode.Scalar] {
            console.press(key)
            #expect(!console.state.isPageCovered)
            console.expect("this console is read-only")
        }
        var state = console.state
        #expect(state.perform([.run(.agents(.checkWebhook(Self.agent, nil))), .run(.agents(.checkProxy(Self.agent)))]) == [])
    }
}

@Suite("The proxy check", .ownThread)
struct ProxyCheckTests {
    private static let agent = Sample.agents[0]
    private static let done = ProxyCheck(
        answer: .completed(CompletionAnswer(model: "gpt-4o-mini")), milliseconds: 842, session: .found(Sample.session(0), among: 1))

    /// The dialog after the user has confirmed.
    private func sent() -> TestConsole {
        var console = TestConsole.loaded()
        console.press("x", .tab, .enter)
        return console
    }

    @Test("it asks first, and Enter alone sends nothing")
    func asks() {
        var console = TestConsole.loaded()
        console.press("x")
        console.expectSnapshot("proxy-ask", of: .dialog)
        for _ in 0..<20 { console.press(.enter) }
        #expect(!console.takeEffects().contains { if case .agents(.checkProxy) = $0 { true } else { false } })
    }

    @Test("after confirming, one request is sent; then the dialog shows status, latency and the session, which Enter opens")
    func done() {
        var console = sent()
        #expect(console.takeEffects() == [.agents(.checkProxy(Self.agent))])
        console.press(.enter, .enter)
        #expect(console.takeEffects() == [])
        console.expect("Sending…")
        console.answer(.agents(.proxyCheck(Self.agent.id, Self.done)))
        console.expectSnapshot("proxy-check", of: .dialog)
        console.press(.enter)
        #expect(console.state.tab == .sessions)
        console.expect("Sessions › \(Sample.sessionID(0))")
        #expect(console.takeEffects().contains(.sessions(.detail(Sample.sessionID(0)))))
    }

    @Test("each other result has its sentence", arguments: [
        (ProxyCheck(answer: .failed(Sample.error(.notFound, 404, nil, "No such agent.")), milliseconds: 12), ["✗ The proxy does not know the agent (404)", "12 ms"]),
        (ProxyCheck(answer: .failed(Sample.lost), milliseconds: 3, session: .notFound), ["✗ Unreachable: the connection was lost", "Its session was not found yet"]),
        (ProxyCheck(answer: .completed(CompletionAnswer()), milliseconds: 9, session: .found(Sample.session(1), among: 3)), ["3 sessions of the agent began meanwhile"]),
        (ProxyCheck(answer: .completed(CompletionAnswer()), milliseconds: 9, session: .failed(Sample.forbidden)), ["Searching for its session failed: not permitted"]),
        (ProxyCheck(answer: .failed(Sample.error(.server, 500, nil, "no upstream")), milliseconds: 9, session: .notFound), ["✗ The answer is 500: no upstream"]),
    ])
    func otherwise(check: ProxyCheck, sentences: [String]) {
        var console = sent()
        console.answer(.agents(.proxyCheck(Self.agent.id, check)))
        for sentence in sentences { console.expect(sentence) }
        if case .found = check.session { return }
        console.press(.enter)
        #expect(!console.state.isPageCovered, "there is no session to open")
    }

    @Test("signed out: nothing is sent, the sign-in screen covers the dialog, and the result is there afterwards")
    func signedOut() {
        var console = sent()
        console.answer(.agents(.proxyCheck(Self.agent.id, ProxyCheck(answer: .notSent(Sample.unauthenticated)))))
        #expect(console.state.isSignedOut)
        console.answer(.account(.signedIn(.success(Sample.admin))))
        console.expect("✗ Nothing was sent")
    }

    @Test("in the smallest window everything can be reached by scrolling")
    func small() {
        var console = TestConsole(columns: 60, rows: 15)
        console.answerRefresh()
        console.press("x")
        console.expect("[ Cancel ]")
        console.press(.tab, .enter)
        console.answer(.agents(.proxyCheck(Self.agent.id, Self.done)))
        console.expect("✓ The proxy answered 200")
        console.press(.end)
        console.expect("redactions")
    }
}

/// Answers completions and webhooks with one status, and an agent's sessions with one page after the other.
private final class OneStatus: HTTPTransport {
    private let status: Int
    private let pages: [String]
    private let seen = Mutex<(posts: [HTTPRequest], reads: Int)>(([], 0))

    init(status: Int = 200, pages: [String]) {
        self.status = status
        self.pages = pages
    }

    var posts: [HTTPRequest] { seen.withLock { $0.posts } }
    var reads: Int { seen.withLock { $0.reads } }

    func send(
        _ request: HTTPRequest, onHead: (@Sendable (HTTPResponseHead) -> Void)?, onBody: (@Sendable ([UInt8]) -> Void)?
    ) async throws(TransportError) -> HTTPResponse {
        let body = seen.withLock { seen -> String? in
            if request.method == .post {
                seen.posts.append(request)
                return nil
            }
            seen.reads += 1
            return pages[min(seen.reads - 1, pages.count - 1)]
        }
        let isRefusal = body == "401"
        let head = HTTPResponseHead(status: isRefusal ? 401 : body == nil ? status : 200, headers: [])
        onHead?(head)
        return HTTPResponse(head: head, body: Array((body ?? #"{"model": "stub"}"#).utf8))
    }
}

@Suite("The requests of the checks", .ownThread)
struct AgentChecksTests {
    private static let none = #"{"data": [{"id": "sess_old"}]}"#
    private static let one = #"{"data": [{"id": "sess_new"}, {"id": "sess_old"}]}"#
    private static let two = #"{"data": [{"id": "sess_newer"}, {"id": "sess_new"}, {"id": "sess_old"}]}"#
    private static let agent = Agent(id: Identifier("agt_1"), upstream: "stub")

    private func checks(_ server: OneStatus, secret: WebhookSecret? = nil) throws -> AgentChecks {
        let host = try APIHost("http://127.0.0.1:9")
        let login = LoginSession(host: host, store: nil, environmentValue: try CookieValue(pasted: "cookie"))
        return AgentChecks(
            client: MaskerClient(host: host, transport: server, login: login, retry: .none), secret: secret,
            pauses: Array(repeating: .nanoseconds(1), count: 3))
    }

    @Test("the search goes on until a new session appears; of several it takes the first")
    func finding() async throws {
        let late = OneStatus(pages: [Self.none, Self.none, Self.none, Self.one])
        guard case .found(let session, among: 1) = try await checks(late).proxy(of: Self.agent).session else { return fail("not found") }
        #expect(session.id == Identifier("sess_new") && late.posts.count == 1)
        guard case .found(let first, among: 2) = try await checks(OneStatus(pages: [Self.none, Self.two])).proxy(of: Self.agent).session else { return fail("not found") }
        #expect(first.id == Identifier("sess_new"))
        let never = OneStatus(pages: [Self.none])
        #expect(try await checks(never).proxy(of: Self.agent).session == .notFound && never.reads == 5)
    }

    @Test("signed out, no completion is sent; when the proxy does not know the agent, no session is searched for")
    func sparing() async throws {
        let signedOut = OneStatus(pages: ["401"])
        guard case .notSent = try await checks(signedOut).proxy(of: Self.agent).answer else { return fail("it was sent") }
        #expect(signedOut.posts.isEmpty)
        let gone = OneStatus(status: 404, pages: [Self.none])
        #expect(try await checks(gone).proxy(of: Self.agent).session == .notLooked && gone.reads == 1)
        let broken = OneStatus(status: 500, pages: [Self.none, Self.one])
        guard case .found = try await checks(broken).proxy(of: Self.agent).session else { return fail("a failed call leaves a session, too") }
    }

    @Test("the webhook gets an unsigned and a signed request; a typed secret takes precedence over the one in the environment")
    func signatures() async throws {
        for (typed, expected) in [(nil, "environment"), (WebhookSecret("typed"), "typed")] {
            let server = OneStatus(pages: [Self.none])
            _ = try await checks(server, secret: WebhookSecret("environment")).webhook(of: Self.agent, with: typed)
            let signatures = server.posts.map { request in request.headers.first { $0.name == WebhookSignature.header }?.value }
            #expect(signatures.count == 2 && signatures[0] == nil)
            #expect(signatures[1] == WebhookSecret(expected).map { WebhookSignature.of(server.posts[1].body ?? [], secret: $0) })
            #expect(server.posts.allSatisfy { $0.headers.allSatisfy { $0.name != "Cookie" } })
        }
    }
}

private func fail(_ text: String) { Issue.record(Comment(rawValue: text)) }
