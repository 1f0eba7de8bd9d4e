import MaskerAPI
import TestSupport
import Testing

@testable import MaskerTUI
import TerminalKit

@Suite("Quitting while reports are being saved", .ownThread)
struct QuitTests {
    /// A console that saves the reports of three marked sessions.
    private func saving() -> TestConsole {
        var console = TestConsole.loaded()
        console.press("2")
        console.press(" ", " ", " ", "S")
        console.press(.enter)
        console.takeEffects()
        return console
    }

    @Test("q, :q and the menu ask before the console ends; Enter and Esc go on saving")
    func asks() {
        for keys in [":q", "mq", "q"] {
            for answer in [Key.enter, .escape] {
                var console = saving()
                console.type(keys)
                if keys == ":q" { console.press(.enter) }
                #expect(!console.takeEffects().contains(.terminal(.quit)), "\(keys)")
                console.expect("Quit?")
                console.expect("Reports are being saved: 0 of 3 saved so far.")
                console.press(answer)
                #expect(console.takeEffects().isEmpty && console.state.data.reports.saving != nil)
                console.expectNot("Quit?")
            }
        }
    }

    @Test("the other button, y and Ctrl-C end it; a second q does not", arguments: [[Key.tab, .enter], [.character("y")], [.control("c")]])
    func quits(keys: [Key]) {
        var console = saving()
        console.press("q", "q")
        #expect(!console.takeEffects().contains(.terminal(.quit)))
        keys.forEach { console.press($0) }
        #expect(console.takeEffects() == [.terminal(.quit)])
    }

    @Test("without saving, and after saving was cancelled, q ends the console at once; Ctrl-C always does")
    func atOnce() {
        var console = TestConsole.loaded()
        console.press("q")
        #expect(console.takeEffects() == [.terminal(.quit)])
        console = saving()
        console.press("X")
        console.takeEffects()
        console.press("q")
        #expect(console.takeEffects() == [.terminal(.quit)])
        console = saving()
        console.press(.control("c"))
        #expect(console.takeEffects() == [.terminal(.quit)])
    }

    @Test("the question closes when all reports are saved, and it counts meanwhile")
    func ends() {
        var console = saving()
        console.press("q")
        console.answer(.reports(.saved(1, Sample.saved(0, .pdf))))
        console.expect("1 of 3 saved so far")
        for number in [1, 2] { console.answer(.reports(.saved(1, Sample.saved(number, .pdf)))) }
        console.answer(.reports(.ended(1, .file(name: "manifest.json"))))
        console.expectNot("Quit?")
        #expect(console.takeEffects().isEmpty)
        console.press("q")
        #expect(console.takeEffects() == [.terminal(.quit)])
    }

    @Test("on the lock screen q asks, too; another profile is refused, and the log-out says what it cancels")
    func elsewhere() {
        var console = saving()
        console.act(.idled)
        console.press("q")
        #expect(!console.takeEffects().contains(.terminal(.quit)))
        console.expect("Quit?")
        console.press("y")
        #expect(console.takeEffects() == [.terminal(.quit)])
        console = saving()
        #expect(console.state.profileRefusal == "reports are being saved; wait, or cancel with X")
        console.press("m", "l")
        console.expect("0 of 3 saved")
        #expect(TestConsole.loaded().state.profileRefusal == nil)
    }

    @Test("the question fits the smallest window", arguments: [(60, 15), (80, 24)])
    func drawn(columns: Int, rows: Int) {
        var console = saving()
        console.act(.resized(Size(columns: columns, rows: rows)))
        console.press("q")
        console.expectSnapshot("quit-\(columns)x\(rows)", of: .dialog)
    }
}
