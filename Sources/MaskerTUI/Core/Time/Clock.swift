import FoundationEssentials
import MaskerAPI
import TerminalKit

/// How times are written. The configuration sets it once.
package struct TimeStyle: Sendable {
    enum Zone: String, CaseIterable, Sendable { case utc, local }
    /// Whether lists and the header show times as clock times or as ages.
    enum Notation: String, CaseIterable, Sendable { case absolute, relative }

    var zone = Zone.utc
    var notation = Notation.absolute
    /// Seconds by which local time is ahead of UTC at a given moment.
    var localOffset: @Sendable (Date) -> Int = { _ in 0 }

    package init() {}

    init(
        zone: Zone = Zone.utc, notation: Notation = Notation.absolute, localOffset: @escaping @Sendable (Date) -> Int = { _ in 0 }
    ) {
        self.zone = zone
        self.notation = notation
        self.localOffset = localOffset
    }
}

/// Writes times. Only this type knows the time zone, and how to write ages.
package struct Clock: Sendable {
    var style: TimeStyle
    var now: Date

    package init(style: TimeStyle, now: Date) {
        self.style = style
        self.now = now
    }

    /// A clock for code without a configuration: absolute times in UTC.
    package static func utc(now: Date) -> Clock { Clock(style: TimeStyle(), now: now) }

    private static let months = monthNames.map { String($0.prefix(3)) }

    /// In details: `2026-05-03 21:14:32 UTC`, `2026-05-03 23:14:32 +02:00`, `2026-05-03 21:14:32 UTC, 3 m ago`.
    func full(_ date: Date) -> String {
        style.notation == .relative ? moment(date) + ", " + ago(date) : moment(date)
    }

    /// `2026-05-03 21:14:32 UTC`, `2026-05-03 23:14:32 +02:00`.
    func moment(_ date: Date) -> String { stamp(date) + " " + zoneName(at: date) }

    /// For lists of less than a year: `May 03 21:14:32`, `3 m ago`. The column's title names the zone.
    func short(_ date: Date) -> String {
        guard style.notation == .absolute else { return ago(date) }
        let parts = components(date)
        return Self.monthDay(parts) + " " + parts.timeText
    }

    /// Below a chart: `21:14`, also when times are shown as ages.
    func hourMinute(_ date: Date) -> String { String(components(date).timeText.prefix(5)) }

    /// How far a list was read: `May 03 21:14`, also when times are shown as ages.
    func minute(_ date: Date) -> String { monthDay(date) + " " + hourMinute(date) }

    /// Below a chart of several days: `May 03`.
    func monthDay(_ date: Date) -> String { Self.monthDay(components(date)) }

    private static func monthDay(_ parts: UTCComponents) -> String {
        months[parts.month - 1] + " " + Format.twoDigits(parts.day)
    }

    /// In lists: `2026-05-03 21:14:32`, `3 m ago`.
    func long(_ date: Date) -> String { style.notation == .absolute ? stamp(date) : ago(date) }

    /// In lists: `2026-05-03`, `13 d ago`.
    func day(_ date: Date) -> String { style.notation == .absolute ? components(date).dateText : ago(date) }

    /// In the header: `21:14Z`, `23:14`, `3 m ago`. Without seconds, so that a refresh does not change it each time.
    func time(_ date: Date) -> String {
        guard style.notation == .absolute else { return ago(date) }
        return hourMinute(date) + (style.zone == .utc ? "Z" : "")
    }

    /// For a time within the next minutes: `21:14:32 UTC`, `23:14:32`.
    func second(_ date: Date) -> String { components(date).timeText + (style.zone == .utc ? " UTC" : "") }

    /// The title of a column of times, with the zone of clock times: `STARTED (UTC)`, `STARTED (LOCAL)`, `STARTED`.
    func title(_ name: String) -> String {
        guard style.notation == .absolute else { return name }
        let zone = style.zone == .utc ? "UTC" : "local"
        return "\(name) (\(name == name.uppercased() ? zone.uppercased() : zone))"
    }

    /// When the ages on the screen change next; nil when times are shown as clock times.
    var nextTick: Date? {
        guard style.notation == .relative else { return nil }
        let seconds = now.timeIntervalSince1970
        return Date(timeIntervalSince1970: (seconds / 60).rounded(.down) * 60 + 60)
    }

    /// `just now`, `3 m ago`, `2 h ago`, `13 d ago`. A time in the future is written as `just now`, too.
    private func ago(_ date: Date) -> String {
        let seconds = Int(min(max(now.timeIntervalSince(date), 0), 1e10))
        switch seconds {
        case ..<60: return "just now"
        case ..<3_600: return "\(seconds / 60) m ago"
        case ..<172_800: return "\(seconds / 3_600) h ago"
        default: return "\(seconds / 86_400) d ago"
        }
    }

    private func offset(_ date: Date) -> Int { style.zone == .utc ? 0 : style.localOffset(date) }

    private func components(_ date: Date) -> UTCComponents { UTCComponents(date.addingTimeInterval(Double(offset(date)))) }

    private func stamp(_ date: Date) -> String {
        let parts = components(date)
        return "\(parts.dateText) \(parts.timeText)"
    }

    /// The offset, since a name such as CET is valid for half a year only, and means different zones in different countries.
    func zoneName(at date: Date) -> String {
        guard style.zone == .local else { return "UTC" }
        let minutes = abs(offset(date)) / 60
        return (offset(date) < 0 ? "-" : "+") + Format.twoDigits(minutes / 60) + ":" + Format.twoDigits(minutes % 60)
    }
}

extension Format {
    /// `2026-05-03`, always in UTC, for file names.
    package static func utcDate(_ date: Date) -> String { UTCComponents(date).dateText }
}
