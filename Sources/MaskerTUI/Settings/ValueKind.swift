import MaskerAPI
import TerminalKit

/// The type of a setting: how its value is read from text and written.
struct ValueKind<Value>: Sendable {
    /// The possible values, as the end of “it takes …”.
    let takes: String
    /// The possible values of a type with a few fixed ones.
    private(set) var words: [String] = []
    let read: @Sendable (String) throws(ConfigurationKey.Problem) -> Value
    let write: @Sendable (Value) -> String

    /// - Parameter read: Returns nil when the text is not a value.
    fileprivate init(_ takes: String, read: @escaping @Sendable (String) -> Value?, write: @escaping @Sendable (Value) -> String) {
        self.takes = takes
        self.read = { text throws(ConfigurationKey.Problem) in
            guard let value = read(text) else { throw ConfigurationKey.Problem(clause: "takes \(takes), not “\(text)”") }
            return value
        }
        self.write = write
    }

    fileprivate init(_ takes: String, telling read: @escaping @Sendable (String) throws(ConfigurationKey.Problem) -> Value, write: @escaping @Sendable (Value) -> String) {
        self.takes = takes
        self.read = read
        self.write = write
    }
}

extension ValueKind<APIHost> {
    static var address: Self {
        ValueKind("https://HOST or https://HOST:PORT", telling: { text throws(ConfigurationKey.Problem) in
            do throws(InvalidHost) {
                return try APIHost(text)
            } catch {
                throw ConfigurationKey.Problem(clause: error.description)
            }
        }, write: { $0.origin })
    }
}

extension ValueKind<APIHost?> {
    static var addressOrNone: Self {
        let address = ValueKind<APIHost>.address
        return ValueKind("https://HOST, https://HOST:PORT or none", telling: { text throws(ConfigurationKey.Problem) in
            text == "none" ? nil : try address.read(text)
        }, write: { $0?.origin ?? "none" })
    }
}

extension ValueKind<Bool> {
    static var onOff: Self {
        ValueKind("on or off") { ["on": true, "true": true, "yes": true, "off": false, "false": false, "no": false][$0] } write: {
            $0 ? "on" : "off"
        }
    }
}

extension ValueKind<Int> {
    static func number(_ takes: String, _ isAllowed: @escaping @Sendable (Int) -> Bool) -> Self {
        ValueKind(takes) { text in Int(text).flatMap { isAllowed($0) ? $0 : nil } } write: { "\($0)" }
    }
}

extension ValueKind<PaceSetting> {
    static var pace: Self {
        ValueKind("auto, none, or 1 to 1000 requests a second", read: { text in
            switch text {
            case "auto": .automatic
            case "none": PaceSetting.none
            default: Int(text).flatMap { (1...1_000).contains($0) ? .rate($0) : nil }
            }
        }, write: { setting in
            switch setting {
            case .automatic: "auto"
            case .none: "none"
            case .rate(let rate): "\(rate)"
            }
        })
    }
}

extension ValueKind where Value: CaseIterable & RawRepresentable<String> & Sendable {
    static func choice() -> Self {
        let names = Value.allCases.map(\.rawValue)
        let listed = names.dropLast().joined(separator: ", ") + " or " + (names.last ?? "")
        var kind = ValueKind(listed) { Value(rawValue: $0) } write: { $0.rawValue }
        kind.words = names
        return kind
    }
}

extension ValueKind<Tint?> {
    static var tint: Self {
        let names = Tint.allCases.map(\.rawValue).joined(separator: ", ")
        return ValueKind("\(names) or none") { text in text == "none" ? .some(nil) : Tint(rawValue: text).map(Optional.some) } write: {
            $0?.rawValue ?? "none"
        }
    }
}

extension ValueKind<String?> {
    /// A short text whose characters can all be printed.
    static var label: Self {
        ValueKind("1 to 24 printable characters", read: { text in
            let shown = PrintableText(text)
            return shown.wasAltered || !(1...24).contains(shown.width) ? .none : .some(text)
        }, write: { $0 ?? "" })
    }

    static func path(_ takes: String) -> Self {
        ValueKind(takes, read: { $0.isEmpty ? .none : .some(.some($0)) }, write: { $0 ?? "" })
    }

    static func pathOrOff(_ takes: String) -> Self {
        ValueKind(takes, read: { $0.isEmpty ? .none : .some($0 == "off" ? nil : $0) }, write: { $0 ?? "off" })
    }
}
