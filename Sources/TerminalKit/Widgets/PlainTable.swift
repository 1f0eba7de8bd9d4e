extension Table {
    /// For screen readers: a row is a line of words, every value but the first with the name of its column. The most
    /// important ones come first, and none is cut.
    public func plainLine(_ row: Row, width: Int) -> PrintableText {
        let ordered = columns.enumerated().sorted { ($0.element.givesWay ?? 0, $0.offset) < ($1.element.givesWay ?? 0, $1.offset) }.map(\.element)
        var line = PrintableText("")
        for (index, column) in ordered.enumerated() {
            // `STARTED (UTC)`: the zone is in the title of the help and of the details.
            let name = column.title.lowercased().split(separator: " ").first.map(String.init) ?? ""
            let piece = index == 0 ? column.cell(row).text : PrintableText(", \(name) ") + column.cell(row).text
            guard line.width + piece.width <= width || index == 0 else { break }
            line = line + piece
        }
        return line
    }
}
