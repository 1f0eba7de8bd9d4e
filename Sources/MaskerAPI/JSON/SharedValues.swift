import Glibc

/// Values that many records share, so that each is stored once. They are looked up by the bytes that they were read from.
///
/// It holds at most `most` values, because a list without repetitions would otherwise fill the memory. When it is full, it is
/// emptied.
struct SharedValues<Value> {
    typealias Bytes = UnsafeBufferPointer<UInt8>

    private struct Entry {
        let hash: UInt64
        let key: Range<Int>
        let value: Value
    }

    private let most: Int
    private var entries: [Entry] = []
    /// The bytes of all keys, one after the other.
    private var keys: [UInt8] = []
    /// A hash table with linear probing: indices of `entries`, -1 for a free slot. The number of slots is a power of 2.
    private var slots = [Int32](repeating: -1, count: 64)

    private static var longestKey: Int { 1_024 }

    init(most: Int) { self.most = most }

    var count: Int { entries.count }

    func find(_ key: Bytes) -> Value? {
        let hash = Self.hash(key)
        var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while slots[slot] >= 0 {
            let entry = entries[Int(slots[slot])]
            if entry.hash == hash, isEqual(entry.key, key) { return entry.value }
            slot = (slot + 1) & (slots.count - 1)
        }
        return nil
    }

    /// Adds a value for a key that it does not hold yet. A key of more than 1,024 bytes is not added.
    mutating func insert(_ key: Bytes, _ value: Value) {
        guard key.count <= Self.longestKey else { return }
        if entries.count >= most { self = SharedValues(most: most) }
        if entries.count * 2 >= slots.count { grow() }
        let start = keys.count
        keys.append(contentsOf: key)
        entries.append(Entry(hash: Self.hash(key), key: start..<keys.count, value: value))
        place(entries.count - 1)
    }

    private mutating func grow() {
        slots = [Int32](repeating: -1, count: slots.count * 2)
        for index in entries.indices { place(index) }
    }

    private mutating func place(_ index: Int) {
        var slot = Int(truncatingIfNeeded: entries[index].hash) & (slots.count - 1)
        while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
        slots[slot] = Int32(index)
    }

    private func isEqual(_ range: Range<Int>, _ key: Bytes) -> Bool {
        guard range.count == key.count else { return false }
        return keys.withUnsafeBufferPointer { keys in
            guard let known = keys.baseAddress, let asked = key.baseAddress else { return key.isEmpty }
            return memcmp(known + range.lowerBound, asked, key.count) == 0
        }
    }

    private static func hash(_ key: Bytes) -> UInt64 {
        let bytes = UnsafeRawBufferPointer(key)
        var hash = UInt64(key.count)
        func mix(_ word: UInt64) {
            hash = (hash ^ word) &* 0x9E37_79B9_7F4A_7C15
            hash ^= hash >> 32
        }
        var at = 0
        while at + 8 <= bytes.count {
            mix(bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self))
            at += 8
        }
        var rest: UInt64 = 0
        while at < bytes.count {
            rest = rest << 8 | UInt64(bytes[at])
            at += 1
        }
        mix(rest)
        return hash
    }
}
