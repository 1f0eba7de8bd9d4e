import Foundation
import TestSupport
import Testing

@Suite("The overview in a real terminal", .serialized, .ownThread)
struct OverviewEndToEndTests {
    @Test("100,000 sessions with a delay of 150 ms: it counts, pauses while it is not shown, and opens the selection")
    func slowAndLarge() async throws {
        var setup = TmuxTerminal.Setup(columns: 120, rows: 40)
        setup.mock = ["--agents", "50", "--sessions", "100000", "--latency", "150"]
        try await TmuxTerminal.with(setup) { terminal in
            try await terminal.expect("▌ appointment-bot-prod")
            try await terminal.press("0")
            try await terminal.expect("Reading the last 24 h")
            try await terminal.expect("sessions so far")
            // Keys work while it reads.
            try await terminal.press("3")
            try await terminal.expect("Login session")
            try await terminal.press("0")
            try await terminal.expect("Last 24 h · from 3,3")
            try await terminal.expect("(from 20 sessions)")
            try await terminal.press("Enter")
            try await terminal.expect("last 24h · agent appointment-bot-prod")
            try await terminal.press("H")
            try await terminal.expect("Durations by status")
            try await terminal.press("q")
            try await terminal.expectEnd(status: 0)
        }
    }

    @Test("a 403 for the sessions is shown in the overview, and the agents are still listed")
    func forbidden() async throws {
        var setup = TmuxTerminal.Setup()
        setup.mock = ["--fault", #"{"path":"/api/v1/sessions","status":403,"code":"forbidden"}"#]
        try await TmuxTerminal.with(setup) { terminal in
            try await terminal.expect("▌ appointment-bot-prod")
            try await terminal.press("0")
            try await terminal.expect("⊘ not permitted")
            try await terminal.press("1")
            try await terminal.expect("▌ appointment-bot-prod")
        }
    }

    @Test("--plain: no bars, and the terminal's cursor on the selected row")
    func plain() async throws {
        var setup = TmuxTerminal.Setup()
        setup.console = ["--plain"]
        try await TmuxTerminal.with(setup) { terminal in
            try await terminal.expect("> appointment-bot-prod, 24h")
            try await terminal.press("j", "j")
            try await terminal.expect("row 3 of 12")
            let lines = try await terminal.screen().components(separatedBy: "\n")
            let place = try await terminal.tmux("display-message", "-p", "#{cursor_flag} #{cursor_y}").split(separator: " ")
            #expect(place.first == "1")
            let row = try #require(Int(place[1].trimmingCharacters(in: .whitespacesAndNewlines)))
            #expect(lines[row].hasPrefix("> intake-test"))
            try await terminal.press("0")
            let overview = try await terminal.expect("(from 20 sessions)")
            #expect(!overview.contains("█") && !overview.contains("─"))
        }
    }
}
