@testable import MaskerTUI
@testable import masker_tui

/// masker-tui(1), from the declarations of the command line and the key tables of the screens; `ManualSections` has the rest.
enum ManualPage {
    static func text() throws -> String {
        let root = try CommandDescription.current()
        let console = root.ownSubcommands.first { $0.commandName == OpenConsole.configuration.commandName }
        let formats = root.ownSubcommands.flatMap(\.ownArguments).reduce(into: [CommandDescription.Argument]()) { known, argument in
            let name = argument.preferredName?.name ?? ""
            if ["json", "jsonl"].contains(name), !known.contains(where: { $0.preferredName?.name == name }) { known.append(argument) }
        }
        let shared = Set(((console?.ownArguments ?? []) + formats).compactMap { $0.preferredName?.name })
        var page = Roff("masker-tui", section: 1, title: "User Commands")
        page.section("NAME")
        page.paragraph("masker-tui - the admin console of Masker, for a terminal")
        page.section("SYNOPSIS")
        page.paragraph("masker-tui [options]")
        page.paragraph("masker-tui COMMAND [options]")
        page.section("DESCRIPTION")
        for paragraph in ManualSections.description { page.paragraph(paragraph) }
        // The exit statuses have a section of their own.
        for paragraph in (root.discussion ?? "").components(separatedBy: "\n\n") where paragraph != ExitStatus.sentence { page.paragraph(paragraph) }
        page.section("OPTIONS")
        for argument in console?.ownArguments ?? [] { add(argument, to: &page) }
        page.section("COMMANDS")
        page.paragraph("Each takes the options above that name the server and the login session, too, and:")
        for argument in formats { add(argument, to: &page) }
        for command in root.ownSubcommands where command.commandName != console?.commandName {
            add(command, prefix: "", leavingOut: shared, to: &page)
        }
        page.section("KEYS")
        for table in KeyTables.all {
            page.subsection(table.title)
            for key in table.keys { page.item(key.keys.map(\.name).joined(separator: ", "), key.help) }
        }
        page.subsection("In every field")
        for key in FieldKeys.all { page.item(key.keys.map(\.name).joined(separator: ", "), key.help) }
        page.section("COMMANDS IN THE CONSOLE")
        page.paragraph("They are typed behind a colon; Tab completes.")
        for command in ConsoleCommand.all { page.item(":" + command.name, takes: command.arguments.isEmpty ? nil : command.arguments, command.help) }
        page.section("EXIT STATUS")
        for (status, meaning) in ExitStatus.meanings { page.item("\(status)", meaning) }
        page.paragraph(ManualSections.exitStatus)
        page.section("ENVIRONMENT")
        for variable in ManualSections.environment { page.item(variable.name, variable.meaning) }
        page.section("FILES")
        for file in ManualSections.files { page.item(file.name, file.meaning) }
        page.section("EXAMPLES")
        for example in ManualSections.examples {
            page.paragraph(example.what)
            page.example(example.command)
        }
        page.section("SEE ALSO")
        page.paragraph("masker-tui(5)")
        return page.text
    }

    private static func add(_ command: CommandDescription.Command, prefix: String, leavingOut shared: Set<String>, to page: inout Roff) {
        let name = prefix + command.commandName
        let own = command.ownArguments.filter { !shared.contains($0.preferredName?.name ?? "") || $0.kind == "positional" }
        if command.ownSubcommands.isEmpty {
            page.subsection(([name] + own.filter { $0.kind == "positional" }.map(\.synopsis)).joined(separator: " "))
            if let abstract = command.abstract { page.paragraph(abstract) }
            for argument in own { add(argument, to: &page) }
        }
        for subcommand in command.ownSubcommands { add(subcommand, prefix: name + " ", leavingOut: shared, to: &page) }
    }

    private static func add(_ argument: CommandDescription.Argument, to page: inout Roff) {
        let names = (argument.names ?? []).map(\.text).joined(separator: ", ")
        let term = argument.kind == "positional" ? (argument.valueName ?? "").uppercased() : names
        let value = argument.kind == "option" ? argument.valueName : nil
        let standard = argument.defaultValue.map { " (default: \($0))" } ?? ""
        page.item(term, takes: value, (argument.abstract ?? "") + (argument.abstract?.contains("default:") == true ? "" : standard))
    }
}
