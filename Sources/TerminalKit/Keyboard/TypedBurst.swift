/// A paste on a terminal that marks none, such as the Linux console: it comes as keys, more of them in one read than a hand
/// can type. Keys that are held down repeat one character.
struct TypedBurst {
    /// What has come of it; nil outside of one.
    private var text: String.UnicodeScalarView?

    /// So many bytes of text in one read are no hand's.
    private static let fewest = 20

    var isOpen: Bool { text != nil }

    /// What is left of the events of one read.
    mutating func take(_ events: [TerminalEvent]) -> [TerminalEvent] {
        if text == nil {
            guard Self.isBurst(events) else { return events }
            text = String.UnicodeScalarView()
        }
        for event in events {
            guard text.map({ $0.count < PasteCollector.longest }) == true, let scalar = Self.scalar(event) else { continue }
            text?.append(scalar)
        }
        return []
    }

    /// No more has come for a while.
    mutating func end() -> TerminalEvent? {
        defer { text = nil }
        return text.map { .paste(String($0)) }
    }

    private static func isBurst(_ events: [TerminalEvent]) -> Bool {
        guard events.count > 1 else { return false }
        var bytes = 0, first: Unicode.Scalar?, isRepeated = true
        for case .key(.character(let scalar)) in events {
            bytes += UTF8.width(scalar)
            if let first, first != scalar { isRepeated = false }
            first = scalar
        }
        return bytes >= fewest && !isRepeated
    }

    /// Other keys than these are in no text.
    private static func scalar(_ event: TerminalEvent) -> Unicode.Scalar? {
        switch event {
        case .key(.character(let scalar)): scalar
        case .key(.enter): "\n"
        case .key(.tab): "\t"
        default: nil
        }
    }
}
