import Foundation
import MaskerAPI

@testable import MaskerTUI
import TerminalKit

/// Drives the console without a terminal or a network: keys and answers in, effects and a grid of text out.
struct TestConsole {
    private(set) var state: AppState
    /// What the console asked for since `takeEffects`.
    private(set) var effects: [Effect] = []
    private(set) var now: Date

    init(
        columns: Int = 80, rows: Int = 24, login: LoginStatus = Sample.login, settings: ConsoleSettings = Sample.settings
    ) {
        now = Sample.now
        state = AppState(settings: settings, size: Size(columns: columns, rows: rows), now: now, login: login)
        act(.started)
    }

    /// With the account, its agents and its sessions answered.
    static func loaded(
        columns: Int = 80, rows: Int = 24, user: User = Sample.admin, agents: [Agent] = Sample.agents,
        sessions: [CallSession] = Sample.sessions, settings: ConsoleSettings = Sample.settings
    ) -> TestConsole {
        var console = TestConsole(columns: columns, rows: rows, settings: settings)
        console.answerRefresh(user: user, agents: agents, sessions: sessions)
        console.takeEffects()
        return console
    }

    mutating func act(_ action: Action) { effects += state.update(action, at: now) }

    mutating func wait(_ seconds: Double) { now += seconds }

    mutating func press(_ keys: Key...) { press(keys) }

    mutating func press(_ keys: [Key]) {
        for key in keys {
            wait(1)
            act(.terminal(.key(key)))
        }
    }

    mutating func press(_ character: Unicode.Scalar) { press(.character(character)) }

    /// A person typing: a tenth of a second between the keys.
    mutating func type(_ text: String) {
        for scalar in text.unicodeScalars {
            wait(0.1)
            act(.terminal(.key(.character(scalar))))
        }
    }

    /// Types a command line, its colon included, and Enter.
    mutating func run(_ line: String) {
        type(line)
        press(.enter)
    }

    mutating func paste(_ text: String) {
        wait(1)
        act(.terminal(.paste(text)))
    }

    mutating func answer(_ answer: Answer, login: LoginStatus? = nil) {
        act(.answered(answer, ClientStatus(login: login ?? state.data.account.login, connection: nil)))
    }

    /// Answers what a refresh has asked for.
    mutating func answerRefresh(
        user: User = Sample.admin, agents: [Agent] = Sample.agents, sessions: [CallSession] = Sample.sessions,
        nextSessions: String? = "c2"
    ) {
        for effect in takeEffects() {
            switch effect {
            case .account(.user): answer(.account(.user(.success(user))))
            case .agents(.list(let page)): answer(.agents(.list(page, .success(Page(data: agents)))))
            case .sessions(.list(let page)):
                answer(.sessions(.list(page, .success(Page(data: sessions, nextCursor: nextSessions)))))
            default: break
            }
        }
    }

    /// What was asked for since the last time.
    @discardableResult
    mutating func takeEffects() -> [Effect] {
        defer { effects = [] }
        return effects
    }

    var screen: String { view(state).text }
    /// The lines of the screen, the last being the hint line.
    var lines: [String] { screen.components(separatedBy: "\n") }
}
