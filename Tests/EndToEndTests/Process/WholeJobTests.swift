import Foundation
import TestSupport
import Testing

@Suite("The whole job in a real terminal", .serialized, .ownThread)
struct WholeJobTests {
    @Test("sign in by paste, browse, open, delete as admin, log out, quit; the terminal is as it was")
    func admin() async throws {
        var setup = TmuxTerminal.Setup()
        setup.mock = ["--no-cookie", "--me", "role", "--user", "ada:admin:s3cret-ada"]
        try await TmuxTerminal.with(setup) { terminal in
            try await terminal.expect("You are not signed in.")
            try await terminal.paste("Cookie: masker_session=s3cret-ada\n")
            try await terminal.expect("••••")
            try await terminal.press("Enter")
            try await terminal.expect("ada · admin")
            try await terminal.expect("12 · end")
            try await terminal.press("2")
            try await terminal.expect("STARTED")
            try await terminal.press("Enter")
            try await terminal.expect("merkle root")
            try await terminal.press("Escape", "1", "j", "j", "j", "Enter")
            try await terminal.expect("Agents › refill-line-west")
            // A page down in a document that is still loading does nothing.
            try await terminal.expect("Latest sessions")
            try await terminal.press("NPage")
            try await terminal.expect("Policy")
            try await terminal.press("Escape")
            try await terminal.expect("▌ refill-line-west")
            try await terminal.press("d")
            try await terminal.confirmDeletion(of: "refill-line-west")
            try await terminal.expect("refill-line-west is deleted")
            try await terminal.expect("11 · end")
            try await terminal.press("m")
            try await terminal.expect("Log out")
            try await terminal.press("l")
            try await terminal.expect("Log out?")
            try await terminal.press("Tab", "Enter")
            let screen = try await terminal.expect("You are logged out.")
            #expect(!screen.contains("s3cret"))
            #expect(!FileManager.default.fileExists(atPath: terminal.directory + "/state/masker-tui/session-127.0.0.1.json"))
            try await terminal.press("C-c")
            try await terminal.expectEnd(status: 0)
        }
    }

    @Test("a member's deletion is refused on the row; the member dismisses the message and continues")
    func member() async throws {
        var setup = TmuxTerminal.Setup()
        setup.mock = ["--as", "grace", "--me", "role"]
        try await TmuxTerminal.with(setup) { terminal in
            try await terminal.expect("grace · member")
            try await terminal.expect("d admin only")
            try await terminal.expect("▌ appointment-bot-prod")
            try await terminal.press("j", "d")
            try await terminal.confirmDeletion(of: "prior-auth-primary")
            try await terminal.expect("⊘ not permitted: needs an account admin · req_")
            try await terminal.press("Enter")
            try await terminal.expectGone("not permitted")
            try await terminal.expect("▌ prior-auth-primary")
            try await terminal.press("q")
            try await terminal.expectEnd(status: 0)
        }
    }

    @Test("promise 17: text pasted into the delete dialog deletes nothing")
    func pasteIntoDialog() async throws {
        try await TmuxTerminal.with { terminal in
            try await terminal.expect("▌ appointment-bot-prod")
            try await terminal.press("d")
            try await terminal.expect("Delete this agent?")
            try await terminal.paste("appointment-bot-prod\n\n\n")
            try await terminal.expect("Pasting is not accepted")
            try await terminal.press("Escape")
            try await terminal.expectGone("Delete this agent?")
            try await terminal.expect("12 · end")
        }
    }

    @Test("promise 15: when the answer to a deletion is lost, the console looks for the agent and says what happened", arguments: [
        ("after", "is gone, although no answer confirmed its deletion"), ("before", "still there: the deletion was not carried out"),
    ])
    func lostAnswer(drop: String, sentence: String) async throws {
        var setup = TmuxTerminal.Setup(columns: 120)
        setup.mock = ["--fault", #"{"method":"DELETE","drop":"\#(drop)"}"#]
        try await TmuxTerminal.with(setup) { terminal in
            try await terminal.expect("▌ appointment-bot-prod")
            try await terminal.press("d")
            try await terminal.confirmDeletion(of: "appointment-bot-prod")
            try await terminal.expect(sentence)
        }
    }

    @Test("promise 12: keys work while every answer takes a minute, and q quits at once")
    func slowServer() async throws {
        var setup = TmuxTerminal.Setup()
        setup.mock = ["--latency", "60000"]
        try await TmuxTerminal.with(setup) { terminal in
            try await terminal.expect("Loading…")
            try await terminal.press("2", "3", "m")
            try await terminal.expect("Log out")
            try await terminal.press("Escape", "q")
            try await terminal.expectEnd(status: 0)
        }
    }

    @Test("the console remains usable when the server answers only with errors")
    func brokenServer() async throws {
        var setup = TmuxTerminal.Setup()
        setup.mock = ["--fault", #"{"status":422,"code":"odd"}"#]
        try await TmuxTerminal.with(setup) { terminal in
            try await terminal.expect("A fault set in the mock server.")
            try await terminal.press("3")
            try await terminal.expect("tries again")
            try await terminal.press("q")
            try await terminal.expectEnd(status: 0)
        }
    }

    @Test("a login session with changing values is stored, and a second start uses it")
    func storedSession() async throws {
        let mock = try #require(Program.built("masker-mock")), console = try #require(Program.built("masker-tui"))
        var setup = TmuxTerminal.Setup()
        setup.command = "\(mock) exec --no-cookie --rotate always --user ada:admin:s3cret-ada -- bash -c '\(console); \(console)'"
        try await TmuxTerminal.with(setup) { terminal in
            for isFirst in [true, false] {
                if isFirst {
                    try await terminal.expect("You are not signed in.")
                    try await terminal.paste("s3cret-ada")
                    try await terminal.press("Enter")
                }
                // Does not wait for the user's name, because the screen before already has “readable”.
                try await terminal.expect("1 Agents 12")
                try await terminal.press("3")
                try await terminal.expect("readable by you only")
                try await terminal.press("q")
                // Keys typed before the next console has started would be lost.
                try await terminal.expectGone("readable by you only")
            }
            try await terminal.expectEnd(status: 0)
            let folder = terminal.directory + "/state/masker-tui"
            let file = try #require(try FileManager.default.contentsOfDirectory(atPath: folder).first { $0.hasSuffix(".json") })
            let mode = try FileManager.default.attributesOfItem(atPath: folder + "/" + file)[.posixPermissions] as? Int
            #expect(mode == 0o600)
        }
    }

    @Test("promise 38: the login session cannot be read on the screen, or in the environment or arguments of the process")
    func secrecy() async throws {
        var setup = TmuxTerminal.Setup()
        setup.mock = ["--user", "ada:admin:s3cret-cookie-value"]
        try await TmuxTerminal.with(setup) { terminal in
            try await terminal.expect("ada")
            let process = try await terminal.consoleProcess()
            for name in ["cmdline", "environ"] {
                let bytes = FileManager.default.contents(atPath: "/proc/\(process)/\(name)") ?? Data()
                #expect(!String(decoding: bytes, as: UTF8.self).contains("s3cret"), "in \(name)")
            }
            for key in ["1", "2", "3", "?"] {
                try await terminal.press(key)
                #expect(try await !terminal.screen().contains("s3cret"))
            }
        }
    }
}
