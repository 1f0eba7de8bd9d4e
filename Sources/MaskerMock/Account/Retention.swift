import Foundation

/// How long the service keeps rows of sessions.
enum Retention {
    private static let days = 90.0

    /// Sessions that began before are not there any more.
    static func start(_ now: Date) -> Date { now.addingTimeInterval(-days * 86_400) }
}
