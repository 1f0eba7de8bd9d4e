import Foundation
import TestSupport
import Testing

@Suite("Creating, deleting and creating agents again in a real terminal", .serialized, .ownThread)
struct AgentLifeTests {
    @Test("create an agent, see it, delete it, find it in :deleted, create it again; only the user can read the backup")
    func life() async throws {
        try await TmuxTerminal.with { terminal in
            try await terminal.expect("12 · end")
            try await terminal.press("n")
            try await terminal.expect("New agent")
            try await terminal.type("evening-line")
            try await terminal.press("Enter", "C-n", "Enter", "Right", "Enter", "Enter", "Enter", "Enter")
            let made = try await terminal.expect("✓ evening-line is created.")
            let oldID = try #require(made.firstMatch(of: /id +(agt_\w+)/)?.1)
            try await terminal.press("Escape")
            try await terminal.expect("13 · end")
            try await terminal.press("g")
            try await terminal.expect("▌ evening-line")
            try await terminal.press("d")
            try await terminal.confirmDeletion(of: "evening-line")
            try await terminal.expect("evening-line is deleted; :deleted shows")
            let file = terminal.directory + "/state/masker-tui/deleted-agents/\(oldID).json"
            #expect(try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int == 0o600)
            try await terminal.press(":")
            try await terminal.type("deleted")
            try await terminal.press("Enter")
            try await terminal.expect("▌ evening-line")
            try await terminal.press("Enter")
            try await terminal.expect("Deleted agents › evening-line")
            try await terminal.expect("reversible-aead")
            try await terminal.press("R")
            try await terminal.expect("The new agent has a new id and new URLs.")
            try await terminal.press("Enter")
            let again = try await terminal.expect("Change by hand")
            #expect(again.contains("✓ evening-line is created.") && again.contains(oldID))
            let newID = try #require(again.firstMatch(of: /id +(agt_\w+)/)?.1)
            #expect(newID != oldID)
            try await terminal.press("Enter")
            try await terminal.expect("Agents › evening-line")
            try await terminal.expect("openai:gpt-4o")
            try await terminal.press("q")
            try await terminal.expectEnd(status: 0)
        }
    }

    @Test("an agent whose name cannot be typed is deleted by the end of its id, with or without UTF-8", arguments: ["C.UTF-8", "C"])
    func nameThatCannotBeTyped(locale: String) async throws {
        var setup = TmuxTerminal.Setup()
        setup.environment = ["LC_ALL=\(locale)"]
        setup.mock = ["--hostile"]
        try await TmuxTerminal.with(setup) { terminal in
            // In ASCII the dot is a hyphen.
            try await terminal.expect(locale == "C" ? "12 - end" : "12 · end")
            try await terminal.press("d")
            let dialog = try await terminal.expect("last 8 characters")
            let id = try #require(dialog.firstMatch(of: /id +(agt_\w+)/)?.1)
            try await terminal.confirmDeletion(of: String(id.suffix(8)))
            try await terminal.expect("is deleted; :deleted shows")
        }
    }

    @Test("a name that the server knows and the console does not is refused next to the field; another one is created")
    func nameTaken() async throws {
        var setup = TmuxTerminal.Setup()
        // The last agents are on a page that is not loaded.
        setup.mock = ["--agents", "250"]
        try await TmuxTerminal.with(setup) { terminal in
            try await terminal.expect("100+ loaded")
            try await terminal.press("n")
            try await terminal.expect("New agent")
            try await terminal.type(Self.unseen)
            try await terminal.press("BTab", "Enter")
            let refused = try await terminal.expect("✗ There is an agent with this name already.")
            #expect(refused.contains("req_"), "what support asks for")
            try await terminal.type("-two")
            try await terminal.expectGone("✗")
            try await terminal.press("BTab", "Enter")
            try await terminal.expect("✓ \(Self.unseen)-two is created.")
        }
    }

    private static let unseen = "after-hours-triage-10"

    @Test("a policy file is read when the agent is created, and the server's answer about it is shown beside its field")
    func policyFile() async throws {
        try await TmuxTerminal.with { terminal in
            let path = terminal.directory + "/policy.yaml"
            try Data("version: [".utf8).write(to: URL(fileURLWithPath: path))
            try await terminal.expect("12 · end")
            try await terminal.press("n")
            try await terminal.expect("New agent")
            try await terminal.type("from-a-file")
            try await terminal.press("Down", "Down", "Down", "Right", "Down")
            try await terminal.paste(path)
            try await terminal.press("Enter", "Enter")
            try await terminal.expect("✗ The policy is not valid YAML")
            let policy = "name: mine\nversion: 9\nkid: K_HEALTHCARE\ntokenization: vault-deterministic\npasses: [regex]\nentities: { PHONE: {} }\n"
            try Data(policy.utf8).write(to: URL(fileURLWithPath: path))
            try await terminal.press("Enter", "Enter")
            try await terminal.expect("✓ from-a-file is created.")
            try await terminal.press("Enter")
            try await terminal.expect("Agents › from-a-file")
            try await terminal.press("End")
            try await terminal.expect("version: 9")
        }
    }

