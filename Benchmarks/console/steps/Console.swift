import CMeasuring
import FoundationEssentials
import Glibc
import MaskerAPI
import TerminalKit

@testable import MaskerTUI

/// The console from the key to the bytes in the terminal, with all sessions loaded. It does the same as the event loop, but
/// without waiting, timers and network.
struct Console {
    private var state: AppState
    private let other: PseudoTerminal
    private let terminal: NcursesTerminal
    private let rows: Int
    private static let pageRows = 100

    init(rows: Int, _ other: PseudoTerminal, environment: [String: String]) throws {
        self.other = other
        self.rows = rows
        terminal = try NcursesTerminal(environment: environment, escapeDelay: 25, theme: .standard, mouse: false)
        state = AppState(
            settings: ConsoleSettings(host: "localhost", signInURL: "http://localhost/"), size: terminal.size, now: Records.now,
            login: LoginStatus(source: .memory))
        act(.started)
        try press(["2"])
        while let request = state.data.sessions.list.loadMore() { perform(.sessions(.list(request))) }
        guard state.data.sessions.list.items.count == rows else { throw Problem.isIncomplete }
        _ = other.takeBytes()
    }

    enum Problem: Error { case isIncomplete }

    func close() { terminal.close() }

    /// Presses these keys one by one, and counts the instructions for them. Returns the bytes written to the terminal.
    mutating func count(_ keys: [String]) throws -> Int {
        var bytes = 0
        for key in keys {
            try other.press(key)
            counting_toggle()
            readKeys()
            counting_toggle()
            bytes += other.takeBytes()
        }
        return bytes
    }

    mutating func press(_ keys: [String]) throws {
        for key in keys {
            try other.press(key)
            readKeys()
            _ = other.takeBytes()
        }
        while state.isWorking { act(.rested) }
    }

    // MARK: The event loop

    private mutating func readKeys() {
        for event in terminal.input.readAll() { act(.terminal(event)) }
        // An Esc is a key when no more comes, and no more is sent here.
        if terminal.input.patience != nil { for event in terminal.input.waitEnded() { act(.terminal(event)) } }
        terminal.show(view(state))
    }

    private mutating func act(_ action: Action) {
        for effect in state.update(action, at: Records.now) { perform(effect) }
    }

    /// Answers requests at once; a detail only after the frame that says that it is being loaded.
    private mutating func perform(_ effect: Effect) {
        switch effect {
        case .account(.user): answer(.account(.user(.success(Records.user))))
        case .agents(.list(let request)): answer(.agents(.list(request, .success(Page(data: Records.agents)))))
        case .sessions(.list(let request)): answer(.sessions(.list(request, .success(page(request.cursor)))))
        case .sessions(.detail(let id)):
            terminal.show(view(state))
            guard let session = state.data.sessions.list[id] else { return }
            answer(.sessions(.detail(id, .success(Records.detail(session)))))
        default: break
        }
    }

    private mutating func answer(_ answer: Answer) { act(.answered(answer, ClientStatus(login: state.data.account.login, connection: nil))) }

    private func page(_ cursor: String?) -> Page<CallSession> {
        let first = cursor.flatMap { Int($0) } ?? 0, end = min(first + Self.pageRows, rows)
        return Page(data: (first..<end).map(Records.session), nextCursor: end < rows ? String(end) : nil)
    }
}
