import MaskerAPI
import TestSupport
import Testing

@testable import MaskerTUI
import TerminalKit

@Suite("Property: deleting", .ownThread)
struct DeletionPropertyTests {
    /// The number of parts into which the runs are divided; parts run at the same time. Each part adds its number to the seed.
    private static let parts = 4

    /// A console with the open dialog, which is made once and copied for each run.
    private static let confirming: TestConsole = {
        var console = TestConsole.loaded()
        console.press("d")
        return console
    }()

    @Test("promise 16: the deleted agent is the one that the dialog showed, whatever happens to the list meanwhile", arguments: 0..<parts)
    func rightAgent(part: Int) {
        let seed = SeededGenerator.newSeed()
        var random = SeededGenerator(seed &+ UInt64(part))
        for run in 0..<Soak.count(300, soak: 1_000) / Self.parts {
            var agents = Sample.manyAgents(Int.random(in: 1...60, using: &random))
            var console = TestConsole.loaded(agents: agents, sessions: [])
            for _ in 0..<Int.random(in: 0...70, using: &random) { console.press("j") }
            if Bool.random(using: &random) { console.press(.pageDown) }
            // The user means the agent in the row that the screen marks.
            guard let marked = console.selected?.split(separator: " ").first else {
                Issue.record("no marker in run \(run), MASKER_SEED=\(seed)")
                return
            }
            let name = String(marked)
            console.press("d")
            var typed = ""
            for character in name {
                disturb(&console, &agents, &random)
                typed.append(character)
                console.type(String(character))
            }
            console.press(.enter)
            disturb(&console, &agents, &random)
            console.press(.enter)
            let deleted = console.takeEffects().compactMap { effect -> DeletionTarget? in
                if case .agents(.delete(let target, _)) = effect { return target }
                return nil
            }
            #expect(deleted.map(\.name) == [name], "run \(run), MASKER_SEED=\(seed)")
            #expect(deleted.first?.id == Sample.agentID(Int(name.dropFirst(6)) ?? 0), "run \(run), MASKER_SEED=\(seed)")
        }
    }

    /// Changes the list as it may change at any moment: new order, added and removed rows, another window size.
    private func disturb(_ console: inout TestConsole, _ agents: inout [Agent], _ random: inout SeededGenerator) {
        switch Int.random(in: 0..<8, using: &random) {
        case 0: agents.shuffle(using: &random)
        case 1: agents.insert(Sample.agent(Int.random(in: 100...999, using: &random), "new"), at: 0)
        case 2: if !agents.isEmpty { agents.remove(at: Int.random(in: 0..<agents.count, using: &random)) }
        case 3:
            console.act(.resized(Size(columns: Int.random(in: 60...200, using: &random), rows: Int.random(in: 15...60, using: &random))))
            return
        default: return
        }
        console.wait(16)
        console.act(.woke)
        for effect in console.effects {
            if case .agents(.list(let page)) = effect { console.answer(.agents(.list(page, .success(Page(data: agents))))) }
            if case .account(.user) = effect { console.answer(.account(.user(.success(Sample.admin)))) }
            if case .sessions(.list(let page)) = effect { console.answer(.sessions(.list(page, .success(Page(data: []))))) }
        }
        console.takeEffects()
    }

    @Test("promise 17: keys, pastes, the mouse and window sizes without the name, typed, delete nothing", arguments: 0..<parts)
    func noAccident(part: Int) {
        let seed = SeededGenerator.newSeed()
        var random = SeededGenerator(seed &+ UInt64(part))
        let keys: [Key] = [
            .enter, .enter, .enter, .tab, .backTab, .up, .down, .left, .right, .escape, .backspace, .pageDown, .character("d"),
            .character("y"), .character(" "), .control("u"), .character("D"), .function(5),
            .home, .end, .delete, .control("a"), .control("k"), .control("w"), .control("y"), .controlLeft, .alt(.backspace), .alt(.character("d")), .insert,
        ]
        for run in 0..<Soak.count(300, soak: 1_000) / Self.parts {
            var console = Self.confirming
            for _ in 0..<60 {
                switch Int.random(in: 0..<10, using: &random) {
                case 0: console.paste("appointment-bot-prod")
                case 1: console.paste("appointment-bot-prod\n\n\n")
                case 2: console.paste((0..<Int.random(in: 0...40, using: &random)).map { _ in "abc-\n\u{1B}[201~d\r".randomElement(using: &random).map(String.init) ?? "" }.joined())
                case 3: console.act(.resized(Size(columns: Int.random(in: 1...200, using: &random), rows: Int.random(in: 1...60, using: &random))))
                case 4:
                    // The user holds a key down.
                    for _ in 0..<30 {
                        console.wait(0.03)
                        console.act(.terminal(.key(.enter)))
                    }
                case 5: console.act(.terminal(.mouse(.press(row: Int.random(in: 0..<24, using: &random), column: Int.random(in: 0..<80, using: &random)))))
                case 6: console.act(.terminal(.mouse(.wheel(Bool.random(using: &random) ? 1 : -1))))
                default: console.press(keys.randomElement(using: &random) ?? .enter)
                }
            }
            let deleted = console.takeEffects().contains { if case .agents(.delete) = $0 { true } else { false } }
            #expect(!deleted, "run \(run), MASKER_SEED=\(seed)")
        }
    }
}
