/// How far the identifiers of the Safe Harbor rule are covered, according to a report (contract, *Report*).
public enum SafeHarborCoverage: Sendable, Equatable {
    /// The coverage of each identifier: `{"A_names": "full"}`.
    case categories([String: String])
    /// A text instead; one sample in the documentation has it.
    case text(String)

    /// A value in one spelling: `full`, `partial`, `in_progress` or `not_applicable`; any other value in the same style.
    public static func word(_ value: String) -> String { OpenDecision.coverage(value) }

    /// The coverage of each identifier; nil when it is a text.
    public var categories: [String: String]? {
        if case .categories(let categories) = self { return categories }
        return nil
    }
}

extension SafeHarborCoverage: Encodable {
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .categories(let categories): try container.encode(categories)
        case .text(let text): try container.encode(text)
        }
    }
}

extension JSONFields {
    mutating func coverage(_ key: Key) -> SafeHarborCoverage? {
        if case .string(let text)? = object[key.stringValue] { return .text(text) }
        return dictionary(key, \.stringValue).map(SafeHarborCoverage.categories)
    }
}
