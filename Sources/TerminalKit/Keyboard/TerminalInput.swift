import CTerminal
import Glibc

/// Reads the terminal's bytes from its descriptor and decodes them.
public struct TerminalInput {
    private let descriptor: Int32
    private var decoder: KeyDecoder
    private var buffer = [UInt8](repeating: 0, count: 4096)
    /// Finds pastes on a terminal without bracketed paste; nil on others.
    private var burst: TypedBurst?
    /// Seconds to wait after Esc for the rest of a key sequence.
    var escapeDelay = 0.1
    /// Whether the terminal has closed or its input has ended, so that no more bytes come.
    public private(set) var isAtEnd = false

    /// Seconds without a byte after which the rest of a dropped sequence is no longer expected.
    private static let restPatience = 3.0
    /// Seconds after which a paste without an end mark is taken as complete.
    private static let pastePatience = 0.5
    /// The same for a paste without marks, which may come in several reads.
    private static let burstPatience = 0.03
    /// The most bytes of one `readAll`; the rest is read after the next frame.
    private static let mostBytes = 64 << 10

    /// - Parameters:
    ///   - table: evaluated with the first Esc.
    ///   - marksPastes: whether the terminal has bracketed paste.
    init(descriptor: Int32 = STDIN_FILENO, table: @autoclosure @escaping () -> KeyTable, marksPastes: Bool) {
        self.descriptor = descriptor
        decoder = KeyDecoder(table: table(), characters: Self.charactersOfLocale())
        burst = marksPastes ? nil : TypedBurst()
    }

    /// Sets whether mouse reports are events.
    mutating func use(mouse: Bool) { decoder.usesMouse = mouse }

    /// UTF-8, or the single-byte characters of the locale.
    private static func charactersOfLocale() -> CharacterDecoder {
        guard locale_is_utf8() == 0 else { return CharacterDecoder() }
        let characters = (UInt8(0x80)...0xFF).map { byte in
            let character = locale_character(byte)
            return character == 0 ? nil : Unicode.Scalar(character)
        }
        // The C locale has no characters above 7F.
        return CharacterDecoder(singleBytes: characters.contains { $0 != nil } ? characters : nil)
    }

    // MARK: Reading

    /// Returns the events of all bytes that have arrived, without waiting.
    public mutating func readAll() -> [TerminalEvent] {
        var events: [TerminalEvent] = [], total = 0
        while !isAtEnd, total < Self.mostBytes, let count = read() {
            decoder.decode(buffer[..<count], into: &events)
            // The bytes may be a secret.
            for index in 0..<count { buffer[index] = 0 }
            total += count
        }
        return burst?.take(events) ?? events
    }

    /// Nil when no bytes have arrived. The descriptor cannot be set to non-blocking, because other programs may share its open file
    /// description.
    private mutating func read() -> Int? {
        var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard poll(&waiting, 1, 0) > 0, waiting.revents != 0 else { return nil }
        let count = Glibc.read(descriptor, &buffer, buffer.count)
        if count > 0 { return count }
        if count == 0 || errno != EINTR && errno != EAGAIN { isAtEnd = true }
        return nil
    }

    // MARK: Silence

    /// Seconds without a byte after which `waitEnded` must be called; nil when there is nothing to wait for.
    public var patience: Double? {
        if burst?.isOpen == true { return Self.burstPatience }
        switch decoder.wait {
        case .escape: return escapeDelay
        case .rest: return Self.restPatience
        case .paste: return Self.pastePatience
        case nil: return nil
        }
    }

    /// Ends the wait: no byte came for the time of `patience`.
    public mutating func waitEnded() -> [TerminalEvent] {
        if let paste = burst?.end() { return [paste] }
        var events: [TerminalEvent] = []
        decoder.waitEnded(into: &events)
        return events
    }
}
