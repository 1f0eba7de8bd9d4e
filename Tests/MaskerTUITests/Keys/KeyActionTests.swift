import Foundation
import TestSupport
import Testing

@testable import MaskerTUI
import TerminalKit

@Suite("Actions have names", .ownThread)
struct KeyActionTests {
    @Test("a name is feature.verb, in lower case, and belongs to one action")
    func names() {
        for action in KeyAction.all {
            #expect(action.name.wholeMatch(of: /[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*/) != nil, "\(action.name)")
            #expect(!action.keys.isEmpty && Set(action.keys).count == action.keys.count, "\(action.name)")
        }
        #expect(Set(KeyAction.all.map(\.name)).count == KeyAction.all.count)
        let screens = Screens.keys.map(\.name)
        #expect(Set(screens).count == screens.count && screens.allSatisfy { !$0.contains(".") && $0 != "everywhere" })
    }

    @Test("every key of a screen, in any state, belongs to an action that the screen declares")
    func declared() throws {
        for table in KeyTables.screens {
            for console in table.consoles {
                let front = console.state.front
                let keys = try #require(Screens.keys.first { $0.name == type(of: front).keys.name }, "\(type(of: front)) is not in Screens.all")
                for help in front.keyHelp(console.state.context) {
                    #expect(([help.action] + help.others).allSatisfy(keys.actions.contains), "\(table.title): \(help.help)")
                    #expect(help.keys == ([help.action] + help.others).flatMap(\.keys) || help.keys.count == 1, "\(table.title): \(help.help)")
                }
                #expect(keys.isPage == (front.presentation == .page && console.state.cover == nil), "\(table.title)")
            }
        }
        for help in (GlobalKeys.page + GlobalKeys.always(Sample.settings)).map(\.keyHelp) { #expect(GlobalKeys.keys.actions.contains(help.action)) }
        for tab in Tab.allCases { #expect(GlobalKeys.keys.actions.contains(GlobalKeys.action(tab))) }
    }

    @Test("every declared action has a key in one of the screen's states, except those that no table shows")
    func used() {
        // Actions in states that need a server's answer; their dialogs have tests of their own.
        let unseen: Set<String> = [
            "agent.dismiss-note", "session.dismiss-note", "find.stop", "dialog.close", "dialog.confirm", "session.stop-following", "account.choose-profile",
        ]
        for keys in Screens.keys {
            let shown = KeyTables.screens.flatMap(\.consoles).filter { type(of: $0.state.front).keys.name == keys.name }
                .flatMap { $0.state.front.keyHelp($0.state.context) }.flatMap { [$0.action] + $0.others }
            let missing = Set(keys.actions).subtracting(shown).filter { !unseen.contains($0.name) && !MovementKeys.actions.contains($0) }
            #expect(missing.isEmpty, "\(keys.name): \(missing.map(\.name))")
        }
    }

    @Test("actions that work while a field has the focus are declared as such, for the check of the configuration")
    func typing() {
        for table in KeyTables.screens {
            for console in table.consoles where !(console.state.front is LockScreen) {
                var front = console.state.front
                guard front.edit(.key(.character("z")), console.state.context) != nil else { continue }
                let keys = type(of: front).keys
                let working = front.keyHelp(console.state.context).filter { $0.keys.contains { !$0.goesIntoField } }
                for help in working { #expect(([help.action] + help.others).allSatisfy(keys.typing.contains), "\(table.title): \(help.help)") }
            }
        }
    }

    @Test("actions of one screen that are available at the same time share no default key, as the check of the configuration assumes")
    func defaults() {
        #expect(KeyCheck.problems([KeySetting(
            action: .deleteAgent, screen: nil, strokes: [.init(key: .function(9), place: .init(line: 1, column: 1))], path: "c.yaml", place: .init(line: 1, column: 1))]) == [])
    }

    @Test("every key has a name, the one that the help shows")
    func keyNames() {
        let keys: [Key] = KeyAction.all.flatMap(\.keys) + [
            .delete, .function(12), .control("a"), .character("é"), .character("ß"), .character(":"), .insert, .controlLeft, .controlRight,
            .alt(.character("x")), .alt(.character("G")), .alt(.backspace), .alt(.character(" ")), .alt(.up), .alt(.function(4)), .alt(.control("k")),
            .alt(.character("-")),
        ]
        for key in keys { #expect(Key(named: key.name) == key, "\(key.name)") }
        for (name, key) in [("ctrl-l", Key.control("l")), ("PGDN", .pageDown), ("up", .up), ("f10", .function(10)), ("D", .character("D")), ("d", .character("d")),
            ("ins", .insert), ("Ctrl-Left", .controlLeft), ("ctrl-right", .controlRight), ("alt-x", .alt(.character("x"))), ("ALT-D", .alt(.character("D"))),
            ("Alt-Left", .controlLeft), ("Alt-Right", .controlRight), ("Alt-enter", .alt(.enter)), ("Alt-Up", .alt(.up)), ("Alt-F4", .alt(.function(4)))] {
            #expect(Key(named: name) == key, "\(name)")
        }
        // Ctrl-M is Enter to a terminal, Esc and [ begin a sequence; the others are no key at all.
        for name in ["", "ab", "Ctrl-M", "Ctrl-1", "F13", "F0", " ", "\u{1B}", "\u{301}", "Shift-A", "\u{200B}", "Alt-", "Alt-ab", "Alt-Alt-x", "Alt-Esc", "Alt-[", "Alt-]", "Alt-O", "Alt-X", "Alt-\u{301}", "Alt+x", "Ctrl-Up"] { #expect(Key(named: name) == nil, "\(name)") }
    }
}
