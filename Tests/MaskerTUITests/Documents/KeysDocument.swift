@testable import MaskerTUI

/// docs/keys.md.
enum KeysDocument {
    static var text: String {
        let tables = KeyTables.all.map { table in
            "## \(table.title)\n| Key | |\n|---|---|\n" + table.keys.map(row).joined()
        }
        return "# Keys\nWhat `?` shows in the console, screen by screen.\n\n" + tables.joined(separator: "\n")
    }

    private static func row(_ key: KeyHelp) -> String {
        "| " + key.keys.map { "`\($0.name)`" }.joined(separator: " ") + " | \(key.help) |\n"
    }
}
