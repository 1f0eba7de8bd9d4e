import Foundation
import TestSupport
import Testing

@testable import TerminalKit

@Suite(.ownThread) struct FormatTests {
    @Test("decimals are rounded in the same way as by the C library")
    func decimals() {
        var random = SystemRandomNumberGenerator()
        let odd = [0, 0.005, 0.125, 0.375, 1.005, 1.115, 2.675, 0.045, 99.995, 999.999, 59.995, 12_345.675, -0.004, -1.5]
        for value in odd + (0..<2_000).map({ _ in Double(random.next() % 1_000_000) / 1_000 }) {
            for places in 0...3 {
                let text = Format.decimal(value, places: places), expected = String(format: "%.\(places)f", value)
                #expect(text == expected || "-" + text == expected && value > -0.5, "\(value) to \(places) places")
            }
        }
    }

    @Test("a search ignores upper and lower case, in every alphabet")
    func search() {
        #expect(TextSearch("REFILL").finds(in: "the-refill-line"))
        #expect(TextSearch("line").finds(in: "REFILL-LINE"))
        #expect(TextSearch("ÄRZTE").finds(in: "Notfall-ärzte Süd"))
        #expect(TextSearch("süd").finds(in: "ÄRZTE SÜD"))
        #expect(TextSearch("e\u{301}cole").finds(in: "École"))
        #expect(TextSearch("").finds(in: ""))
        #expect(!TextSearch("lines").finds(in: "line"))
        #expect(!TextSearch("@").finds(in: "`"))
    }
}
