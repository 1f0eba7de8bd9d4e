/// The values that rows are sorted by. Rows without a value come last, in both directions.
public enum RowKeys<Rows: Sendable>: Sendable {
    /// Numbers in ascending order; `none` for a row without a value. Rows with equal numbers are sorted by the second ones.
    case numbers(@Sendable (_ rows: Rows, _ index: Int) -> UInt64, then: (@Sendable (_ rows: Rows, _ index: Int) -> UInt64)? = nil)
    /// Texts, compared without regard to upper and lower case.
    case texts(@Sendable (_ rows: Rows, _ index: Int) -> String?)

    /// The key of a row without a value.
    public static var none: UInt64 { .max }

    /// The key of a value: the keys of two values are in the order of the values.
    public static func number(_ value: Double?) -> UInt64 {
        guard let value else { return none }
        // The order of the bits of positive numbers is their own; of negative ones it is the reverse. 0 is added because
        // 0 and -0 are equal.
        let bits = (value + 0).bitPattern
        return bits >> 63 == 0 ? bits | 1 << 63 : ~bits
    }
}
