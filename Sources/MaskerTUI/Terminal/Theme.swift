/// Which attributes and colours a style takes. Only the terminal's own 16 colours, on its own background, so that the
/// console reads well on dark and light terminals alike. Colour is never the only sign of anything.
struct Theme: Sendable {
    struct Appearance: Equatable, Sendable {
        /// A colour of the terminal's own palette, 0 to 7; nil for its default foreground.
        var color: Int?
        var isBold = false
        var isDim = false
        var isUnderlined = false
        var isReversed = false
    }

    let usesColor: Bool

    func appearance(of style: Style) -> Appearance {
        var look = usesColor ? colored(style.role) : monochrome(style.role)
        look.isBold = look.isBold || style.isBold
        look.isUnderlined = look.isUnderlined || style.isUnderlined
        look.isReversed = look.isReversed || style.isReversed
        return look
    }

    private func colored(_ role: Style.Role) -> Appearance {
        switch role {
        case .plain: Appearance()
        case .faint, .codeComment: Appearance(isDim: true)
        case .label: Appearance(isDim: true)
        case .title: Appearance(isBold: true)
        case .key, .codeKey: Appearance(color: 6)
        case .accent: Appearance(color: 4)
        case .good, .codeString: Appearance(color: 2)
        case .warning: Appearance(color: 3)
        case .bad: Appearance(color: 1, isBold: true)
        case .substitute: Appearance(color: 5)
        }
    }

    private func monochrome(_ role: Style.Role) -> Appearance {
        switch role {
        case .plain, .accent, .good, .codeString: Appearance()
        case .faint, .label, .codeComment: Appearance(isDim: true)
        case .title, .key, .warning, .codeKey: Appearance(isBold: true)
        case .bad: Appearance(isBold: true, isUnderlined: true)
        case .substitute: Appearance(isUnderlined: true)
        }
    }
}
