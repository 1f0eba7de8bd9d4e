import TestSupport
import Testing

@testable import TerminalKit

extension TextField {
    /// Presses keys, which must all be its own.
    fileprivate mutating func press(_ keys: Key..., sourceLocation: SourceLocation = #_sourceLocation) {
        for key in keys {
            let isTaken = edit(.key(key))
            #expect(isTaken, "\(key.name)", sourceLocation: sourceLocation)
        }
    }

    fileprivate mutating func paste(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) {
        let isTaken = edit(.paste(text))
        #expect(isTaken, sourceLocation: sourceLocation)
    }
}

extension Key {
    static func alt(_ letter: Unicode.Scalar) -> Key { .alt(.character(letter)) }
}

@Suite("A text field", .ownThread)
struct TextFieldTests {
    /// Presses keys in a field and types `|` where the cursor is then.
    private func edited(_ text: String, _ keys: [Key], secrecy: TextField.Secrecy = .open) -> String {
        var field = TextField(text, secrecy: secrecy)
        for key in keys + [.character("|")] { field.press(key) }
        return field.text
    }

    @Test("each key moves, deletes or cuts as readline does", arguments: [
        ([], "one two|"), ([.left], "one tw|o"), ([.control("b"), .control("b")], "one t|wo"), ([.home], "|one two"),
        ([.control("a"), .right], "o|ne two"), ([.home, .control("f")], "o|ne two"), ([.home, .end], "one two|"), ([.home, .control("e")], "one two|"),
        ([.alt("b")], "one |two"), ([.alt("b"), .alt("B")], "|one two"), ([.controlLeft], "one |two"), ([.controlLeft, .left, .controlLeft], "|one two"),
        ([.home, .alt("f")], "one| two"), ([.home, .alt("f"), .controlRight], "one two|"), ([.home, .left], "|one two"), ([.right], "one two|"),
        ([.backspace], "one tw|"), ([.home, .backspace], "|one two"), ([.home, .delete], "|ne two"), ([.left, .control("d")], "one tw|"), ([.delete], "one two|"),
        ([.control("u")], "|"), ([.left, .control("u")], "|o"), ([.home, .control("k")], "|"), ([.alt("b"), .control("k")], "one |"),
        ([.control("w")], "one |"), ([.control("w"), .control("w")], "|"), ([.alt(.backspace)], "one |"), ([.home, .alt("d")], "| two"),
        ([.home, .alt("D"), .alt("d")], "|"), ([.control("w"), .control("y")], "one two|"), ([.control("w"), .home, .control("y")], "two|one "),
    ] as [([Key], String)])
    func keys(keys: [Key], result: String) { #expect(edited("one two", keys) == result) }

    @Test("words are letters and digits for Alt, what stands between blanks for Ctrl-W", arguments: [
        ([.alt("b")], "url=https://a.example/|p2 "), ([.alt("b"), .alt("b")], "url=https://a.|example/p2 "), ([.alt(.backspace)], "url=https://a.example/|"),
        ([.control("w")], "|"), ([.home, .alt("d")], "|=https://a.example/p2 "), ([.home, .controlRight, .controlRight], "url=https|://a.example/p2 "),
    ] as [([Key], String)])
    func words(keys: [Key], result: String) { #expect(edited("url=https://a.example/p2 ", keys) == result) }

    @Test("what is cut by keys one after the other is put back together; another key between begins anew")
    func cutting() {
        #expect(edited("a b c", [.control("w"), .control("w"), .control("y")]) == "a b c|")
        #expect(edited("a b c", [.left, .control("u"), .control("k"), .control("y")]) == "a b c|")
        #expect(edited("a b c", [.control("w"), .left, .right, .control("w"), .control("y")]) == "a b |")
        #expect(edited("a b", [.control("w"), .control("y"), .control("y")]) == "a bb|")
        #expect(edited("a b", [.control("w"), .home, .control("u"), .control("y")]) == "b|a ", "cutting nothing keeps what there was")
        #expect(edited("a b", [.backspace, .control("y")]) == "a |", "what is deleted is not kept")
    }

    @Test("what was cut is wiped with the field, and is no other field's")
    func wiping() {
        var field = TextField("secret")
        field.press(.control("u"))
        field.clear()
        field.press(.control("y"))
        #expect(field.text == "" && field == TextField())
        var other = TextField("x")
        other.press(.control("y"))
        #expect(other.text == "x")
        // Another text in the same field leaves it.
        other.press(.control("u"))
        other.replace(with: "new")
        other.press(.control("y"))
        #expect(other.text == "newx")
    }

    @Test("the cursor moves over what people see as one character, and Backspace and Delete take it whole", arguments: [
        "👨‍👩‍👧‍👦", "e\u{301}", "日", "🇩🇪", "👍🏽", "क्षि", "🏳️‍🌈", "가", "o\u{302}\u{323}", "🫨",
    ])
    func clusters(character: String) {
        #expect(edited("a\(character)b", [.left]) == "a\(character)|b")
        #expect(edited("a\(character)b", [.left, .left]) == "a|\(character)b")
        #expect(edited("a\(character)b", [.left, .backspace]) == "a|b")
        #expect(edited("a\(character)b", [.home, .right, .delete]) == "a|b")
        #expect(edited("a\(character)b", [.home, .right, .right]) == "a\(character)|b")
        // As it is typed, scalar by scalar.
        #expect(edited("ab", [.left] + character.unicodeScalars.map { .character($0) }) == "a\(character)|b")
    }

    @Test("characters that become one take the cursor behind them")
    func joining() {
        var field = TextField("xe")
        field.press(.left, .character("\u{301}"), .backspace)
        #expect(field.text == "e")
        #expect(edited("🇩x🇪", [.left, .backspace]) == "🇩🇪|")
        #expect(edited("\u{301}a", [.home, .character("e")]) == "e\u{301}|a")
    }

    @Test("a paste goes in at the cursor on one line, without control characters", arguments: [
        ("1\n2", "a1 2|b"), ("1\r2", "a1 2|b"), ("1\r\n2", "a1 2|b"), ("1\n\n2", "a1  2|b"), ("1\u{2028}2\u{85}3", "a1 2 3|b"), ("line\n", "aline|b"),
        ("\r\nline\r\n", "aline|b"), ("\n", "a|b"), ("\u{1B}[31m1\u{7}", "a[31m1|b"), ("👩‍👩‍👧\n日", "a👩‍👩‍👧 日|b"), ("\u{9B}2J", "a2J|b"),
    ])
    func pasting(pasted: String, result: String) {
        var field = TextField("ab")
        field.press(.left)
        field.paste(pasted)
        field.press(.character("|"))
        #expect(field.text == result)
    }

    @Test("the limit cuts a paste between characters, and takes no key beyond it")
    func limit() {
        var field = TextField("ab", limit: 6)
        field.press(.left)
        field.paste("c👩‍👩‍👧de")
        #expect(field.text == "acb")
        field.paste("defgh")
        #expect(field.text == "acdefb")
        field.press(.character("x"))
        #expect(field.text == "acdefb")
        field.press(.control("u"), .control("y"))
        #expect(field.text == "acdefb")
    }

    @Test("other keys are not for it", arguments: [
        Key.up, .down, .pageUp, .pageDown, .enter, .escape, .tab, .backTab, .insert, .function(3), .control("n"), .control("p"), .control("c"), .alt("x"),
        .alt(.enter), .alt(.control("b")),
    ])
    func others(key: Key) {
        var field = TextField("text")
        let isTaken = field.edit(.key(key))
        #expect(!isTaken && field == TextField("text") && !key.goesIntoField)
    }

    @Test("a key with Alt is what it was made of, and Alt twice is Alt", arguments: [
        Key.character("x"), .character("\u{10FFFF}"), .control("k"), .function(20), .enter, .escape, .controlRight, .insert, .character(" "), .up,
    ])
    func alt(key: Key) {
        guard case .withAlt(let alt) = Key.alt(key) else { return #expect(Bool(false)) }
        #expect(alt.key == key && Key.alt(.alt(key)) == .alt(key) && Key.alt(key) != key && Key.alt(key).name == "Alt-" + key.name)
        #expect(Key.alt(.character("k")) != .alt(.control("k")) && Key.alt(.function(107)) != .alt(.character("k")))
    }

    // MARK: Secrecy

    @Test("a hidden field keeps nothing that was cut, and shows no words")
    func hidden() {
        #expect(edited("one two", [.control("w"), .control("y")], secrecy: .hidden) == "|")
        #expect(edited("one two", [.alt("b")], secrecy: .hidden) == "|one two")
        #expect(edited("one two", [.home, .alt("f")], secrecy: .hidden) == "one two|")
        #expect(edited("one two", [.left, .alt(.backspace), .control("y")], secrecy: .hidden) == "|o")
        var field = TextField("s3cret 🇩🇪", secrecy: .hidden)
        #expect(drawn(field, width: 20).text == "••••••••")
        field.press(.left)
        #expect(drawn(field, width: 20).cursor?.column == 7)
        #expect("\(field)\(String(reflecting: field))".contains("s3cret") == false)
    }

    @Test("in a field that takes typed text only, Ctrl-Y puts nothing back")
    func typedOnly() { #expect(edited("one two", [.control("w"), .control("y")], secrecy: .typedOnly) == "one |") }

    // MARK: What is seen

    private func drawn(_ field: TextField, width: Int) -> Canvas {
        var canvas = Canvas(size: Size(columns: width, rows: 1))
        field.draw(on: &canvas, row: 0, column: 0, width: width)
        return canvas
    }

    @Test("a long text scrolls: its end first, then around the cursor, then its beginning")
    func scrolling() {
        var field = TextField("0123456789abcdefghij")
        func seen() -> String { "\(drawn(field, width: 10).text) \(drawn(field, width: 10).cursor?.column ?? -1)" }
        #expect(seen() == "bcdefghij 9")
        field.press(.left, .left, .left)
        #expect(seen() == "bcdefghij 6", "the part that is seen stays as long as it can")
        field.press(.left, .left, .left, .left)
        #expect(seen() == "789abcdefg 6")
        field.press(.home)
        #expect(seen() == "0123456789 0")
        field.press(.end)
        #expect(seen() == "bcdefghij 9")
    }

    @Test("wide characters are never halved at the edge of the field")
    func wide() {
        var field = TextField(String(repeating: "日本", count: 10))
        for width in 2...9 {
            field.press(.end)
            for _ in 0...20 {
                let canvas = drawn(field, width: width)
                #expect(canvas[0, 0].base == "日" || canvas[0, 0].base == "本" || canvas[0, 0].base == " ")
                #expect(canvas.cursor.map { (0..<width).contains($0.column) && !canvas[0, $0.column].isRightHalf } == true)
                field.press(.left)
            }
        }
    }
}

/// The same as a list of scalars, with a loop for everything.
private struct FieldModel {
    var scalars: [Unicode.Scalar] = []
    var cursor = 0
    var kept: [Unicode.Scalar] = []
    var isCutting = false
    let limit: Int

    var text: String { String(String.UnicodeScalarView(scalars)) }

    /// Where characters begin and end.
    private var boundaries: [Int] { text.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1.unicodeScalars.count) } }

    private mutating func settle() { cursor = boundaries.first { $0 >= cursor } ?? scalars.count }

    private func isInWord(_ character: Character, _ blanks: Bool) -> Bool { blanks ? !character.isWhitespace : character.isLetter || character.isNumber }

    private func word(_ step: Int, blanks: Bool = false) -> Int {
        let characters = Array(text), boundaries = boundaries
        var index = boundaries.firstIndex(of: cursor) ?? 0
        func next() -> Character? { characters.indices.contains(step < 0 ? index - 1 : index) ? characters[step < 0 ? index - 1 : index] : nil }
        while let character = next(), !isInWord(character, blanks) { index += step }
        while let character = next(), isInWord(character, blanks) { index += step }
        return boundaries[index]
    }

    private mutating func remove(to end: Int, keeping: Bool, _ wasCutting: Bool) {
        let range = min(cursor, end)..<max(cursor, end), piece = Array(scalars[range])
        if keeping {
            isCutting = true
            if !piece.isEmpty { kept = !wasCutting ? piece : end < cursor ? piece + kept : kept + piece }
        }
        scalars.removeSubrange(range)
        cursor = range.lowerBound
        settle()
    }

    private mutating func insert(_ new: [Unicode.Scalar]) {
        var room = limit - scalars.count, fitting: [Unicode.Scalar] = []
        for character in String(String.UnicodeScalarView(new)) {
            guard character.unicodeScalars.count <= room else { break }
            room -= character.unicodeScalars.count
            fitting += character.unicodeScalars
        }
        scalars.insert(contentsOf: fitting, at: cursor)
        cursor += fitting.count
        settle()
    }

    mutating func press(_ key: Key) {
        let wasCutting = isCutting
        isCutting = false
        let before = boundaries.last { $0 < cursor } ?? 0, after = boundaries.first { $0 > cursor } ?? scalars.count
        switch key {
        case .character(let scalar): insert([scalar].filter { $0.value >= 0x20 && !(0x7F..<0xA0).contains($0.value) })
        case .left: cursor = before
        case .right: cursor = after
        case .home: cursor = 0
        case .end: cursor = scalars.count
        case .controlLeft: cursor = word(-1)
        case .controlRight: cursor = word(1)
        case .backspace: remove(to: before, keeping: false, wasCutting)
        case .delete: remove(to: after, keeping: false, wasCutting)
        case .control("u"): remove(to: 0, keeping: true, wasCutting)
        case .control("k"): remove(to: scalars.count, keeping: true, wasCutting)
        case .control("w"): remove(to: word(-1, blanks: true), keeping: true, wasCutting)
        case .alt(.backspace): remove(to: word(-1), keeping: true, wasCutting)
        case .withAlt: remove(to: word(1), keeping: true, wasCutting)
        default: insert(kept)
        }
    }
}

@Suite("Property: a text field", .ownThread)
struct TextFieldPropertyTests {
    private static let keys: [Key] = [
        .left, .right, .home, .end, .controlLeft, .controlRight, .backspace, .delete, .control("u"), .control("k"), .control("w"), .control("y"),
        .alt(.backspace), .alt("d"),
    ]
    private static let scalars = Array("ab1  -_é\u{301}日本👩\u{200D}🇩🇪👍\u{1F3FD}क\u{94D}ष\u{A0}\u{9B}\u{1FAE8}".unicodeScalars)

    @Test("random keys do the same as in a list of scalars, and the cursor is in sight on its character")
    func random() {
        let seed = SeededGenerator.newSeed()
        var random = SeededGenerator(seed)
        for run in 0..<Soak.count(300, soak: 20_000) {
            var model = FieldModel(limit: 30), field = TextField(limit: 30)
            for _ in 0..<60 {
                let key = Int.random(in: 0..<3, using: &random) == 0
                    ? Self.keys.randomElement(using: &random) ?? .left : .character(Self.scalars.randomElement(using: &random) ?? "a")
                model.press(key)
                let before = String(String.UnicodeScalarView(model.scalars[..<model.cursor]))
                guard field.edit(.key(key)), Array(field.text.unicodeScalars) == model.scalars,
                    field.textBeforeCursor.unicodeScalars.elementsEqual(before.unicodeScalars)
                else {
                    Issue.record("run \(run), \(key.name): \(field.text.debugDescription) is not \(model.text.debugDescription), MASKER_SEED=\(seed)")
                    return
                }
                if let problem = problem(field, width: Int.random(in: 1...24, using: &random)) {
                    Issue.record("run \(run): \(problem) in \(field.text.debugDescription), MASKER_SEED=\(seed)")
                    return
                }
            }
        }
    }

    private func problem(_ field: TextField, width: Int) -> String? {
        var canvas = Canvas(size: Size(columns: width, rows: 1))
        field.draw(on: &canvas, row: 0, column: 0, width: width)
        guard let column = canvas.cursor?.column, (0..<width).contains(column) else { return "the cursor is out of sight" }
        let rest = PrintableText(String(field.text.dropFirst(field.textBeforeCursor.count)))
        guard let glyph = rest.glyphs.first else { return canvas[0, column].base == " " ? nil : "the cursor is not behind the text" }
        // Half of a wide character is not drawn.
        let isThere = canvas[0, column].base == glyph.base || Int(glyph.width) > width - column
        return isThere ? nil : "the cursor is on \(canvas[0, column].base), not on \(glyph.base)"
    }

    @Test("a selected text: typing, pasting and putting back replace it, deleting and cutting remove it, a movement keeps it")
    func selection() {
        func edited(_ events: TerminalEvent..., secrecy: TextField.Secrecy = .open) -> String {
            var field = TextField("one two", limit: 20, secrecy: secrecy)
            field.select()
            for event in events { _ = field.edit(event) }
            return field.text
        }
        #expect(edited(.key(.character("x")), .key(.character("y"))) == "xy")
        #expect(edited(.paste("new"), .paste("er")) == "newer")
        for key in [Key.backspace, .delete, .control("u"), .control("k"), .control("w"), .alt(.backspace)] { #expect(edited(.key(key)) == "") }
        #expect(edited(.key(.control("w")), .key(.control("y"))) == "one two", "what was cut can be put back")
        #expect(edited(.key(.left), .key(.character("x"))) == "one twxo")
        #expect(edited(.key(.end), .key(.character("x"))) == "one twox")
        #expect(edited(.key(.up), .key(.character("x"))) == "x", "a key that is not for the field changes nothing")
        for secrecy in [TextField.Secrecy.hidden, .typedOnly] { #expect(edited(.key(.character("x")), secrecy: secrecy) == "one twox") }
    }
}
