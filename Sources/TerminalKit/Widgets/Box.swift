/// A frame around a dialog.
public enum Box {
    /// Draws an empty box with a title, and returns the area inside.
    public static func draw(_ title: PrintableText, style: Style = .title, on canvas: inout Canvas, in area: Rect) -> Rect {
        guard area.columns >= 4, area.rows >= 2 else { return Rect(row: area.row, column: area.column, columns: 0, rows: 0) }
        canvas.clear(area)
        if canvas.isPlain { canvas.cursor = (area.row, area.column + 3) }
        let right = area.column + area.columns - 1, bottom = area.row + area.rows - 1
        for row in [area.row, bottom] { canvas.rule(row: row, column: area.column, columns: area.columns) }
        for row in area.row + 1..<bottom {
            canvas.write("│", row: row, column: area.column, style: .faint.decoration)
            canvas.write("│", row: row, column: right, style: .faint.decoration)
        }
        canvas.write("╭", row: area.row, column: area.column, style: .faint.decoration)
        canvas.write("╮", row: area.row, column: right, style: .faint.decoration)
        canvas.write("╰", row: bottom, column: area.column, style: .faint.decoration)
        canvas.write("╯", row: bottom, column: right, style: .faint.decoration)
        let room = area.columns - 6
        canvas.write(" " + title.truncated(to: room) + " ", row: area.row, column: area.column + 2, style: style)
        return area.inset(columns: 3, rows: 1)
    }

    /// Draws a button and returns its width in columns. The focused one has brackets, so that it is not shown by colour alone.
    @discardableResult
    public static func button(_ label: String, focused: Bool, style: Style = .plain, on canvas: inout Canvas, row: Int, column: Int) -> Int {
        if focused, canvas.isPlain { canvas.cursor = (row, column) }
        let text = PrintableText(focused ? "[ \(label) ]" : "  \(label)  ")
        return canvas.write(text, row: row, column: column, style: focused ? style.bold.reversed : style)
    }
}
