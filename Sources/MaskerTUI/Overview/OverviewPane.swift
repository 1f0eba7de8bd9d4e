import MaskerAPI
import TerminalKit

/// What can be chosen in the overview: Enter shows its sessions.
enum OverviewTarget: Hashable, Sendable {
    case status(CallStatus)
    case agent(Identifier<Agent>)

    /// The sessions behind it.
    func filter(_ window: OverviewWindow) -> SessionFilter {
        switch self {
        case .status(let status): SessionFilter(since: window.rawValue, status: status)
        case .agent(let id): SessionFilter(since: window.rawValue, agentID: id)
        }
    }
}

/// A part of the overview that scrolls as one, with places in it that can be chosen.
struct OverviewPane {
    package struct Place {
        var target: OverviewTarget
        var line: Int
        /// Where it begins in the line.
        var column = 0
    }

    var document: Document
    private(set) var places: [Place] = []

    init(width: Int) { document = Document(width: width) }

    /// Lets the line that is added next be chosen.
    mutating func place(_ target: OverviewTarget, column: Int = 0) {
        places.append(Place(target: target, line: document.lines.count, column: column))
    }

    func draw(from top: Int, chosen: OverviewTarget?, on canvas: inout Canvas, in area: Rect) {
        document.draw(from: top, on: &canvas, in: area)
        guard let place = places.first(where: { $0.target == chosen }), (top..<top + area.rows).contains(place.line) else { return }
        canvas.markSelected(row: area.row + place.line - top, column: area.column + place.column - 2)
    }
}
