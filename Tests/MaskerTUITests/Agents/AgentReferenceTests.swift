import MaskerAPI
import TestSupport
import Testing

@testable import MaskerTUI

@Suite("Which agent a text means", .ownThread)
struct AgentReferenceTests {
    /// Agents with these names, and the ids `agt_1`, `agt_2` …
    private static func agents(_ names: String?...) -> [Agent] {
        names.enumerated().map { Agent(id: Identifier("agt_\($0 + 1)"), name: $1) }
    }

    private static func found(_ text: String, _ agents: [Agent], _ extent: AgentReference.Extent = .part) -> [String] {
        switch AgentReference(text, extent).match(in: agents) {
        case .agent(let agent): [agent.id.rawValue]
        case .several(let agents): ["several"] + agents.map(\.id.rawValue)
        case .none: []
        }
    }

    private static let names = agents("refill-line-west", "refill-line-east", "refill", "Prior Auth", "front\u{A0}desk", "Caf\u{E9}", "受付", "Straße 1", "agt_1", nil, "  ")

    @Test("an id, a name, a name in other letter case, a part of a name", arguments: [
        ("agt_2", ["agt_2"]), ("refill-line-west", ["agt_1"]), ("REFILL-LINE-EAST", ["agt_2"]), ("west", ["agt_1"]), ("prior", ["agt_4"]), ("auth", ["agt_4"]), ("prior auth", ["agt_4"]),
        // A whole name comes before names that contain it, and an id before a name.
        ("refill", ["agt_3"]), ("Refill", ["agt_3"]), ("agt_1", ["agt_1"]),
        ("refill-line", ["several", "agt_1", "agt_2"]), ("line", ["several", "agt_1", "agt_2"]), ("e", ["several", "agt_1", "agt_2", "agt_3", "agt_5", "agt_8"]),
        // Spaces around it, and other spaces within.
        (" prior auth ", ["agt_4"]), ("front desk", ["agt_5"]), ("front\u{A0}desk", ["agt_5"]),
        // Both Unicode forms of é, and letters that have a common upper case.
        ("Caf\u{E9}", ["agt_6"]), ("Cafe\u{301}", ["agt_6"]), ("CAFÉ", ["agt_6"]), ("f\u{E9}", ["agt_6"]), ("受", ["agt_7"]), ("STRASSE", ["agt_8"]), ("straße", ["agt_8"]),
        ("  ", ["agt_11"]), ("", []), ("   ", []), ("nobody", []), ("agt_99", []), ("refill-line-west-2", []), ("Cafe", []),
    ] as [(String, [String])])
    func part(text: String, ids: [String]) { #expect(Self.found(text, Self.names) == ids) }

    @Test("what cannot be taken back wants the id or the whole name, letter by letter", arguments: [
        ("agt_2", ["agt_2"]), ("refill-line-west", ["agt_1"]), ("refill", ["agt_3"]), ("Cafe\u{301}", ["agt_6"]), ("  ", ["agt_11"]), ("agt_1", ["agt_1"]),
        ("REFILL", []), ("west", []), ("prior auth", []), ("front desk", []), (" refill", []), ("", []), ("受", []),
    ] as [(String, [String])])
    func whole(text: String, ids: [String]) { #expect(Self.found(text, Self.names, .whole) == ids) }

    @Test("two agents whose names differ in their Unicode form only are several: nobody can see which one is meant")
    func twins() {
        let agents = Self.agents("Caf\u{E9}", "Cafe\u{301}", "x")
        for text in ["Caf\u{E9}", "Cafe\u{301}"] {
            for extent in [AgentReference.Extent.part, .whole] { #expect(Self.found(text, agents, extent) == ["several", "agt_1", "agt_2"]) }
        }
        #expect(AgentReference("Caf\u{E9}").problem(in: agents)?.hasPrefix("2 agents are called “Café”: ") == true)
        #expect(Self.found("agt_2", agents) == ["agt_2"])
    }

    @Test("an agent that is called like the id of another does not take its place, and its own id finds it")
    func namedLikeAnID() {
        let agents = Self.agents("agt_2", "one", "agt_3x")
        #expect(Self.found("agt_2", agents) == ["agt_2"] && Self.found("agt_2", agents, .whole) == ["agt_2"] && Self.found("agt_1", agents) == ["agt_1"])
        #expect(Self.found("agt_3x", agents) == ["agt_3"])
        #expect(AgentReference.text(for: agents[0], in: agents) == "agt_1" && AgentReference.text(for: agents[1], in: agents) == "one")
        for agent in agents { #expect(Self.found(AgentReference.text(for: agent, in: agents), agents) == [agent.id.rawValue]) }
    }

    @Test("the sentence names the candidates, or the closest names", arguments: [
        ("refill-line", "“refill-line” fits 2 agents: refill-line-west (agt_1), refill-line-east (agt_2); give more of the name, or the id"),
        ("refil-line-west", "no agent is called “refil-line-west”; did you mean “refill-line-west” or “refill-line-east”?"),
        ("prioa auth", "no agent is called “prioa auth”; did you mean “Prior Auth”?"), ("nobody", "no agent is called “nobody”"), ("agt_99", "no agent has the id “agt_99”"),
    ])
    func sentences(text: String, sentence: String) { #expect(AgentReference(text).problem(in: Self.names) == sentence) }

    @Test("a part of a name is suggested where a whole name is wanted; long lists are cut, and no name breaks the line")
    func longSentences() {
        #expect(AgentReference("west", .whole).problem(in: Self.names) == "no agent is called “west”; did you mean “refill-line-west”?")
        let many = (1...12).map { Agent(id: Identifier("agt_\($0)"), name: "line-\($0)\n\u{1B}[31m") }
        let sentence = AgentReference("line").problem(in: many) ?? ""
        #expect(sentence.hasPrefix("“line” fits 12 agents") && sentence.contains(", and 7 more; give") && !sentence.contains("\n") && !sentence.contains("\u{1B}"))
        #expect(AgentReference("line", .whole).problem(in: many)?.contains("line-4") == false)
        #expect(AgentReference("x").problem(in: [Agent(id: Identifier("agt_1"), name: "xy")]) == nil)
    }
}
