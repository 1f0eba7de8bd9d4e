import FoundationEssentials
import MaskerAPI
import TerminalKit

/// A session as the list stores it, in 44 bytes. Values that do not fit are kept beside the rows (`Unusual`).
struct SessionRow: TableRow {
    /// The id: the 128 bits of its ULID, or the number of its text.
    struct Key: Hashable {
        var bits: ULIDBits
        var isText = false
    }

    // All parts have 4 bytes. A part of 8 would make a row 48 bytes long.
    private var id0, id1, id2, id3: UInt32
    private var start0, start1: UInt32
    /// In milliseconds; `UInt32.max` for none.
    private var duration: UInt32
    /// The microseconds from the start to the end; `Int32.min` for no end.
    private var length: Int32
    /// The number of the combination of agent, status and model.
    var combination: UInt32
    /// The number of the redactions by kind.
    var kinds: UInt32
    /// The number of redactions; `UInt16.max` for none.
    private var redactions: UInt16
    private var flags: UInt16

    /// Values of a row that its parts cannot hold.
    struct Unusual {
        var ended: Double?
        var duration: Double?
        var redactions: Int?

        static let bytes = 96
    }

    private static let isText: UInt16 = 1, isUnusual: UInt16 = 2

    init(_ session: CallSession, key: Key, combination: UInt32, kinds: UInt32) {
        (id0, id1) = Self.halves(key.bits.high)
        (id2, id3) = Self.halves(key.bits.low)
        flags = key.isText ? Self.isText : 0
        let started = session.startedAt?.timeIntervalSinceReferenceDate ?? .nan
        (start0, start1) = Self.halves(started.bitPattern)
        self.combination = combination
        self.kinds = kinds
        duration = session.durationMS.map { UInt32(exactly: $0) ?? 0 } ?? .max
        length = session.endedAt.map { Self.length(from: started, to: $0.timeIntervalSinceReferenceDate) ?? 0 } ?? .min
        redactions = session.redactionCount.map { UInt16(exactly: $0) ?? 0 } ?? .max
        let isExact = ended == session.endedAt?.timeIntervalSinceReferenceDate && durationMS == session.durationMS
            && redactionCount == session.redactionCount
        if !isExact { flags |= Self.isUnusual }
    }

    /// Whether the end, the duration and the redactions are those of an `Unusual`.
    var isUnusual: Bool { flags & Self.isUnusual != 0 }

    var key: Key { Key(bits: ULIDBits(Self.whole(id0, id1), Self.whole(id2, id3)), isText: flags & Self.isText != 0) }
    /// Seconds since the reference date (2001); NaN for none.
    var started: Double { Double(bitPattern: Self.whole(start0, start1)) }
    var durationMS: Double? { duration == .max ? nil : Double(duration) }
    var redactionCount: Int? { redactions == .max ? nil : Int(redactions) }
    var ended: Double? { length == .min ? nil : Self.end(started, length) }

    static func hash(_ key: Key) -> UInt64 { key.bits.hash }

    /// Nil when the end cannot be computed from it.
    private static func length(from started: Double, to ended: Double) -> Int32? {
        let length = ((ended - started) * 1e6).rounded()
        guard length > Double(Int32.min), length <= Double(Int32.max) else { return nil }
        return Int32(length)
    }

    private static func end(_ started: Double, _ length: Int32) -> Double {
        // Timestamps are parsed as seconds since 1970, so the sum is rounded as they are.
        let since1970 = Date.timeIntervalBetween1970AndReferenceDate
        return (((started + since1970) * 1e6).rounded() + Double(length)) / 1e6 - since1970
    }

    private static func halves(_ whole: UInt64) -> (UInt32, UInt32) { (UInt32(whole >> 32), UInt32(truncatingIfNeeded: whole)) }
    private static func whole(_ high: UInt32, _ low: UInt32) -> UInt64 { UInt64(high) << 32 | UInt64(low) }
}
