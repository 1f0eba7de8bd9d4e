import MaskerAPI
import TerminalKit

/// Something that can be selected in the overview. Enter shows its sessions.
enum OverviewTarget: Hashable, Sendable {
    case status(CallStatus)
    case agent(Identifier<Agent>)

    /// The filter for its sessions.
    func filter(_ window: OverviewWindow) -> SessionFilter {
        switch self {
        case .status(let status): SessionFilter(since: window.rawValue, status: status)
        case .agent(let id): SessionFilter(since: window.rawValue, agentID: id)
        }
    }
}

/// A part of the overview that scrolls as a whole, with places that can be selected.
struct OverviewPane {
    package struct Place {
        var target: OverviewTarget
        var line: Int
        /// The column in the line where the place begins.
        var column = 0
    }

    var document: Document
    private(set) var places: [Place] = []

    init(width: Int) { document = Document(width: width) }

    /// Makes the next line selectable.
    mutating func place(_ target: OverviewTarget, column: Int = 0) {
        places.append(Place(target: target, line: document.lines.count, column: column))
    }

    func draw(from top: Int, chosen: OverviewTarget?, on canvas: inout Canvas, in area: Rect) {
        document.draw(from: top, on: &canvas, in: area)
        guard let place = places.first(where: { $0.target == chosen }), (top..<top + area.rows).contains(place.line) else { return }
        canvas.markSelected(row: area.row + place.line - top, column: area.column + place.column - 2)
    }
}
