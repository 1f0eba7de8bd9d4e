import FoundationEssentials
import MaskerAPI
import TerminalKit

/// A time that a person has typed: `2h`, `yesterday 14:05`, `Nov 26`. The filter of the sessions, the commands after `:` and the
/// options of the commands for scripts read times with this type, so that all of them understand the same texts.
package struct TypedTime: Sendable, Equatable {
    /// The first moment that the text means.
    var begin: Date
    /// The moment after the last one that the text means. A day, a minute or a second that is typed is meant whole.
    var end: Date
    /// The seconds of a duration, such as `2h`; nil for a time of the calendar.
    var age: Int?

    /// Why a text is not a time, as a clause.
    package struct Problem: Error, Equatable {
        var clause: String

        /// One sentence with two examples.
        /// - Parameter isQuoted: whether a time with a space must be typed in quotes.
        package func sentence(isQuoted: Bool = false) -> String {
            clause + ". Try 2h or " + (isQuoted ? "\"yesterday 14:05\"" : "yesterday 14:05")
        }
    }

    /// Reads a text. Times without a zone are in the zone of the clock, and *now* is the clock's time.
    /// - Throws: `Problem` when the text is not a time, or a duration of nothing.
    init(_ text: String, _ clock: Clock) throws(Problem) {
        let words = text.lowercased().split(separator: " ").joined(separator: " ")
        guard let time = try Self.duration(words, text, clock.now) ?? Self.calendar(words, clock) else {
            throw Problem(clause: "“\(text.trimmed)” is not a time")
        }
        self = time
    }

    private init(begin: Date, end: Date, age: Int? = nil) {
        self.begin = begin
        self.end = end
        self.age = age
    }

    // MARK: The window of a list

    /// The value of the API's `since` for a typed text. Whole hours and days are sent as durations, and every other time as a
    /// timestamp, because the API documents no other units.
    /// - Throws: `Problem` also for a time in the future.
    package static func since(_ text: String, _ clock: Clock) throws(Problem) -> String {
        let time = try past(text, clock)
        guard let age = time.age, age.isMultiple(of: 3_600) else { return Timestamp.format(time.begin) }
        let isDays = age.isMultiple(of: 86_400) && !text.trimmed.lowercased().hasSuffix("h")
        return isDays ? "\(age / 86_400)d" : "\(age / 3_600)h"
    }

    /// The end of the window for a typed text: sessions that began at this moment or later are not wanted.
    package static func until(_ text: String, _ clock: Clock) throws(Problem) -> Date { try TypedTime(text, clock).end }

    /// A time that is not in the future.
    static func past(_ text: String, _ clock: Clock) throws(Problem) -> TypedTime {
        let time = try TypedTime(text, clock)
        guard time.begin <= clock.now else { throw Problem(clause: "“\(text.trimmed)” is in the future") }
        return time
    }

    // MARK: Reading

    private static let units: [Character: Int] = ["m": 60, "h": 3_600, "d": 86_400, "w": 604_800]
    /// The longest duration: a hundred years.
    private static let longest = 36_500 * 86_400

    private static func duration(_ words: String, _ text: String, _ now: Date) throws(Problem) -> TypedTime? {
        guard let match = words.wholeMatch(of: /([0-9]{1,6})([mhdw])/), let count = Int(match.1), let unit = match.2.first.flatMap({ units[$0] })
        else { return nil }
        guard count > 0 else { throw Problem(clause: "“\(text.trimmed)” is no time at all") }
        guard count * unit <= longest else { return nil }
        // Without parts of a second, so that the time can be shown and typed again.
        let begin = Date(timeIntervalSince1970: (now.timeIntervalSince1970 - Double(count * unit)).rounded(.down))
        return TypedTime(begin: begin, end: begin, age: count * unit)
    }

    /// Reads a day with or without a time of the day. At the end, after a time of the day, there can be a zone.
    private static func calendar(_ words: String, _ clock: Clock) -> TypedTime? {
        guard let match = words.wholeMatch(of: /(.*[0-9]:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?) ?(z|utc|[+-][0-9]{2}(?::?[0-9]{2})?)/) else {
            return CalendarTime(words, clock.zone, now: clock.now)?.time
        }
        guard let seconds = offset(match.2) else { return nil }
        return CalendarTime(String(match.1), WallTime { _ in seconds }, now: clock.now)?.time
    }

    /// The seconds of `z`, `utc`, `+02:00`, `+0200` or `+02`.
    private static func offset(_ text: Substring) -> Int? {
        if text == "z" || text == "utc" { return 0 }
        let digits = text.filter(\.isNumber)
        guard let hours = Int(digits.prefix(2)), let minutes = Int(digits.dropFirst(2) + (digits.count == 2 ? "0" : "")), hours < 24, minutes < 60
        else { return nil }
        return (text.hasPrefix("-") ? -1 : 1) * (hours * 60 + minutes) * 60
    }

    /// The moments of a day or of a part of it.
    fileprivate init(_ zone: WallTime, shown: Date, seconds: Double, isDay: Bool) {
        let moments = zone.moments(showing: shown)
        begin = moments.first
        end = isDay ? zone.moments(showing: shown + WallTime.day).first : moments.last + seconds
    }
}

