import Foundation

/// How tests wait: for a condition, not for a time. A busy machine makes a test slower, but does not make it fail.
public enum Patience {
    /// The longest wait, after which the program counts as hung: much longer than the slowest machine needs. `MASKER_HANG` sets
    /// it in seconds; `scripts/guards` uses that, because a program without a guard may hang.
    public static let hang = Duration.seconds(ProcessInfo.processInfo.environment["MASKER_HANG"].flatMap(Int.init) ?? 600)

    /// Waits until `condition` holds. Returns false when it does not hold after `isOver` has returned true, or after `hang`.
    /// - Parameter isOver: returns true when nothing can change any more, for example because the program has ended. The
    ///   condition is checked once more after that.
    public static func wait(
        until condition: () async throws -> Bool, unless isOver: () -> Bool = { false }
    ) async rethrows -> Bool {
        let bound = ContinuousClock.now + hang
        while ContinuousClock.now < bound {
            let isLast = isOver()
            if try await condition() { return true }
            if isLast { return false }
            try? await Task.sleep(for: .milliseconds(10))
        }
        return false
    }
}
