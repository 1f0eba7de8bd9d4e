import FoundationEssentials

/// Writes numbers as text, the same in every locale.
public enum Format {
    /// With commas between thousands: `1,234`.
    public static func count(_ value: Int) -> String {
        let digits = String(value.magnitude)
        var result = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { result.append(",") }
            result.append(digit)
        }
        return value < 0 ? "-" + result : result
    }

    /// With a fixed number of decimal places and a decimal point: `12.50`.
    public static func decimal(_ value: Double, places: Int) -> String {
        var unit = 1
        for _ in 0..<places { unit *= 10 }
        let product = value.magnitude * Double(unit)
        var scaled = product.rounded(.toNearestOrEven)
        // The Double 1.115 is a little less than 1.115: the rounding error of the product says which way to round a half.
        let lost = (-product).addingProduct(value.magnitude, Double(unit))
        if product - product.rounded(.down) == 0.5, lost != 0 { scaled = product.rounded(lost > 0 ? .up : .down) }
        guard scaled < 9e15 else { return value.description }
        let digits = String(Int(scaled) % unit)
        let sign = value < 0 && scaled > 0 ? "-" : ""
        guard places > 0 else { return "\(sign)\(Int(scaled))" }
        return "\(sign)\(Int(scaled) / unit)." + String(repeating: "0", count: places - digits.count) + digits
    }

    /// With at least two digits: `05`, `12`.
    public static func twoDigits(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }

    /// In four characters: `842`, `1.2k`, `12k`, `1.2M`.
    public static func short(_ value: Int) -> String {
        switch value {
        case ..<1_000: "\(value)"
        case ..<9_950: "\((value + 50) / 1_000).\((value + 50) / 100 % 10)k"
        case ..<999_500: "\((value + 500) / 1_000)k"
        case ..<9_950_000: "\((value + 50_000) / 1_000_000).\((value + 50_000) / 100_000 % 10)M"
        default: "\(min(value / 1_000_000, 999))M"
        }
    }

    /// Bytes: `842 B`, `12 KB`, `3.4 MB`.
    public static func bytes(_ value: Int) -> String {
        switch value {
        case ..<1_000: "\(value) B"
        case ..<1_000_000: "\((value + 500) / 1_000) KB"
        default: decimal(Double(value) / 1_000_000, places: 1) + " MB"
        }
    }

    /// Milliseconds: `842 ms`, `1.24 s`, `2 m 05 s`.
    public static func milliseconds(_ value: Double) -> String {
        guard value.isFinite, value.magnitude < 1e12 else { return "?" }
        switch value {
        case ..<999.5: return "\(Int(value.rounded())) ms"
        case ..<60_000: return decimal(value / 1_000, places: 2) + " s"
        default:
            let seconds = Int(value / 1_000)
            return "\(seconds / 60) m \(twoDigits(seconds % 60)) s"
        }
    }

    /// Elapsed time in whole seconds: `12 s`, `2 m 05 s`.
    public static func elapsed(_ seconds: Double) -> String {
        let total = Int(min(max(seconds, 0), 1e9))
        return total < 60 ? "\(total) s" : "\(total / 60) m \(twoDigits(total % 60)) s"
    }

    /// Remaining seconds in the two largest units: `29d 23h`, `3h 05m`, `42m`.
    public static func remaining(_ seconds: Double) -> String {
        let total = Int(min(max(seconds, 0), 1e10))
        let days = total / 86_400, hours = total % 86_400 / 3_600, minutes = total % 3_600 / 60
        if days > 0 { return "\(days)d \(hours)h" }
        if hours > 0 { return "\(hours)h \(twoDigits(minutes))m" }
        return "\(minutes)m"
    }

    /// Seconds in the unit that fits, rounded: `61 s`, `90 m`, `47 h`, `3 d`.
    public static func roughly(_ seconds: Double) -> String {
        let seconds = min(max(seconds, 0), 1e12)
        for (unit, length, limit) in [("s", 1.0, 120.0), ("m", 60, 120), ("h", 3_600, 48)] {
            let count = (seconds / length).rounded()
            if count < limit { return "\(Int(count)) \(unit)" }
        }
        return "\(Int((seconds / 86_400).rounded())) d"
    }

    /// Redactions by kind: `NAME×2 PHONE DOB`, the most frequent kind first.
    public static func kinds(_ kinds: [String: Int]) -> String {
        var text = ""
        for (kind, count) in kinds.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }) {
            if !text.isEmpty { text += " " }
            text += kind
            if count != 1 { text += "×" + String(count) }
        }
        return text
    }

    /// A share, 0 to 1, in percent: `12.5 %`.
    public static func percent(_ share: Double) -> String { decimal(share * 100, places: 1) + " %" }
}

extension String {
    /// The text with spaces added to make it `width` characters long; with `right`, the spaces come first.
    public func padded(to width: Int, right: Bool = false) -> String {
        let space = String(repeating: " ", count: max(width - count, 0))
        return right ? space + self : self + space
    }
}