/// A day of the calendar, with or without a time of the day, in lower-case words: `today`, `mon 9:00`, `nov 26 14:00`, `14:00`,
/// `2026-11-26t14:00:30`.
private struct CalendarTime {
    var time: TypedTime

    init?(_ words: String, _ zone: WallTime, now: Date) {
        var day = words
        var seconds: Double?, length = WallTime.day
        if let match = words.wholeMatch(of: /(?:(.*?)([ t]))?([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(\.[0-9]{1,9})?)?/) {
            // `T` belongs to dates of digits.
            guard match.2 != "t" || match.1?.last?.isNumber == true, let hour = Int(match.3), let minute = Int(match.4), hour < 24, minute < 60 else { return nil }
            let second = match.5.flatMap { Int($0) } ?? 0
            guard second < 60 else { return nil }
            let fraction = match.6.flatMap { Double("0" + $0) }
            day = String(match.1 ?? "")
            seconds = Double(hour * 3_600 + minute * 60 + second) + (fraction ?? 0)
            length = match.5 == nil ? 60 : fraction == nil ? 1 : 0.001
        }
        let today = WallTime.midnight(zone.shown(at: now))
        // A text that can mean several days means the latest one that is not in the future.
        let times = Self.days(day, today, hasTime: seconds != nil).map {
            TypedTime(zone, shown: $0 + (seconds ?? 0), seconds: length, isDay: seconds == nil)
        }
        guard let time = times.first(where: { $0.begin <= now }) ?? times.first else { return nil }
        self.time = time
    }

    /// The midnights of the days that a text can mean, the latest first.
    private static func days(_ text: String, _ today: Date, hasTime: Bool) -> [Date] {
        func back(_ days: Int) -> Date { today - Double(days) * WallTime.day }
        switch text {
        case "": return hasTime ? [today, back(1)] : []
        case "today": return [today]
        case "yesterday": return [back(1)]
        default: break
        }
        if text.wholeMatch(of: /[0-9]{4}-[0-9]{2}-[0-9]{2}/) != nil { return midnight(text).map { [$0] } ?? [] }
        if let weekday = number(of: text, in: Clock.weekdays) {
            // The first day of 1970 was a Thursday.
            let now = Int(today.timeIntervalSince1970 / WallTime.day) + 3
            let ago = ((now - weekday) % 7 + 7) % 7
            return [back(ago), back(ago + 7)]
        }
        guard let match = text.wholeMatch(of: /([a-z]+) ([0-9]{1,2})/), let month = number(of: String(match.1), in: Clock.monthNames),
            let day = Int(match.2)
        else { return [] }
        let year = UTCComponents(today).year
        // The 29th of February is missing in up to seven years in a row.
        return (0...8).compactMap { midnight("\(year - $0)-\(Format.twoDigits(month + 1))-\(Format.twoDigits(day))") }
    }

    /// The midnight of `2026-11-26`; nil for a day that does not exist.
    private static func midnight(_ date: String) -> Date? { Timestamp.parse(date + "T00:00:00Z") }

    /// The place of a name, or of its first three or more letters, in a list of names.
    private static func number(of text: String, in names: [String]) -> Int? {
        text.count < 3 ? nil : names.firstIndex { $0.lowercased().hasPrefix(text) }
    }
}

// MARK: Writing

extension Clock {
    static let weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
    static let monthNames = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
    ]

    /// A time as it can be typed: `2026-11-26 14:00`, with seconds if they are not zero. The second of two equal times, which come
    /// when clocks are set back, has its offset.
    func typed(_ date: Date) -> String { typed(date, isMeant: { $0.first == date }) }

    /// The typed text whose end is a moment: the day before a midnight, otherwise the minute or the second before it.
    func typed(until end: Date) -> String {
        let midnight = WallTime.midnight(zone.shown(at: end - 1))
        if zone.moments(showing: midnight + WallTime.day).first == end { return UTCComponents(midnight).dateText }
        let seconds = end.timeIntervalSince1970
        // A text with parts of a second ends a millisecond later.
        let length = seconds.remainder(dividingBy: 60) == 0 ? 60 : seconds == seconds.rounded() ? 1 : 0.001
        return typed(end - length, keepsSeconds: length < 60) { $0.last == end - length }
    }

    /// - Parameters:
    ///   - keepsSeconds: whether seconds are written if they are zero.
    ///   - isMeant: whether the text without an offset means this moment.
    private func typed(_ date: Date, keepsSeconds: Bool = false, isMeant: ((first: Date, last: Date)) -> Bool) -> String {
        let shown = zone.shown(at: date), written = Timestamp.format(shown).dropLast().replacing("T", with: " ")
        let moments = zone.moments(showing: shown)
        let text = written.hasSuffix(":00") && !keepsSeconds ? String(written.dropLast(3)) : String(written)
        return moments.first == moments.last || isMeant(moments) ? text : text + zoneName(at: date)
    }

    /// What the API's `since` means, as it can be typed: `30d` or `2026-11-26 14:00`.
    func typed(since: String) -> String { Timestamp.parse(since).map { typed($0) } ?? since }
}
