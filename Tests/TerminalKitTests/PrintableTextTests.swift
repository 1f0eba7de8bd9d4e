import TestSupport
import Testing

@testable import TerminalKit

@Suite("Printable text", .ownThread)
struct PrintableTextTests {
    @Test("ordinary text is unchanged", arguments: ["", "appointment-bot-prod", "naïve café", "日本語", "2 × 3 · …"])
    func plain(text: String) {
        let printable = PrintableText(text)
        #expect(printable.string == text)
        #expect(!printable.wasAltered)
    }

    @Test("widths are counted in columns")
    func widths() {
        #expect(PrintableText("abc").width == 3)
        #expect(PrintableText("日本").width == 4)
        #expect(PrintableText("e\u{301}").width == 1)
    }

    @Test(
        "characters that could control a terminal or are invisible are made visible",
        arguments: [
            ("a\u{1B}[31mb", "a^[[31mb"), ("x\ny", "x^Jy"), ("x\r\ty", "x^M^Iy"), ("\u{7F}", "^?"), ("\0", "^@"),
            ("\u{9B}2J", "<9B>2J"), ("a\u{202E}b", "a<202E>b"), ("a\u{200B}b", "a<200B>b"), ("\u{FEFF}", "<FEFF>"),
            ("\u{AD}", "<AD>"), ("\u{E0041}", "<E0041>"), ("\u{3164}", "<3164>"), ("\u{2028}", "<2028>"),
            ("\u{E000}", "<E000>"), ("\u{FFFF}", "<FFFF>"), ("\u{378}", "<0378>"), ("\u{10FFFD}", "<10FFFD>"), ("\u{301}a", "\u{25CC}\u{301}a"),
        ])
    func hostile(text: String, shown: String) {
        let printable = PrintableText(text)
        #expect(printable.string == shown)
        #expect(printable.wasAltered)
    }

    @Test("blanks that look like a space are marked", arguments: [
        ("a\u{A0}b", "a<A0>b"), ("a\u{3000}b", "a<3000>b"), ("a\u{2009}b", "a<2009>b"), ("a\u{202F}b", "a<202F>b"), ("\u{1680}", "<1680>"),
        ("a\u{205F}b", "a<205F>b"), ("\u{2800}", "<2800>"), ("\u{2003}x", "<2003>x"),
    ])
    func blanks(text: String, shown: String) {
        #expect(PrintableText(text).string == shown && PrintableText(text).wasAltered)
    }

    @Test("characters that no table knows, or a newer one only, are told apart", arguments: [
        ("🫨", "🩷"), ("\u{1FAE8}\u{1FAE8}", "\u{1FAE8}"), ("\u{E000}", "\u{E001}"), ("\u{10FFFE}", "\u{10FFFF}"), ("\u{378}", "\u{379}"), ("\u{1FADF}", "\u{1FAE9}"),
        ("\u{F0000}", "\u{100000}"),
    ])
    func newer(one: String, other: String) {
        let first = PrintableText(one), second = PrintableText(other)
        #expect(first.string != second.string && !first.string.contains("\u{FFFD}") && !second.string.contains("\u{FFFD}"))
    }

    @Test("spaces of a name that would make it look like another one are marked", arguments: [
        ("   ", "<20><20><20>"), (" a", "<20>a"), ("a ", "a<20>"), ("a  b", "a<20><20>b"), (" ", "<20>"), ("a b c", "a b c"), ("", ""), ("受付 (qa)", "受付 (qa)"),
        ("a \u{A0}b", "a <A0>b"), ("a   b c ", "a<20><20><20>b c<20>"),
    ])
    func names(name: String, shown: String) {
        #expect(PrintableText.name(name).string == shown)
        #expect(PrintableText.name(name).wasAltered == (name != shown))
    }

    @Test("a flood of combining marks keeps two and says that there was more")
    func combiningFlood() {
        let printable = PrintableText("a" + String(repeating: "\u{301}", count: 2_000) + "b")
        #expect(printable.string == "a\u{301}\u{301}\u{FFFD}b")
        #expect(printable.width == 3)
    }

    @Test("the result for every scalar has no control character and no invisible character", arguments: UInt32(0)...0x10)
    func total(plane: UInt32) {
        // In groups that are small enough for no text to be cut. In planes with combining marks each scalar follows a letter, because
        // only two marks on a letter are kept.
        let run = plane < 2 ? 1 : 16
        for start in stride(from: plane << 16, to: (plane + 1) << 16, by: 256) {
            let scalars = (start..<start + 256).compactMap { Unicode.Scalar($0) }
            guard let bad = firstHidden(scalars, behindLetterEach: run) else { continue }
            for scalar in scalars where firstHidden([scalar], behindLetterEach: 1) != nil {
                Issue.record("U+\(String(scalar.value, radix: 16)) gives U+\(String(bad.value, radix: 16))")
                return
            }
            Issue.record("U+\(String(start, radix: 16)) and the 255 after it give U+\(String(bad.value, radix: 16))")
        }
    }

