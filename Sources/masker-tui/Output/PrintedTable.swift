import TerminalKit

/// A table that is printed line by line and fits into a width. Columns that do not fit are left out, and long texts are cut.
struct PrintedTable: Sendable {
    struct Column: Sendable {
        var name: String
        /// Columns get their room in the order of their ranks, beginning with the lowest. The lowest is never left out.
        var rank: Int
        /// The least width of a text that may be cut; nil for a value that is of use only as a whole, such as an id.
        var shortest: Int?
    }

    private static let gap = 2
    /// The least room at the end of the line that a text, which would be left out otherwise, is cut to.
    private static let leastRest = 8

    private let columns: [Column]
    private let width: Int
    /// The width of each column, nil when it is left out. Empty before the first rows.
    private var widths: [Int?] = []
    private var cut: Set<Int> = []

    init(_ columns: [Column], width: Int) {
        self.columns = columns
        self.width = width
    }

    /// The lines for more rows; the titles come before the first ones. The widths of the columns are those of the first rows.
    mutating func lines(_ rows: [[PrintableText]]) -> [String] {
        var lines: [String] = []
        if widths.isEmpty {
            let values = columns.indices.map { column in rows.map { $0[column].width }.max() ?? 0 }
            widths = layOut(values)
            lines.append(line(columns.map { PrintableText($0.name.uppercased()) }) { _ in })
        }
        for row in rows {
            var short: [Int] = []
            lines.append(line(row) { short.append($0) })
            cut.formUnion(short)
        }
        return lines
    }

    /// What is missing from the table, as a sentence; nil when nothing is.
    var missing: String? {
        let leftOut = widths.indices.filter { widths[$0] == nil }, cut = cut.sorted()
        let parts = [("left out", leftOut), ("cut", cut)].filter { !$0.1.isEmpty }
            .map { what, places in "\(what): " + places.map { columns[$0].name }.joined(separator: ", ") }
        guard !parts.isEmpty else { return nil }
        return "for \(width) columns, " + parts.joined(separator: "; ") + " (a wider terminal, a pipe or --json has all)"
    }

    /// - Parameter values: the width of the widest value of each column.
    private func layOut(_ values: [Int]) -> [Int?] {
        let natural = columns.indices.map { max(columns[$0].name.count, values[$0]) }
        let least = columns.indices.map { column in
            columns[column].shortest.map { min($0, natural[column]) } ?? natural[column]
        }
        var widths = [Int?](repeating: nil, count: columns.count), left = width + Self.gap
        let ranked = columns.indices.sorted { (columns[$0].rank, $0) < (columns[$1].rank, $1) }
        for column in ranked {
            let room = left - Self.gap, isFirst = left > width
            let fits = least[column] <= room
            // The first column that does not fit ends the table, so that a lesser column does not stand in place of a greater one.
            guard fits || isFirst || columns[column].shortest != nil && room >= Self.leastRest else { break }
            widths[column] = fits ? least[column] : room
            left -= (widths[column] ?? 0) + Self.gap
            if !fits { break }
        }
        for column in ranked {
            guard let own = widths[column], left > 0 else { continue }
            let more = min(natural[column] - own, left)
            guard more > 0 else { continue }
            widths[column] = own + more
            left -= more
        }
        return widths
    }

    /// One line. A value that is wider than its column takes what is free at the end of the line; what is left of it is cut.
    private func line(_ cells: [PrintableText], cut: (Int) -> Void) -> String {
        let shown = columns.indices.filter { widths[$0] != nil }
        var free = width + Self.gap - shown.reduce(0) { $0 + (widths[$1] ?? 0) + Self.gap }
        var line = ""
        for column in shown {
            let own = widths[column] ?? 0
            let more = max(min(cells[column].width - own, free), 0)
            free -= more
            let text = cells[column].truncated(to: own + more)
            if cells[column].width > own + more { cut(column) }
            line += text.string
            if column != shown.last { line += String(repeating: " ", count: own + more - text.width + Self.gap) }
        }
        return line
    }
}
