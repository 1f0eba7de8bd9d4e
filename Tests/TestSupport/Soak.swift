import Foundation

/// How many cases a test tries: few in `make test`, and in `make soak` the numbers of docs/promises.md.
public enum Soak {
    public static let isOn = ProcessInfo.processInfo.environment["MASKER_SOAK"] != nil

    public static func count(_ quick: Int, soak: Int) -> Int { isOn ? soak : quick }
}

/// Random numbers that can be repeated: a failing test prints the seed, and `MASKER_SEED` sets it.
public struct SeededGenerator: RandomNumberGenerator, Sendable {
    private var state: UInt64

    public init(_ seed: UInt64) { state = seed }

    /// A seed for one test run.
    public static func newSeed() -> UInt64 {
        ProcessInfo.processInfo.environment["MASKER_SEED"].flatMap(UInt64.init) ?? UInt64.random(in: 1...UInt64(UInt32.max))
    }

    /// SplitMix64.
    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
