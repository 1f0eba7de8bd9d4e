/// Finds the handles of rows by a hash of their ids. A hash table of four bytes for each place; the ids themselves are in
/// the rows.
public struct RowIndex: Sendable {
    /// The handle at each place, or `free`. The number of places is a power of two.
    private var places: [Int32] = []
    private var count = 0

    private static var free: Int32 { .min }

    public init() {}

    /// About how many bytes of memory it takes.
    public var bytes: Int { places.count * MemoryLayout<Int32>.stride }

    /// The handle with a hash for which `isIt` is true; nil when there is none.
    public func handle(_ hash: UInt64, where isIt: (Int) -> Bool) -> Int? {
        place(hash, where: isIt).map { Int(places[$0]) }
    }

    private func place(_ hash: UInt64, where isIt: (Int) -> Bool) -> Int? {
        guard !places.isEmpty else { return nil }
        let mask = places.count - 1
        var place = Int(truncatingIfNeeded: hash) & mask
        while places[place] != Self.free {
            if isIt(Int(places[place])) { return place }
            place = (place + 1) & mask
        }
        return nil
    }

    /// Adds a handle.
    /// - Parameters:
    ///   - handles: all handles that the table has already.
    ///   - hash: the hash of the id of the row with a handle.
    public mutating func insert(_ handle: Int, among handles: Range<Int>, hash: (Int) -> UInt64) {
        if 4 * (count + 1) > 3 * places.count {
            let size = max(2 * places.count, 16)
            // The old places are freed first, so that the two never take memory at the same time.
            places = []
            places = Array(repeating: Self.free, count: size)
            for handle in handles { put(handle, hash(handle)) }
        }
        put(handle, hash(handle))
        count += 1
    }

    private mutating func put(_ handle: Int, _ hash: UInt64) {
        let mask = places.count - 1
        var place = Int(truncatingIfNeeded: hash) & mask
        while places[place] != Self.free { place = (place + 1) & mask }
        places[place] = Int32(handle)
    }

    /// Removes a handle, whose row must still be known to `hash`.
    public mutating func remove(_ handle: Int, hash: (Int) -> UInt64) {
        guard var gap = place(hash(handle), where: { $0 == handle }) else { return }
        count -= 1
        let mask = places.count - 1
        var place = (gap + 1) & mask
        // A handle behind the gap moves into it if the gap lies between the place of its hash and its own place.
        while places[place] != Self.free {
            let ideal = Int(truncatingIfNeeded: hash(Int(places[place]))) & mask
            if (place - ideal) & mask >= (place - gap) & mask {
                places[gap] = places[place]
                gap = place
            }
            place = (place + 1) & mask
        }
        places[gap] = Self.free
    }
}
