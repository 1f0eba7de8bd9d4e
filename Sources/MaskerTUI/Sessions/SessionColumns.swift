import MaskerAPI
import TerminalKit

extension SessionsScreen {
    /// The columns of the list. A narrow window hides the model first, then the count of redactions, the kinds, the duration.
    static func columns(_ clock: Clock) -> [ListColumn<SessionRows>] {
        [
            ListColumn(
                name: "started",
                Column(title: clock.title("STARTED"), width: 16, minimum: 15, givesWay: nil) { session in
                    guard let started = session.startedAt else {
                        // This cell marks that fields of the row could not be read, also when the start time is one of them.
                        return session.malformedFields.isEmpty ? CellText.optional(nil) : Span("⚠ —", .warning)
                    }
                    return Span(CellText.name(clock.short(started), id: "", malformed: session.malformedFields))
                }, beginsDescending: true
            ) { $0.keys(.started) },
            ListColumn(name: "agent", Column(title: "AGENT", width: 22, minimum: 16, givesWay: nil, maximum: 36) { session in
                CellText.optional(name: session.agentName ?? session.agentID?.rawValue)
            }) { $0.keys(.agent) },
            ListColumn(name: "status", Column(title: "STATUS", width: 9, minimum: 9, givesWay: nil) {
                CellText.status($0.status)
            }) { $0.keys(.status) },
            ListColumn(
                name: "duration",
                Column(title: "DURATION", width: 9, minimum: 8, givesWay: 1, alignment: .right) {
                    CellText.optional($0.durationMS.map(Format.milliseconds))
                }, beginsDescending: true
            ) { $0.keys(.duration) },
            ListColumn(
                name: "redacted",
                Column(title: "REDACTED", width: 8, minimum: 8, givesWay: 3, alignment: .right) {
                    CellText.optional($0.redactionCount.map(Format.count))
                }, beginsDescending: true
            ) { $0.keys(.redactions) },
            ListColumn(name: "kinds", Column(title: "KINDS", width: 26, minimum: 16, givesWay: 2, maximum: 48) {
                CellText.optional($0.redactionsByKind.map(Format.kinds))
            }) { $0.keys(.kinds) },
            ListColumn(name: "model", Column(title: "MODEL", width: 18, minimum: 12, givesWay: 4) {
                CellText.optional($0.upstreamModel)
            }) { $0.keys(.model) },
            ListColumn(
                name: "id", Column(title: "ID", width: 31, minimum: 31, givesWay: 5) { Span(PrintableText($0.id.rawValue)) },
                isExtra: true
            ) { $0.keys(.id) },
        ]
    }
}
