import FoundationEssentials

/// The API's timestamps: ISO 8601, UTC, with or without fractions of a second (contract, *Conventions*).
public enum Timestamp {
    /// The years that are accepted. A timestamp outside of them, such as one in the year 0001 or 9999, is a placeholder.
    static let years = 1900...2199

    /// Reads `2026-05-03T21:14:32Z`, `2026-05-03T21:14:32.481Z` or the same with a numeric offset; nil for anything else, and
    /// for a time that does not exist.
    public static func parse(_ text: String) -> Date? {
        var text = text
        return text.withUTF8 { parse($0) }
    }

    static func parse(_ bytes: UnsafeBufferPointer<UInt8>) -> Date? {
        var scanner = Scanner(bytes)
        guard let year = scanner.digits(4), scanner.take("-"), let month = scanner.digits(2), scanner.take("-"),
            let day = scanner.digits(2), scanner.take("T") || scanner.take("t") || scanner.take(" "),
            let hour = scanner.digits(2), scanner.take(":"), let minute = scanner.digits(2), scanner.take(":"),
            let second = scanner.digits(2),
            let seconds = secondsSince1970(year: year, month: month, day: day, hour: hour, minute: minute, second: second)
        else { return nil }
        let fraction = scanner.take(".") ? scanner.fraction() : 0
        guard let fraction, let offset = scanner.offset(), scanner.isAtEnd else { return nil }
        return Date(timeIntervalSince1970: Double(seconds - offset) + fraction)
    }

    /// Seconds since 1970; nil for a time that does not exist or lies outside of `years`.
    static func secondsSince1970(year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int) -> Int? {
        guard years.contains(year), (1...12).contains(month), (1...days(inMonth: month, of: year)).contains(day), (0..<24).contains(hour),
            (0..<60).contains(minute), (0...60).contains(second)
        else { return nil }
        return ((daysSince1970(year: year, month: month, day: day) * 24 + hour) * 60 + minute) * 60 + second
    }

    /// Writes a timestamp as the service does: with milliseconds only if they are not zero.
    public static func format(_ date: Date) -> String { text(of: date, alwaysWithMilliseconds: false) }

    /// Writes a timestamp with milliseconds even if they are zero. So all times in a column have the same length, and the order
    /// of their texts is that of the times.
    public static func uniform(_ date: Date) -> String { text(of: date, alwaysWithMilliseconds: true) }

    private static func text(of date: Date, alwaysWithMilliseconds: Bool) -> String {
        let milliseconds = Int((date.timeIntervalSince1970 * 1000).rounded())
        let seconds = milliseconds.floored(by: 1000)
        let fraction = milliseconds - seconds * 1000
        let parts = UTCComponents(secondsSince1970: seconds)
        let text = "\(parts.dateText)T\(parts.timeText)"
        return fraction == 0 && !alwaysWithMilliseconds ? "\(text)Z" : "\(text).\(padded(fraction, 3))Z"
    }

    private static func days(inMonth month: Int, of year: Int) -> Int {
        switch month {
        case 2: year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400)) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Days from 1970-01-01 in the proleptic Gregorian calendar (Hinnant's `days_from_civil`).
    private static func daysSince1970(year: Int, month: Int, day: Int) -> Int {
        let y = month <= 2 ? year - 1 : year
        let era = y.floored(by: 400)
        let yearOfEra = y - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    private struct Scanner {
        private let bytes: UnsafeBufferPointer<UInt8>
        private var at = 0

        init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

        var isAtEnd: Bool { at == bytes.count }

        mutating func take(_ character: Unicode.Scalar) -> Bool {
            guard at < bytes.count, bytes[at] == UInt8(ascii: character) else { return false }
            at += 1
            return true
        }

        mutating func digits(_ count: Int) -> Int? {
            guard at + count <= bytes.count else { return nil }
            var value = 0
            for place in at..<at + count {
                let digit = bytes[place] &- 0x30
                guard digit < 10 else { return nil }
                value = value * 10 + Int(digit)
            }
            at += count
            return value
        }

        /// Reads one or more digits after the point, as a fraction of a second.
        mutating func fraction() -> Double? {
            var value = 0.0
            var scale = 1.0
            let start = at
            while let digit = digits(1) {
                scale /= 10
                value += Double(digit) * scale
            }
            return at > start ? value : nil
        }

        /// Reads `Z` or `±hh:mm`, and returns the offset in seconds east of UTC.
        mutating func offset() -> Int? {
            if take("Z") || take("z") { return 0 }
            let sign = take("+") ? 1 : take("-") ? -1 : 0
            guard sign != 0, let hours = digits(2) else { return nil }
            _ = take(":")
            guard let minutes = digits(2), hours < 24, minutes < 60 else { return nil }
            return sign * (hours * 60 + minutes) * 60
        }
    }
}

/// The date and time of a moment in UTC (Hinnant's `civil_from_days`), computed without locale and time-zone data.
public struct UTCComponents: Sendable, Equatable {
    public let year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int

    public init(secondsSince1970 seconds: Int) {
        let days = seconds.floored(by: 86_400)
        let rest = seconds - days * 86_400
        let z = days + 719_468
        let era = z.floored(by: 146_097)
        let dayOfEra = z - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthIndex = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * monthIndex + 2) / 5 + 1
        month = monthIndex < 10 ? monthIndex + 3 : monthIndex - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        hour = rest / 3_600
        minute = rest % 3_600 / 60
        second = rest % 60
    }

    public init(_ date: Date) {
        // The time is limited, because the conversion of a very large one to Int would trap.
        let bounded = min(max(date.timeIntervalSince1970, -1e11), 1e11)
        self.init(secondsSince1970: Int(bounded.rounded(.down)))
    }

    /// `2026-05-03`.
    public var dateText: String { "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))" }
    /// `21:14:32`.
    public var timeText: String { "\(padded(hour, 2)):\(padded(minute, 2)):\(padded(second, 2))" }
}

/// The number with leading zeros. Lists contain many times, so the usual single zero is a literal, which is faster.
private func padded(_ value: Int, _ width: Int) -> String {
    let digits = String(value)
    let missing = width - digits.utf8.count
    return missing <= 0 ? digits : (missing == 1 ? "0" : String(repeating: "0", count: missing)) + digits
}

extension Int {
    /// Division that rounds towards minus infinity.
    fileprivate func floored(by divisor: Int) -> Int {
        let quotient = self / divisor
        return self % divisor < 0 ? quotient - 1 : quotient
    }
}
