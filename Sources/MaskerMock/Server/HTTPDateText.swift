import Foundation
import MaskerAPI

/// Dates in HTTP headers.
enum HTTPDateText {
    private static let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    static func of(_ date: Date) -> String {
        let parts = UTCComponents(date)
        let day = Int((date.timeIntervalSince1970 / 86_400).rounded(.down))
        return "\(days[(day % 7 + 7) % 7]), \(parts.dateText.suffix(2)) \(months[parts.month - 1]) \(parts.year) \(parts.timeText) GMT"
    }
}
