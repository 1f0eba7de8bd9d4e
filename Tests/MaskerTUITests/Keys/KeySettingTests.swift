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

    @Test("an action gets its keys everywhere, or on one screen; what is said of the screen counts there")
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

    @Test("nothing in it sets nothing", arguments: ["keys:", "keys: {}", "keys:\n  sessions: {}"])
    func empty(text: String) {
        #expect(read(text).problems == [] && read(text).file.keys == [])
    }

    @Test("a mistake is told with line, column, and what there is instead", arguments: [
        ("keys: x", "c.yaml:1:7: keys takes lines of “action: key”"),
        ("keys:\n  agent.delte: D", "c.yaml:2:3: “agent.delte” is no action; is it “agent.delete”?"),
        ("keys:\n  agnts:\n    agent.delete: D", "c.yaml:2:3: “agnts” is no screen; is it “agents”?"),
        ("keys:\n  agents: D", "c.yaml:2:11: the screen agents takes lines of “action: key”"),
        ("keys:\n  agents:\n    session.open: e", "c.yaml:3:5: session.open is none of the actions on agents"),
        ("keys:\n  agents:\n    console.menu: M", "c.yaml:3:5: console.menu works everywhere: set it in keys itself, not on one screen"),
        ("keys:\n  agent.delete: Ctrl+D", "c.yaml:2:17: “Ctrl+D” is no key: a character, or a name as the help shows it, such as Ctrl-L, F10 or PgDn; is it “Ctrl-D”?"),
        ("keys:\n  agent.delete: [D, Escape]", "c.yaml:2:21: “Escape” is no key"), ("keys:\n  agent.delete: Ctrl-M", "c.yaml:2:17: “Ctrl-M” is no key"),
        ("keys:\n  agent.delete:", "c.yaml:2:16: “” is no key"), ("keys:\n  agent.delete: [[D]]", "c.yaml:2:18: a key is a word"),
        ("keys:\n  agent.delete: D\n  agent.delete: E", "c.yaml:3:3: “agent.delete” is there already, in line 2"),
        // Two on one key: told at the later one.
        ("keys:\n  agent.delete: w", "c.yaml:2:17: “w” is agent.check-webhook already, on agents; give one of the two another key"),
        ("keys:\n  session.open: [Enter, o]", "c.yaml:2:25: “o” is session.show-agent already, on sessions; give one of the two another key"),
        ("keys:\n  agent.delete: E\n  agent.create: E", "c.yaml:3:17: “E” is agent.delete already, on agents"),
        ("keys:\n  agents:\n    agent.create: E\n  agent.delete: E", "c.yaml:4:17: “E” is agent.create already, on agents"),
        // On a key that works everywhere, the other way round, and over dialogs.
        ("keys:\n  agent.delete: q", "c.yaml:2:17: “q” is console.quit already, on agents"),
        ("keys:\n  console.menu: d", "c.yaml:2:17: “d” is agent.delete already, on agents"),
        ("keys:\n  console.menu: \"?\"", "c.yaml:2:17: “?” is console.help already, on all screens"),
        ("keys:\n  console.repaint: Esc", "c.yaml:2:20: “Esc” is find.stop already, on agents"),
        ("keys:\n  menu:\n    dialog.confirm: Ctrl-C", "c.yaml:3:21: “Ctrl-C” is console.quit-at-once already, on menu"),
        // Fields.
        ("keys:\n  find.keep: e", "c.yaml:2:14: “e” goes into the field on agents, where find.keep works while one types; it can be set on single screens"),
        ("keys:\n  sign-in:\n    account.choose-profile: [Ctrl-P, p]", "c.yaml:3:38: “p” goes into the field on sign-in, where account.choose-profile works while one types"),
        ("keys:\n  agents:\n    list.down: z", "c.yaml:3:16: “z” goes into the field on agents"),
        ("keys:\n  console.repaint: L", "c.yaml:2:20: “L” could be typed nowhere any more"),
        ("keys:\n  console.repaint: Ctrl-K", "c.yaml:2:20: “Ctrl-K” would edit no field any more"),
        ("keys:\n  console.suspend: Alt-b", "c.yaml:2:20: “Alt-b” would edit no field any more"),
        ("keys:\n  find.keep: Ctrl-A", "c.yaml:2:14: “Ctrl-A” goes into the field on agents, where find.keep works while one types"),
        ("keys:\n  form.next-choice: Right", "c.yaml:2:21: “→” goes into the field on create-agent, where form.next-choice works while one types"),
        ("keys:\n  agent.delete: Alt+D", "c.yaml:2:17: “Alt+D” is no key: a character, or a name as the help shows it, such as Ctrl-L, F10 or PgDn; is it “Alt-d”?"),
        // Ways out.
        ("keys:\n  console.quit: none", "c.yaml:2:17: console.quit keeps at least one key: nobody may be locked in"),
        ("keys:\n  menu:\n    dialog.cancel: []", "c.yaml:3:20: dialog.cancel keeps at least one key"),
        ("profiles:\n  a:\n    keys:\n      agent.delete: w", "c.yaml:4:21: “w” is agent.check-webhook already, on agents"),
        ("keys:\n  agent.create: E\nprofiles:\n  a:\n    keys:\n      agent.delete: E", "c.yaml:6:21: “E” is agent.create already, on agents"),
        ("kees:\n  agent.delete: D", "c.yaml:1:1: “kees” is no key; is it “keys”?"),
    ])
    func mistakes(text: String, sentence: String) {
        let problems = read(text).problems
        #expect(problems.count == 1 && problems.first?.sentence.hasPrefix(sentence) == true, "\(problems.map(\.sentence))")
    }

    @Test("what is no conflict: keys that change places, states that exclude each other, a page that refreshes in its own way", arguments: [
        "keys:\n  agent.delete: w\n  agent.check-webhook: d", "keys:\n  agent.open: e\n  agent.dismiss-note: e", "keys:\n  agents:\n    agent.delete: r",
        "keys:\n  list.down: [Down, n]\n  agent.create: N", "keys:\n  console.refresh: F5\n  report.make-anew: R", "keys:\n  menu:\n    dialog.cancel: [Esc, x]",
        "keys:\n  agent.delete: none\n  agent.create: d", "keys:\n  console.quit: [Q, F12]",
        "keys:\n  agent.delete: Alt-d\n  agent.create: [Ins, Ctrl-Left]", "keys:\n  list.first: [Home, Alt-Up]\n  list.last: End",
        "keys:\n  form.next-choice: [Right, F5]", "keys:\n  console.repaint: Alt-x",
    ])
    func fine(text: String) { #expect(read(text).problems.map(\.sentence) == []) }

    @Test("a profile's lines take the place of the same lines at the top, and the others stay")
    func profiles() throws {
        let text = "keys:\n  agent.delete: D\n  agent.create: C\nprofiles:\n  lab:\n    keys:\n      agent.delete: E\n  other: {}"
        let lab = KeyMap(try sources(text, profile: "lab").configuration().keys), other = KeyMap(try sources(text, profile: "other").configuration().keys)
        #expect(lab.keys(of: .deleteAgent, on: AgentsScreen.keys) == [.character("E")] && lab.keys(of: .createAgent, on: AgentsScreen.keys) == [.character("C")])
        #expect(other.keys(of: .deleteAgent, on: AgentsScreen.keys) == [.character("D")])
    }

    @Test("the administrator's file sets them in restricted mode, with the number of the line where it cannot")
    func fixed() throws {
        var sources = ConfigurationSources()
        sources.isRestricted = true
        sources.fixedKeys = try FixedConfiguration(parsing: "url = https://a.example\nkeys.agent.delete = D F9\nkeys.sessions.session.open = Enter e\nkeys.agent.create = none").keys
        let keys = try sources.configuration().keys
        #expect(keys.map(\.name) == ["keys.agent.delete", "keys.sessions.session.open", "keys.agent.create"] && keys.map(\.text) == ["D F9", "Enter e", "none"])
        #expect(keys.first?.origin.source == "/etc/masker-tui/config:2")
        for (line, sentence) in [
            ("keys.agent.delte = D", "“agent.delte” is no action; is it “agent.delete”?"), ("keys.agent.delete = w", "“w” is agent.check-webhook already, on agents"),
            ("keys.agnts.agent.delete = D", "“agnts” is no screen"), ("keys.agent.delete = Ctrl+D", "“Ctrl+D” is no key"), ("keys.console.quit = none", "console.quit keeps at least one key"),
        ] {
            #expect { try FixedConfiguration(parsing: "# one\n" + line) } throws: {
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