    @Test("when the answer to the creation is lost, the console looks for the agent and says what happened; the typed text is kept", arguments: [
        ("after", "The answer was lost, but evening-line exists now"), ("before", "it was not created"),
    ])
    func lostAnswer(drop: String, sentence: String) async throws {
        var setup = TmuxTerminal.Setup(columns: 120)
        setup.mock = ["--fault", #"{"method":"POST","times":1,"drop":"\#(drop)"}"#]
        try await TmuxTerminal.with(setup) { terminal in
            try await terminal.expect("12 · end")
            try await terminal.press("n")
            try await terminal.expect("New agent")
            try await terminal.type("evening-line")
            try await terminal.press("BTab", "Enter")
            try await terminal.expect(sentence)
            guard drop == "before" else { return }
            try await terminal.press("Enter")
            try await terminal.expect("✓ evening-line is created.")
        }
    }

    @Test("promise 16: an agent that is renamed while the dialog is open is not deleted, and the dialog says why")
    func renamed() async throws {
        try await RawTerminal.with { raw in
            let terminal = raw.terminal
            try await terminal.expect("appointment-bot-prod")
            await raw.rest()
            terminal.send("d")
            try await terminal.expect("Delete this agent?")
            for key in "appointment-bot-prod" {
                terminal.send(String(key))
                await terminal.rest()
            }
            let agent = try #require(raw.mock.agents.first { $0.name == "appointment-bot-prod" })
            raw.mock.renameAgent(agent.id, to: "somebody-elses")
            raw.mock.clearRequests()
            terminal.forgetOutput()
            terminal.send("\r")
            await terminal.rest()
            terminal.send("\r")
            try await terminal.expect("somebody-elses")
            await raw.rest()
            #expect(!raw.mock.requests.contains { $0.method == "DELETE" })
            #expect(raw.mock.agents.contains { $0.id == agent.id })
        }
    }

    @Test("the webhook check says whether the secret matches, from the environment and typed")
    func webhook() async throws {
        var setup = TmuxTerminal.Setup()
        setup.mock = ["--webhook-secret", "right-s3cret"]
        setup.environment = ["MASKER_VAPI_WEBHOOK_SECRET=right-s3cret"]
        try await TmuxTerminal.with(setup) { terminal in
            try await terminal.expect("12 · end")
            let process = try await terminal.consoleProcess()
            for name in ["cmdline", "environ"] {
                let bytes = FileManager.default.contents(atPath: "/proc/\(process)/\(name)") ?? Data()
                #expect(!String(decoding: bytes, as: UTF8.self).contains("s3cret"), "in \(name)")
            }
            try await terminal.press("w")
            try await terminal.expect("Enter sends them")
            try await terminal.press("Enter")
            try await terminal.expect("✓ The secrets match")
            let screen = try await terminal.expect("✓ The webhook refuses an unsigned request (401).")
            #expect(screen.contains("✓ The assistant's model URL is the agent's proxy.") && !screen.contains("s3cret"))
            try await terminal.press("Escape")
            try await terminal.expectGone("Webhook check")
            try await terminal.press("q")
            try await terminal.expectEnd(status: 0)
        }
        setup.environment = []
        try await TmuxTerminal.with(setup) { terminal in
            try await terminal.expect("12 · end")
            try await terminal.press("Enter")
            try await terminal.expect("proxy URL")
            try await terminal.press("w")
            try await terminal.expect("The secret is used once")
            try await terminal.type("wrong-s3cret")
            #expect(try await !terminal.screen().contains("s3cret"))
            try await terminal.press("Enter")
            try await terminal.expect("✗ The secrets differ (401)")
            #expect(try await !terminal.screen().contains("signed out"))
        }
    }

    @Test("the proxy check asks, sends the request, and leads to the session that it created")
    func proxy() async throws {
        try await TmuxTerminal.with { terminal in
            try await terminal.expect("12 · end")
            try await terminal.press("x")
            try await terminal.expect("made-up identifiers")
            try await terminal.press("Tab", "Enter")
            let screen = try await terminal.expect("Its session")
            #expect(screen.contains("✓ The proxy answered 200.") && screen.contains("latency"))
            let id = try #require(screen.firstMatch(of: /id +(sess_\w+)/)?.1)
            try await terminal.press("Enter")
            try await terminal.expect("Sessions › \(id)")
            try await terminal.expect("merkle root")
        }
    }
}
