/// The 128 bits of a ULID.
public struct ULIDBits: Hashable, Sendable {
    public var high: UInt64
    public var low: UInt64

    public init(_ high: UInt64, _ low: UInt64) {
        self.high = high
        self.low = low
    }

    /// A hash that takes less time than that of a dictionary. A server cannot foresee it either.
    public var hash: UInt64 {
        let product = (high ^ Self.seed.high).multipliedFullWidth(by: low ^ Self.seed.low)
        return product.high ^ product.low ^ (product.low >> 32)
    }

    /// Random in each process, as the hashes of dictionaries are.
    private static let seed = ULIDBits(UInt64(truncatingIfNeeded: "high".hashValue), UInt64(truncatingIfNeeded: "low".hashValue))
}
