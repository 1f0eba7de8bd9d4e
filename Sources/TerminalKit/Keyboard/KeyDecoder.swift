/// Turns what a terminal sends into keys, pastes and the mouse, by the rules of ECMA-48; which sequences are keys is in
/// `KeySequences`. Every other whole sequence is dropped whole, never typed.
///
/// Pure and total: it reads nothing and knows no clock, and however the bytes are cut into reads, the same comes of them.
/// Where something depends on silence, the one who reads says that the wait has ended.
struct KeyDecoder {
    /// What more bytes are waited for.
    enum Wait {
        /// The rest of a key: an Esc alone is a key of its own once the wait has ended.
        case escape
        /// The rest of a sequence whose beginning was dropped: it must not be typed.
        case rest
        /// The rest of a paste.
        case paste
    }

    private enum State {
        case ground, escape, escapeTwice
        /// `sequence` has what came behind Esc; `other` is neither CSI nor SS3, and terminfo knows it.
        case csi, ss3, other
        /// `CSI [`, and one more byte: the Linux console.
        case linux
        case x10
        case string, escapeInString
        /// Of a string that was dropped only the `\` is still to come.
        case stringEnd
        case paste
    }

    private lazy var table: KeyTable = makeTable()
    private let makeTable: () -> KeyTable
    private var characters: CharacterDecoder
    private var state = State.ground
    /// An Esc stood in front of the key: Alt.
    private var hasAlt = false
    /// The wait has ended over the beginning of the sequence, so that nothing comes of the whole.
    private var isSwallowing = false
    /// Behind Esc, so much of it as a key can have.
    private var sequence: [UInt8] = []
    private var isTooLong = false
    private var string: StringSequence?
    private var report = X10Report()
    private var paste: PasteCollector?
    /// Reports come although nobody asked for them where another program has left the mouse on: they press no keys.
    var usesMouse = false

    private static let longestSequence = 64

    /// - Parameter table: made with the first Esc, so that the first frame does not wait for it.
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

    /// The next byte begins something new.
    private mutating func beginAnew() {
        state = .ground
        hasAlt = false
        isSwallowing = false
    }

    // MARK: Silence

    /// Nil where the next byte begins something new.
    var wait: Wait? {
        switch state {
        case .ground: nil
        case .paste: .paste
        case .stringEnd: .rest
        default: isSwallowing ? .rest : .escape
        }
    }

    /// Nothing has come for as long as `wait` is to be waited for.
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
            // A character that was cut off takes the Alt in front of it along.
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
        // The controls from 80 to 9F stand for Esc and a letter.
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

    /// The key of a byte below 20, or of 7F.
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

    // MARK: Behind Esc

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

    /// Two keys; or Alt and a key that has a sequence, as urxvt, PuTTY and Apple's terminal send it.
    private mutating func afterTwoEscapes(_ byte: UInt8, _ events: inout [TerminalEvent]) {
        if byte == UInt8(ascii: "[") || byte == UInt8(ascii: "O") {
            hasAlt = true
            _ = open(byte)
        } else {
            events.append(.key(.escape))
            if byte != 0x1B { afterEscape(byte, &events) }
        }
    }

    /// Whether Esc and this byte open a sequence.
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

    /// To some terminals' descriptions this is a key.
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

    /// Sequences of terminals of other families than ECMA-48's, such as the VT52's.
    private mutating func continuesOther(_ byte: UInt8, isFirst: Bool, _ events: inout [TerminalEvent]) -> Bool {
        if isFirst { open(.other, byte) } else { keep(byte) }
        if table.key(sequence[...]) != nil {
            endKey(&events) { _, _ in nil }
            return true
        }
        return table.isBeginning(sequence[...])
    }

    /// - Parameter byRule: looks it up when it is on no list.
    private mutating func endKey(_ events: inout [TerminalEvent], _ byRule: (KeyTable, [UInt8]) -> Key?) {
        defer { beginAnew() }
        guard !isSwallowing, !isTooLong else { return }
        let table = table
        if let key = table.key(sequence[...]) ?? byRule(table, sequence) { append(key, &events) }
    }

    /// With Alt where an Esc stood in front, and the sequence does not say so itself.
    private func append(_ key: Key, _ events: inout [TerminalEvent]) {
        if case .withAlt = key { return events.append(.key(key)) }
        if let held = hasAlt ? KeyModifiers.alt.applied(to: key) : key { events.append(.key(held)) }
    }

    /// A report, or a paste: nothing that is sent with Alt, so that an Esc in front was a key.
    private mutating func endReport(_ event: MouseEvent?, _ events: inout [TerminalEvent]) {
        if hasAlt, !isSwallowing { events.append(.key(.escape)) }
        if let event, usesMouse, !isSwallowing { events.append(.mouse(event)) }
        beginAnew()
    }

    /// A byte that is no part of a sequence ends it, and nothing comes of that.
    private mutating func interrupt(_ byte: UInt8, _ events: inout [TerminalEvent]) {
        if isSwallowing || state != .csi || !endShifted(&events) { beginAnew() }
        plain(byte, &events)
    }

    /// urxvt's `CSI number $` is a whole key when nothing comes behind it. Returns whether it is one.
    private mutating func endShifted(_ events: inout [TerminalEvent]) -> Bool {
        guard !isTooLong, let key = table.key(shifted: sequence.dropFirst()) else { return false }
        append(key, &events)
        beginAnew()
        return true
    }

    // MARK: Mouse, strings, pastes

    private mutating func x10(_ byte: UInt8, _ events: inout [TerminalEvent]) {
        // xterm sends a zero for what is too far away.
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
