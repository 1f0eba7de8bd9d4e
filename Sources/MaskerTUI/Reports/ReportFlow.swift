import FoundationEssentials
import MaskerAPI

func beginSaving(_ order: ReportOrder, _ state: inout AppState) -> [Effect] {
    guard state.data.reports.work == nil, !order.subjects.isEmpty else { return [] }
    state.reportOrders += 1
    var order = order
    order.serial = state.reportOrders
    state.data.reports.work = .saving(SavingOrder(order: order, began: state.now))
    state.data.reports.ended = nil
    for subject in order.subjects { state.data.reports.saved[subject.session] = nil }
    return [.saveReports(order)]
}

/// What comes of it is still told: a report may have been whole just before.
func cancelSaving(_ state: inout AppState) -> [Effect] {
    guard case .saving(var saving)? = state.data.reports.work, !saving.isCancelling else { return [] }
    saving.isCancelling = true
    state.data.reports.work = .saving(saving)
    return [.cancelSaving]
}

/// `X`: ends what is under way, or takes the line about what was off.
func cancelOrDismissReports(_ state: inout AppState) -> [Effect] {
    if case .saving? = state.data.reports.work { return cancelSaving(&state) }
    guard state.data.reports.ended != nil else {
        notify(Notice(.refused, "no reports are being saved"), &state)
        return []
    }
    state.data.reports.ended = nil
    return []
}

/// For whoever signs out or in: nothing is saved or read behind the back of another user.
func endReportWork(_ state: inout AppState) -> [Effect] {
    if case .reading(let reading)? = state.data.reports.work { return stopReading(reading.session, &state) }
    return cancelSaving(&state)
}

func receiveReport(_ answer: Answer, _ state: inout AppState) {
    let now = state.now
    switch answer {
    case .reportProgress(let serial, let progress):
        change(serial, &state) { saving in
            saving.progress = progress
            saving.meter.note(progress.total, at: now)
        }
    case .sessionReports(let serial, let reports):
        change(serial, &state) { saving in
            saving.done.append(reports)
            if let total = saving.progress?.total { saving.meter.note(total, at: now) }
        }
        guard isCurrent(serial, state) else { return }
        keep(reports, &state)
    case .reportsEnded(let serial, let manifest):
        guard isCurrent(serial, state), case .saving(let saving)? = state.data.reports.work else { return }
        state.data.reports.work = nil
        finish(saving, manifest, &state)
    case .readingReport(let session, let received, let expected):
        guard case .reading(var reading)? = state.data.reports.work, reading.session == session else { return }
        reading.received = received
        reading.expected = expected
        state.data.reports.work = .reading(reading)
    case .report(let session, _):
        if case .reading(let reading)? = state.data.reports.work, reading.session == session { state.data.reports.work = nil }
    default: break
    }
}

/// An answer to an order of another account, or of before, is nobody's any more.
private func isCurrent(_ serial: Int, _ state: AppState) -> Bool {
    if case .saving(let saving)? = state.data.reports.work { return saving.order.serial == serial }
    return false
}

private func change(_ serial: Int, _ state: inout AppState, _ body: (inout SavingOrder) -> Void) {
    guard case .saving(var saving)? = state.data.reports.work, saving.order.serial == serial else { return }
    body(&saving)
    state.data.reports.work = .saving(saving)
}

/// What became of a session stays in its detail until it is dismissed; what is not saved stays marked.
private func keep(_ reports: SessionReports, _ state: inout AppState) {
    if reports.isComplete { state.data.reports.unmark(reports.session) }
    if !reports.files.isEmpty || reports.problems != [.cancelled] { state.data.reports.saved[reports.session] = reports }
}

/// The lines in the detail stay; the notice tells whoever is elsewhere.
private func finish(_ saving: SavingOrder, _ manifest: ManifestOutcome?, _ state: inout AppState) {
    if saving.order.hasManifest {
        let wasCancelled = saving.done.contains { $0.problems.contains(.cancelled) } || saving.isCancelling && saving.done.count < saving.order.subjects.count
        state.data.reports.ended = EndedOrder(order: saving.order, sessions: saving.done, manifest: manifest, wasCancelled: wasCancelled)
    } else if let reports = saving.done.first {
        notify(ReportWording.summary(reports, state.settings), &state)
    } else {
        notify(ReportWording.cancelled, &state)
    }
}

// MARK: Reading in the console

func beginReading(_ session: Identifier<CallSession>, _ state: inout AppState) -> [Effect] {
    guard state.data.reports.work == nil else { return [] }
    state.data.reports.work = .reading(ReadingReport(session: session, began: state.now))
    return [.fetch(.report(session))]
}

func stopReading(_ session: Identifier<CallSession>, _ state: inout AppState) -> [Effect] {
    guard case .reading(let reading)? = state.data.reports.work, reading.session == session else { return [] }
    state.data.reports.work = nil
    return [.cancel(.report(session))]
}
