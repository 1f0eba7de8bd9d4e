/// How far the identifiers of the Safe Harbor rule are covered, as a report says it (contract, *Report*).
public enum SafeHarborCoverage: Sendable, Equatable {
    /// Of each identifier: `{"A_names": "full"}`.
    case categories([String: String])
    /// One sample has a text instead.
    case text(String)

    /// A value in the form that `full`, `partial`, `in_progress` and `not_applicable` are written here.
    public static func word(_ value: String) -> String { OpenDecision.coverage(value) }

    /// Nil where it is a text.
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
