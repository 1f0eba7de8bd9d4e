/// An opaque id of the API: a ULID with a type prefix such as `agt_` (contract, *Conventions*).
///
/// The type parameter keeps an agent's id from being passed where a session's is meant.
public struct Identifier<Entity>: Hashable, Sendable, Codable, CustomStringConvertible {
    private let compact: CompactID

    /// The id as sent by the server. Untrusted text: it is percent-encoded in paths and sanitised on screen.
    public var rawValue: String { compact.text }

    /// Bytes of memory that it keeps beside its own place.
    public var heapBytes: Int { compact.heapBytes }

    public init(_ rawValue: String) { compact = CompactID(rawValue) }

    init(_ compact: CompactID) { self.compact = compact }

    public init(from decoder: any Decoder) throws { self.init(try decoder.singleValueContainer().decode(String.self)) }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }

    public var description: String { rawValue }
}
