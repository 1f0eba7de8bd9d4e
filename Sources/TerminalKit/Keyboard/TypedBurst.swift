/// A paste on a terminal without bracketed paste, such as the Linux console. It arrives as keys, more of them in one read than a
/// person can type. A key that is held down repeats one character, so that is not a paste.
struct TypedBurst {
    /// The text of the paste so far; nil when none is open.
    private var text: [Unicode.Scalar]?

    /// Fewer bytes of text in one read can be typed by a person.
    private static let fewest = 20

    var isOpen: Bool { text != nil }

    /// Takes the events of one read and returns those that are not part of a paste.
    mutating func take(_ events: [TerminalEvent]) -> [TerminalEvent] {
        if text == nil {
            guard Self.isBurst(events) else { return events }
            text = []
        }
        for event in events {
            guard text.map({ $0.count < PasteCollector.longest }) == true, let scalar = Self.scalar(event) else { continue }
            text?.append(scalar)
        }
        return []
    }

    /// Ends the paste, when nothing more has come for a while.
    mutating func end() -> TerminalEvent? {
        defer { text = nil }
        return text.map { .paste(String(String.UnicodeScalarView($0))) }
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

    /// Nil for keys that a text cannot contain.
    private static func scalar(_ event: TerminalEvent) -> Unicode.Scalar? {
        switch event {
        case .key(.character(let scalar)): scalar
        case .key(.enter): "\n"
        case .key(.tab): "\t"
        default: nil
        }
    }
}
