import Foundation
import MaskerAPI
import TerminalKit

@testable import MaskerTUI

/// The state of a console of 100x30 with all sessions loaded, without a terminal and a network.
struct Console {
    private var state: AppState
    private let pages: [Page<CallSession>]
    private let now = Date()

    init(_ recorded: [[UInt8]]) throws {
        var reader = SessionPageReader()
        pages = try recorded.compactMap { try reader.read($0) }
        let settings = ConsoleSettings(host: "localhost", signInURL: "http://localhost/")
        state = AppState(settings: settings, size: Size(columns: 100, rows: 30), now: now, login: LoginStatus(source: .memory))
        act(.started)
        press("2")
        for page in pages { receive(page) }
        guard state.data.sessions.list.items.count > pages.count else { throw Problem.isEmpty }
    }

    enum Problem: Error { case isEmpty, isUnchanged }

    // MARK: Measurements

    /// Measures adding pages to the list, one after the other.
    func loading() throws {
        var other = self
        measure("take a page into the list", rounds: 5, count: pages.count) {
            other.state.data.sessions.list.forget()
        } _: {
            for page in pages { other.receive(page) }
        }
        guard other.state.data.sessions.list.items.count == state.data.sessions.list.items.count else { throw Problem.isUnchanged }
    }

    /// Measures moving the cursor down and up again within the screen.
    func cursor() throws {
        var other = self, lines: Set<Int> = []
        measure("cursor key: update", count: 1_000) {
            for turn in 0..<1_000 { other.press(turn % 2 == 0 ? .down : .up) }
        }
        measure("view", count: 100) {
            for _ in 0..<100 { lines.insert(view(other.state).cells.count) }
        }
        guard lines == [3_000] else { throw Problem.isUnchanged }
    }

    /// Measures searching for a text that is typed letter by letter, at the end and at the head of the list.
    func find(_ text: String) throws {
        var other = self
        other.press("/")
        for (place, letter) in text.unicodeScalars.enumerated() {
            let before = other
            measure("find: “\(text.prefix(place + 1))”") { other = before } _: { other.press(.character(letter)) }
        }
        guard view(other.state) != view(state) else { throw Problem.isUnchanged }
    }

    func sorting() throws {
        for column in SessionsScreen.columns(state.clock) {
            var other = self
            let before = other
            measure("sort by \(column.name)") { other = before } _: { other.sort(by: column.name) }
            guard view(other.state) != view(state) else { throw Problem.isUnchanged }
        }
    }

    // MARK: Acting

    private mutating func act(_ action: Action) { _ = state.update(action, at: now) }

    private mutating func press(_ character: Unicode.Scalar) { press(.character(character)) }
    private mutating func press(_ key: Key) { act(.terminal(.key(key))) }

    private mutating func sort(by column: String) {
        var layouts = state.data.lists.layouts
        layouts.sessions.sort(by: column, beginsDescending: true)
        _ = state.perform([.change(.lists(.arrange(layouts)))])
    }

    private mutating func receive(_ page: Page<CallSession>) {
        guard let request = state.data.sessions.list.requestsOut.first ?? state.data.sessions.list.loadMore() ?? state.data.sessions.list.refresh() else { return }
        act(.answered(.sessions(.list(request, .success(page))), ClientStatus(login: state.data.account.login, connection: nil)))
    }
}
