/// Chooses the attributes and colours of a style. It uses only colours of the terminal's own palette, on its default
/// background, so that the console is readable on dark and light terminals. Nothing is shown by colour alone.
public struct Theme: Equatable, Sendable {
    /// The attributes and the colour of a style in a theme.
    public struct Appearance: Equatable, Hashable, Sendable {
        /// A colour of the terminal's own palette, 0 to 7; nil for its default foreground.
        public var color: Int?
        public var isBold = false
        public var isDim = false
        public var isUnderlined = false
        public var isReversed = false

        public init(
            color: Int? = nil, isBold: Bool = false, isDim: Bool = false, isUnderlined: Bool = false, isReversed: Bool = false
        ) {
            self.color = color
            self.isBold = isBold
            self.isDim = isDim
            self.isUnderlined = isUnderlined
            self.isReversed = isReversed
        }
    }

    /// The themes, by their names in the configuration file.
    public enum Name: String, CaseIterable, Sendable {
        case standard = "default"
        /// No dim text, and no difference that only a colour shows.
        case highContrast = "high-contrast"
        case monochrome
        /// Blue, cyan and yellow, without red and green: nearly everybody can tell these apart.
        case colorBlind = "color-blind"
    }

    public var name = Name.standard
    /// Whether the terminal has colours. Without them every theme looks like the monochrome one.
    public var hasColors = true

    public init(name: Name = Name.standard, hasColors: Bool = true) {
        self.name = name
        self.hasColors = hasColors
    }

    /// The attributes and the colour of a style.
    public func appearance(of style: Style) -> Appearance {
        var appearance = roleAppearance(style.role)
        appearance.isBold = appearance.isBold || style.isBold
        appearance.isUnderlined = appearance.isUnderlined || style.isUnderlined
        appearance.isReversed = appearance.isReversed || style.isReversed
        if let tint = style.tint, hasColors, name != .monochrome { appearance.color = tint.color }
        return appearance
    }

    private func roleAppearance(_ role: Style.Role) -> Appearance {
        guard hasColors else { return Self.monochrome(role) }
        return switch name {
        case .standard: Self.standard(role)
        case .highContrast: Self.highContrast(role)
        case .monochrome: Self.monochrome(role)
        case .colorBlind: Self.colorBlind(role)
        }
    }

    private static let red = Tint.red.color, green = Tint.green.color, yellow = Tint.yellow.color
    private static let blue = Tint.blue.color, magenta = Tint.magenta.color, cyan = Tint.cyan.color

    private static func standard(_ role: Style.Role) -> Appearance {
        switch role {
        case .plain: Appearance()
        case .faint, .label, .codeComment: Appearance(isDim: true)
        case .title: Appearance(isBold: true)
        case .key, .codeKey: Appearance(color: cyan)
        case .accent: Appearance(color: blue)
        case .good, .codeString: Appearance(color: green)
        case .warning: Appearance(color: yellow)
        case .bad: Appearance(color: red, isBold: true)
        case .substitute: Appearance(color: magenta)
        }
    }

    private static func highContrast(_ role: Style.Role) -> Appearance {
        switch role {
        case .plain, .faint, .label, .codeComment, .codeString: Appearance()
        case .title, .key, .codeKey, .accent, .good: Appearance(isBold: true)
        case .warning: Appearance(isBold: true, isUnderlined: true)
        case .bad: Appearance(color: red, isBold: true, isReversed: true)
        case .substitute: Appearance(isUnderlined: true, isReversed: true)
        }
    }

    private static func colorBlind(_ role: Style.Role) -> Appearance {
        switch role {
        case .plain: Appearance()
        case .faint, .label, .codeComment: Appearance(isDim: true)
        case .title, .key: Appearance(isBold: true)
        case .accent, .codeKey: Appearance(color: blue)
        case .good, .codeString: Appearance(color: cyan)
        case .warning: Appearance(color: yellow)
        case .bad: Appearance(color: yellow, isBold: true, isReversed: true)
        case .substitute: Appearance(isUnderlined: true)
        }
    }

    private static func monochrome(_ role: Style.Role) -> Appearance {
        switch role {
        case .plain, .accent, .good, .codeString: Appearance()
        case .faint, .label, .codeComment: Appearance(isDim: true)
        case .title, .key, .warning, .codeKey: Appearance(isBold: true)
        case .bad: Appearance(isBold: true, isUnderlined: true)
        case .substitute: Appearance(isUnderlined: true)
        }
    }
}

/// A colour that the user has chosen, such as for the header of one profile.
public enum Tint: String, CaseIterable, Sendable {
    case red, green, yellow, blue, magenta, cyan

    /// The number of the colour in the terminal's palette, 1 to 6.
    public var color: Int {
        switch self {
        case .red: 1
        case .green: 2
        case .yellow: 3
        case .blue: 4
        case .magenta: 5
        case .cyan: 6
        }
    }

    /// The tint with a number in the palette; nil for numbers other than 1 to 6.
    public init?(color: Int) {
        guard let tint = Tint.allCases.first(where: { $0.color == color }) else { return nil }
        self = tint
    }
}
