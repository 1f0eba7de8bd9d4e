import TerminalKit

/// The last two lines: a notice or the progress of saving on the rule, and below it the keys of the screen and its position.
enum HintLine {
    static func draw(_ state: AppState, _ context: Context, on canvas: inout Canvas) {
        let rule = state.size.rows - 2, hints = state.size.rows - 1
        canvas.rule(row: rule, column: 1, columns: state.size.columns - 2)
        if let notice = state.notice {
            canvas.write(" " + notice.text + " ", row: rule, column: 2, width: state.size.columns - 4, style: notice.kind.style)
        } else if !state.isClosed, let saving = SavingLine.spans(state, width: state.size.columns - 4) {
            canvas.write(saving, row: rule, column: 2, width: state.size.columns - 4)
        }
        let position = state.front.position(context)
        let positionColumn = state.size.columns - 1 - position.width
        canvas.write(position, row: hints, column: positionColumn, style: .faint)
        drawHints(state, context, columns: positionColumn - 2, row: hints, on: &canvas)
    }

    /// Draws as many complete hints as fit, chosen by priority: first help and quit, then the keys of the screen, menu and
    /// refresh, then the others. They are drawn in the order of their tables.
    private static func drawHints(_ state: AppState, _ context: Context, columns: Int, row: Int, on canvas: inout Canvas) {
        // Loops, not filters and maps: this runs for every frame.
        let keys = state.front.keyHelp(context)
        var hints: [Hint] = []
        hints.reserveCapacity(keys.count + 5)
        for help in keys where help.hint != nil && !help.keys.isEmpty {
            hints.append(Hint(help.keys.first, help.hint, help.priority, isRefused: help.refusal != nil))
        }
        let own = hints.count
        if !state.isPageCovered, !state.page.isTyping {
            for binding in GlobalKeys.onPages(state.settings) where binding.hint != nil {
                guard let key = binding.keys.first, !keys.contains(where: { $0.keys.contains(key) }) else { continue }
                hints.append(Hint(key, binding.hint, binding.priority, isRefused: false))
            }
        }
        var room = columns - 1
        var fits = [Bool](repeating: false, count: hints.count)
        let order = Array(0..<own) + (own..<hints.count).reversed()
        for priority in HintPriority.allCases {
            for index in order where hints[index].priority == priority && hints[index].width <= room {
                room -= hints[index].width
                fits[index] = true
            }
        }
        var column = 1
        for (hint, fits) in zip(hints, fits) where fits {
            let keyWidth = canvas.write(hint.key, row: row, column: column, style: .key)
            canvas.write(hint.word, row: row, column: column + keyWidth + 1, style: hint.style)
            column += hint.width
        }
    }

    /// A key and its word, with the columns that they need.
    private struct Hint {
        let key: PrintableText
        let word: PrintableText
        let style: Style
        let priority: HintPriority
        let width: Int

        init(_ key: Key?, _ word: String?, _ priority: HintPriority, isRefused: Bool) {
            self.key = PrintableText(key?.name ?? "")
            self.word = PrintableText(word ?? "")
            self.priority = priority
            style = isRefused ? .faint : .plain
            width = self.key.width + 1 + self.word.width + 2
        }
    }
}
