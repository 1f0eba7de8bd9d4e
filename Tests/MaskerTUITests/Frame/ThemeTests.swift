import TestSupport
import Testing

@testable import MaskerTUI
import TerminalKit

@Suite("Themes", .ownThread)
struct ThemeTests {
    private static let all = Theme.Name.allCases.map { Theme(name: $0, hasColors: true) }
    /// Styles that must differ visibly.
    private static let signals: [Style] = [.plain, .warning, .bad]

    @Test("failures look different from plain text in every theme, with colours and without", arguments: Theme.Name.allCases)
    func signals(name: Theme.Name) {
        for hasColors in [true, false] {
            let layouts = Self.signals.map(Theme(name: name, hasColors: hasColors).appearance)
            #expect(Set(layouts).count == layouts.count)
        }
    }

    @Test("colour-blind uses no red and no green, and tells good from bad by more than a colour")
    func colorBlind() {
        let theme = Theme(name: .colorBlind, hasColors: true)
        for role in Style.Role.allCases { #expect(![1, 2].contains(theme.appearance(of: Style(role)).color)) }
        let good = theme.appearance(of: .good), bad = theme.appearance(of: .bad)
        #expect(good.color != bad.color && good.isReversed != bad.isReversed)
    }

    @Test("high contrast dims nothing; monochrome has no colours; without colours all themes are monochrome")
    func others() {
        for role in Style.Role.allCases {
            var tinted = Style(role)
            tinted.tint = .red
            #expect(!Theme(name: .highContrast).appearance(of: Style(role)).isDim)
            #expect(Theme(name: .monochrome).appearance(of: tinted).color == nil)
            for theme in Self.all {
                let without = Theme(name: theme.name, hasColors: false).appearance(of: tinted)
                #expect(without == Theme(name: .monochrome).appearance(of: Style(role)))
                #expect(theme.appearance(of: tinted).color == (theme.name == .monochrome ? nil : 1))
            }
        }
    }

    @Test("themes use only the terminal's own palette", arguments: Theme.Name.allCases)
    func palette(name: Theme.Name) {
        for role in Style.Role.allCases {
            if let color = Theme(name: name).appearance(of: Style(role)).color { #expect((0..<8).contains(color)) }
        }
    }

    @Test(":theme switches at once, completes, and lists the themes; NO_COLOR takes precedence")
    func command() {
        var console = TestConsole.loaded()
        console.run(":theme high-contrast")
        #expect(console.takeEffects() == [.terminal(.useTheme(.highContrast))])
        console.expect("theme: high-contrast")
        #expect(ConsoleCommand.complete("theme m", console.state.context).line == "theme monochrome ")
        console.run(":theme solarized")
        #expect(console.takeEffects() == [])
        console.expect("theme takes one of default, high-contrast, monochrome, color-blind")
        var settings = Sample.settings
        settings.refusesColors = true
        var plain = TestConsole(settings: settings)
        plain.answerRefresh()
        plain.takeEffects()
        plain.run(":theme default")
        #expect(plain.takeEffects() == [])
        plain.expect("NO_COLOR is set")
    }
}
