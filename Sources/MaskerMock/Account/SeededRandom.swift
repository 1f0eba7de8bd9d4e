/// SplitMix64: random numbers for each seed and index, so that record i can be computed without the records before it.
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    /// The purpose of the numbers: two purposes must not get the same numbers for one index.
    enum Use: UInt64 {
        case sessionTime, sessionFacts, sessionID, sessionKinds, agent, newAgent, newCall, traffic, request, report, fallback
    }

    init(_ seed: UInt64, _ index: UInt64, _ use: Use) {
        let key = index &+ use.rawValue << 56 &+ 1
        state = seed &* 0x9E37_79B9_7F4A_7C15 ^ key &* 0xD1B5_4A32_D192_ED03
    }

    /// Random numbers for a text, such as an id.
    init(text: String, _ salt: UInt64) {
        state = text.utf8.reduce(salt &* 0x9E37_79B9_7F4A_7C15 ^ 0xCBF2_9CE4_8422_2325) {
            ($0 ^ UInt64($1)) &* 0x100_0000_01B3
        }
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
        return z ^ z >> 31
    }

    /// A number from 0 up to, but not including, 1.
    mutating func share() -> Double { Double(next() >> 11) / Double(1 << 53) }

    /// A random element; nil when there are none.
    mutating func pick<Element>(_ elements: [Element]) -> Element? {
        elements.isEmpty ? nil : elements[Int(next() % UInt64(elements.count))]
    }
}
