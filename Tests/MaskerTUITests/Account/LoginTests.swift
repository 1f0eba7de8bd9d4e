import Foundation
import MaskerAPI
import TestSupport
import Testing

@testable import MaskerTUI

@Suite("Signing in and out", .ownThread)
struct LoginTests {
    @Test("a 401 to any request opens the sign-in screen once, which says where the cookie came from", arguments: 0..<6)
    func unauthenticated(place: Int) {
        var console = TestConsole.loaded()
        console.press("j")
        let refused = LoginStatus(refusedSource: .environment, renewedAt: Sample.now)
        let error = Sample.unauthenticated
        let answers: [Answer] = [
            .account(.user(.failure(error))), .agents(.list(PageRequest(filter: AgentFilter(), generation: 9), .failure(error))),
            .sessions(.list(PageRequest(filter: .initial, generation: 9), .failure(error))), .agents(.detail(Sample.agentID(1), .failure(error))),
            .agents(.latestSessions(Sample.agentID(1), .failure(error))), .sessions(.detail(Sample.sessionID(0), .failure(error))),
        ]
        console.answer(answers[place], login: refused)
        console.answer(.account(.user(.failure(error))), login: refused)
        #expect(console.state.isSignedOut)
        #expect(console.lines[0].contains("not signed in") && !console.lines[0].contains("ada"))
        console.expect("refused the login session from the environment variable")
        console.expect("https://masker.example.org/portal/login")
        #expect(console.state.nextWake == nil || console.state.refresh.dueAt == nil, "nothing is asked by itself")
    }

