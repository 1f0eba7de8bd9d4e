import Foundation

/// The retention of sessions: how long the service keeps them.
enum Retention {
    private static let days = 90.0

    /// Sessions that began before this time are deleted.
    static func start(_ now: Date) -> Date { now.addingTimeInterval(-days * 86_400) }
}
