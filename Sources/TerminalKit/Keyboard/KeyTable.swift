/// The sequences of `KeySequences` and of the terminal's terminfo entry, arranged for fast look-up.
struct KeyTable {
    /// Keys by their final byte.
    private var afterCSI = [Key?](repeating: nil, count: 128)
    private var afterSS3 = [Key?](repeating: nil, count: 128)
    private var numbers: [Int: Key] = [:]
    private var functional: [Int: Key] = [:]
    /// Sequences of up to eight bytes, without their Esc, as a number (`packed`).
    private var whole: [UInt64: Key] = [:]
    /// The beginnings of sequences that are neither CSI nor SS3, which some terminals have.
    private var beginnings: Set<UInt64> = []
    private(set) var hasOtherSequences = false
    /// Whether the terminal sends CSI and SS3 as single bytes above 7F, according to terminfo (`xterm-8bit`).
    private(set) var hasEightBitControls = false

    /// - Parameters:
    ///   - terminal: the name of the terminal's type, as in `TERM`.
    ///   - terminfo: the sequences of its terminfo entry.
    init(terminal: String = "", terminfo: [(sequence: [UInt8], key: Key)] = []) {
        for (letter, key) in KeySequences.letters + KeySequences.afterCSI { afterCSI[Int(letter.value)] = key }
        for (letter, key) in KeySequences.letters + KeySequences.afterSS3 { afterSS3[Int(letter.value)] = key }
        if terminal.hasPrefix("linux") {
            for (letter, key) in KeySequences.linuxKeypad { afterSS3[Int(letter.value)] = key }
        }
        for (number, key) in KeySequences.numbers { numbers[number] = key }
        for (code, key) in KeySequences.functional { functional[code] = key }
        for (sequence, key) in KeySequences.whole { whole[Self.packed(Array(sequence.utf8)[...])] = key }
        for (sequence, key) in terminfo { add(sequence, key) }
    }

    private mutating func add(_ sequence: [UInt8], _ key: Key) {
        guard var bytes = withoutEightBitControls(sequence), bytes.count <= 8, !isKeypad(bytes, key) else { return }
        whole[Self.packed(bytes)] = key
        guard bytes[bytes.startIndex] != UInt8(ascii: "["), bytes[bytes.startIndex] != UInt8(ascii: "O") else { return }
        hasOtherSequences = true
        while bytes.count > 1 {
            bytes = bytes.dropLast()
            beginnings.insert(Self.packed(bytes))
        }
    }

    /// The bytes after Esc; nil for a single byte, or without an Esc.
    private mutating func withoutEightBitControls(_ sequence: [UInt8]) -> ArraySlice<UInt8>? {
        guard sequence.count > 1 else { return nil }
        switch sequence[0] {
        case 0x1B: return sequence[1...]
        case 0x8F, 0x9B:
            hasEightBitControls = true
            return ArraySlice([sequence[0] == 0x8F ? UInt8(ascii: "O") : UInt8(ascii: "[")] + sequence[1...])
        default: return nil
        }
    }

    /// Whether the sequence is a digit of the keypad. The terminfo entry of the VT100 calls some digits function keys; here the label
    /// of the key counts.
    private func isKeypad(_ bytes: ArraySlice<UInt8>, _ key: Key) -> Bool {
        guard case .function = key, bytes.count == 2, bytes.first == UInt8(ascii: "O"), let letter = bytes.last, letter < 128 else { return false }
        if case .character? = afterSS3[Int(letter)] { return true }
        return false
    }

    private static func packed(_ bytes: ArraySlice<UInt8>) -> UInt64 { bytes.reduce(0) { $0 << 8 | UInt64($1) } }

    // MARK: Looking up

    /// The key of a complete sequence without its Esc, as terminfo or a list has it.
    func key(_ bytes: ArraySlice<UInt8>) -> Key? { bytes.count > 8 ? nil : whole[Self.packed(bytes)] }

    /// Whether a sequence that is neither CSI nor SS3 can continue.
    func isBeginning(_ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.count <= 8 && beginnings.contains(Self.packed(bytes))
    }

    /// The key of a complete `SS3 … final`. Older terminals send modifiers between the two.
    func key(ss3 sequence: ControlSequence) -> Key? {
        guard sequence.final < 128, !sequence.isRelease, let key = afterSS3[Int(sequence.final)] else { return nil }
        return held(key, sequence)
    }

    /// A key whose final byte is a letter, with its modifiers. Older terminals send the modifiers as the only number.
    private func held(_ key: Key, _ sequence: ControlSequence) -> Key? {
        if sequence.count == 1 { return KeyModifiers(parameter: sequence.first).applied(to: key) }
        return sequence.first > 1 ? nil : sequence.modifiers.applied(to: key)
    }