    @Test("the sign-in screen distinguishes: expired, signed out elsewhere, never tried, no cookie")
    func reasons() {
        func headline(_ login: LoginStatus) -> String {
            var console = TestConsole.loaded()
            console.answer(.account(.user(.failure(Sample.unauthenticated))), login: login)
            return console.lines[2].trimmingCharacters(in: .whitespaces)
        }
        #expect(headline(LoginStatus(refusedSource: .memory, renewedAt: Sample.now, expiresAt: Sample.now - 5))
            == "Your login session has expired.")
        #expect(headline(LoginStatus(refusedSource: .memory, renewedAt: Sample.now)).hasPrefix("You were signed out elsewhere"))
        #expect(headline(LoginStatus(refusedSource: .environment)).hasPrefix("Your login session is not valid"))
        #expect(headline(LoginStatus(refusedSource: .file(path: "/f"), wasRemovedElsewhere: true, renewedAt: Sample.now))
            == "You were signed out by another console.")
        #expect(TestConsole(login: LoginStatus()).lines[2].contains("You are not signed in."))
    }

    @Test("the value is hidden while it is typed and pasted, checked before all other requests, and then the user is back at the earlier place")
    func signingIn() throws {
        var console = TestConsole.loaded()
        console.press("j")
        console.answer(.account(.user(.failure(Sample.unauthenticated))))
        console.takeEffects()
        console.paste("Cookie: theme=dark; masker_session=s3cret-value\n")
        console.expectNot("s3cret")
        console.expect("•••")
        #expect(!"\(console.state)".contains("s3cret"))
        console.press(.enter)
        #expect(console.takeEffects() == [.account(.signIn(try CookieValue(pasted: "s3cret-value")))])
        console.expect("Checking with masker.example.org…")
        console.answer(.account(.signedIn(.success(Sample.admin))))
        #expect(console.selected?.hasPrefix("prior-auth-primary") == true)
        #expect(console.takeEffects().contains(.account(.user)))
    }

    @Test("a new sign-in is not shown as a renewal")
    func newIsNotRenewed() {
        var console = TestConsole.loaded()
        console.answer(.account(.user(.failure(Sample.unauthenticated))), login: LoginStatus(refusedSource: .memory, expiresAt: Sample.now - 5))
        console.answer(.account(.signedIn(.success(Sample.admin))), login: Sample.login)
        #expect(!console.lines[0].contains("renewed"))
    }

    @Test("a value that the server refuses is reported, and the field is empty for another one")
    func refusedValue() {
        var console = TestConsole(login: LoginStatus())
        console.paste("old-value")
        console.press(.enter)
        console.answer(.account(.signedIn(.failure(Sample.unauthenticated))))
        console.expect("The server does not accept this value")
        console.expectNot("•")
    }

    @Test("a value that cannot be checked stays in the field for another try")
    func uncheckedValue() {
        var console = TestConsole(login: LoginStatus())
        console.paste("some-value")
        console.press(.enter)
        console.answer(.account(.signedIn(.failure(Sample.lost))))
        console.expect("Could not check the value: the connection was lost")
        console.expect("••••••••••")
    }

    @Test("a text that is not a cookie never leaves the console", arguments: ["", "a b", "theme=dark; other=1"])
    func notACookie(text: String) {
        var console = TestConsole(login: LoginStatus())
        console.paste(text)
        console.press(.enter)
        #expect(console.takeEffects() == [])
    }

    @Test("a delete dialog that was open is open again after signing in")
    func dialogSurvives() {
        var console = TestConsole.loaded()
        console.press("d")
        console.type("appoint")
        console.answer(.account(.user(.failure(Sample.unauthenticated))))
        console.expectNot("Delete this agent?")
        console.answer(.account(.signedIn(.success(Sample.admin))))
        console.expect("Delete this agent?")
        console.expect("appoint")
    }

    @Test("after another user signs in, no data of the earlier account is shown")
    func anotherUser() {
        var console = TestConsole.loaded()
        console.press("j", .enter)
        console.answer(.account(.user(.failure(Sample.unauthenticated))))
        console.answer(.account(.signedIn(.success(Sample.member))))
        console.expectNot("prior-auth-primary")
        console.expect("grace · member")
    }

    @Test("logging out asks once, sends once, and forgets what was shown")
    func loggingOut() {
        var console = TestConsole.loaded()
        console.press("m", "l")
        console.press(.enter)
        console.expectNot("Log out?", "Cancel has the focus")
        console.takeEffects()
        console.press("m", "l")
        console.press(.tab, .enter)
        #expect(console.takeEffects() == [.account(.logOut)])
        console.press(.enter)
        #expect(console.takeEffects() == [])
        console.answer(.account(.loggedOut(.signedOut)), login: LoginStatus())
        console.expectSnapshot("logged-out")
        #expect(console.state.data.agents.list.items.isEmpty)
    }

    @Test("after a log-out that did not reach the server, the console says that the login session may still be valid there")
    func loggedOutHereOnly() {
        var console = TestConsole.loaded()
        console.press("m", "l")
        console.press("l")
        console.answer(.account(.loggedOut(.onlyHere(Sample.lost))), login: LoginStatus())
        console.expect("You are logged out here only.")
        console.expect("may still be valid")
    }

    @Test("the header says how long the login session lasts, warns from 3 days on, and marks a renewal")
    func header() {
        var console = TestConsole.loaded(columns: 100)
        #expect(console.lines[0].contains("ada · admin   signed in · 29d left   ↻ 13:06Z"))
        var login = Sample.login
        login.valueRenewals += 1
        console.answer(.account(.user(.success(Sample.admin))), login: login)
        #expect(console.lines[0].contains("✓ renewed"))
        console.wait(AccountFeature.renewalMarkLasts + 1)
        console.act(.woke)
        #expect(!console.lines[0].contains("renewed"))
        login.expiresAt = Sample.now + 2 * 86_400
        console.answer(.account(.user(.success(Sample.admin))), login: login)
        #expect(console.lines[0].contains("⚠ signed in · 1d 23h left"))
    }

    @Test("promise 21: the end of the login session is measured by the server's clock, and no clock signs the user out", arguments: [-86_400.0, 86_400.0, 315_360_000.0])
    func wrongClock(offset: Double) {
        var login = Sample.login
        login.serverClockOffset = offset
        login.expiresAt = Sample.now + offset + 30 * 86_400 - 60
        var console = TestConsole.loaded(columns: 100)
        console.answer(.account(.user(.success(Sample.admin))), login: login)
        #expect(console.lines[0].contains("29d left"))
        #expect(!console.state.isSignedOut)
    }

    @Test("a stored login session that is refused is told with the reason and the cure, on the sign-in screen in every size", arguments: [(60, 15), (80, 24), (200, 60)])
    func refusedFile(columns: Int, rows: Int) {
        let problem = "/s/session-h.json can be read by other users; it is not used until you run chmod 600 on it"
        var console = TestConsole(columns: columns, rows: rows, login: LoginStatus(storageProblem: problem))
        console.expect("MASKER_SESSION is not set; /s/session-h.json can be")
        console.expect("chmod 600")
        console.expectNot("no login session is stored")
        console.expect("masker_session")
        // The server has accepted a pasted value, and it could not be stored either.
        console.paste("fresh")
        console.press(.enter)
        var login = LoginStatus(source: .memory, storageProblem: "could not write /s/session-h.json: No space left on device; it is kept in memory")
        login.unstoredReason = "could not write /s/session-h.json: No space left on device"
        console.answer(.account(.signedIn(.success(Sample.admin))), login: login)
        console.expect("signed in for this console only")
        console.press("3", rows > 20 ? "r" : "G")
        console.expect("⚠ storage")
    }

    @Test("a home of another user is told when the console starts, on the sign-in screen and in the account view, and nothing is said to be stored")
    func foreignHome() {
        let refusal = "nothing is stored or read in /home/ada, because it belongs to another user (uid 1000); run masker-tui without sudo, or with sudo -H"
        var settings = Sample.settings
        settings.storageRefusal = refusal
        (settings.storePath, settings.archivePath) = (nil, nil)
        var console = TestConsole(login: LoginStatus(storageProblem: refusal), settings: settings)
        console.expect("nothing is stored or read in /home/ada")
        console.expect("sudo -H.")
        console.expect("kept in memory only")
        console = TestConsole(login: LoginStatus(source: .environment, storageProblem: refusal), settings: settings)
        console.press("3")
        console.expect("no backups are kept")
        #expect(console.lines.filter { $0.contains("⚠ storage") }.count == 1)
        console = TestConsole(login: LoginStatus(source: .token), settings: settings)
        console.press("3")
        #expect(console.lines.filter { $0.contains("⚠ storage") }.count == 1)
    }
}

