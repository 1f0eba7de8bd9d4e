import Foundation

/// How tests wait: for something to happen, not for a time. A busy machine makes a test slower and never fails it.
public enum Patience {
    /// Ends a wait that nothing else ends: what is waited for hangs. Far beyond what the slowest machine needs.
    /// `MASKER_HANG` sets it, in seconds: `scripts/guards` takes away what is waited for.
    public static let hang = Duration.seconds(ProcessInfo.processInfo.environment["MASKER_HANG"].flatMap(Int.init) ?? 600)

    /// Waits until `condition` holds. Returns false when it does not although nothing can change any more, or after `hang`.
    /// - Parameter isOver: says that nothing can change any more, such as the end of the program that is looked at. The
    ///   condition is looked at once more after that.
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
