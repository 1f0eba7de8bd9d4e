import FoundationEssentials

/// Measures the rate of a download over the last seconds.
struct RateMeter: Sendable, Equatable {
    private struct Sample: Equatable {
        var time: Date
        var total: Int
    }

    private var samples: [Sample] = []
    private static let window = 5.0, least = 0.5

    mutating func note(_ total: Int, at time: Date) {
        samples.append(Sample(time: time, total: total))
        // The last sample before the window stays, as the start of the measured time.
        while samples.count > 2, time.timeIntervalSince(samples[1].time) >= Self.window { samples.removeFirst() }
    }

    /// The rate in bytes a second; nil until half a second is measured.
    func rate(now: Date) -> Int? {
        guard let first = samples.first, let last = samples.last else { return nil }
        let seconds = now.timeIntervalSince(first.time)
        guard seconds >= Self.least else { return nil }
        return Int(Double(last.total - first.total) / seconds)
    }
}

/// Limits how often progress is reported, so that a fast download does not redraw the screen all the time.
struct ProgressGate {
    private var opened: ContinuousClock.Instant?
    private static let pause = Duration.milliseconds(50)

    mutating func opens() -> Bool {
        let now = ContinuousClock.now
        if let opened, now - opened < Self.pause { return false }
        opened = now
        return true
    }
}
