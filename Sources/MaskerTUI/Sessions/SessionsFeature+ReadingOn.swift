import FoundationEssentials
import MaskerAPI
import TerminalKit

/// How far the list of sessions is read without a key for each page.
struct SessionReading: Sendable {
    /// The time to whose row `:at` goes; nil when no row is looked for.
    var target: TypedTime?
    /// Whether the user has stopped reading on. Then only keys read further pages.
    var isStopped = false
    /// The start of the oldest session that was read, also of those that were passed over.
    private(set) var oldest: Date?

    mutating func note(_ page: Page<CallSession>) {
        guard let last = page.data.last(where: { $0.startedAt != nil })?.startedAt else { return }
        oldest = oldest.map { min($0, last) } ?? last
    }
}

extension SessionsFeature.State {
    /// Whether newer sessions than the wanted ones are passed over, and none of the wanted ones is known yet.
    var isPassingOver: Bool { list.hasLoaded && list.items.isEmpty && list.passedOverCount > 0 && !list.isComplete }

    /// Whether pages are read on until a moment is reached, which can be many.
    var isReadingOn: Bool { !reading.isStopped && (reading.target != nil || isPassingOver) }
}

extension SessionRows {
    /// The index of the newest session that began before a moment; nil when there is none. The sessions are sorted by their start.
    func firstIndex(startedBefore end: Date) -> Int? {
        var low = startIndex, high = endIndex
        while low < high {
            let middle = (low + high) / 2
            // A session without a start time says nothing about its place.
            guard let known = (middle..<high).first(where: { self[$0].startedAt != nil }), let started = self[known].startedAt else {
                high = middle
                continue
            }
            if started < end { high = middle } else { low = known + 1 }
        }
        return (low..<endIndex).first { self[$0].startedAt != nil }
    }
}
