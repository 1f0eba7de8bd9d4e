import Foundation
import MaskerAPI
import TerminalKit

@testable import MaskerTUI

/// The state of a console of 100x30 with all sessions loaded, without a terminal and a network.
struct Console {
    private var state: AppState
    private var pages: [Page<CallSession>]
    private let now = Date()

    /// - Parameter times: how often the recorded sessions are loaded, each time with other ids.
    init(_ recorded: [[UInt8]], times: Int = 1) throws {
        var reader = SessionPageReader()
        pages = try recorded.compactMap { try reader.read($0) }
        let once = pages
        for round in 1..<max(times, 1) {
            pages[pages.count - 1].nextCursor = "round \(round)"
            pages += once.map { page in
                var page = page
                page.data = page.data.map { Self.copy($0, round) }
                page.nextCursor = page.nextCursor.map { "\(round) \($0)" }
                return page
            }
        }
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
            other.state.data.sessions.list = other.state.data.sessions.list.forgotten()
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

    // MARK: Many sessions

    private static func copy(_ session: CallSession, _ round: Int) -> CallSession {
        let bits = session.id.ulid ?? ULIDBits(0, 0)
        return CallSession(
            id: Identifier(ULIDBits(bits.high, bits.low &+ UInt64(round) << 40)), agentID: session.agentID, agentName: session.agentName,
            startedAt: session.startedAt, endedAt: session.endedAt, durationMS: session.durationMS, status: session.status,
            redactionCount: session.redactionCount, redactionsByKind: session.redactionsByKind, upstreamModel: session.upstreamModel)
    }

    /// Measures what takes several parts: the first part, the longest one, and all together, with the view that follows each.
    func parts() throws {
        let count = state.data.sessions.list.items.count
        var finding = self
        finding.press("/")
        for letter in ["s", "zz", "b"] {
            var other = finding
            try measureParts("find: “\(letter)”", count) { for scalar in letter.unicodeScalars { other.press(scalar) } } rest: { other.rest() }
        }
        for column in SessionsScreen.columns(state.clock) {
            var other = self
            try measureParts("sort by \(column.name)", count) { other.sort(by: column.name) } rest: { other.rest() }
        }
        var other = self
        try measureParts("latency view", count) { other.press("H") } rest: { other.rest() }
        try measureParts("mark a session", count) { other.press(" ") } rest: { other.rest() }
    }

    private func measureParts(_ name: String, _ count: Int, _ first: () -> Void, rest: () -> Bool) throws {
        let clock = ContinuousClock()
        var parts = [clock.measure(first)]
        while true {
            var isWorking = false
            let part = clock.measure { isWorking = rest() }
            if !isWorking { break }
            parts.append(part)
            guard parts.count < 1_000 else { throw Problem.isUnchanged }
        }
        for (title, time) in [("the first of \(parts.count) parts", parts[0]), ("the longest part", parts.max() ?? .zero), ("all", parts.reduce(.zero, +))] {
            print("\(name), \(count) sessions, \(title)\t\(time / .seconds(1))")
        }
    }

    /// Does the next part of the work, and draws; returns false when there was none.
    private mutating func rest() -> Bool {
        guard state.isWorking else { return false }
        act(.rested)
        return view(state).cells.count > 0
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
