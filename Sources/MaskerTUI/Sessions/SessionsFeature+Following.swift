import FoundationEssentials
import MaskerAPI

extension SessionsFeature.State {
    /// When new sessions are asked for next; nil while nobody sees them.
    func followDueAt(_ world: World) -> Date? { follow.isOn && world.tab == .sessions && !world.isClosed ? follow.schedule.dueAt : nil }

    /// One request at a time: one that is out already answers for this one, too.
    mutating func askForNew() -> [Intent] {
        follow.schedule.began([.sessions])
        return refresh().map { .run(.sessions($0)) }
    }

    /// The head of the list has come. What is new is marked, and rings when it is an error and somebody wants that.
    mutating func noteNew(failure: APIError?, _ world: World) -> [Intent] {
        _ = follow.schedule.answered(.sessions, failure: failure, now: world.now)
        guard follow.isOn else { return [] }
        let arrivals = list.arrivals
        follow.mark(arrivals, now: world.now)
        let isAlarming = follow.rings && arrivals.contains { list[$0]?.status == .error }
        return isAlarming ? [.run(.terminal(.ring))] : []
    }
}
