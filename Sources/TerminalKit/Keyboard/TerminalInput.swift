import CTerminal
import Glibc

/// What comes from the terminal, read from its descriptor and decoded.
public struct TerminalInput {
    private let descriptor: Int32
    private var decoder: KeyDecoder
    private var buffer = [UInt8](repeating: 0, count: 4096)
    /// Where the terminal marks no pastes.
    private var burst: TypedBurst?
    /// How long a key's further bytes are waited for after Esc, in seconds.
    var escapeDelay = 0.1
    /// The terminal has gone away, or its input was closed: nothing more will come.
    public private(set) var isAtEnd = false

    /// How long the rest of a dropped sequence may take to come; then keys are keys again.
    private static let restPatience = 3.0
    /// A paste whose end mark does not come within this time is over.
    private static let pastePatience = 0.5
    /// One without marks comes at once, but perhaps in several reads.
    private static let burstPatience = 0.03
    /// What is not read at once is read after the next frame.
    private static let mostBytes = 64 << 10

    /// - Parameter marksPastes: whether the terminal says where a paste begins and ends.
    init(descriptor: Int32 = STDIN_FILENO, table: KeyTable, marksPastes: Bool) {
        self.descriptor = descriptor
        decoder = KeyDecoder(table: table, characters: Self.charactersOfLocale())
        burst = marksPastes ? nil : TypedBurst()
    }

    /// Whether reports of the mouse mean something.
    mutating func use(mouse: Bool) { decoder.usesMouse = mouse }

    /// UTF-8, but in locales whose characters are single bytes.
    private static func charactersOfLocale() -> CharacterDecoder {
        guard locale_is_utf8() == 0 else { return CharacterDecoder() }
        let characters = (UInt8(0x80)...0xFF).map { byte in
            let character = locale_character(byte)
            return character == 0 ? nil : Unicode.Scalar(character)
        }
        // The C locale has none of its own.
        return CharacterDecoder(singleBytes: characters.contains { $0 != nil } ? characters : nil)
    }

    // MARK: Reading

    /// Everything that has come, without waiting for more.
    public mutating func readAll() -> [TerminalEvent] {
        var events: [TerminalEvent] = [], total = 0
        while !isAtEnd, total < Self.mostBytes, let count = read() {
            buffer.withUnsafeBufferPointer { decoder.decode($0.prefix(count), into: &events) }
            // It may have been a secret.
            for index in 0..<count { buffer[index] = 0 }
            total += count
        }
        return burst?.take(events) ?? events
    }

    /// Nil when nothing has come. Others may have the terminal open through the same description, so that it cannot be set to
    /// read without waiting.
    private mutating func read() -> Int? {
        var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard poll(&waiting, 1, 0) > 0, waiting.revents != 0 else { return nil }
        let count = Glibc.read(descriptor, &buffer, buffer.count)
        if count > 0 { return count }
        if count == 0 || errno != EINTR && errno != EAGAIN { isAtEnd = true }
        return nil
    }

    // MARK: Silence

    /// In how many seconds without a byte `waitEnded` is due; nil: never.
    public var patience: Double? {
        if burst?.isOpen == true { return Self.burstPatience }
        switch decoder.wait {
        case .escape: return escapeDelay
        case .rest: return Self.restPatience
        case .paste: return Self.pastePatience
        case nil: return nil
        }
    }

    /// Nothing has come for as long as `patience` said.
    public mutating func waitEnded() -> [TerminalEvent] {
        if let paste = burst?.end() { return [paste] }
        var events: [TerminalEvent] = []
        decoder.waitEnded(into: &events)
        return events
    }
}
