import Foundation
import MaskerAPI
import TestSupport
import Testing

@testable import MaskerTUI
import TerminalKit

@Suite("The agents that this console has deleted", .ownThread)
struct DeletedAgentsTests {
    private static func saved(_ number: Int, _ outcome: DeletionRecord.Outcome = .deleted, yaml: String? = Sample.policyYAML) -> ArchivedAgent {
        let agent = Sample.agents[number - 1]
        let record = DeletionRecord(outcome: outcome, host: "masker.example.org", by: "ada", at: Sample.now - Double(number) * 600)
        return ArchivedAgent(
            file: "\(agent.id).json", content: .success(AgentBackup(detail: AgentDetail(agent: agent, policyYAML: yaml), deletion: record)))
    }

    private static let broken = ArchivedAgent(
        file: "agt_broken.json", content: .failure(.init(sentence: "it is not valid JSON, or incomplete")))

    /// The list of deleted agents with these entries.
    private func list(
        _ agents: [ArchivedAgent] = [saved(1), saved(2, .unknown), saved(3, .notDeleted), broken], columns: Int = 100, rows: Int = 30,
        live: [Agent] = [], _ change: (inout ConsoleSettings) -> Void = { _ in }
    ) -> TestConsole {
        var settings = Sample.settings
        change(&settings)
        var console = TestConsole(columns: columns, rows: rows, settings: settings)
        console.answerRefresh(agents: live)
        console.press("2")
        console.run(":deleted")
        #expect(console.takeEffects() == [.agents(.deleted)])
        console.answer(.agents(.deleted(.success(agents))))
        return console
    }

    @Test("the list shows name, time, user and outcome; a broken file is one row")
    func listed() {
        let console = list()
        console.expectSnapshot("deleted-agents")
        console.expectPosition("4 · end")
        console.expect("1 Agents 0 ")
    }

    @Test("Enter shows the saved configuration with its policy, Esc goes back to the row, Esc again to the agents")
    func opened() {
        var console = list()
        console.press("j", .enter)
        console.expectSnapshot("deleted-agent")
        console.expectPosition("top")
        console.press(.escape)
        #expect(console.selected?.hasPrefix("prior-auth-primary") == true)
        console.press(.escape)
        #expect(console.lines[1].contains("Agents"))
        console.expect("No agents in this account yet.")
    }

    @Test("a broken file is shown with the reason, and cannot be re-created")
    func brokenFile() {
        var console = list()
        console.press(.end, .enter)
        console.expect("⚠ agt_broken.json cannot be used: it is not valid JSON, or incomplete")
        console.press("R")
        #expect(!console.state.isPageCovered)
        console.expect("its backup cannot be read")
    }

    @Test("R opens the filled form, which names the new values and what to change by hand; Enter creates the agent with its policy")
    func again() {
        var console = list(columns: 80, rows: 24)
        console.press("R")
        console.expectSnapshot("re-create-80x24", of: .dialog)
        console.press(.enter)
        let order = AgentDraft(
            name: "appointment-bot-prod", upstream: "openai:gpt-4o-mini", tokenization: .vaultDeterministic, policy: .yaml(Sample.policyYAML))
        #expect(console.takeEffects() == [.agents(.create(order))])
        console.answer(.agents(.creation(order, .created(Sample.agent(9, "appointment-bot-prod")))))
        console.expectSnapshot("re-created-80x24", of: .dialog)
    }

    @Test("without YAML the form has the policy name; with YAML the user can choose a policy name instead")
    func policies() {
        var console = list([Self.saved(1, yaml: nil)])
        console.press(.enter)
        console.takeEffects()
        console.press("R", .enter)
        guard case .agents(.create(let order))? = console.takeEffects().first else { return #expect(Bool(false)) }
        #expect(order.policy == .named("healthcare-default"))
        var other = list([Self.saved(1)])
        other.press("R")
        other.press(.up, .right, .down, .down, .enter)
        guard case .agents(.create(let named))? = other.takeEffects().first else { return #expect(Bool(false)) }
        #expect(named.policy == .named("healthcare-default"))
    }

    @Test("a name that another agent has meanwhile is reported at once")
    func taken() {
        var console = list(live: Sample.agents)
        console.press("R")
        console.expect("✗ an agent with this name exists already")
    }

    @Test("a policy of the backup that the server refuses is reported at its field")
    func refusedPolicy() {
        var console = list()
        console.press("R", .enter)
        guard case .agents(.create(let order))? = console.takeEffects().first else { return #expect(Bool(false)) }
        console.answer(.agents(.creation(order, .failed(Sample.error(.validation, 422, "policy_yaml_invalid", "not this version")))))
        #expect(console.selected?.hasPrefix("policy ") == true)
        console.expect("✗ not this version")
    }

    @Test("R says why it is refused: nothing selected, not deleted, read-only")
    func refusals() {
        var empty = list([])
        empty.expect("No agent of this server was deleted from here.")
        empty.press("R")
        empty.expect("there is no agent to re-create")
        var still = list()
        still.press("j", "j")
        still.press("R")
        still.expect("it was not deleted")
        var readOnly = list { $0.isReadOnly = true }
        readOnly.press("R")
        #expect(!readOnly.state.isPageCovered)
        readOnly.expect("this console is read-only")
    }

    @Test("where no backups are kept the list says so", arguments: [(false, "--no-store keeps nothing"), (true, "keep_deleted = on")])
    func off(isRestricted: Bool, sentence: String) {
        let console = list([]) {
            $0.archivePath = nil
            $0.isRestricted = isRestricted
        }
        console.expect(sentence)
    }

    @Test("an unreadable directory is reported")
    func unreadable() {
        var console = list()
        console.answer(.agents(.deleted(.failure(.init(sentence: "/x cannot be read")))))
        console.press("r")
        #expect(console.takeEffects().contains(.agents(.deleted)))
        var other = list([])
        other.answer(.agents(.deleted(.failure(.init(sentence: "/x cannot be read")))))
        other.expect("⚠ /x cannot be read")
    }

    @Test("promise 37: the lock drops the backups, and unlocking reads them again")
    func lock() {
        var console = list()
        console.press("j", .enter)
        console.takeEffects()
        console.act(.idled)
        #expect(!"\(console.state)".contains("kind: NAME"))
        console.answer(.agents(.deleted(.success([Self.saved(1)]))))
        #expect(!"\(console.state)".contains("kind: NAME"))
        console.press("x")
        console.answer(.account(.user(.success(Sample.admin))))
        #expect(console.takeEffects().filter { $0 == .agents(.deleted) }.count == 2, "of the list and of the one that is open")
        console.answer(.agents(.deleted(.success([Self.saved(1), Self.saved(2)]))))
        console.expect("Deleted agents › prior-auth-primary")
        console.expect("openai:gpt-4o")
    }

    @Test("promise 2: hostile texts of a changed file stay in their boxes")
    func hostile() {
        let agent = Agent(id: Identifier("agt_1"), name: "x\u{1B}]0;evil\u{7}", proxyURL: "\u{202E}moc", createdAt: nil)
        let record = DeletionRecord(outcome: .deleted, host: nil, by: "\u{9B}31mada", at: nil)
        let archived = ArchivedAgent(file: "agt_1.json", content: .success(AgentBackup(detail: AgentDetail(agent: agent, policyYAML: "a: \u{1B}[2J"), deletion: record)))
        for keys in [[], [Key.enter], [.character("R")]] {
            var console = list([archived])
            for key in keys { console.press(key) }
            let text = view(console.state).text
            #expect(text.contains("^[]0;evil^G"))
            #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) && $0 != "\u{202E}" })
        }
    }
}
