@testable import MaskerTUI

/// masker-tui(5), from the table of the settings.
enum ConfigurationPage {
    static var text: String {
        var page = Roff("masker-tui", section: 5, title: "File Formats")
        page.section("NAME")
        page.paragraph("masker-tui - the configuration of the admin console of Masker")
        page.section("DESCRIPTION")
        page.paragraph(
            "masker-tui(1) is the admin console of Masker, a privacy layer between voice platforms and language models. Its configuration "
                + "is a YAML file. Values at the top hold everywhere, those of a profile where it is used. An option comes before the "
                + "environment, that before the profile, that before the top of the file, that before the default. A mistake is told "
                + "with line and column. In restricted mode /etc/masker-tui/config is read instead.")
        page.section("KEYS")
        for key in ConfigurationKey.all {
            let also = ([key.option].compactMap { $0 } + key.variables).joined(separator: ", ")
            let standard = key.defaultText.isEmpty ? "" : " Default: \(key.defaultText)."
            page.item(
                key.name, "\(key.help) Takes \(key.takes).\(standard)" + (also.isEmpty ? "" : " Also: \(also)."))
        }
        page.item("profile", "The profile to use unless --profile or MASKER_PROFILE names one.")
        page.item("profiles", "The profiles by their names, each with any of the keys above.")
        page.item("keys", "The keys of actions by their names, below. Also in a profile, where a line takes the place of the same line at the top.")
        page.section("KEYS OF THE CONSOLE")
        page.paragraph(
            "Below keys stands an action with its key, a list of keys, or none; or a screen with lines of its own. Keys are named as the help (?) "
                + "shows them: a character, Enter, Space, Esc, Tab, Shift-Tab, Backspace, Del, Up, Down, Left, Right, PgUp, PgDn, Home, End, F1 to F12, "
                + "Ctrl-L. Two actions of a screen on one key are a mistake, and so is a character for what works while one types into a field. What closes "
                + "a dialog and what quits keep at least one key.")
        for screen in [GlobalKeys.keys] + Screens.keys {
            let own = screen.actions.filter { !MovementKeys.actions.contains($0) }
            let rest = own.count == screen.actions.count ? "" : (own.isEmpty ? "Those" : " Also those") + " of lists and texts."
            page.item(screen.name, (own.isEmpty ? "" : list(own)) + rest)
        }
        page.item("lists and texts", list(MovementKeys.actions))
        page.section("ENVIRONMENT")
        page.paragraph("The variables of settings stand with their keys. Beside them:")
        page.item("MASKER_PROFILE", "The profile to use, before the one that the file names.")
        page.item("MASKER_TUI_CONFIG", "The file to read, in place of the one below.")
        page.section("FILES")
        page.item("$XDG_CONFIG_HOME/masker-tui/config.yaml, ~/.config/masker-tui/config.yaml", "The configuration, also as config.yml; MASKER_TUI_CONFIG names another file, and /dev/null stands for none.")
        page.item("$XDG_STATE_HOME/masker-tui, ~/.local/state/masker-tui", "Login sessions, the looks of the lists and what was deleted; for the user alone.")
        page.item("/etc/masker-tui/config", "What the administrator has fixed for restricted mode.")
        page.section("EXAMPLES")
        page.example("""
            theme: high-contrast
            keys:
              agent.delete: D
              sessions:
                session.open: [Enter, e]
            profile: staging
            profiles:
              production:
                url: https://masker.example.org
                read_only: on
              staging:
                url: https://staging.example.org
            """)
        page.section("SEE ALSO")
        page.paragraph("masker-tui(1)")
        return page.text
    }
    private static func list(_ actions: [KeyAction]) -> String {
        actions.map { "\($0.name) (\($0.keys.map(\.name).joined(separator: " ")))" }.joined(separator: ", ") + "."
    }
}
