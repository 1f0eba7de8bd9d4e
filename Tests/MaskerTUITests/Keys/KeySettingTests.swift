import Foundation
import TestSupport
import Testing

@testable import MaskerTUI
import TerminalKit

@Suite("Keys in the configuration file", .ownThread)
struct KeySettingTests {
    private func read(_ text: String) -> ConfigurationReader {
        var reader = ConfigurationReader(path: "c.yaml", home: "/home/ada")
        reader.read(text)
        return reader
    }

    private func sources(_ text: String, profile: String? = nil) -> ConfigurationSources {
        ConfigurationSources(profileOption: profile, file: read(text).file)
    }

    @Test("an action gets its keys on all screens or on one; the keys for one screen take precedence")
    func settings() {
        let reader = read("""
            keys:
              agent.delete: D
              list.down: [Down, z]
              session.filter: none
              sessions:
                session.open: [Enter, e]
                list.down: Ctrl-N
            """)
        #expect(reader.problems == [])
        #expect(reader.file.keys.map(\.name) == ["keys.agent.delete", "keys.list.down", "keys.session.filter", "keys.sessions.session.open", "keys.sessions.list.down"])
        #expect(reader.file.keys.map(\.text) == ["D", "↓ z", "none", "Enter e", "Ctrl-N"])
        #expect(reader.file.keys[1].origin.source == "c.yaml:3")
        let map = KeyMap(reader.file.keys)
        #expect(map.keys(of: .deleteAgent, on: AgentsScreen.keys) == [.character("D")] && map.keys(of: .deleteAgent, on: AgentDetailScreen.keys) == [.character("D")])
        #expect(map.keys(of: .down, on: AgentsScreen.keys) == [.down, .character("z")] && map.keys(of: .down, on: SessionsScreen.keys) == [.control("n")])
        #expect(map.keys(of: .filterSessions, on: SessionsScreen.keys) == [] && map.keys(of: .up, on: SessionsScreen.keys) == KeyAction.up.keys)
        #expect(KeyMap([]) == KeyMap() && KeyMap([])[AgentsScreen.keys] == nil, "there is nothing to look up")
    }

    @Test("an empty value sets nothing", arguments: ["keys:", "keys: {}", "keys:\n  sessions: {}"])
    func empty(text: String) {
        #expect(read(text).problems == [] && read(text).file.keys == [])
    }

    @Test("a mistake is reported with line, column and the possible values", arguments: [
        ("keys: x", "c.yaml:1:7: keys takes lines “action: key”"),
        ("keys:\n  agent.delte: D", "c.yaml:2:3: “agent.delte” is not an action; did you mean “agent.delete”?"),
        ("keys:\n  agnts:\n    agent.delete: D", "c.yaml:2:3: “agnts” is not a screen; did you mean “agents”?"),
        ("keys:\n  agents: D", "c.yaml:2:11: the screen agents takes lines “action: key”"),
        ("keys:\n  agents:\n    session.open: e", "c.yaml:3:5: session.open is not an action of agents"),
        ("keys:\n  agents:\n    console.menu: M", "c.yaml:3:5: console.menu works everywhere: set it directly below keys, not for one screen"),
        ("keys:\n  agent.delete: Ctrl+D", "c.yaml:2:17: “Ctrl+D” is not a key; a key is a character, or a name from the help such as Ctrl-L, F10 or PgDn; did you mean “Ctrl-D”?"),
        ("keys:\n  agent.delete: [D, Escape]", "c.yaml:2:21: “Escape” is not a key"), ("keys:\n  agent.delete: Ctrl-M", "c.yaml:2:17: “Ctrl-M” is not a key"),
        ("keys:\n  agent.delete:", "c.yaml:2:16: “” is not a key"), ("keys:\n  agent.delete: [[D]]", "c.yaml:2:18: a key is a word"),
        ("keys:\n  agent.delete: D\n  agent.delete: E", "c.yaml:3:3: “agent.delete” is already in line 2"),
        // Two actions with one key are reported at the later line.
        ("keys:\n  agent.delete: w", "c.yaml:2:17: “w” is already the key of agent.check-webhook on agents; use another key for one of them"),
        ("keys:\n  session.open: [Enter, o]", "c.yaml:2:25: “o” is already the key of session.show-agent on sessions; use another key for one of them"),
        ("keys:\n  agent.delete: E\n  agent.create: E", "c.yaml:3:17: “E” is already the key of agent.delete on agents"),
        ("keys:\n  agents:\n    agent.create: E\n  agent.delete: E", "c.yaml:4:17: “E” is already the key of agent.create on agents"),
        // The same with keys that work everywhere, in either order, and over dialogs.
        ("keys:\n  agent.delete: q", "c.yaml:2:17: “q” is already the key of console.quit on agents"),
        ("keys:\n  console.menu: d", "c.yaml:2:17: “d” is already the key of agent.delete on agents"),
        ("keys:\n  console.menu: \"?\"", "c.yaml:2:17: “?” is already the key of console.help on all screens"),
        ("keys:\n  console.repaint: Esc", "c.yaml:2:20: “Esc” is already the key of find.stop on agents"),
        ("keys:\n  menu:\n    dialog.confirm: Ctrl-C", "c.yaml:3:21: “Ctrl-C” is already the key of console.quit-at-once on menu"),
        // Keys that would be typed into fields.
        ("keys:\n  find.keep: e", "c.yaml:2:14: “e” would be typed into the field of agents, where find.keep must work too; it can be set for single screens"),
        ("keys:\n  sign-in:\n    account.choose-profile: [Ctrl-P, p]", "c.yaml:3:38: “p” would be typed into the field of sign-in, where account.choose-profile must work too"),
        ("keys:\n  agents:\n    list.down: z", "c.yaml:3:16: “z” would be typed into the field of agents"),
        ("keys:\n  console.repaint: L", "c.yaml:2:20: “L” could no longer be typed"),
        ("keys:\n  console.repaint: Ctrl-K", "c.yaml:2:20: “Ctrl-K” could no longer be used in fields"),
        ("keys:\n  console.suspend: Alt-b", "c.yaml:2:20: “Alt-b” could no longer be used in fields"),
        ("keys:\n  find.keep: Ctrl-A", "c.yaml:2:14: “Ctrl-A” would be typed into the field of agents, where find.keep must work too"),
        ("keys:\n  form.next-choice: Right", "c.yaml:2:21: “→” would be typed into the field of create-agent, where form.next-choice must work too"),
        ("keys:\n  agent.delete: Alt+D", "c.yaml:2:17: “Alt+D” is not a key; a key is a character, or a name from the help such as Ctrl-L, F10 or PgDn; did you mean “Alt-d”?"),
        // Keys that leave a screen.
        ("keys:\n  console.quit: none", "c.yaml:2:17: console.quit must keep at least one key, or the screen could not be left"),
        ("keys:\n  menu:\n    dialog.cancel: []", "c.yaml:3:20: dialog.cancel must keep at least one key"),
        ("profiles:\n  a:\n    keys:\n      agent.delete: w", "c.yaml:4:21: “w” is already the key of agent.check-webhook on agents"),
        ("keys:\n  agent.create: E\nprofiles:\n  a:\n    keys:\n      agent.delete: E", "c.yaml:6:21: “E” is already the key of agent.create on agents"),
        ("kees:\n  agent.delete: D", "c.yaml:1:1: “kees” is not a setting; did you mean “keys”?"),
    ])
    func mistakes(text: String, sentence: String) {
        let problems = read(text).problems
        #expect(problems.count == 1 && problems.first?.sentence.hasPrefix(sentence) == true, "\(problems.map(\.sentence))")
    }

