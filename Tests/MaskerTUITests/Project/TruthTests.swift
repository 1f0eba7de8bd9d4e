import MaskerAPI
import TestSupport
import Testing

@testable import MaskerTUI
@testable import masker_tui

@Suite("What people are told of what the service says", .ownThread)
struct TruthTests {
    private static let untold = User(id: "usr_1", login: "ada")
    private static let reader = User(id: "usr_1", login: "ada", account: Account(name: "clinic", plan: "pilot"), permissions: [.readAgents, .readReports])
    private static let foretold = "No agents:write: the server will most likely refuse."

    // MARK: Rights

    @Test("where no role is told the header has the login alone, and the account says that it is unknown")
    func header() {
        var console = TestConsole.loaded(columns: 120, user: Self.untold)
        #expect(console.lines[0].contains(" ada ") && !console.lines[0].contains("ada ·") && !console.lines[0].contains("unknown"))
        console.press("3")
        console.expect("unknown")
        #expect(TestConsole.loaded(columns: 120).lines[0].contains("ada · admin"))
    }

    @Test("the account view shows account, plan and permissions where they are told, and nothing of them elsewhere")
    func account() {
        var console = TestConsole.loaded(columns: 100, rows: 40, user: Self.reader)
        console.press("3")
        console.expect("clinic · plan pilot")
        console.expect("agents:read, reports:read")
        var other = TestConsole.loaded(columns: 100, rows: 40, user: Self.untold)
        other.press("3")
        other.expectNot("permissions")
    }

    @Test("permissions without agents:write foretell a refusal at d and n, and both are sent all the same")
    func foretells() {
        var console = TestConsole.loaded(columns: 120, rows: 40, user: Self.reader)
        console.expect("n new (no agents:write)")
        console.expect("d delete (no agents:write)")
        console.press("j", "d")
        console.expect(Self.foretold)
        console.type("prior-auth-primary")
        console.press(.enter, .enter)
        #expect(console.takeEffects().contains { if case .agents(.delete) = $0 { true } else { false } })
        console.press("n")
        console.expect(Self.foretold)
        console.type("another")
        console.press(.backTab, .enter)
        #expect(console.takeEffects().contains { if case .agents(.create) = $0 { true } else { false } })
    }

    @Test("nobody is refused on a guess: rights that are not told foretell nothing", arguments: [
        untold, User(id: "usr_1", permissions: [.writeAgents]), Sample.admin,
    ])
    func noGuess(user: User) {
        var console = TestConsole.loaded(columns: 120, rows: 40, user: user)
        console.expectNot("agents:write")
        console.press("d")
        console.expectNot("most likely refuse")
        console.press(.escape)
        console.press("n")
        console.expectNot("most likely refuse")
    }

    // MARK: Errors

    private func sentence(_ status: Int, _ kind: APIError.Kind, _ code: String) -> String {
        Wording.failure(Sample.error(kind, status, code, "MESSAGE")).string
    }

