import FoundationEssentials
import MaskerAPI
import TerminalKit

/// Reading on until a moment is reached: for `:at`, and for a list that ends in the past.
extension SessionsScreen {
    mutating func readOn(_ context: Context) -> [Intent] {
        let reading = context.data.sessions.reading
        if let target = reading.target { return go(to: target, context) }
        return reading.isStopped ? [] : loadMoreIfNear(context, .bulk)
    }

    /// Selects the newest session that had begun at the end of a typed time. Reads the next page if it is not loaded yet.
    private mutating func go(to target: TypedTime, _ context: Context) -> [Intent] {
        let list = context.data.sessions.list
        // The rows belong to the filter before.
        guard !list.isReplacing else { return [] }
        guard let index = list.items.firstIndex(startedBefore: target.end) else {
            guard list.isComplete else { return [Self.loadMore(.bulk)] }
            body.move(.last, list, page: pageRows(context))
            let text = list.items.isEmpty ? "the list has no sessions" : "no session of this list began before \(context.clock.typed(target.end)); this is the oldest one"
            return [.change(.sessions(.arrived)), .notify(Notice(.refused, PrintableText(text)))]
        }
        let session = list.items[index]
        if body.rows(list).index(of: session.id) == nil {
            body.find.clear()
            reconcile(context)
        }
        // Sorting may still be under way.
        guard select(session.id, context) else { return [] }
        let isExact = session.startedAt.map { $0 >= target.begin } ?? false
        let text = "no session began at \(context.clock.typed(target.begin)); this is the last one before it"
        return [.change(.sessions(.arrived))] + (isExact ? [] : [.notify(Notice(.done, PrintableText(text)))])
    }

    /// Selects a row and shows it with rows around it; false when it is not shown.
    private mutating func select(_ id: Identifier<CallSession>, _ context: Context) -> Bool {
        let list = context.data.sessions.list, page = pageRows(context)
        guard let index = body.rows(list).index(of: id) else { return false }
        let below = min(page / 2, body.rows(list).count - 1 - index)
        body.move(.first, list, page: page)
        body.move(.by(index + below), list, page: page)
        body.move(.by(-below), list, page: page)
        return true
    }

    /// What is read on, for the line above the list.
    func readingNote(_ context: Context) -> Span? {
        let sessions = context.data.sessions
        guard sessions.isReadingOn, let target = sessions.reading.target else { return nil }
        return Span(PrintableText("going to \(context.clock.typed(target.begin))\(sessions.reading.place(context.clock))"), .accent)
    }

    /// What is passed over, in place of the rows.
    func passingText(_ sessions: SessionsFeature.State, _ context: Context) -> PrintableText {
        let count = Format.count(sessions.list.passedOverCount) + " newer sessions"
        let place = sessions.reading.place(context.clock)
        let keys = context.settings
        return sessions.isReadingOn
            ? PrintableText("Passing over \(count)\(place). \(keys.keyName(.stopReading, on: Self.keys)) stops.")
            : PrintableText("Stopped after \(count)\(place). \(keys.keyName(.toLast, on: Self.keys)) reads on.")
    }
}

extension SessionReading {
    /// How far the list was read.
    fileprivate func place(_ clock: Clock) -> String { oldest.map { ", now at " + clock.minute($0) } ?? "" }
}
