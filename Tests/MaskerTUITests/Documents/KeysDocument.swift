@testable import MaskerTUI
import TerminalKit

/// docs/keys.md.
enum KeysDocument {
    static var text: String {
        let tables = KeyTables.all.map { table in
            "## \(table.title)\n" + (table.name.map { "`\($0)` in `keys:`\n\n" } ?? "") + "| Key | | Action |\n|---|---|---|\n" + table.keys.map(row).joined()
        }
        return "# Keys\nWhat `?` shows in the console, screen by screen, and what can be typed behind `:`. [configuration.md](configuration.md) says how an action gets another key.\n\n"
            + tables.prefix(2).joined(separator: "\n") + fields + tables.dropFirst(2).joined(separator: "\n") + commands
    }

    private static var fields: String {
        let head = "\n## In fields\nThose of every text field; `keys:` does not change them. In the dialog that deletes an agent, and in hidden fields, nothing that was cut is kept.\n\n"
        let rows = FieldKeys.all.map { "| " + $0.keys.map { "`\($0.name)`" }.joined(separator: " ") + " | \($0.help) |\n" }
        return head + "| Key | |\n|---|---|\n" + rows.joined() + "\n"
    }

    /// The commands behind `:`, and the menu.
    private static var commands: String {
        let head = "\n## Commands\nBehind `:`; a letter is that of the menu (`m`). An id alone is enough: `:sess_…`, `:agt_…`.\n\n"
        return head + "| Command | | Menu |\n|---|---|---|\n" + ConsoleCommand.all.map(row).joined()
    }

    private static func row(_ command: ConsoleCommand) -> String {
        let line = ":" + command.name + (command.arguments.isEmpty ? "" : " " + command.arguments)
        let letter = command.menu?.action.keys.first.map { "`\($0.name)`" } ?? ""
        return "| `\(line.replacing("|", with: "\\|"))` | \(command.help) | \(letter) |\n"
    }

    private static func row(_ key: KeyHelp) -> String {
        let actions = ([key.action] + key.others).map { "`\($0.name)`" }.joined(separator: " ")
        return "| " + key.keys.map { "`\($0.name)`" }.joined(separator: " ") + " | \(key.help) | \(actions) |\n"
    }
}
