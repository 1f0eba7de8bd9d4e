/// Sorts by a number of 8 bytes, byte by byte from the last one. The time for each element does not depend on how many there
/// are, and elements with equal numbers keep their order.
public enum RadixSort {
    /// From this number of elements on it is faster than comparing.
    public static let least = 256

    public static func sort<Element>(_ elements: inout [Element], by key: (Element) -> UInt64) {
        guard let first = elements.first else { return }
        var counts = [Int](repeating: 0, count: 8 * 256)
        for element in elements {
            let key = key(element)
            for byte in 0..<8 { counts[byte << 8 | Int(truncatingIfNeeded: key >> UInt64(8 * byte)) & 255] += 1 }
        }
        var other = elements
        for byte in 0..<8 {
            let shift = UInt64(8 * byte)
            // A byte that is the same in all numbers changes nothing.
            if counts[byte << 8 | Int(truncatingIfNeeded: key(first) >> shift) & 255] == elements.count { continue }
            var place = 0
            for value in byte << 8..<(byte + 1) << 8 {
                (counts[value], place) = (place, place + counts[value])
            }
            for element in elements {
                let value = byte << 8 | Int(truncatingIfNeeded: key(element) >> shift) & 255
                other[counts[value]] = element
                counts[value] += 1
            }
            swap(&elements, &other)
        }
    }
}
