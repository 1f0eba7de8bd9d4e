import TerminalKit

/// The audit root of each source and whether it agrees with the session's, as lines of a document.
enum MerkleRootTable {
    private static let sourceWidth = 15, rootWidth = 64, gap = 2
    private static let narrow = 32

    static func add(_ roots: MerkleRoots, to document: inout Document) {
        let room = document.width - sourceWidth - gap - 7
        let width = room >= rootWidth ? rootWidth : min(max(room, 16), narrow)
        document.add(row("SOURCE", Span("AUDIT ROOT", .label), Span("AGREES", .label), width, label: .label))
        for source in MerkleRoots.Source.allCases {
            let reading = words(roots[source], source)
            for (index, line) in reading.text.wrapped(to: width).enumerated() {
                let isFirst = index == 0
                document.add(row(isFirst ? name(source) : "", Span(line, reading.style), isFirst ? sign(roots.agrees(source)) : Span(""), width))
            }
        }
    }

    private static func row(_ source: String, _ root: Span, _ sign: Span, _ width: Int, label: Style = .plain) -> [Span] {
        let space = String(repeating: " ", count: max(width - root.text.width, 0) + gap)
        return [Span(PrintableText(source.padded(to: sourceWidth)), label), root, Span(PrintableText(space)), sign]
    }

    private static func name(_ source: MerkleRoots.Source) -> String {
        switch source {
        case .detail: "session detail"
        case .json: "JSON report"
        case .pdf: "PDF’s text"
        }
    }

    private static func words(_ reading: MerkleRoots.Reading, _ source: MerkleRoots.Source) -> Span {
        switch reading {
        case .root(let root): Span(PrintableText(root))
        case .notFetched: Span("not fetched", .faint)
        case .notReadable: Span(source == .pdf ? "not readable" : "none given", .warning)
        }
    }

    private static func sign(_ agrees: Bool?) -> Span {
        switch agrees {
        case true?: Span("✓ yes", .good)
        case false?: Span("✗ NO", .bad.bold)
        case nil: Span("—", .faint)
        }
    }
}
