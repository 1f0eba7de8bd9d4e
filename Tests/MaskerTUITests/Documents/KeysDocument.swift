@testable import MaskerTUI

/// docs/keys.md.
enum KeysDocument {
    static var text: String {
        let tables = KeyTables.all.map { table in
            "## \(table.title)\n" + (table.name.map { "`\($0)` in `keys:`\n\n" } ?? "") + "| Key | | Action |\n|---|---|---|\n" + table.keys.map(row).joined()
        }
        return "# Keys\nWhat `?` shows in the console, screen by screen. [configuration.md](configuration.md) says how an action gets another key.\n\n"
            + tables.joined(separator: "\n")
    }

    private static func row(_ key: KeyHelp) -> String {
        let actions = ([key.action] + key.others).map { "`\($0.name)`" }.joined(separator: " ")
        return "| " + key.keys.map { "`\($0.name)`" }.joined(separator: " ") + " | \(key.help) | \(actions) |\n"
    }
}
