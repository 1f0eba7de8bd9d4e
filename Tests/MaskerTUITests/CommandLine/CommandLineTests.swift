import MaskerAPI
import TestSupport
import Testing

@testable import MaskerTUI
import TerminalKit

@Suite("The command line in the console", .ownThread)
struct ConsoleCommandLineTests {
    @Test("a session opens by its id, also one that is not listed; the id alone is enough", arguments: ["session sess_01HZTICKET", "sess_01HZTICKET"])
    func session(line: String) {
        var console = TestConsole.loaded()
        console.run(":\(line)")
        #expect(console.takeEffects() == [.sessions(.detail(Identifier("sess_01HZTICKET")))])
        console.expect("Sessions › sess_01HZTICKET")
        console.press(.escape)
        #expect(console.state.tab == .sessions)
    }

    @Test("an agent opens by its name, a part of its name, or its id", arguments: ["agent prior-auth-primary", "agent prior", "agt_01HZ4T0000000000000000002"])
    func agent(line: String) {
        var console = TestConsole.loaded()
        console.run(":\(line)")
        console.expect("Agents › prior-auth-primary")
    }

    @Test("sessions with filters")
    func sessions() {
        var console = TestConsole.loaded()
        console.run(":sessions status=error since=7d agent=intake redactions=2")
        #expect(console.state.data.sessions.list.filter == SessionFilter(since: "7d", status: .error, minRedactions: 2, agentID: Sample.agentID(3)))
        #expect(console.state.tab == .sessions)
    }

    @Test("a line that cannot be run says why, and stays to be corrected", arguments: [
        ("sesions", "did you mean “sessions”?"), ("agnets", "did you mean “agents”?"), ("quit", "did you mean “q”?"), ("sessions staus=ok", "did you mean “status”?"),
        ("agent prior-auht-primary", "“prior-auth-primary”?"), ("sort nmae", "is not a column of the agents; did you mean “name”?"), ("sort name sideways", "sorted up or down"), ("columns name x9", "“x9” is not a column"),
        ("sessions status=bad", "Try ok, error or partial"), ("sessions x", "is none of since="),
        ("agent nobody", "no agent is called"), ("session 17", "takes an id"), ("zz", "there is no command"), ("agent", "takes a name"),
    ])
    func problems(line: String, sentence: String) {
        var console = TestConsole.loaded()
        console.run(":\(line)")
        #expect(console.takeEffects().isEmpty)
        console.expect(sentence)
        console.expect(line)
        console.press(.escape)
        #expect(!console.state.isPageCovered)
    }

    @Test("an ambiguous part of a name names the agents; a whole name that others contain, and an id that is a name, are not ambiguous")
    func ambiguous() {
        let agents = [Sample.agent(1, "refill"), Sample.agent(2, "refill-west"), Sample.agent(3, "refill-east"), Sample.agent(4, Sample.agentID(2).rawValue)]
        for line in [":agent refill-", ":sessions agent=REFILL-"] {
            var console = TestConsole.loaded(agents: agents)
            console.run(line)
            #expect(console.takeEffects().isEmpty)
            console.expect("“\(line.split(whereSeparator: { " =".contains($0) })[line.contains("=") ? 2 : 1])” fits 2 agents")
            console.expect("refill-west, refill-east")
        }
        for (text, id) in [("refill", 1), ("Refill-West", 2), (Sample.agentID(2).rawValue, 2), (Sample.agentID(4).rawValue, 4)] {
            var console = TestConsole.loaded(agents: agents)
            console.run(":sessions agent=\(text)")
            #expect(console.state.data.sessions.list.filter.agentID == Sample.agentID(id), "\(text)")
        }
    }

    @Test("the filter form keeps its agent when another has that agent's name as its id")
    func formKeepsTheAgent() {
        var console = TestConsole.loaded(agents: [Sample.agent(1, Sample.agentID(2).rawValue), Sample.agent(2, "two")])
        console.run(":sessions agent=\(Sample.agentID(1).rawValue)")
        console.press("f")
        console.expect("Filter the sessions")
        console.press(.enter)
        #expect(console.state.data.sessions.list.filter.agentID == Sample.agentID(1))
    }

    @Test("Tab completes commands, filters and names, and shows several choices")
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
        console.expectSnapshot("command-line", of: .dialog)
    }

    @Test("arrows recall earlier lines, the latest first, each once")
    func history() {
        var console = TestConsole.loaded()
        console.run(":account")
        console.run(":agents")
        console.run(":account")
        console.press(":")
        console.press(.up)
        console.expect("account")
        console.press(.up)
        #expect(console.state.commands == ["account", "agents"])
        console.press(.enter)
        #expect(console.state.tab == .agents)
    }

    @Test("quotes keep a space within a word, and completion adds them where they are needed")
    func quotes() {
        let agents = [Sample.agent(1, "front desk"), Sample.agent(2, "front door"), Sample.agent(3, "back")]
        var console = TestConsole.loaded(agents: agents)
        let context = console.state.context
        #expect(ConsoleCommand.complete("sessions agent=front", context).line == #"sessions agent="front d"#)
        #expect(ConsoleCommand.complete(#"sessions agent="front de"#, context).line == #"sessions agent="front desk" "#)
        #expect(ConsoleCommand.complete(#"sessions agent="front desk" sta"#, context).line == #"sessions agent="front desk" status="#)
        #expect(ConsoleCommand.complete("agent front de", context).line == "agent front desk ")
        console.run(#":sessions agent="front desk" since=7d"#)
        #expect(console.state.data.sessions.list.filter == SessionFilter(since: "7d", agentID: Sample.agentID(1)))
        console.run(":agent front door")
        console.expect("Agents › front door")
    }

    @Test("Up recalls only lines that begin with the typed text; Down returns to it")
    func prefixSearch() {
        var console = TestConsole.loaded()
        for line in ["sessions since=7d", "account", "sessions since=1h", "agents"] { console.run(":\(line)") }
        console.press(":")
        console.type("se")
        console.press(.up)
        console.expect("sessions since=1h")
        console.press(.up)
        console.expect("sessions since=7d")
        console.press(.up)
        console.expect("sessions since=7d", "there is no earlier one")
        console.press(.down, .down)
        console.expect(":se  ")
    }

    @Test("sort and columns change the current list")
    func arrange() {
        var console = TestConsole.loaded()
        console.run(":sort 24h")
        #expect(console.state.data.lists.layouts.agents.sort == ListLayout.Sort(column: "24h", isDescending: true))
        console.run(":sort 24h up")
        console.expect("24H ↑")
        console.run(":columns name created")
        #expect(console.lines[3].contains("NAME") && !console.lines[3].contains("UPSTREAM"))
        console.run(":columns")
        console.expect("Columns of the agents")
        console.press(.escape)
        console.run(":columns reset")
        console.run(":sort")
        #expect(console.state.data.lists.layouts == ListLayouts())
        #expect(ConsoleCommand.complete("sort tok", console.state.context).line == "sort tokenization ")
        console.press("3")
        console.run(":sort name")
        console.expect("this view has no list")
    }

    @Test("it quits, logs out after asking, and shows the help")
    func others() {
        var console = TestConsole.loaded()
        console.run(":logout")
        #expect(console.takeEffects().isEmpty)
        console.expect("Log out?")
        console.press(.escape)
        console.run(":help")
        console.expect("Down one row")
        console.press(.escape)
        console.run(":q")
        #expect(console.takeEffects() == [.terminal(.quit)])
    }
}
