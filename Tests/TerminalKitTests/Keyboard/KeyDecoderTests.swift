import TestSupport
import Testing

@testable import TerminalKit

@Suite("Bytes to keys", .ownThread)
struct KeyDecoderTests {
    private let vt100: [(String, Key)] = [("\u{1B}Ox", .function(10)), ("\u{1B}OA", .up), ("\u{1B}Ot", .function(5))]

    @Test("the keypad in application mode types what stands on its keys", arguments: [
        ("Oq", "1"), ("Op", "0"), ("Oy", "9"), ("Ox", "8"), ("Ot", "4"), ("Ok", "+"), ("Om", "-"), ("Oj", "*"), ("Oo", "/"), ("On", "."),
        ("OX", "="), ("OM", "Enter"), ("OI", "Tab"), ("O5q", "nothing"), ("O2q", "1"),
    ])
    func keypad(bytes: String, key: String) {
        for terminal in ["xterm", "vt100", "tmux-256color"] {
            let decoding = Decoding(terminal: terminal, terminfo: terminal == "vt100" ? vt100 : [])
            #expect(Decoding.names("\u{1B}" + bytes, in: decoding) == (key == "nothing" ? [] : [key]), "\(terminal)")
        }
    }

    @Test("Alt and a key is one key", arguments: [
        ("b", "Alt-b"), ("\u{7F}", "Alt-Backspace"), ("d", "Alt-d"), ("q", "Alt-q"), ("S", "Alt-S"), ("\u{3}", "Alt-Ctrl-C"), ("\r", "Alt-Enter"),
        (" ", "Alt-Space"), ("é", "Alt-é"), ("д", "Alt-д"), ("日", "Alt-日"), ("\\", "Alt-\\"), ("N", "Alt-N"), ("1", "Alt-1"),
        ("[1;3D", "Ctrl-←"), ("\u{1B}[C", "Ctrl-→"), ("\u{1B}OD", "Ctrl-←"), ("\u{1B}[3~", "Alt-Del"), ("\u{1B}[A", "Alt-↑"), ("[3;3~", "Alt-Del"),
        ("[1;4D", "Ctrl-←"), ("[1;9C", "Ctrl-→"),
    ])
    func alt(bytes: String, key: String) {
        #expect(Decoding.names("\u{1B}" + bytes) == [key])
    }

    @Test("an Esc is a key once nothing came behind it; what comes then is a key of its own")
    func escape() {
        var decoding = Decoding()
        decoding.send("\u{1B}")
        #expect(decoding.names == [] && decoding.waiting == .escape)
        decoding.wait()
        decoding.send("d")
        #expect(decoding.names == ["Esc", "d"] && !decoding.isWaiting)
        #expect(Decoding.names("\u{1B}\u{1B}") == ["Esc", "Esc"])
        #expect(Decoding.names("\u{1B}\u{1B}\u{1B}\u{1B}") == ["Esc", "Esc", "Esc", "Esc"])
        #expect(Decoding.names("\u{1B}\u{1B}d") == ["Esc", "Alt-d"])
    }

    @Test("CSI u and modifyOtherKeys: the key without what is held, where that makes no other one", arguments: [
        ("[13;2u", "Enter"), ("[32;2u", "Space"), ("[27;2;13~", "Enter"), ("[27;2;32~", "Space"), ("[27;5;13~", "Enter"), ("[106;5u", "Enter"),
        ("[104;5u", "Backspace"), ("[105;5u", "Tab"), ("[91;5u", "Esc"), ("[9;2u", "Shift-Tab"), ("[9;5u", "Tab"), ("[27u", "Esc"), ("[127;2u", "Backspace"),
        ("[97;5u", "Ctrl-A"), ("[65;6u", "Ctrl-A"), ("[32;5u", "Ctrl-@"), ("[100;3u", "Alt-d"), ("[100;4u", "Alt-D"), ("[100;7u", "Alt-Ctrl-D"),
        ("[97:65;2u", "A"), ("[97;2u", "A"), ("[1076;2u", "Д"), ("[1089::99;5u", "Ctrl-C"), ("[1089;5u", "nothing"), ("[113;9u", "nothing"), ("[57399u", "0"),
        ("[57414;2u", "Enter"), ("[57441u", "nothing"), ("[57363u", "nothing"), ("[1114112u", "nothing"), ("[55296u", "nothing"), ("[155u", "nothing"),
        ("[99999999999999999999999u", "nothing"), ("[u", "nothing"), ("[?1u", "nothing"), ("[57376u", "F13"),
    ])
    func coded(bytes: String, key: String) {
        #expect(Decoding.names("\u{1B}" + bytes) == (key == "nothing" ? [] : [key]))
    }

