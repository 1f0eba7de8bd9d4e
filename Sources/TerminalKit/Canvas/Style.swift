/// The meaning of a text, such as a title or a warning. The theme chooses the attributes and colours for it.
public struct Style: Equatable, Sendable {
    /// The meaning of a text.
    public enum Role: UInt8, CaseIterable, Sendable {
        case plain
        /// Less important than the text around it.
        case faint
        /// Names of columns and fields.
        case label
        case title
        /// The name of a key that the user can press.
        case key
        case accent
        case good
        case warning
        case bad
        /// Text in place of a character that cannot be printed.
        case substitute
        /// Keys, strings and comments in highlighted YAML.
        case codeKey, codeString, codeComment
    }

    /// One number, because thousands of cells are compared for each frame: the role in bits 0 to 7, the flags in bits 8 to
    /// 11, the colour of the tint from bit 16 on.
    private var bits: UInt32

    public init(_ role: Role = .plain, reversed: Bool = false, bold: Bool = false, underlined: Bool = false) {
        bits = UInt32(role.rawValue)
        isReversed = reversed
        isBold = bold
        isUnderlined = underlined
    }

    public var role: Role {
        get { Role(rawValue: UInt8(truncatingIfNeeded: bits)) ?? .plain }
        set { bits = bits & ~0xFF | UInt32(newValue.rawValue) }
    }
    public var isReversed: Bool {
        get { self[8] }
        set { self[8] = newValue }
    }
    public var isBold: Bool {
        get { self[9] }
        set { self[9] = newValue }
    }
    public var isUnderlined: Bool {
        get { self[10] }
        set { self[10] = newValue }
    }
    /// A line, a bar or a sign that adds nothing to the words beside it: not drawn for screen readers.
    public var isDecoration: Bool {
        get { self[11] }
        set { self[11] = newValue }
    }
    /// Replaces the colour that the theme gives the role, in themes with colours.
    public var tint: Tint? {
        get { Tint(color: Int(bits >> 16)) }
        set { bits = bits & 0xFFFF | UInt32(newValue?.color ?? 0) << 16 }
    }

    private subscript(bit: UInt32) -> Bool {
        get { bits >> bit & 1 == 1 }
        set { bits = bits & ~(1 << bit) | (newValue ? 1 << bit : 0) }
    }

    public static let plain = Style()
    public static let faint = Style(.faint)
    public static let label = Style(.label)
    public static let title = Style(.title, bold: true)
    public static let key = Style(.key, bold: true)
    public static let accent = Style(.accent)
    public static let good = Style(.good)
    public static let warning = Style(.warning)
    public static let bad = Style(.bad)

    /// The style in bold.
    public var bold: Style { var copy = self; copy.isBold = true; return copy }
    /// The style as decoration, which is not drawn for screen readers.
    public var decoration: Style { var copy = self; copy.isDecoration = true; return copy }
    /// The style with foreground and background exchanged.
    public var reversed: Style { var copy = self; copy.isReversed = true; return copy }
}
