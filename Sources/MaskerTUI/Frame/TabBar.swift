import TerminalKit

/// The line of tabs below the header, each with its key.
enum TabBar {
    static func draw(_ state: AppState, on canvas: inout Canvas) {
        var column = 1
        let names = Tab.allCases.map { state.settings.keys.keys(of: GlobalKeys.action($0), on: GlobalKeys.keys).first?.name ?? "" }
        let needed = zip(Tab.allCases, names).reduce(1) { $0 + $1.0.label(state.data).count + 1 + $1.1.count }
        let gap = min(max((state.size.columns - needed) / Tab.allCases.count, 1), 3)
        for (tab, name) in zip(Tab.allCases, names) {
            let isCurrent = tab == state.tab
            let start = column
            column += canvas.write(PrintableText(name), row: 1, column: column, style: .key) + 1
            let label = PrintableText(tab.label(state.data) + (isCurrent && canvas.isPlain ? " (here)" : ""))
            let style = isCurrent ? Style(.plain, bold: true, underlined: true) : .plain
            column += canvas.write(label, row: 1, column: column, style: style)
            canvas.addTarget(.tab(tab.rawValue), row: 1, column: start, columns: column - start)
            column += gap
        }
        canvas.rule(row: 2, column: 1, columns: state.size.columns - 2)
    }
}