    /// The key of a complete `CSI … final`.
    func key(csi sequence: ControlSequence) -> Key? {
        guard !sequence.hasPrefix, !sequence.hasIntermediates, !sequence.isRelease else { return nil }
        switch sequence.final {
        case UInt8(ascii: "~"):
            if sequence.first == 27, sequence.count == 3 { return character(sequence.third, sequence) }
            return numbers[sequence.first].flatMap(sequence.modifiers.applied)
        case UInt8(ascii: "u"):
            // Without a number it restores the cursor; no key sends it.
            guard sequence.count > 0 else { return nil }
            if let key = functional[sequence.first] { return held(key, sequence.modifiers) }
            return character(sequence.first, sequence)
        case UInt8(ascii: "^"): return urxvt(sequence, .control)
        case UInt8(ascii: "@"): return urxvt(sequence, [.control, .shift])
        case let final where final < 128:
            guard let key = afterCSI[Int(final)] else { return nil }
            // `CSI 1 ; 2 R` is a cursor position.
            return final == UInt8(ascii: "R") && sequence.count > 0 ? nil : held(key, sequence)
        default: return nil
        }
    }

    /// The key of `CSI number $`, which urxvt sends with Shift. ECMA-48 would expect more bytes.
    func key(shifted sequence: ArraySlice<UInt8>) -> Key? {
        guard sequence.last == UInt8(ascii: "$") else { return nil }
        let numbers = ControlSequence(sequence.dropLast() + [UInt8(ascii: "~")])
        return numbers.hasPrefix || numbers.hasIntermediates || numbers.count != 1 ? nil : urxvt(numbers, .shift)
    }

    private func urxvt(_ sequence: ControlSequence, _ modifiers: KeyModifiers) -> Key? {
        guard sequence.count == 1, let key = numbers[sequence.first] else { return nil }
        // urxvt sends a function key with Shift as the number of another function key.
        if case .function = key { return nil }
        return modifiers.applied(to: key)
    }

    // MARK: Characters with modifiers

    /// A key of kitty's numbers, or a character by its code: with Super, Hyper or Meta it has no meaning here.
    private func held(_ key: Key, _ modifiers: KeyModifiers) -> Key? {
        modifiers.isDisjoint(with: [.meta, .hyper, .kittyMeta]) ? modifiers.applied(to: key) : nil
    }

    /// A character by its code: CSI u, and xterm's `modifyOtherKeys`.
    private func character(_ code: Int, _ sequence: ControlSequence) -> Key? {
        let modifiers = sequence.modifiers
        switch code {
        case 9: return held(.tab, modifiers)
        case 10, 13: return held(.enter, modifiers)
        case 27: return held(.escape, modifiers)
        case 8, 127: return held(.backspace, modifiers)
        default: break
        }
        guard let scalar = Self.printable(code) else { return nil }
        let key: Key?
        if modifiers.contains(.control) {
            key = Self.control(scalar) ?? Self.printable(sequence.base).flatMap(Self.control)
        } else if modifiers.contains(.shift) != modifiers.contains(.capsLock) {
            key = .character(Self.printable(sequence.shifted) ?? Self.uppercase(scalar))
        } else {
            key = .character(scalar)
        }
        return key.flatMap { held($0, modifiers) }
    }

    /// Nil for control characters and for the private-use characters that kitty uses for keys.
    private static func printable(_ code: Int) -> Unicode.Scalar? {
        guard code >= 0x20, !(0x7F...0x9F).contains(code), !(0xE000...0xF8FF).contains(code) else { return nil }
        return UInt32(exactly: code).flatMap(Unicode.Scalar.init)
    }

    private static func uppercase(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        let mapping = scalar.properties.uppercaseMapping.unicodeScalars
        return mapping.count == 1 ? mapping.first ?? scalar : scalar
    }

    /// Ctrl with a character, as terminals usually send it: Ctrl-H is Backspace, Ctrl-M is Enter. Nil for letters that are not Latin.
    private static func control(_ scalar: Unicode.Scalar) -> Key? {
        switch scalar {
        case "a"..."z", "A"..."Z": return UInt8(ascii: scalar) & 0x1F == 0 ? nil : KeyDecoder.key(ofControl: UInt8(ascii: scalar) & 0x1F)
        case "[", "\\", "]", "^", "_": return KeyDecoder.key(ofControl: UInt8(ascii: scalar) & 0x1F)
        case " ", "@": return KeyDecoder.key(ofControl: 0)
        case "?": return .backspace
        default: return scalar.isASCII ? .control(scalar) : nil
        }
    }
}