    @Test("a key that is let go is nothing; one that is held is pressed again", arguments: [
        ("[106;1:3u", "nothing"), ("[1;1:3A", "nothing"), ("[3;1:3~", "nothing"), ("[27;1:3u", "nothing"), ("[57399;1:3u", "nothing"), ("[13;1:3u", "nothing"),
        ("[106;1:2u", "j"), ("[106;1:1u", "j"), ("[1;1:2B", "↓"), ("[3;5:2~", "Del"),
    ])
    func events(bytes: String, key: String) {
        #expect(Decoding.names("\u{1B}" + bytes) == (key == "nothing" ? [] : [key]))
    }

    @Test("arrows, Home and so on in all forms, with what is held", arguments: [
        ("[1~", "Home"), ("[4~", "End"), ("[7~", "Home"), ("[8~", "End"), ("OH", "Home"), ("[F", "End"), ("[1;2B", "↓"), ("[1;2A", "↑"), ("[1;2D", "←"),
        ("[1;6C", "Ctrl-→"), ("[5D", "Ctrl-←"), ("O5C", "Ctrl-→"), ("O1;5C", "Ctrl-→"), ("Od", "Ctrl-←"), ("[d", "←"), ("[7^", "Home"), ("[3$", "Del"),
        ("[8@", "End"), ("[2;5~", "Ins"), ("[[A", "F1"), ("[[E", "F5"), ("[1;2P", "F13"), ("[1;5P", "nothing"), ("[15;2~", "F17"), ("[Z", "Shift-Tab"), ("[1;2Z", "Shift-Tab"),
        ("[11~", "F1"), ("[34~", "F20"), ("[99~", "nothing"), ("[[Z", "nothing"), ("[E", "nothing"), ("[1;2H", "Home"), ("[3;2H", "nothing"), ("[11^", "nothing"),
        ("[11$", "nothing"),
    ])
    func named(bytes: String, key: String) {
        #expect(Decoding.names("\u{1B}" + bytes) == (key == "nothing" ? [] : [key]))
    }

    @Test("reports and whole sequences that nobody knows are dropped whole", arguments: [
        "]11;rgb:1e1e/1e1e/2e2e\u{7}", "]11;rgb:1e1e/1e1e/2e2e\u{1B}\\", "[?62;22;52c", "[I", "[O", "[24;80R", "[1;2R", "[?1;2R", "[0n", "[?997;1n", "[>41;354;0c",
        "[8;24;80t", "[?2026;2$y", "[4;1$y", "]52;c;cXVpdCBkZGQ=\u{7}", "]10;?\u{1B}\\", "]lname\u{1B}\\", "P>|xterm(379)\u{1B}\\", "P1+r544e=787465\u{1B}\\",
        "P1$r0m\u{1B}\\", "_Gi=31;OK\u{1B}\\", "^private\u{1B}\\", "Xstring\u{1B}\\", "[?1u", "[<0;1;1M", "[<35;99;99m", "[M !!", "[M\u{0}  ", "[32;5;5M", "[201~", "[=5;1q",
        "[12;34;56;78z", "[ q", "[!p", "[1 q", "[>4;2m", "]0;日本\u{C2}\u{9C}", "O~", "[27;2;~", "[200;200;200;200;200;200;200;200;200;200;200;200;200;200;200;200;200;200;200w",
    ])
    func dropped(bytes: String) {
        var decoding = Decoding()
        decoding.send("\u{1B}" + bytes)
        #expect(!decoding.isWaiting, "nothing more is waited for")
        decoding.send("j")
        #expect(decoding.names == ["j"])
    }

    @Test("eight-bit forms of the same, in UTF-8 always and as bytes where terminfo has them")
    func eightBit() {
        #expect(Decoding.names("\u{9B}A\u{8F}q\u{9B}1;2B\u{9D}11;rgb:0/0/0\u{9C}j") == ["↑", "1", "↓", "j"])
        #expect(Decoding.names("\u{85}\u{84}j") == ["j"])
        let bytes: [UInt8] = [0x9B, 0x41, 0x8F, 0x71]
        #expect(Decoding.names(bytes) == ["A", "q"], "without it they belong to no character")
        let decoder = KeyDecoder(table: KeyTable(terminal: "xterm-8bit", terminfo: [([0x8F, 0x41], .up)]))
        #expect(Decoding.names(bytes, in: Decoding(decoder)) == ["↑", "1"])
        #expect(Decoding.names([0x9D, 0x31, 0x31, 0x9C, 0x6A], in: Decoding(decoder)) == ["j"])
    }

