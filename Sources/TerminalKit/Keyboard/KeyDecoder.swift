/// Decodes the bytes of a terminal into keys, pastes and mouse events, by the rules of ECMA-48. `KeySequences` says which
/// sequences are keys. Every other complete sequence is dropped as a whole; no part of it is a key.
///
/// Pure and total: it reads nothing and has no clock, and the events do not depend on how the bytes are split into reads. When
/// something depends on silence, the caller says that the wait has ended (`waitEnded`).
struct KeyDecoder {
    /// The bytes that the decoder waits for.
    enum Wait {
        /// The rest of a key: an Esc alone is a key of its own once the wait has ended.
        case escape
        /// The rest of a sequence whose beginning was dropped; it must not act as keys.
        case rest
        /// The rest of a paste.
        case paste
    }

    private enum State {
        case ground, escape, escapeTwice
        /// `sequence` holds the bytes after Esc; `other` is neither CSI nor SS3, but a sequence of terminfo.
        case csi, ss3, other
        /// `CSI [` and one more byte: a function key of the Linux console.
        case linux
        case x10
        case string, escapeInString
        /// A string was dropped, and only its final `\` may still come.
        case stringEnd
        case paste
    }

    private lazy var table: KeyTable = makeTable()
    private let makeTable: () -> KeyTable
    private var characters: CharacterDecoder
    private var state = State.ground
    /// Whether an Esc came before the key, which means Alt.
    private var hasAlt = false
    /// Whether the wait ended in the middle of the sequence, so that its rest is dropped, too.
    private var isSwallowing = false
    /// The bytes after Esc, at most as many as a key can have.
    private var sequence: [UInt8] = []
    private var isTooLong = false
    private var string: StringSequence?
    private var report = X10Report()
    private var paste: PasteCollector?
    /// Whether mouse reports are events. Another program may have left them on; then they are dropped.
    var usesMouse = false

    private static let longestSequence = 64

    /// - Parameter table: evaluated with the first Esc, so that it does not delay the first frame.
    init(table: @autoclosure @escaping () -> KeyTable = KeyTable(), characters: CharacterDecoder = CharacterDecoder()) {
        makeTable = table
        self.characters = characters
        sequence.reserveCapacity(Self.longestSequence)
    }

    mutating func decode(_ bytes: some Sequence<UInt8>, into events: inout [TerminalEvent]) {
        for byte in bytes { take(byte, &events) }
    }

    private mutating func take(_ byte: UInt8, _ events: inout [TerminalEvent]) {
        switch state {
        case .ground: plain(byte, &events)
        case .escape: afterEscape(byte, &events)
        case .escapeTwice: afterTwoEscapes(byte, &events)
        case .csi: csi(byte, &events)
        case .ss3: ss3(byte, &events)
        case .linux: linux(byte, &events)
        case .other: other(byte, &events)
        case .x10: x10(byte, &events)
        case .string: string(byte, &events)
        case .escapeInString: escapeInString(byte, &events)
        case .stringEnd:
            beginAnew()
            if byte != UInt8(ascii: "\\") { plain(byte, &events) }
        case .paste: if paste?.take(byte) != false { endPaste(&events) }
        }
    }

    /// Returns to the ground state: the next byte begins a new key.
    private mutating func beginAnew() {
        state = .ground
        hasAlt = false
        isSwallowing = false
    }

    // MARK: Silence

    /// Nil in the ground state.
    var wait: Wait? {
        switch state {
        case .ground: nil
        case .paste: .paste
        case .stringEnd: .rest
        default: isSwallowing ? .rest : .escape
        }
    }

    /// Ends the wait: no byte came for the time that belongs to `wait`.
    mutating func waitEnded(into events: inout [TerminalEvent]) {
        switch state {
        case .csi, .ss3, .linux, .x10, .string:
            if isSwallowing { break }
            if state == .csi, endShifted(&events) { return }
            isSwallowing = true
            return
        case .escapeInString:
            state = .stringEnd
            return
        case .paste: return endPaste(&events)
        case .escape: events.append(.key(.escape))
        case .escapeTwice: events += [.key(.escape), .key(.escape)]
        case .ground, .other, .stringEnd: break
        }
        beginAnew()
    }

    // MARK: Characters

    private mutating func plain(_ byte: UInt8, _ events: inout [TerminalEvent]) {
        if byte >= 0x80 { return eightBit(byte, &events) }
        if characters.rest > 0 {
            // An Alt before an incomplete character is dropped with it.
            characters.reset()
            hasAlt = false
        }
        if byte == 0x1B {
            state = .escape
        } else if byte >= 0x20, byte < 0x7F {
            emit(.character(Unicode.Scalar(byte)), &events)
        } else {
            emit(Self.key(ofControl: byte), &events)
        }
    }

