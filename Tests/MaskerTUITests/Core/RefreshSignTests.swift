import Foundation
import MaskerAPI
import TestSupport
import Testing

@testable import MaskerTUI

@Suite("The sign of a refresh that is running", .ownThread)
struct RefreshSignTests {
    @Test("promise 12: r shows a sign at once, also while another refresh gets no answer, until all parts are answered")
    func asked() {
        var console = TestConsole.loaded()
        #expect(!console.lines[0].contains("↻ …"))
        console.press("r")
        #expect(console.lines[0].contains("↻ …"))
        console.answerRefresh()
        #expect(console.lines[0].contains("↻ 13:06Z"))
        console.wait(15)
        console.act(.woke)
        #expect(!console.lines[0].contains("↻ …"))
        console.press("r")
        #expect(console.lines[0].contains("↻ …"))
    }

    @Test("promise 12: an automatic refresh shows a sign after a second without an answer, and the console wakes for it")
    func automatic() {
        var console = TestConsole.loaded()
        console.wait(15)
        console.act(.woke)
        #expect(console.state.nextWake.map { $0 <= console.now + RefreshSchedule.shownAfter } == true)
        console.wait(0.9)
        console.act(.woke)
        #expect(!console.lines[0].contains("↻ …"))
        console.wait(0.1)
        console.act(.woke)
        #expect(console.lines[0].contains("↻ …"))
        #expect(console.state.nextWake.map { $0 > console.now } ?? true, "it does not wake again for the same sign")
        console.answerRefresh()
        #expect(!console.lines[0].contains("↻ …"))
    }

    @Test("for a screen reader the sign is a word")
    func plain() {
        var settings = Sample.settings
        settings.isPlain = true
        var console = TestConsole(settings: settings)
        console.answerRefresh()
        console.press("r")
        #expect(console.lines.contains { $0.contains("refreshing…") })
    }

    @Test("a failed refresh ends the sign")
    func failed() {
        var console = TestConsole.loaded()
        console.press("r")
        for effect in console.takeEffects() {
            switch effect {
            case .account(.user): console.answer(.account(.user(.failure(Sample.lost))))
            case .agents(.list(let page)): console.answer(.agents(.list(page, .failure(Sample.lost))))
            case .sessions(.list(let page)): console.answer(.sessions(.list(page, .failure(Sample.lost))))
            default: break
            }
        }
        #expect(!console.lines[0].contains("↻ …"))
    }
}