    @Test("what stays unfinished is dropped after the wait, and what comes later up to its end is swallowed", arguments: [
        ("[", "1;2B"), ("[1;", "2B"), ("[1;2", "B"), ("[?62", ";22c"), ("O", "q"), ("O1;5", "C"), ("[[", "A"), ("[M", " !!"), ("[M ", "!!"), ("[<0;1", ";1M"),
        ("]", "11;rgb:1e1e/1e1e/2e2e\u{7}"), ("]11;rgb:1e", "1e/qqd\u{7}"), ("]11;rgb:1e", "1e/qqd\u{1B}\\"), ("]11;rgb:1e1e\u{1B}", "\\"), ("P", ">|xterm\u{1B}\\"),
        ("P1+r54", "4e=dq\u{1B}\\"), ("_G", "i=1;qqq\u{1B}\\"), ("^d", "dd\u{1B}\\"), ("X1", "qd\u{1B}\\"), ("[4;1$", "y"),
    ])
    func unfinished(beginning: String, rest: String) {
        var decoding = Decoding()
        decoding.send("\u{1B}" + beginning)
        #expect(decoding.waiting == .escape)
        decoding.wait()
        #expect(decoding.names == [] && decoding.waiting == .rest)
        var cut = decoding
        decoding.send(rest + "j")
        #expect(decoding.names == ["j"])
        for byte in rest.utf8 { cut.send([byte]) }
        cut.send("j")
        #expect(cut.names == ["j"], "byte by byte")
    }

    @Test("swallowing ends: with silence, with another sequence, with a control character, and with what is in no such string", arguments: [
        ("[1", "\u{1B}[A", ["↑"]), ("]1", "\u{1B}[A", ["↑"]), ("[1", "\u{3}", ["Ctrl-C"]), ("]1", "\u{3}", ["Ctrl-C"]), ("O", "\r", ["Enter"]), ("]", "j", ["j"]), ("P", "j", ["j"]),
        ("X", "q", ["q"]), ("^", "1", ["1"]), ("_", "d", ["d"]), ("]", "\u{1B}", ["Esc"]), ("[1", "é", ["é"]), ("[1", "\u{7F}", ["Backspace"]),
    ])
    func swallowingEnds(beginning: String, next: String, keys: [String]) {
        var decoding = Decoding()
        decoding.send("\u{1B}" + beginning)
        decoding.wait()
        var silent = decoding
        decoding.send(next)
        decoding.wait()
        #expect(decoding.names == keys)
        silent.wait()
        #expect(!silent.isWaiting)
        silent.send("dj")
        #expect(silent.names == ["d", "j"])
    }

    @Test("what terminfo says of the terminal counts, too")
    func terminfo() {
        let hewlettPackard = Decoding(terminfo: [("\u{1B}A", .up), ("\u{1B}p\r", .function(1)), ("\u{1B}?q", .home), ("\u{8}", .left)])
        #expect(Decoding.names("\u{1B}A\u{1B}?q\u{1B}b\u{1B}?zj\u{8}", in: hewlettPackard) == ["↑", "Home", "Alt-b", "j", "Backspace"])
        let console = Decoding(terminfo: [("\u{1B}[M", .function(1)), ("\u{1B}[I", .pageUp), ("\u{1B}[P", .function(4))])
        #expect(Decoding.names("\u{1B}[M\u{1B}[I\u{1B}[Pj", in: console) == ["F1", "PgUp", "F4", "j"])
        let linux = Decoding(terminal: "linux")
        #expect(Decoding.names("\u{1B}OS\u{1B}OR\u{1B}OQ\u{1B}Ol\u{1B}Oq", in: linux) == ["-", "*", "/", "+", "1"])
        #expect(Decoding.names("\u{1B}Ox\u{1B}Ot\u{1B}OA", in: Decoding(terminfo: vt100)) == ["8", "4", "↑"])
    }

    @Test("UTF-8: characters come whole, what is none is dropped and takes nothing else along")
    func characters() {
        #expect(Decoding.names("aéд日🎉") == ["a", "é", "д", "日", "🎉"])
        for (bytes, names) in [
            ([0xC3, 0x6A], ["j"]), ([0xE6, 0x97, 0x6A], ["j"]), ([0xFF, 0xFE, 0x6A], ["j"]), ([0xC0, 0xAF, 0x6A], ["j"]), ([0xED, 0xA0, 0x80, 0x6A], ["j"]),
            ([0xF5, 0x80, 0x80, 0x80, 0x6A], ["j"]), ([0x80, 0x6A], ["j"]), ([0xC3, 0xC3, 0xA9], ["é"]), ([0xE0, 0x80, 0xAF, 0x6A], ["j"]),
            ([0xF4, 0x90, 0x80, 0x80, 0x6A], ["j"]), ([0xC3, 0x1B, 0x5B, 0x41], ["↑"]), ([0x1B, 0xC3, 0xC3, 0xA9], ["Alt-é"]), ([0x1B, 0xC3, 0x6A], ["j"]),
        ] as [([UInt8], [String])] {
            #expect(Decoding.names(bytes) == names, "\(bytes)")
        }
    }

