import TestSupport

@testable import TerminalKit

/// Decodes bytes and names what comes of them.
struct Decoding {
    private var decoder: KeyDecoder
    private(set) var events: [TerminalEvent] = []

    init(terminal: String = "", terminfo: [(String, Key)] = [], usesMouse: Bool = false) {
        decoder = KeyDecoder(table: KeyTable(terminal: terminal, terminfo: terminfo.map { (Array($0.0.utf8), $0.1) }))
        decoder.usesMouse = usesMouse
    }

    init(_ decoder: KeyDecoder) { self.decoder = decoder }

    mutating func send(_ bytes: some Sequence<UInt8>) { decoder.decode(bytes, into: &events) }
    mutating func send(_ text: String) { send(text.utf8) }

    /// Waits as long as something is waited for.
    mutating func wait() { decoder.waitEnded(into: &events) }

    var isWaiting: Bool { decoder.wait != nil }
    var waiting: KeyDecoder.Wait? { decoder.wait }
    var names: [String] { events.map(Self.name) }

    static func name(_ event: TerminalEvent) -> String {
        switch event {
        case .key(let key): key.name
        case .paste(let text): "paste “\(text)”"
        case .mouse(.press(let row, let column)): "press \(row) \(column)"
        case .mouse(.wheel(let notches)): "wheel \(notches)"
        }
    }

    /// What comes of bytes, and of the silence behind them.
    static func names(_ text: String, in decoding: Decoding = Decoding()) -> [String] { names(Array(text.utf8), in: decoding) }

    static func names(_ bytes: [UInt8], in decoding: Decoding = Decoding()) -> [String] {
        var decoding = decoding
        decoding.send(bytes)
        decoding.wait()
        return decoding.names
    }
}
