/// A line about something that has just happened. It disappears with the next key or after some seconds.
public struct Notice: Sendable, Equatable {
    /// The outcome: done, refused before any request, or failed.
    public enum Kind: Sendable { case done, refused, failed }
    public var kind: Kind
    public var text: PrintableText

    public init(_ kind: Kind, _ text: PrintableText) {
        self.kind = kind
        self.text = text
    }
}

extension Notice.Kind {
    /// The style of the text of such a notice.
    public var style: Style {
        switch self {
        case .done: .good
        case .refused: .warning
        case .failed: .bad
        }
    }
}
