import TerminalKit

@testable import MaskerTUI

/// Measures making text printable, which the console does with every text from the server.
func measureText() {
    let texts = [
        "plain": "appointment-bot-prod", "wide": "予約ボット（本番）予約", "hostile": "\u{1B}]0;x\u{7}a\u{202E}b\u{301}\u{301}\u{301}",
    ]
    for (name, text) in texts.sorted(by: { $0.key < $1.key }) {
        var width = 0
        measure("printable text, \(name), a byte", count: 10_000 * text.utf8.count) {
            for _ in 0..<10_000 { width += PrintableText(text).width }
        }
        precondition(width > 0)
    }
}