    /// The first control character or invisible scalar in the printable text for these scalars, with an `x` before every `run`
    /// of them.
    private func firstHidden(_ scalars: [Unicode.Scalar], behindLetterEach run: Int) -> Unicode.Scalar? {
        var text = String.UnicodeScalarView()
        var letters = 0
        for (index, scalar) in scalars.enumerated() {
            if index % run == 0 {
                text.append("x")
                letters += 1
            }
            text.append(scalar)
        }
        var last: Unicode.Scalar = "x", count = 0
        for out in PrintableText(String(text)).string.unicodeScalars {
            if out == "x" {
                count += 1
                continue
            }
            if out == last { continue }
            last = out
            let value = out.value, isControl = value < 0x20 || value >= 0x7F && value < 0xA0
            if isControl || value >= 0xE0000 && value <= 0xE0FFF || out.properties.generalCategory == .format { return out }
        }
        #expect(count >= letters, "the text was not cut")
        return nil
    }

    @Test("cutting never cuts a wide character in half, and always adds an ellipsis")
    func truncation() {
        #expect(PrintableText("abcdef").truncated(to: 4).string == "abc…")
        #expect(PrintableText("日本語").truncated(to: 4).string == "日…")
        #expect(PrintableText("abc").truncated(to: 3).string == "abc")
        #expect(PrintableText("abc").truncated(to: 0).string == "")
    }

    @Test("wrapping breaks at spaces, and inside a word only if there is no space")
    func wrapping() {
        #expect(PrintableText("one two three").wrapped(to: 8).map(\.string) == ["one two", "three"])
        #expect(PrintableText("abcdefgh").wrapped(to: 3).map(\.string) == ["abc", "def", "gh"])
        #expect(PrintableText("").wrapped(to: 3).map(\.string) == [""])
    }

    @Test("a text of several lines is split, and tabs are expanded")
    func lines() {
        #expect(PrintableText.lines(of: "a\n\tb\r\nc\u{1B}").map(\.string) == ["a", "    b", "c^["])
    }

    @Test("of a text of megabytes only the part that fits into a line is read")
    func long() {
        let printable = PrintableText(String(repeating: "x", count: 5_000_000))
        #expect(printable.width <= PrintableText.longest + 1)
        #expect(printable.wasAltered)
        #expect(PrintableText.name(String(repeating: "  x", count: 2_000_000)).width <= PrintableText.longest + 4)
    }
}

@Suite("Property: printable text", .ownThread)
struct PrintableTextPropertyTests {
    @Test("promise 3, 5: random scalars: no result controls the terminal, hides text or has a wrong width")
    func random() {
        let seed = SeededGenerator.newSeed()
        var random = SeededGenerator(seed)
        var left = Soak.count(200_000, soak: 10_000_000)
        while left > 0 {
            let length = Int.random(in: 0...40, using: &random)
            left -= max(length, 1)
            var text = String.UnicodeScalarView()
            for _ in 0..<length {
                let value =
                    switch Int.random(in: 0..<4, using: &random) {
                    case 0: UInt32.random(in: 0...0xFF, using: &random)
                    case 1: UInt32.random(in: 0x200B...0x206F, using: &random)
                    case 2: UInt32.random(in: 0x300...0x36F, using: &random)
                    default: UInt32.random(in: 0...0x10FFFF, using: &random)
                    }
                if let scalar = Unicode.Scalar(value) { text.append(scalar) }
            }
            let printable = PrintableText(String(text))
            #expect(printable.width == printable.glyphs.reduce(0) { $0 + Int($1.width) }, "MASKER_SEED=\(seed)")
            for glyph in printable.glyphs {
                let value = glyph.base.value
                guard value >= 0x20, !(0x7F..<0xA0).contains(value), !(0x200B...0x200F).contains(value), !(0x2028...0x202E).contains(value),
                    !(0x2060...0x206F).contains(value), glyph.width == 1 || glyph.width == 2
                else {
                    Issue.record("U+\(String(value, radix: 16)), MASKER_SEED=\(seed)")
                    return
                }
            }
            let cut = printable.truncated(to: 10)
            #expect(cut.width <= 10, "MASKER_SEED=\(seed)")
        }
    }

    @Test("promise 5: a name of 5 MB is cut at the largest width")
    func long() {
        let printable = PrintableText(String(repeating: "\u{1B}[31m\u{301}日", count: 700_000))
        #expect(printable.width <= PrintableText.longest + 8 && printable.wasAltered)
    }
}
