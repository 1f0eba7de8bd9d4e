extension Table {
    /// A row as a line of words for screen readers: every value except the first has the name of its column. The most important
    /// columns come first; a value that does not fit is left out, not cut.
    public func plainLine(_ row: Row, width: Int) -> PrintableText {
        let ordered = columns.enumerated().sorted { ($0.element.givesWay ?? 0, $0.offset) < ($1.element.givesWay ?? 0, $1.offset) }.map(\.element)
        var line = PrintableText("")
        for (index, column) in ordered.enumerated() {
            // Without the time zone of `STARTED (UTC)`: the titles of the help and of the details name it.
            let name = column.title.lowercased().split(separator: " ").first.map(String.init) ?? ""
            let piece = index == 0 ? column.cell(row).text : PrintableText(", \(name) ") + column.cell(row).text
            guard line.width + piece.width <= width || index == 0 else { break }
            line = line + piece
        }
        return line
    }
}
