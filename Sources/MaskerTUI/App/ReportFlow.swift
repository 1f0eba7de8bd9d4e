import MaskerAPI

/// A report that the user asked to save, fixed when the dialog was answered.
struct ReportOrder: Hashable, Sendable {
    let session: Identifier<CallSession>
    let format: Endpoint.ReportFormat
    /// Of the file, without its extension.
    let name: String
    /// The session's, as its detail says; nil when that is not known.
    let merkleRoot: String?
}

/// What became of a report.
enum ReportOutcome: Sendable, Equatable {
    case saved(SavedReport)
    case cancelled
    case failed(APIError)
    /// The report may be fine, the disk was not.
    case notWritten(reason: String)
}

/// A report that is whole and on the disk.
struct SavedReport: Sendable, Equatable {
    /// Of the file in `Settings.reportsDirectory`.
    var name: String
    /// In bytes.
    var size: Int
    var root: RootVerdict
}

/// Whether a report is about what the session's detail shows.
enum RootVerdict: Sendable, Equatable {
    case matches
    case differs(found: String)
    /// The report's root cannot be read, as in a compressed PDF.
    case notReadable
    /// The session's root is not known.
    case notCompared

    init(_ found: [String], expected: String?) {
        guard let expected, !expected.isEmpty else {
            self = .notCompared
            return
        }
        if found.contains(where: { $0.lowercased() == expected.lowercased() }) {
            self = .matches
        } else {
            self = found.first.map { .differs(found: $0) } ?? .notReadable
        }
    }
}

/// How far the report of a session is; shown in its detail until dismissed.
enum ReportSaving: Sendable, Equatable {
    case saving(received: Int)
    case cancelling
    case saved(SavedReport)
    case failed(APIError)
    case notWritten(reason: String)

    /// Whether the user has to wait for it.
    var isUnderWay: Bool {
        switch self {
        case .saving, .cancelling: true
        case .saved, .failed, .notWritten: false
        }
    }
}

func beginSaving(_ order: ReportOrder, _ state: inout AppState) -> [Effect] {
    guard state.data.reports[order.session]?.isUnderWay != true else { return [] }
    state.data.reports[order.session] = .saving(received: 0)
    return [.saveReport(order)]
}

/// The outcome still comes: the report may have been whole just before.
func cancelSaving(_ session: Identifier<CallSession>, _ state: inout AppState) -> [Effect] {
    guard case .saving? = state.data.reports[session] else { return [] }
    state.data.reports[session] = .cancelling
    return [.cancelSaving(session)]
}

/// For whoever signs out or in: a report is not saved behind the back of another user.
func cancelAllSaving(_ state: inout AppState) -> [Effect] {
    state.data.reports.keys.sorted { $0.rawValue < $1.rawValue }.flatMap { cancelSaving($0, &state) }
}

func noteProgress(_ session: Identifier<CallSession>, _ received: Int, _ state: inout AppState) {
    if case .saving? = state.data.reports[session] { state.data.reports[session] = .saving(received: received) }
}

/// The line in the detail stays; the notice tells whoever is elsewhere.
func finishSaving(_ order: ReportOrder, _ outcome: ReportOutcome, _ state: inout AppState) {
    // Of another account by now.
    guard state.data.reports[order.session] != nil else { return }
    let saving: ReportSaving
    switch outcome {
    case .saved(let report): saving = .saved(report)
    case .failed(let error): saving = .failed(error)
    case .notWritten(let reason): saving = .notWritten(reason: reason)
    case .cancelled:
        state.data.reports[order.session] = nil
        notify(Notice(.refused, "saving the report was cancelled; no file was made"), &state)
        return
    }
    state.data.reports[order.session] = saving
    notify(Wording.note(saving, state.settings), &state)
}
