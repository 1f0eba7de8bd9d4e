import MaskerAPI
import TestSupport
import Testing

@testable import MaskerTUI
@testable import masker_tui

@Suite("With an API token", .ownThread)
struct TokenTests {
    private static func console(_ status: LoginStatus = LoginStatus(source: .token), _ change: (inout ConsoleSettings) -> Void = { _ in }) -> TestConsole {
        var settings = Sample.settings
        change(&settings)
        var console = TestConsole(login: status, settings: settings)
        console.answerRefresh()
        console.takeEffects()
        return console
    }

    private static let refused = APIError(kind: .unauthenticated, status: 401, message: "no", isOfToken: true)
    private static func lacking(_ scope: String) -> APIError {
        APIError(kind: .forbidden, status: 403, code: "missing_scope", message: "no", scope: scope, requestID: "req_1")
    }

    @Test("header and account screen say that a token is in use, and do not mention a login session")
    func account() {
        var console = Self.console()
        #expect(console.lines[0].contains("ada · admin   API token   ↻"))
        console.press("3")
        console.expectSnapshot("account-token")
        console.expectPosition("all")
    }

    @Test("logging out sends nothing, and says that the token can be revoked in the portal", arguments: ["menu", "command", "account"])
    func loggingOut(way: String) {
        var console = Self.console()
        switch way {
        case "menu": console.press("m", "l")
        case "command": console.run(":logout")
        default: console.press("3", "L")
        }
        if way == "menu" { console.expectSnapshot("log-out-token", of: .dialog) }
        console.expect("Revoke it in the portal:")
        console.press("l")
        console.press(.tab, .enter)
        #expect(console.takeEffects() == [] && !console.state.isPageCovered)
        console.expect("API token")
        var state = console.state
        #expect(state.perform([.logOut]) == [])
    }

    @Test("a refused token is reported, without a field to paste into and without further requests")
    func refusal() {
        var console = Self.console()
        console.answer(.account(.user(.failure(Self.refused))), login: LoginStatus(refusedSource: .token))
        console.answer(.agents(.detail(Sample.agentID(1), .failure(Self.refused))), login: LoginStatus(refusedSource: .token))
        #expect(console.state.cover?.screen is RefusedTokenScreen && console.state.isClosed)
        console.expectSnapshot("token-refused")
        console.paste("masker_session=x")
        console.press(.enter)
        #expect(console.takeEffects() == [] && console.state.refresh.dueAt == nil)
        console.press("q")
        #expect(console.state.cover?.dialogs.isEmpty == true)
    }

    @Test("from there the user can change to another profile")
    func profiles() {
        var console = Self.console { $0.profiles = ["lab", "production"] }
        console.answer(.account(.user(.failure(Self.refused))), login: LoginStatus(refusedSource: .token))
        console.press(.control("p"))
        console.expect("Profiles")
    }

    @Test("a missing scope is reported where it was needed, and everything else works")
    func scope() {
        var console = TestConsole(login: LoginStatus(source: .token))
        for effect in console.takeEffects() {
            switch effect {
            case .account(.user): console.answer(.account(.user(.success(Sample.admin))))
            case .agents(.list(let page)): console.answer(.agents(.list(page, .failure(Self.lacking("agents:read")))))
            case .sessions(.list(let page)): console.answer(.sessions(.list(page, .success(Page(data: Sample.sessions)))))
            default: break
            }
        }
        console.expect("⊘ not permitted: needs the scope agents:read · req_1")
        console.press("2")
        #expect(!console.state.isPageCovered)
        console.expect("appointment-bot")
        #expect(Wording.forbidden(Self.lacking("agents:delete"), needs: Wording.accountAdmin).string.hasPrefix("not permitted: needs the scope agents:delete"))
        #expect(Wording.failure(Self.lacking("a\u{1B}[2J")).string == "not permitted: needs the scope a^[[2J · req_1")
    }

    @Test("the lock opens with a token as with a login session; a token that was refused meanwhile is reported")
    func lock() {
        var console = Self.console()
        console.act(.idled)
        console.takeEffects()
        console.press("x")
        #expect(console.takeEffects() == [.account(.user)] || console.state.isLocked)
        console.answer(.account(.user(.success(Sample.admin))))
        #expect(!console.state.isPageCovered)
        console.act(.idled)
        console.press("x")
        console.answer(.account(.user(.failure(Self.refused))), login: LoginStatus(refusedSource: .token))
        console.expect("The API token was refused.")
    }

    @Test("the sign-in screen says when the token is for another server")
    func stranger() {
        let console = Self.console(LoginStatus()) { $0.unusedCredential = UnusedCredential(variable: "MASKER_TOKEN", host: "other.example") }
        console.expect("MASKER_TOKEN is for other.example")
    }

    @Test("commands: exit status 4 for a refused token, with where to create a new one; 5 for a missing scope, with its name")
    func scripts() {
        let refused = CommandFailure(Self.refused, signInURL: "https://h.example/portal/login")
        #expect(refused.status == 4 && refused.sentence == "MASKER_TOKEN: the API token was refused: it has expired or was revoked; create a new one in the portal: https://h.example/portal/login")
        let lacking = CommandFailure(Self.lacking("reports:read"), signInURL: "")
        #expect(lacking.status == 5 && lacking.sentence == "not permitted: needs the scope reports:read · req_1")
    }
}
