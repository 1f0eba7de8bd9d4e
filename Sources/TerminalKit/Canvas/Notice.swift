/// A line that says what just happened; it goes with the next key or after a while.
package struct Notice: Sendable, Equatable {
    package enum Kind: Sendable { case done, refused, failed }
    package var kind: Kind
    package var text: PrintableText

    package init(_ kind: Kind, _ text: PrintableText) {
        self.kind = kind
        self.text = text
    }
}

extension Notice.Kind {
    package var style: Style {
        switch self {
        case .done: .good
        case .refused: .warning
        case .failed: .bad
        }
    }
}