    private mutating func eightBit(_ byte: UInt8, _ events: inout [TerminalEvent]) {
        if table.hasEightBitControls, characters.rest == 0, byte < 0xA0, open(byte - 0x40) { return }
        switch characters.take(byte) {
        // The control characters from 80 to 9F mean Esc and a letter.
        case .character(let scalar) where scalar.value < 0xA0: if !open(UInt8(scalar.value) - 0x40) { hasAlt = false }
        case .character(let scalar): emit(.character(scalar), &events)
        case .unfinished: break
        case .invalid: hasAlt = false
        }
    }

    private mutating func emit(_ key: Key, _ events: inout [TerminalEvent]) {
        events.append(.key(hasAlt ? .alt(key) : key))
        hasAlt = false
    }

    /// The key of a byte below hexadecimal 20, or of 7F.
    static func key(ofControl byte: UInt8) -> Key {
        switch byte {
        case 0x0A, 0x0D: .enter
        case 0x1B: .escape
        case 0x08, 0x7F: .backspace
        case 0x09: .tab
        case 0x01...0x1A: .control(Unicode.Scalar(byte + 0x60))
        default: .control(Unicode.Scalar(byte & 0x1F + 0x40))
        }
    }

    // MARK: After Esc

    private mutating func afterEscape(_ byte: UInt8, _ events: inout [TerminalEvent]) {
        if byte == 0x1B {
            state = .escapeTwice
        } else if table.hasOtherSequences, byte < 0x80, continuesOther(byte, isFirst: true, &events) || open(byte) {
            return
        } else if !open(byte) {
            state = .ground
            hasAlt = true
            plain(byte, &events)
        }
    }

    /// Two Esc keys; or Alt with a key that has a sequence, as urxvt, PuTTY and Apple's Terminal send it.
    private mutating func afterTwoEscapes(_ byte: UInt8, _ events: inout [TerminalEvent]) {
        if byte == UInt8(ascii: "[") || byte == UInt8(ascii: "O") {
            hasAlt = true
            _ = open(byte)
        } else {
            events.append(.key(.escape))
            if byte != 0x1B { afterEscape(byte, &events) }
        }
    }

