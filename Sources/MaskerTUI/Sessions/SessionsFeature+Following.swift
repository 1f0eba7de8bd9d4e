import FoundationEssentials
import MaskerAPI

extension SessionsFeature.State {
    /// The time of the next request for new sessions; nil while the list of sessions is not shown.
    func followDueAt(_ world: World) -> Date? { follow.isOn && world.tab == .sessions && !world.isClosed ? follow.schedule.dueAt : nil }

    /// Requests new sessions. Sends nothing while a request is pending, because its answer serves this one, too.
    mutating func askForNew() -> [Intent] {
        follow.schedule.began([.sessions])
        return refresh().map { .run(.sessions($0)) }
    }

    /// Handles the answer for the head of the list: marks the new sessions, and rings for errors if the bell is on.
    mutating func noteNew(failure: APIError?, _ world: World) -> [Intent] {
        _ = follow.schedule.answered(.sessions, failure: failure, now: world.now)
        guard follow.isOn else { return [] }
        let arrivals = list.arrivals
        follow.mark(arrivals, now: world.now)
        let isAlarming = follow.rings && arrivals.contains { list[$0]?.status == .error }
        return isAlarming ? [.run(.terminal(.ring))] : []
    }
}