    @Test("each code says what is wrong, and never sends people to sign in for a signature", arguments: [
        (401, .unauthenticated, "bad_signature", "the signature was refused: MESSAGE · req_01HZ4T"),
        (401, .unauthenticated, "unauthenticated", "the login session is no longer valid · req_01HZ4T"),
        (400, .validation, "invalid_state", "MESSAGE · req_01HZ4T"), (404, .notFound, "not_found", "MESSAGE · req_01HZ4T"),
        (500, .server, "internal_error", "the server failed (500): MESSAGE · req_01HZ4T"),
        (500, .server, "report_generation_failed", "failed, or the audit chain is broken (500): MESSAGE · req_01HZ4T"),
        (500, .server, "user_upsert_failed", "the service could not store the user who signed in (500): MESSAGE · req_01HZ4T"),
        (502, .server, "oauth_exchange_failed", "GitHub did not confirm the sign-in to the service (502): MESSAGE · req_01HZ4T"),
        (502, .server, "upstream_error", "the LLM provider answered with an error (502): MESSAGE · req_01HZ4T"),
        (504, .server, "upstream_timeout", "the LLM provider did not answer in time (504): MESSAGE · req_01HZ4T"),
    ] as [(Int, APIError.Kind, String, String)])
    func codes(status: Int, kind: APIError.Kind, code: String, words: String) { #expect(sentence(status, kind, code) == words) }

    @Test("a 401 about a signature signs nobody out")
    func staysSignedIn() {
        var console = TestConsole.loaded()
        console.press("r")
        console.takeEffects()
        console.answer(.account(.user(.failure(Sample.error(.unauthenticated, 401, "bad_signature", "no")))))
        #expect(!console.state.isSignedOut)
        console.answer(.account(.user(.failure(Sample.unauthenticated))))
        #expect(console.state.isSignedOut)
    }

    @Test("every command ends with the status of what happened; 7 only where nothing was sent", arguments: [
        (.transport(TransportError(.resolve, detail: "x")), nil, nil, 7), (.transport(TransportError(.connect, detail: "x")), nil, nil, 7),
        (.transport(TransportError(.tls, detail: "x")), nil, nil, 7), (.transport(TransportError(.refused, detail: "x")), nil, nil, 7),
        (.transport(TransportError(.timeout, detail: "x")), nil, nil, 1), (.transport(TransportError(.connectionLost, detail: "x")), nil, nil, 1),
        (.transport(TransportError(.malformed, detail: "x")), nil, nil, 1), (.transport(TransportError(.tooLarge, detail: "x")), nil, nil, 1),
        (.unauthenticated, 401, "unauthenticated", 4), (.unauthenticated, 401, "bad_signature", 1), (.forbidden, 403, nil, 5), (.notFound, 404, nil, 3),
        (.rateLimited(retryAfter: nil), 429, nil, 6), (.conflict, 409, nil, 1), (.validation, 422, nil, 1), (.server, 503, nil, 1),
        (.redirected(to: nil), 302, nil, 1), (.unexpectedResponse, 200, nil, 1),
    ] as [(APIError.Kind, Int?, String?, Int32)])
    func statuses(kind: APIError.Kind, status: Int?, code: String?, exit: Int32) {
        #expect(CommandFailure(Sample.error(kind, status, code), signInURL: "https://x").status == exit)
    }

    @Test("health is a fact a line: status, version and what is not well")
    func health() {
        let facts = HealthCommand.facts(ServiceHealth(status: "degraded", version: "2", components: ["db": "ok", "vault": "sealed", "ner_model": "loading"]))
        #expect(facts.map { "\($0.name)=\($0.value)" } == ["status=degraded", "version=2", "ner_model=loading", "vault=sealed"])
        #expect(HealthCommand.facts(ServiceHealth(status: "ok")).map(\.value) == ["ok"])
    }

    // MARK: Reports

    private func read(_ coverage: SafeHarborCoverage?, _ change: (inout Report) -> Void = { _ in }) -> TestConsole {
        var report = Sample.report
        report.safeHarborCoverage = coverage
        change(&report)
        var console = TestConsole.inDetail(columns: 120, rows: 60)
        console.press("v")
        console.answer(.reports(.report(Sample.sessionID(0), .success(report))))
        return console
    }

    @Test("coverage in progress has a sign of its own; a text is shown as text; a policy is the report's, not the call's")
    func coverage() {
        let console = read(.categories(["L_vehicle_ids": "in_progress", "M_device_ids": "In progress", "Q_photos": "not_applicable", "A_names": "full"]))
        #expect(console.screen.components(separatedBy: "… in progress").count == 3)
        console.expect("1 full · 2 in progress · 1 not applicable")
        console.expect("Policy as of the report")
        console.expectNot("time of the call")
        read(.text("covers all 18 identifiers")).expect("covers all 18 identifiers")
        read(nil) { $0.signature = Report.Signature(alg: "Ed25519") }.expect("present, not verified")
        read(nil).expectNot("signature")
    }

    // MARK: Where checks go

    private func check(_ key: Unicode.Scalar, _ url: String, publicOrigin: String? = nil) -> TestConsole {
        var settings = Sample.settings
        settings.publicOrigin = publicOrigin
        var agent = Sample.agents[0]
        (agent.webhookURL, agent.proxyURL) = (url, url)
        var console = TestConsole(columns: 120, rows: 40, settings: settings)
        console.answerRefresh(agents: [agent])
        console.press(key)
        return console
    }

    @Test("where an agent's URL is on another host, the checks say where they go", arguments: ["w", "x"] as [Unicode.Scalar])
    func places(key: Unicode.Scalar) {
        let other = "https://voice.example.org/path"
        check(key, other).expect("does not name")
        let named = check(key, other, publicOrigin: "https://voice.example.org")
        named.expect("The check goes to that host (public_url), without cookie or token.")
        named.expectNot("does not name")
        let own = check(key, "https://masker.example.org/path")
        own.expectNot("does not name")
        own.expectNot("The check goes to")
        check(key, "nonsense").expectNot("The check goes to")
    }

    @Test("a proxy that wants signatures is said to, without a word of signing in")
    func signedProxy() {
        var console = TestConsole.loaded(columns: 120, rows: 40)
        console.press("x", .tab, .enter)
        console.answer(.agents(.proxyCheck(Sample.agents[0].id, ProxyCheck(answer: .failed(Sample.error(.unauthenticated, 401, "bad_signature", "no"))))))
        console.expect("The proxy requires signed requests (401)")
        #expect(!console.state.isSignedOut)
    }

    // MARK: Signing in

    @Test("the sign-in text does not make GitHub the only way")
    func signIn() {
        let console = TestConsole(login: LoginStatus())
        console.expect("Open this page in a browser and sign in there")
        console.expectNot("GitHub")
    }
}