    @Test("no conflict: swapped keys, states that exclude each other, and a page with its own refresh", arguments: [
        "keys:\n  agent.delete: w\n  agent.check-webhook: d", "keys:\n  agent.open: e\n  agent.dismiss-note: e", "keys:\n  agents:\n    agent.delete: r",
        "keys:\n  list.down: [Down, n]\n  agent.create: N", "keys:\n  console.refresh: F5\n  report.make-anew: R", "keys:\n  menu:\n    dialog.cancel: [Esc, x]",
        "keys:\n  agent.delete: none\n  agent.create: d", "keys:\n  console.quit: [Q, F12]",
        "keys:\n  agent.delete: Alt-d\n  agent.create: [Ins, Ctrl-Left]", "keys:\n  list.first: [Home, Alt-Up]\n  list.last: End",
        "keys:\n  form.next-choice: [Right, F5]", "keys:\n  console.repaint: Alt-x",
    ])
    func fine(text: String) { #expect(read(text).problems.map(\.sentence) == []) }

    @Test("lines of a profile replace the same lines at the top of the file; the others remain")
    func profiles() throws {
        let text = "keys:\n  agent.delete: D\n  agent.create: C\nprofiles:\n  lab:\n    keys:\n      agent.delete: E\n  other: {}"
        let lab = KeyMap(try sources(text, profile: "lab").configuration().keys), other = KeyMap(try sources(text, profile: "other").configuration().keys)
        #expect(lab.keys(of: .deleteAgent, on: AgentsScreen.keys) == [.character("E")] && lab.keys(of: .createAgent, on: AgentsScreen.keys) == [.character("C")])
        #expect(other.keys(of: .deleteAgent, on: AgentsScreen.keys) == [.character("D")])
    }

    @Test("the administrator's file sets keys in restricted mode, and names the line of a mistake")
    func fixed() throws {
        var sources = ConfigurationSources()
        sources.isRestricted = true
        sources.fixedKeys = try AdministratorConfiguration(parsing: "url = https://a.example\nkeys.agent.delete = D F9\nkeys.sessions.session.open = Enter e\nkeys.agent.create = none").keys
        let keys = try sources.configuration().keys
        #expect(keys.map(\.name) == ["keys.agent.delete", "keys.sessions.session.open", "keys.agent.create"] && keys.map(\.text) == ["D F9", "Enter e", "none"])
        #expect(keys.first?.origin.source == "/etc/masker-tui/config:2")
        for (line, sentence) in [
            ("keys.agent.delte = D", "“agent.delte” is not an action; did you mean “agent.delete”?"), ("keys.agent.delete = w", "“w” is already the key of agent.check-webhook on agents"),
            ("keys.agnts.agent.delete = D", "“agnts” is not a screen"), ("keys.agent.delete = Ctrl+D", "“Ctrl+D” is not a key"), ("keys.console.quit = none", "console.quit must keep at least one key"),
        ] {
            #expect { try AdministratorConfiguration(parsing: "# one\n" + line) } throws: {
                let failure = $0 as? CommandFailure
                return failure?.status == 2 && failure?.sentence?.hasPrefix("/etc/masker-tui/config, line 2: " + sentence) == true
            }
        }
    }

    @Test("the example in docs/configuration.md is read")
    func documentation() throws {
        let text = try String(contentsOf: Repository.root.appendingPathComponent("docs/configuration.md"), encoding: .utf8)
        let example = text.components(separatedBy: "## Keys\n").last?.components(separatedBy: "\n\n").first { $0.hasPrefix("    keys:") }
        let yaml = try #require(example).split(separator: "\n").map { String($0.dropFirst(4)) }.joined(separator: "\n")
        #expect(read(yaml).problems == [] && read(yaml).file.keys.count > 2)
    }
}
