import FoundationEssentials
import MaskerAPI

/// A time zone, as far as typed times need it: from a moment to the date and time that its clocks show, and back.
struct WallTime: Sendable {
    /// Seconds by which the zone is ahead of UTC at a given moment.
    let offset: @Sendable (Date) -> Int

    /// The date and time of the zone at a moment. The value is a `Date` that has these parts in UTC, so that days can be counted
    /// with it; it is not a moment.
    func shown(at moment: Date) -> Date { moment.addingTimeInterval(Double(offset(moment))) }

    /// The midnight before a date and time, in the same form.
    static func midnight(_ shown: Date) -> Date { Date(timeIntervalSince1970: (shown.timeIntervalSince1970 / day).rounded(.down) * day) }

    /// Seconds of a day of the calendar, which has 24 hours. The day of the zone can have 23 or 25.
    static let day = 86_400.0

    /// The first and the last moment at which the zone's clocks show a date and time. They differ in the hour that comes twice when
    /// clocks are set back. A time that clocks skip means the moment when they would have shown it without being set.
    func moments(showing shown: Date) -> (first: Date, last: Date) {
        // No zone is more than a day away from UTC, and none sets its clocks twice within two days.
        let before = offset(shown - Self.day), after = offset(shown + Self.day)
        let found = [before, after].map { ($0, shown - Double($0)) }.filter { offset($0.1) == $0.0 }.map(\.1)
        let skipped = shown - Double(before)
        return (found.min() ?? skipped, found.max() ?? skipped)
    }
}

extension Clock {
    /// The time zone that is shown.
    var zone: WallTime {
        let style = style
        return WallTime { style.zone == .utc ? 0 : style.localOffset($0) }
    }
}