    @Test("a locale of single bytes")
    func singleBytes() {
        var latin = (0x80..<0x100).map { Unicode.Scalar(UInt32($0)) }
        latin[0x7F] = nil
        let decoding = Decoding(KeyDecoder(characters: CharacterDecoder(singleBytes: latin)))
        #expect(Decoding.names([0xE9, 0xFF, 0x1B, 0xE4, 0x9B, 0x41], in: decoding) == ["é", "Alt-ä", "↑"])
        #expect(Decoding.names(Array("\u{1B}[200~".utf8) + [0xE9, 0xFF] + Array("\u{1B}[201~".utf8), in: decoding) == ["paste “é\u{FFFD}”"])
    }

    // MARK: Pastes

    @Test("a bracketed paste is text, whatever is in it", arguments: [
        "", "dq\n\u{1B}jj", "\u{1B}[A\u{1B}[200~", "\u{1B}[20", "\u{1B}\u{1B}[201", "日本語 é", "\u{3}\u{1A}\r\t", "]11;\u{7}",
    ])
    func paste(text: String) {
        #expect(Decoding.names("\u{1B}[200~" + text + "\u{1B}[201~j") == ["paste “\(text)”", "j"])
        var decoding = Decoding()
        decoding.send("\u{1B}[200~" + text)
        #expect(decoding.waiting == .paste && decoding.names == [])
    }

    @Test("a paste is bounded, and its end may never come")
    func pasteBounds() {
        var decoding = Decoding()
        decoding.send("\u{1B}[200~" + String(repeating: "日", count: 100_000))
        decoding.send("\u{1B}[201~j")
        guard case .paste(let text)? = decoding.events.first else { return #expect(Bool(false)) }
        #expect(text.utf8.count <= PasteCollector.longest + 3 && text.allSatisfy { $0 == "日" } && decoding.events.count == 2)
        var endless = Decoding()
        endless.send("\u{1B}[200~abc\u{1B}[20")
        endless.wait()
        endless.send("j")
        #expect(endless.names == ["paste “abc”", "j"])
        #expect(Decoding.names([0x1B, 0x5B, 0x32, 0x30, 0x30, 0x7E, 0x61, 0xFF, 0x1B, 0x5B, 0x32, 0x30, 0x31, 0x7E]) == ["paste “a\u{FFFD}”"])
        var late = Decoding()
        late.send("\u{1B}[20")
        late.wait()
        late.send("0~dq\u{1B}[201~")
        #expect(late.names == ["paste “dq”"], "its text is never typed")
    }

    // MARK: Mouse

    @Test("reports of the mouse, in both forms, where they are asked for", arguments: [
        ("[<0;5;3M", "press 2 4"), ("[<64;1;1M", "wheel -1"), ("[<65;1;1M", "wheel 1"), ("[<0;5;3m", ""), ("[<2;5;3M", ""), ("[<0;0;3M", ""), ("[<0;5M", ""), ("[<0;5;3;1M", ""),
        ("[<99999999999999999999;1;1M", ""), ("[M %#", "press 2 4"), ("[M`!!", "wheel -1"), ("[Ma!!", "wheel 1"), ("[M#!!", ""), ("[M  !", ""), ("[M \u{C8}#", "press 2 167"),
    ])
    func mouse(bytes: String, event: String) {
        var decoding = Decoding(usesMouse: true)
        decoding.send("\u{1B}" + bytes + "j")
        #expect(decoding.names == (event.isEmpty ? ["j"] : [event, "j"]))
        #expect(Decoding.names("\u{1B}" + bytes + "j") == ["j"], "nobody asked for it")
    }

    @Test("an old report of a wide window has bytes that are no characters")
    func wideMouse() {
        #expect(Decoding.names([0x1B, 0x5B, 0x4D, 0x20, 0xFF, 0x23, 0x6A], in: Decoding(usesMouse: true)) == ["press 2 222", "j"])
        #expect(Decoding.names([0x1B, 0x5B, 0x4D, 0x20, 0xC8, 0x23, 0x6A], in: Decoding(usesMouse: true)) == ["press 2 167", "j"])
    }

    @Test("an Esc in front of a report was a key")
    func escapeAndReport() {
        #expect(Decoding.names("\u{1B}\u{1B}[<0;5;3Mj", in: Decoding(usesMouse: true)) == ["Esc", "press 2 4", "j"])
        #expect(Decoding.names("\u{1B}\u{1B}[Ij") == ["Esc", "j"])
        #expect(Decoding.names("\u{1B}\u{1B}[200~x\u{1B}[201~j") == ["Esc", "paste “x”", "j"])
        #expect(Decoding.names("\u{1B}\u{1B}]11;?\u{7}j") == ["Esc", "j"])
    }
}
