/// How text is meant to look. What it means is said here; which attributes and colours that takes is the theme's affair.
struct Style: Equatable, Sendable {
    enum Role: UInt8, CaseIterable, Sendable {
        case plain
        /// Less important than the text around it.
        case faint
        /// Names of columns and fields.
        case label
        case title
        /// What can be pressed.
        case key
        case accent
        case good
        case warning
        case bad
        /// Stands for a character that was not printed as it came.
        case substitute
        /// YAML keys, strings, comments in highlighted text.
        case codeKey, codeString, codeComment
    }

    var role: Role = .plain
    var isReversed = false
    var isBold = false
    var isUnderlined = false
    /// A line, a bar or a sign that says nothing the words beside it do not: left out for screen readers.
    var isDecoration = false
    /// Instead of the colour that the theme gives the role, where it gives any.
    var tint: Tint?

    init(_ role: Role = .plain, reversed: Bool = false, bold: Bool = false, underlined: Bool = false) {
        self.role = role
        isReversed = reversed
        isBold = bold
        isUnderlined = underlined
    }

    static let plain = Style()
    static let faint = Style(.faint)
    static let label = Style(.label)
    static let title = Style(.title, bold: true)
    static let key = Style(.key, bold: true)
    static let accent = Style(.accent)
    static let good = Style(.good)
    static let warning = Style(.warning)
    static let bad = Style(.bad)

    var bold: Style { var copy = self; copy.isBold = true; return copy }
    var decoration: Style { var copy = self; copy.isDecoration = true; return copy }
    var reversed: Style { var copy = self; copy.isReversed = true; return copy }
}
