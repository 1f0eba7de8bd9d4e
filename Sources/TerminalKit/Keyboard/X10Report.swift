/// The three characters of a mouse report in the old form (X10): bytes, or UTF-8 of up to two bytes in xterm's mode 1005.
struct X10Report {
    private(set) var values: (UInt32, UInt32, UInt32) = (0, 0, 0)
    private var count = 0
    /// A byte that may be the first of two; 0 for none.
    private var lead: UInt8 = 0

    var isWhole: Bool { count == 3 }

    /// Takes a byte, and returns whether it belongs to the report.
    mutating func take(_ byte: UInt8) -> Bool {
        if lead != 0 {
            let isSecond = byte & 0xC0 == 0x80
            add(isSecond ? UInt32(lead & 0x1F) << 6 | UInt32(byte & 0x3F) : UInt32(lead))
            lead = 0
            if isSecond || isWhole { return isSecond }
        }
        if (0xC2...0xDF).contains(byte) { lead = byte } else { add(UInt32(byte)) }
        return true
    }

    private mutating func add(_ value: UInt32) {
        switch count {
        case 0: values.0 = value
        case 1: values.1 = value
        default: values.2 = value
        }
        count += 1
    }
}
