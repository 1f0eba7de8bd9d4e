import TerminalKit

/// The commands that sort the current list and choose its columns.
extension ConsoleCommand {
    static let listCommands: [ConsoleCommand] = [
        ConsoleCommand(
            name: "sort", arguments: "[COLUMN [up|down]]", help: "Sort the list; alone, restore the server's order",
            completions: { _, context in columnNames(context) + ["up", "down"] }, run: sort),
        ConsoleCommand(
            name: "columns", arguments: "[COLUMN…|all|reset]", help: "Choose the columns; alone, open a dialog", menu: MenuEntry("c", "Columns"),
            completions: { _, context in columnNames(context) + ["all", "reset"] }, run: columns),
    ]

    private static func columnNames(_ context: Context) -> [String] {
        ConfigurableList.of(context.tab, context.clock)?.columns.map(\.name) ?? []
    }

    private static func list(_ context: Context) throws(Problem) -> ConfigurableList {
        guard let list = ConfigurableList.of(context.tab, context.clock) else { throw Problem(sentence: "this view has no list; go to agents or sessions first") }
        return list
    }

    private static func column(_ name: String, _ list: ConfigurableList) throws(Problem) -> ConfigurableList.Entry {
        if let column = list.columns.first(where: { $0.name == name.lowercased() }) { return column }
        let names = list.columns.map(\.name)
        throw Problem(sentence: "“\(name)” is not a column of the \(list.title)" + Suggestion.clause(for: name, among: names))
    }

    private static func sort(_ arguments: [String], _ context: Context) throws(Problem) -> [Intent] {
        let list = try list(context)
        guard let name = arguments.first else { return [list.intent(context.data.lists.layouts) { $0.sort = nil }] }
        let column = try column(name, list)
        var isDescending = column.beginsDescending
        switch arguments.dropFirst() {
        case []: break
        case ["up"]: isDescending = false
        case ["down"]: isDescending = true
        default: throw Problem(sentence: "a column can be sorted up or down only")
        }
        return [list.intent(context.data.lists.layouts) { $0.sort = ListLayout.Sort(column: column.name, isDescending: isDescending) }]
    }

    private static func columns(_ arguments: [String], _ context: Context) throws(Problem) -> [Intent] {
        let list = try list(context)
        var names: [String]?
        switch arguments {
        case []: return [.open(.chooseColumns(context.tab))]
        case ["reset"]: names = nil
        case ["all"]: names = list.columns.map(\.name)
        default:
            var chosen: [String] = []
            for argument in arguments {
                let name = try column(argument, list).name
                if !chosen.contains(name) { chosen.append(name) }
            }
            names = chosen
        }
        return [list.intent(context.data.lists.layouts) { $0.columns = names }]
    }
}