@Suite("Refreshing", .ownThread)
struct RefreshTests {
    @Test("refreshes every 15 seconds, all three parts at once, and not while a refresh is running")
    func everyFifteenSeconds() {
        var console = TestConsole.loaded()
        console.wait(14)
        console.act(.woke)
        #expect(console.takeEffects() == [])
        console.wait(2)
        console.act(.woke)
        #expect(console.takeEffects().count == 3)
        console.wait(60)
        console.act(.woke)
        #expect(console.takeEffects() == [])
    }

    @Test("promise 34: after three failures the pauses grow, and a key tries at once")
    func backingOff() {
        var schedule = RefreshSchedule(interval: 15)
        var now = Sample.now
        var pauses: [Double] = []
        for _ in 0..<9 {
            schedule.began()
            for part in RefreshSchedule.Part.allCases { _ = schedule.answered(part, failure: Sample.lost, now: now) }
            pauses.append(schedule.dueAt?.timeIntervalSince(now) ?? 0)
            now = schedule.dueAt ?? now
        }
        #expect(pauses == [15, 15, 30, 60, 120, 240, 300, 300, 300])
        schedule.began()
        for part in RefreshSchedule.Part.allCases { _ = schedule.answered(part, failure: nil, now: now) }
        #expect(schedule.dueAt == now + 15)
    }

    @Test("promise 34: during ten minutes of 503 there are few requests, and the first success reads everything")
    func storm() {
        var console = TestConsole()
        let began = console.now
        var requests = 0
        while console.now < began + 600 {
            for effect in console.takeEffects() {
                let error = Sample.error(.server, 503)
                switch effect {
                case .account(.user): console.answer(.account(.user(.failure(error))))
                case .agents(.list(let page)): console.answer(.agents(.list(page, .failure(error))))
                case .sessions(.list(let page)): console.answer(.sessions(.list(page, .failure(error))))
                default: continue
                }
                requests += 1
            }
            console.wait(1)
            console.act(.woke)
        }
        #expect(requests <= 12, "with at most 3 more tries of the client: 20 at most")
        while console.takeEffects().isEmpty {
            console.wait(1)
            console.act(.woke)
        }
        console.answer(.account(.user(.success(Sample.admin))))
        #expect(console.takeEffects().count == 3)
    }

