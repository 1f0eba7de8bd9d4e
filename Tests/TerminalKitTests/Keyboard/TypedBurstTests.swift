import TestSupport
import Testing

@testable import TerminalKit

@Suite("A paste without marks", .ownThread)
struct TypedBurstTests {
    private func events(_ text: String) -> [TerminalEvent] {
        var events: [TerminalEvent] = []
        var decoder = KeyDecoder()
        decoder.decode(text.utf8, into: &events)
        decoder.waitEnded(into: &events)
        return events
    }

    @Test("20 bytes of text in one read are a paste, with their lines and tabs and without other keys", arguments: [
        ("dq delete everything here\rq", "dq delete everything here\nq"), ("abcdefghijklmnopqrst", "abcdefghijklmnopqrst"), ("удалить всё", "удалить всё"),
        ("a\tb\u{3}\u{1B}[A" + "jjjjjjjjjjjjjjjjjjjj", "a\tbjjjjjjjjjjjjjjjjjjjj"), ("日本語日本語日本語", "日本語日本語日本語"),
    ])
    func paste(typed: String, text: String) {
        var burst = TypedBurst()
        #expect(burst.take(events(typed)) == [] && burst.isOpen)
        #expect(burst.end() == .paste(text) && !burst.isOpen)
        #expect(burst.end() == nil)
    }

    @Test("what a hand can do is no paste", arguments: [
        "j", "abcdefghijklmnopqrs", String(repeating: "j", count: 400), String(repeating: "\u{1B}[B", count: 100), String(repeating: "\r", count: 30),
        "\u{1B}[200~abcdefghijklmnopqrstuvwxyz\u{1B}[201~", String(repeating: "д", count: 40),
    ])
    func keys(typed: String) {
        var burst = TypedBurst()
        let keys = events(typed)
        #expect(burst.take(keys) == keys && !burst.isOpen)
    }

    @Test("what comes in the next reads, before it is over, belongs to it; it is bounded")
    func more() {
        var burst = TypedBurst()
        _ = burst.take(events("abcdefghijklmnopqrstuvw"))
        #expect(burst.take(events("d")) == [])
        #expect(burst.end() == .paste("abcdefghijklmnopqrstuvwd"))
        #expect(burst.take(events("d")) == events("d"))
        _ = burst.take(events(String(repeating: "ab", count: 100_000)))
        guard case .paste(let text)? = burst.end() else { return #expect(Bool(false)) }
        #expect(text.unicodeScalars.count == PasteCollector.longest)
    }
}
