import MaskerAPI
import Testing

@testable import MaskerTUI

@Suite("The command line in the console")
struct ConsoleCommandLineTests {
    private func run(_ line: String, in console: inout TestConsole) {
        console.press(":")
        console.type(line)
        console.press(.enter)
    }

    @Test("a session by its id, also one that is not listed, and an id alone is enough", arguments: ["session sess_01HZTICKET", "sess_01HZTICKET"])
    func session(line: String) {
        var console = TestConsole.loaded()
        run(line, in: &console)
        #expect(console.takeEffects() == [.fetch(.session(Identifier("sess_01HZTICKET")))])
        #expect(console.screen.contains("Sessions › sess_01HZTICKET"))
        console.press(.escape)
        #expect(console.state.tab == .sessions)
    }

    @Test("an agent by its name, a part of it, or its id", arguments: ["agent prior-auth-primary", "agent prior", "agt_01HZ4T0000000000000000002"])
    func agent(line: String) {
        var console = TestConsole.loaded()
        run(line, in: &console)
        #expect(console.screen.contains("Agents › prior-auth-primary"))
    }

    @Test("sessions with filters")
    func sessions() {
        var console = TestConsole.loaded()
        run("sessions status=error since=7d agent=intake redactions=2", in: &console)
        #expect(console.state.data.sessions.filter == SessionFilter(since: "7d", status: .error, minRedactions: 2, agentID: Sample.agentID(3)))
        #expect(console.state.tab == .sessions)
    }

    @Test("what cannot be run says why, and stays to be mended", arguments: [
        ("sesions", "is it “sessions”?"), ("sessions status=bad", "none of ok, error, partial"), ("sessions x", "is none of since="),
        ("agent nobody", "no agent is called"), ("session 17", "takes an id"), ("zz", "there is no command"), ("agent", "takes a name"),
    ])
    func problems(line: String, sentence: String) {
        var console = TestConsole.loaded()
        run(line, in: &console)
        #expect(console.screen.contains(sentence) && console.screen.contains(line) && console.takeEffects().isEmpty)
        console.press(.escape)
        #expect(console.state.overlays.isEmpty)
    }

    @Test("Tab completes commands, filters and names; more than one choice is shown")
    func completion() {
        let context = TestConsole.loaded().state.context
        #expect(ConsoleCommand.complete("acc", context).line == "account ")
        #expect(ConsoleCommand.complete("se", context).choices == ["sessions", "session"])
        #expect(ConsoleCommand.complete("se", context).line == "session")
        #expect(ConsoleCommand.complete("sessions sta", context).line == "sessions status=")
        #expect(ConsoleCommand.complete("sessions agent=ref", context).line == "sessions agent=refill-line-west ")
        #expect(ConsoleCommand.complete("agent PRI", context).line == "agent prior-auth-primary ")
        #expect(ConsoleCommand.complete("nothing x", context).choices.isEmpty)
        var console = TestConsole.loaded()
        console.press(":")
        console.type("a")
        console.press(.tab)
        console.expectSnapshot("command-line")
    }

    @Test("lines typed before come back with the arrows, the latest first, each once")
    func history() {
        var console = TestConsole.loaded()
        run("account", in: &console)
        run("agents", in: &console)
        run("account", in: &console)
        console.press(":")
        console.press(.up)
        #expect(console.screen.contains("account"))
        console.press(.up)
        #expect(console.state.commands == ["account", "agents"])
        console.press(.enter)
        #expect(console.state.tab == .agents)
    }

    @Test("it quits, logs out after asking, and helps")
    func others() {
        var console = TestConsole.loaded()
        run("logout", in: &console)
        #expect(console.screen.contains("Log out?") && console.takeEffects().isEmpty)
        console.press(.escape)
        run("help", in: &console)
        #expect(console.screen.contains("Down one row"))
        console.press(.escape)
        run("q", in: &console)
        #expect(console.takeEffects() == [.quit])
    }
}
