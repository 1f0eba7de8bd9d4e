import MaskerAPI
import TerminalKit

extension KeyAction {
    static let markSession = KeyAction("session.mark", .character(" "))
    static let unmarkAll = KeyAction("session.unmark-all", .character("u"))
}

/// The marks on sessions in the list, with which the reports of several sessions are saved together.
enum SessionMarks {
    static let actions: [KeyAction] = [.markSession, .saveReport, .unmarkAll]

    static func bindings<Command>(
        _ selected: CallSession?, _ context: Context, mark: Command, clear: Command, save: Command
    ) -> [Binding<Command>] {
        let none = selected == nil ? "there is no session to select" : nil
        let count = context.data.reports.marks.count
        let isNamed = selected.map { ReportFileName.proposed(session: $0.id.rawValue, date: "") != nil } ?? true
        return [
            Binding(
                .markSession, hint: "mark", "Mark the session for \(context.settings.keyName(.saveReport, on: SessionsScreen.keys)), or remove the mark",
                refusal: none ?? (isNamed ? nil : "the session's id cannot be a file name"), mark),
            Binding(
                .saveReport, hint: count == 0 ? "save report" : "save \(Format.count(count))",
                "Save the reports of the marked sessions, or of the selected one", refusal: saveRefusal(selected, context), save),
            Binding(
                .unmarkAll, hint: count == 0 ? nil : "unmark", "Remove all marks",
                refusal: count == 0 ? "no session is marked" : nil, clear),
        ]
    }

    private static func saveRefusal(_ selected: CallSession?, _ context: Context) -> String? {
        guard context.data.reports.marks.isEmpty else { return ReportWording.refusal(context.settings) ?? context.data.reports.refusal }
        guard let selected else { return "there is no session to select" }
        return SessionActions.saveRefusal(selected.id, context)
    }

    static func save(_ selected: CallSession?, _ context: Context) -> [Intent] {
        let marks = context.data.reports.marks
        guard marks.isEmpty else { return [.open(.saveMarkedReports)] }
        return selected.map { SessionActions.save($0.id, detailRoot: nil) } ?? []
    }

    /// The text `● 3 marked   ` with the number of those that are not in the list; empty when no session is marked.
    static func label(_ data: FeatureStates) -> PrintableText {
        let marks = data.reports.marks
        guard !marks.isEmpty else { return "" }
        let hidden = marks.count { !data.sessions.list.contains($0) }
        return PrintableText("● \(Format.count(marks.count)) marked\(hidden == 0 ? "" : ", \(hidden) not in this list")   ")
    }
}
