import Foundation
import MaskerAPI
import TerminalKit
import TestSupport
import Testing

@testable import MaskerTUI

@Suite("Commands and menu entries", .ownThread)
struct DestinationTests {
    @Test("the letters of the menu are unique, and none of them moves in it or closes it")
    func letters() {
        let letters = ConsoleCommand.all.compactMap(\.menu).flatMap(\.action.keys)
        #expect(letters.count >= 5 && Set(letters).count == letters.count)
        #expect(Set(letters).isDisjoint(with: [.character("m"), .character("j"), .character("k")]))
        #expect(Set(ConsoleCommand.all.map(\.name)).count == ConsoleCommand.all.count)
    }

    @Test("each entry of the menu does the same as its command", arguments: ConsoleCommand.all.compactMap { command in command.menu?.action.keys.first.map { (command.name, $0) } })
    func menu(name: String, letter: Key) {
        var settings = Sample.settings
        settings.profiles = ["production", "staging"]
        var byName = TestConsole(settings: settings)
        byName.answerRefresh()
        byName.takeEffects()
        var byLetter = byName
        byName.run(":\(name)")
        byLetter.press("m")
        byLetter.press(letter)
        #expect(byName.takeEffects() == byLetter.takeEffects())
        #expect(byName.screen == byLetter.screen)
    }

    @Test("the same command twice opens its screen once, and one Esc leads back", arguments: [":deleted", ":reports", ":session sess_1", ":agent intake-test"])
    func twice(line: String) {
        var console = TestConsole.loaded()
        console.run(line)
        let depth = console.state.screens(of: console.state.tab).count
        #expect(depth == 2)
        console.takeEffects()
        console.run(line)
        #expect(console.state.screens(of: console.state.tab).count == depth)
        #expect(console.takeEffects() == [], "what is out already is not asked for, nor called off")
        console.press(.escape)
        #expect(console.state.screens(of: console.state.tab).count == 1)
    }

    @Test("closing a screen does not cancel a request that another screen waits for")
    func sharedRequest() {
        var console = TestConsole.loaded()
        console.run(":deleted")
        let saved = AgentBackup(detail: Sample.agentDetail, deletion: nil)
        console.answer(.agents(.deleted(.success([ArchivedAgent(file: "agt_1.json", content: .success(saved))]))))
        console.press(.enter)
        console.takeEffects()
        console.press(.escape)
        #expect(console.takeEffects() == [], "the list below needs the same answer")
        console.press(.escape)
        #expect(console.takeEffects() == [.cancel(.agents(.deleted))])
    }

    @Test("the README's row of commands names all commands")
    func readme() throws {
        let text = try String(contentsOf: Repository.root.appendingPathComponent("README.md"), encoding: .utf8)
        let names = ConsoleCommand.all.map { "`:\($0.name)`" }.joined(separator: ", ")
        #expect(text.contains("| `:` | a command: \(names); [arguments](docs/keys.md#commands); Tab completes, ↑ recalls |"), "\(names)")
    }
}
