/// `KeySequences`, laid out for looking up, with what terminfo says of the terminal in use.
struct KeyTable {
    /// By final byte.
    private var afterCSI = [Key?](repeating: nil, count: 128)
    private var afterSS3 = [Key?](repeating: nil, count: 128)
    private var numbers: [Int: Key] = [:]
    private var functional: [Int: Key] = [:]
    /// Sequences of up to eight bytes, without their Esc, as a number (`packed`).
    private var whole: [UInt64: Key] = [:]
    /// What begins those that are neither CSI nor SS3: terminals of other families have some.
    private var beginnings: Set<UInt64> = []
    private(set) var hasOtherSequences = false
    /// Whether the terminal sends CSI and SS3 as single bytes above 7F: terminfo says so of `xterm-8bit` and the like.
    private(set) var hasEightBitControls = false

    /// - Parameters:
    ///   - terminal: the name of the terminal's type, as in `TERM`.
    ///   - terminfo: sequences of its description.
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

    /// Behind Esc; nil for what is a single byte, or begins with no Esc.
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

    /// A VT100's description calls some of the keypad's digits function keys; what stands on the key counts.
    private func isKeypad(_ bytes: ArraySlice<UInt8>, _ key: Key) -> Bool {
        guard case .function = key, bytes.count == 2, bytes.first == UInt8(ascii: "O"), let letter = bytes.last, letter < 128 else { return false }
        if case .character? = afterSS3[Int(letter)] { return true }
        return false
    }

    private static func packed(_ bytes: ArraySlice<UInt8>) -> UInt64 { bytes.reduce(0) { $0 << 8 | UInt64($1) } }

    // MARK: Looking up

    /// A whole sequence without its Esc, with nothing held; exactly as the terminal's description, or a list, has it.
    func key(_ bytes: ArraySlice<UInt8>) -> Key? { bytes.count > 8 ? nil : whole[Self.packed(bytes)] }

    /// Whether a sequence that is neither CSI nor SS3 may go on.
    func isBeginning(_ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.count <= 8 && beginnings.contains(Self.packed(bytes))
    }

    /// A whole `SS3 … final`. Older terminals put modifiers between the two.
    func key(ss3 sequence: ControlSequence) -> Key? {
        guard sequence.final < 128, !sequence.isRelease, let key = afterSS3[Int(sequence.final)] else { return nil }
        return held(key, sequence)
    }

    /// A key with a letter. Older terminals send the modifiers as the only number.
    private func held(_ key: Key, _ sequence: ControlSequence) -> Key? {
        if sequence.count == 1 { return KeyModifiers(parameter: sequence.first).applied(to: key) }
        return sequence.first > 1 ? nil : sequence.modifiers.applied(to: key)
    }

    /// A whole `CSI … final`.
    func key(csi sequence: ControlSequence) -> Key? {
        guard !sequence.hasPrefix, !sequence.hasIntermediates, !sequence.isRelease else { return nil }
        switch sequence.final {
        case UInt8(ascii: "~"):
            if sequence.first == 27, sequence.count == 3 { return character(sequence.third, sequence) }
            return numbers[sequence.first].flatMap(sequence.modifiers.applied)
        case UInt8(ascii: "u"):
            // Without a number it puts a cursor back, and no key sends it.
            guard sequence.count > 0 else { return nil }
            if let key = functional[sequence.first] { return held(key, sequence.modifiers) }
            return character(sequence.first, sequence)
        case UInt8(ascii: "^"): return urxvt(sequence, .control)
        case UInt8(ascii: "@"): return urxvt(sequence, [.control, .shift])
        case let final where final < 128:
            guard let key = afterCSI[Int(final)] else { return nil }
            // `CSI 1 ; 2 R` is a place.
            return final == UInt8(ascii: "R") && sequence.count > 0 ? nil : held(key, sequence)
        default: return nil
        }
    }

    /// `CSI number $`, which urxvt sends with Shift. By the rules of sequences it is only the beginning of one.
    func key(shifted sequence: ArraySlice<UInt8>) -> Key? {
        guard sequence.last == UInt8(ascii: "$") else { return nil }
        let numbers = ControlSequence(sequence.dropLast() + [UInt8(ascii: "~")])
        return numbers.hasPrefix || numbers.hasIntermediates || numbers.count != 1 ? nil : urxvt(numbers, .shift)
    }

    private func urxvt(_ sequence: ControlSequence, _ modifiers: KeyModifiers) -> Key? {
        guard sequence.count == 1, let key = numbers[sequence.first] else { return nil }
        // A function key comes with the number of another one.
        if case .function = key { return nil }
        return modifiers.applied(to: key)
    }

    // MARK: Characters with modifiers

    /// A key that kitty numbers, or that is a character with a code: there the window's key makes another key of it.
    private func held(_ key: Key, _ modifiers: KeyModifiers) -> Key? {
        modifiers.isDisjoint(with: [.meta, .hyper, .kittyMeta]) ? modifiers.applied(to: key) : nil
    }

    /// A character by its number: CSI u, and xterm's `modifyOtherKeys`.
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

    /// No control character, and none of the private ones that stand for keys.
    private static func printable(_ code: Int) -> Unicode.Scalar? {
        guard code >= 0x20, !(0x7F...0x9F).contains(code), !(0xE000...0xF8FF).contains(code) else { return nil }
        return UInt32(exactly: code).flatMap(Unicode.Scalar.init)
    }

    private static func uppercase(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        let mapping = scalar.properties.uppercaseMapping.unicodeScalars
        return mapping.count == 1 ? mapping.first ?? scalar : scalar
    }

    /// As terminals send Ctrl with a character otherwise: Ctrl-H is Backspace, Ctrl-M Enter. Nil for one of another alphabet.
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
