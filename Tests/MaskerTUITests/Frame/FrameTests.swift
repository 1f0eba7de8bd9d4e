import MaskerAPI
import TestSupport
import Testing

@testable import MaskerTUI
import TerminalKit

/// Tests header, tabs and hint line, which the snapshots of the screens leave out.
@Suite("What stands around every screen", .ownThread)
struct FrameTests {
    private static let sizes = [(60, 15), (80, 24), (100, 30), (120, 30), (200, 60)].map { Size(columns: $0.0, rows: $0.1) }

    /// A part of the frame at every size; lines that repeat are left out.
    private static func lines(of part: ScreenPart, _ console: TestConsole) -> [String] {
        var console = console, lines: [String] = []
        for size in sizes {
            console.act(.resized(size))
            let text = console.text(of: part) ?? ""
            if !lines.contains(text) { lines.append(text) }
        }
        return lines
    }

    @Test("the whole frame", arguments: [(60, 15), (80, 24), (120, 30), (200, 60)])
    func whole(columns: Int, rows: Int) {
        var console = TestConsole.loaded(columns: columns, rows: rows)
        console.press("3")
        console.expectSnapshot("frame-\(columns)x\(rows)", of: .screen)
    }

    @Test("header and tabs, in every state, at every width")
    func headers() {
        let text = Self.headers.map { title, console in ([title] + Self.lines(of: .header, console)).joined(separator: "\n") }
        Snapshot.expect("headers", text.joined(separator: "\n\n"), sourceLocation: #_sourceLocation)
    }

    @Test("the hint line of every screen, in each of the states in which its keys differ, at every width")
    func hints() {
        let screens = KeyTables.screens.map { ($0.title, $0.consoles) } + Self.others
        let text = screens.map { title, consoles in ([title] + consoles.flatMap { Self.lines(of: .hints, $0) }).joined(separator: "\n") }
        Snapshot.expect("hint-lines", text.joined(separator: "\n\n"), sourceLocation: #_sourceLocation)
    }

    private static func console(login: LoginStatus = Sample.login, user: User = Sample.admin, _ change: (inout ConsoleSettings) -> Void = { _ in }) -> TestConsole {
        var settings = Sample.settings
        change(&settings)
        var console = TestConsole(login: login, settings: settings)
        console.answerRefresh(user: user)
        return console
    }

    private static var forbidden: TestConsole {
        var console = TestConsole()
        for effect in console.takeEffects() {
            if case .account(.user) = effect { console.answer(.account(.user(.success(Sample.member)))) }
            if case .agents(.list(let page)) = effect { console.answer(.agents(.list(page, .failure(Sample.forbidden)))) }
            if case .sessions(.list(let page)) = effect { console.answer(.sessions(.list(page, .success(Page(data: Sample.sessions))))) }
        }
        return console
    }

    /// Screens whose hints differ after an answer, or for another user.
    private static var others: [(String, [TestConsole])] {
        let agent = Sample.agents[0], session = Sample.sessionID(0)
        var week = TestConsole.loaded(), report = TestConsole.inDetail(), name = TestConsole.inDetail(), saved = TestConsole.inDetail()
        var marked = TestConsole.loaded(), proxy = TestConsole.loaded(), webhook = TestConsole.loaded()
        var token = console(login: LoginStatus(source: .token))
        week.press("0", "t")
        var hour = week
        hour.press("t")
        report.press("v")
        report.answer(.reports(.report(session, .success(Sample.report))))
        name.press("S", .up)
        saved.press("S", .enter)
        saved.answer(.reports(.saved(1, Sample.saved(0, .pdf))))
        saved.answer(.reports(.ended(1, nil)))
        marked.press("2", " ", "j", " ")
        var marks = marked
        marks.press("S")
        proxy.press("x", .tab, .enter)
        proxy.answer(.agents(.proxyCheck(agent.id, ProxyCheck(answer: .completed(CompletionAnswer(model: "m")), milliseconds: 842, session: .found(Sample.session(0), among: 1)))))
        webhook.press("w")
        webhook.type("s3cret")
        webhook.press(.enter)
        webhook.answer(.agents(.webhookCheck(agent.id, WebhookCheck(unsigned: .refused(Sample.unauthenticated), signed: .answered, modelURL: "https://masker.example.org"))))
        token.press("m", "l")
        return [
            ("Agents, as a member", [TestConsole.loaded(user: Sample.member)]),
            ("Agents that may not be seen", [forbidden]),
            ("Overview of a week, and of an hour", [week, hour]),
            ("A report that was read", [report]),
            ("Naming the file of a report", [name]),
            ("A session whose report was saved", [saved]),
            ("Sessions, two of them marked", [marked]),
            ("Saving the reports of both", [marks]),
            ("What a proxy has answered", [proxy]),
            ("What a webhook has answered", [webhook]),
            ("Logging out with an API token", [token]),
        ]
    }

    private static var headers: [(String, TestConsole)] {
        var empty = TestConsole(), refused = console(login: LoginStatus(source: .token)), locked = console()
        empty.answerRefresh(agents: [], sessions: [], nextSessions: nil)
        refused.answer(.account(.user(.failure(Sample.unauthenticated))), login: LoginStatus(refusedSource: .token))
        locked.act(.idled)
        return [
            ("Before any answer", TestConsole()),
            ("Signed in", console()),
            ("Signed in, as a member", console(user: Sample.member)),
            ("An empty account", empty),
            ("Agents that may not be seen", forbidden),
            ("A label", console { $0.label = ServerLabel(name: "production", tint: .red) }),
            ("A green label", console { $0.label = ServerLabel(name: "staging", tint: .green) }),
            ("An API token", console(login: LoginStatus(source: .token))),
            ("An API token that was refused", refused),
            ("Not signed in", TestConsole(login: LoginStatus())),
            ("Locked", locked),
            ("For a screen reader", console { $0.isPlain = true }),
        ]
    }
}
