import Foundation
import MaskerAPI

/// Dates in HTTP headers.
enum HTTPDateText {
    private static let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    static func of(_ date: Date) -> String {
        let parts = UTCComponents(date)
        let day = Int((date.timeIntervalSince1970 / 86_400).rounded(.down))
        let number = parts.day < 10 ? "0\(parts.day)" : "\(parts.day)"
        return "\(days[(day % 7 + 7) % 7]), \(number) \(months[parts.month - 1]) \(parts.year) \(parts.timeText) GMT"
    }
}