    /// Opens a sequence, and returns whether Esc and this byte begin one.
    private mutating func open(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "["): open(.csi, byte)
        case UInt8(ascii: "O"): open(.ss3, byte)
        default:
            string = StringSequence(opening: byte)
            guard string != nil else { return false }
            state = .string
        }
        return true
    }

    private mutating func open(_ state: State, _ byte: UInt8) {
        self.state = state
        sequence.removeAll(keepingCapacity: true)
        sequence.append(byte)
        isTooLong = false
    }

    private mutating func keep(_ byte: UInt8) {
        if sequence.count < Self.longestSequence { sequence.append(byte) } else { isTooLong = true }
    }

    // MARK: Keys with sequences

    private mutating func csi(_ byte: UInt8, _ events: inout [TerminalEvent]) {
        switch byte {
        case 0x20...0x3F: keep(byte)
        case UInt8(ascii: "[") where sequence.count == 1:
            keep(byte)
            state = .linux
        case 0x40...0x7E:
            keep(byte)
            if sequence.count == 2, byte == UInt8(ascii: "M"), table.key(sequence[...]) == nil {
                report = X10Report()
                state = .x10
            } else {
                endCSI(&events)
            }
        default: interrupt(byte, &events)
        }
    }

    private mutating func endCSI(_ events: inout [TerminalEvent]) {
        switch sequence[sequence.count - 1] {
        case UInt8(ascii: "~") where sequence.elementsEqual("[200~".utf8):
            endReport(nil, &events)
            paste = PasteCollector()
            state = .paste
        case UInt8(ascii: "M") where sequence[1] == UInt8(ascii: "<"), UInt8(ascii: "m") where sequence[1] == UInt8(ascii: "<"):
            endReport(isTooLong ? nil : MouseReport.event(sgr: sequence.dropFirst()), &events)
        // Whether the terminal's window has the focus.
        case UInt8(ascii: "I") where isReportOfFocus, UInt8(ascii: "O") where isReportOfFocus: endReport(nil, &events)
        default: endKey(&events) { $0.key(csi: ControlSequence($1.dropFirst())) }
        }
    }

    /// Whether `CSI I` or `CSI O` reports the focus. In some terminal descriptions it is a key.
    private var isReportOfFocus: Bool { mutating get { sequence.count == 2 && table.key(sequence[...]) == nil } }

    private mutating func ss3(_ byte: UInt8, _ events: inout [TerminalEvent]) {
        switch byte {
        case 0x30...0x3B: keep(byte)
        case 0x20...0x7E:
            keep(byte)
            endKey(&events) { $0.key(ss3: ControlSequence($1.dropFirst())) }
        default: interrupt(byte, &events)
        }
    }

    private mutating func linux(_ byte: UInt8, _ events: inout [TerminalEvent]) {
        guard (0x20...0x7E).contains(byte) else { return interrupt(byte, &events) }
        keep(byte)
        endKey(&events) { _, _ in nil }
    }

    private mutating func other(_ byte: UInt8, _ events: inout [TerminalEvent]) {
        guard (0x20...0x7E).contains(byte) else { return interrupt(byte, &events) }
        if !continuesOther(byte, isFirst: false, &events) { beginAnew() }
    }

    /// Continues a sequence of a terminal that does not follow ECMA-48, such as the VT52.
    private mutating func continuesOther(_ byte: UInt8, isFirst: Bool, _ events: inout [TerminalEvent]) -> Bool {
        if isFirst { open(.other, byte) } else { keep(byte) }
        if table.key(sequence[...]) != nil {
            endKey(&events) { _, _ in nil }
            return true
        }
        return table.isBeginning(sequence[...])
    }

    /// - Parameter byRule: looks the sequence up if the table does not list it.
    private mutating func endKey(_ events: inout [TerminalEvent], _ byRule: (KeyTable, [UInt8]) -> Key?) {
        defer { beginAnew() }
        guard !isSwallowing, !isTooLong else { return }
        let table = table
        if let key = table.key(sequence[...]) ?? byRule(table, sequence) { append(key, &events) }
    }

    /// Adds the key, with Alt if an Esc came before it and the sequence does not say so itself.
    private func append(_ key: Key, _ events: inout [TerminalEvent]) {
        if case .withAlt = key { return events.append(.key(key)) }
        if let held = hasAlt ? KeyModifiers.alt.applied(to: key) : key { events.append(.key(held)) }
    }

    /// Ends a report or begins a paste. Terminals do not send these with Alt, so an Esc before it was a key.
    private mutating func endReport(_ event: MouseEvent?, _ events: inout [TerminalEvent]) {
        if hasAlt, !isSwallowing { events.append(.key(.escape)) }
        if let event, usesMouse, !isSwallowing { events.append(.mouse(event)) }
        beginAnew()
    }

    /// Drops the sequence, because this byte cannot be a part of it.
    private mutating func interrupt(_ byte: UInt8, _ events: inout [TerminalEvent]) {
        if isSwallowing || state != .csi || !endShifted(&events) { beginAnew() }
        plain(byte, &events)
    }

    /// Ends urxvt's `CSI number $`, which is a complete key when no byte follows. Returns whether it was one.
    private mutating func endShifted(_ events: inout [TerminalEvent]) -> Bool {
        guard !isTooLong, let key = table.key(shifted: sequence.dropFirst()) else { return false }
        append(key, &events)
        beginAnew()
        return true
    }

    // MARK: Mouse, strings, pastes

    private mutating func x10(_ byte: UInt8, _ events: inout [TerminalEvent]) {
        // xterm sends 0 for a position that is too large.
        guard byte >= 0x20 || byte == 0 else { return interrupt(byte, &events) }
        let isPart = report.take(byte)
        guard report.isWhole else { return }
        endReport(MouseReport.event(x10: report.values), &events)
        if !isPart { plain(byte, &events) }
    }

    private mutating func string(_ byte: UInt8, _ events: inout [TerminalEvent]) {
        if isSwallowing, string?.mayGoOn(with: byte) != true { return interrupt(byte, &events) }
        let hasEightBitControls = table.hasEightBitControls
        switch string?.take(byte, hasEightBitControls: hasEightBitControls) {
        case .content: break
        case .escape: state = .escapeInString
        case .end, nil: beginAnew()
        case .foreign: interrupt(byte, &events)
        }
    }

    private mutating func escapeInString(_ byte: UInt8, _ events: inout [TerminalEvent]) {
        beginAnew()
        if byte != UInt8(ascii: "\\") { afterEscape(byte, &events) }
    }

    private mutating func endPaste(_ events: inout [TerminalEvent]) {
        events.append(.paste(characters.text(paste?.bytes ?? [])))
        paste = nil
        beginAnew()
    }
}
