import Foundation
import TestSupport
import Testing

/// Lists of a large account over a slow connection.
@Suite("Lists in a real terminal", .serialized, .ownThread)
struct ListEndToEndTests {
    private static let mock = ["--agents", "50", "--sessions", "100000", "--latency", "150"]

    /// The names in the rows, in their order.
    private func column(_ screen: String, at start: Int, width: Int) -> [String] {
        screen.split(separator: "\n", omittingEmptySubsequences: false).dropFirst(4).prefix { !$0.hasPrefix(" ─") }
            .map { String($0.dropFirst(start).prefix(width)).trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
    }

    @Test("sort order and columns are chosen with keys, and the next console has them too", arguments: [(80, 24), (200, 60)])
    func arranged(columns: Int, rows: Int) async throws {
        let mock = try #require(Program.built("masker-mock")), console = try #require(Program.built("masker-tui"))
        var setup = TmuxTerminal.Setup(columns: columns, rows: rows)
        setup.command = "'\(mock)' exec --traffic 0 \(Self.mock.joined(separator: " ")) -- bash -c \"'\(console)'; echo BETWEEN; '\(console)'\""
        try await TmuxTerminal.with(setup) { terminal in
            try await terminal.expect("50 · end")
            try await terminal.press("s", "1")
            let sorted = try await terminal.expect("NAME ↑")
            let names = column(sorted, at: 2, width: 20)
            #expect(names == names.sorted() && names.count > 10)
            try await terminal.press("c", "j", "Space", "Enter")
            try await terminal.expectGone("UPSTREAM")
            try await terminal.press("2")
            try await terminal.expect("00+ loaded")
            try await terminal.press("s", "4")
            try await terminal.expect("DURATION ↓")
            try await terminal.expect("loaded rows only")
            try await terminal.press("q")
            try await terminal.expect("NAME ↑")
            try await terminal.expectGone("UPSTREAM")
            try await terminal.press("2")
            try await terminal.expect("DURATION ↓")
            try await terminal.press("q")
            try await terminal.expectEnd(status: 0)
        }
        // The file is removed with the terminal's directory; unit tests check its contents.
    }

    @Test("following: new sessions come at the top, marked; F ends following")
    func follows() async throws {
        var setup = TmuxTerminal.Setup()
        // Of two --traffic options the last one counts: one session a second.
        setup.mock = Self.mock + ["--traffic", "60"]
        try await TmuxTerminal.with(setup) { terminal in
            try await terminal.press("2")
            try await terminal.expect("100+ loaded")
            try await terminal.press("F")
            try await terminal.expect("following, every 2 s")
            let first = try await terminal.expect("▌+")
            try await terminal.press("b")
            try await terminal.expect("errors ring")
            let top = try #require(first.split(separator: "\n").first { $0.hasPrefix("▌+") })
            try await terminal.expectGone(String(top))
            let later = try await terminal.screen()
            #expect(later.contains("▌"), "the marker stays on top")
            try await terminal.press("F")
            try await terminal.expectGone("following")
        }
    }

    @Test("back and forward through agents, sessions and details")
    func places() async throws {
        var setup = TmuxTerminal.Setup()
        setup.mock = Self.mock
        try await TmuxTerminal.with(setup) { terminal in
            try await terminal.expect("50 · end")
            try await terminal.press("j", "o")
            try await terminal.expect("· agent ")
            try await terminal.expect("STARTED")
            try await terminal.press("Enter")
            try await terminal.expect("merkle root")
            try await terminal.press("[", "[")
            try await terminal.expect("▌ prior-auth-primary")
            try await terminal.press("]")
            try await terminal.expect("· agent prior-auth-primary")
            try await terminal.press("]")
            try await terminal.expect("merkle root")
            try await terminal.press("]")
            try await terminal.expect("there is no next place")
        }
    }

    @Test("the call that somebody complains about, yesterday 14:05: 13 keys from the list of agents")
    func complaint() async throws {
        var setup = TmuxTerminal.Setup()
        setup.mock = ["--agents", "50", "--sessions", "100000", "--traffic", "0"]
        try await TmuxTerminal.with(setup) { terminal in
            try await terminal.expect("50 · end")
            try await terminal.type(":at y")
            try await terminal.press("Tab")
            try await terminal.type("14:05")
            try await terminal.press("Enter")
            try await terminal.expect("STARTED (UTC)")
            try await terminal.expectGone("going to")
            let row = try await terminal.screen().split(separator: "\n").first { $0.contains("▌") && $0.contains("14:0") }
            let started = try #require(row?.split(separator: " ").first { $0.hasPrefix("14:0") })
            #expect(started < "14:06")
            try await terminal.press("Enter")
            try await terminal.expect("\(started) UTC")
        }
    }

    @Test("a command line with quotes, a suggestion, and an id from a ticket")
    func commandLine() async throws {
        var setup = TmuxTerminal.Setup()
        setup.mock = Self.mock
        try await TmuxTerminal.with(setup) { terminal in
            try await terminal.expect("50 · end")
            try await terminal.type(":sesions status=error since=7d")
            try await terminal.press("Enter")
            try await terminal.expect("did you mean “sessions”?")
            try await terminal.press("C-u")
            try await terminal.type("sessions status=error since=7d")
            try await terminal.press("Enter")
            try await terminal.expect("last 7d · status error")
            try await terminal.expect("✗ error")
            try await terminal.type(":columns id status")
            try await terminal.press("Enter")
            let screen = try await terminal.expect("sess_")
            let id = try #require(screen.split(separator: "\n").lazy.compactMap { line in
                line.split(separator: " ").first { $0.hasPrefix("sess_") }.map(String.init)
            }.first)
            try await terminal.type(":\(id)")
            try await terminal.press("Enter")
            try await terminal.expect("Sessions › \(id)")
            try await terminal.expect("merkle root")
        }
    }
}
