import MaskerAPI
import TerminalKit
import TestSupport
import Testing

@testable import MaskerTUI

@Suite("A keyboard without Latin letters", .ownThread)
struct ForeignLayoutTests {
    private let sentence = "switch to a Latin keyboard layout"

    @Test("its letters are answered once, with the layout that is needed", arguments: ["в", "й", "о", "Д", "λ", "ש", "ب", "ก", "あ", "ㅂ", "ｑ"])
    func told(letter: Unicode.Scalar) {
        var console = TestConsole.loaded()
        console.press(letter)
        console.expect("“\(letter)”: " + sentence)
        console.press("j")
        console.expectNot(sentence)
        console.press(.character(letter), .character("в"))
        console.expectNot(sentence)
        #expect(console.takeEffects() == [])
    }

    @Test("also in a dialog, and not while one types")
    func places() {
        var console = TestConsole.loaded()
        console.press(.character("/"), .character("в"))
        console.expectNot(sentence)
        console.press(.escape, .character("m"), .character("в"))
        console.expect(sentence)
    }

    @Test("what a Latin layout has, too, is not answered", arguments: ["é", "ü", "ß", "ø", "ż", "№", "→", "。", "5", "€"])
    func silent(character: Unicode.Scalar) {
        var console = TestConsole.loaded()
        console.press(character)
        console.expectNot(sentence)
    }
}