    @Test("promise 34: never refreshes earlier than the server asks")
    func retryAfter() {
        var schedule = RefreshSchedule(interval: 15)
        schedule.began()
        for (part, pause) in zip(RefreshSchedule.Part.allCases, [1, 90, 20]) {
            let limited = Sample.error(.rateLimited(retryAfter: .seconds(pause)), 429)
            _ = schedule.answered(part, failure: limited, now: Sample.now)
        }
        #expect(schedule.dueAt == Sample.now + 90)
    }

    @Test("the header counts the seconds to a delayed refresh, which then comes")
    func countdown() {
        var console = TestConsole()
        let limited = Sample.error(.rateLimited(retryAfter: .seconds(40)), 429)
        for effect in console.takeEffects() {
            switch effect {
            case .account(.user): console.answer(.account(.user(.success(Sample.admin))))
            case .agents(.list(let page)): console.answer(.agents(.list(page, .failure(limited))))
            case .sessions(.list(let page)): console.answer(.sessions(.list(page, .failure(limited))))
            default: break
            }
        }
        var seen: [String] = [], asked: [Effect] = []
        while asked.isEmpty, console.now < Sample.now + 60 {
            let header = console.lines[0].components(separatedBy: "↻ ").last ?? ""
            if seen.last != header { seen.append(header) }
            console.wait(console.state.nextWake?.timeIntervalSince(console.now) ?? 100)
            console.act(.woke)
            asked = console.takeEffects()
        }
        #expect(seen == (1...40).reversed().map { "in \($0) s" })
        #expect(asked == [.account(.user)] && console.now == Sample.now + 40)
    }

    @Test("an interval of 0 turns off automatic refreshes")
    func never() {
        var settings = Sample.settings
        settings.refreshInterval = 0
        var console = TestConsole(settings: settings)
        console.answerRefresh()
        #expect(console.state.refresh.dueAt == nil)
    }

    @Test("a forbidden list says so on its page while the other views work")
    func forbiddenList() {
        var console = TestConsole()
        for effect in console.takeEffects() {
            switch effect {
            case .account(.user): console.answer(.account(.user(.success(Sample.member))))
            case .agents(.list(let page)): console.answer(.agents(.list(page, .failure(Sample.forbidden))))
            case .sessions(.list(let page)): console.answer(.sessions(.list(page, .success(Page(data: Sample.sessions)))))
            default: break
            }
        }
        console.expectSnapshot("forbidden-list")
        console.press("2")
        console.expect("appointment-bot")
    }

    @Test("after a failed refresh the rows remain, and the line below them says why they are not newer")
    func failedRefresh() {
        var console = TestConsole.loaded()
        console.press("r")
        for effect in console.takeEffects() {
            if case .agents(.list(let page)) = effect { console.answer(.agents(.list(page, .failure(Sample.lost)))) }
        }
        console.expect("refill-line-west")
        console.expect("not up to date: the connection was lost; r tries again")
    }

    @Test("the selected row stays visible while a line says why the rows are not newer")
    func failedRefreshBelow() {
        var console = TestConsole.loaded(agents: Sample.manyAgents(90))
        while !(console.lines[console.lines.count - 3].hasPrefix("▌")) { console.press("j") }
        let selected = console.lines[console.lines.count - 3]
        console.press("r")
        for effect in console.takeEffects() {
            if case .agents(.list(let page)) = effect { console.answer(.agents(.list(page, .failure(Sample.lost)))) }
        }
        #expect(console.lines.contains(selected))
        console.expect("not up to date")
    }

    @Test("text from a server cannot control the terminal")
    func hostileMessage() {
        var console = TestConsole()
        let error = Sample.error(.server, 500, "x", "boom\u{1B}]0;title\u{7}\r", requestID: "req\u{9B}1")
        for effect in console.takeEffects() {
            if case .agents(.list(let page)) = effect { console.answer(.agents(.list(page, .failure(error)))) }
        }
        console.expect("boom^[]0;title^G^M · req<9B>1")
    }
}
