/// An opaque id of the API: a ULID with a type prefix such as `agt_` (contract, *Conventions*).
///
/// The type parameter prevents passing an agent's id where a session's is expected.
public struct Identifier<Entity>: Hashable, Sendable, Codable, CustomStringConvertible {
    private let compact: CompactID

    /// The id as sent by the server. It is untrusted text: percent-encode it in paths and sanitise it on screen.
    public var rawValue: String { compact.text }

    /// Bytes of memory that the id has on the heap.
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

extension Identifier where Entity == CallSession {
    /// The 128 bits of the ULID of an id in the usual form; nil for any other text.
    public var ulid: ULIDBits? {
        if case .ulid(let high, let low, .session) = compact { ULIDBits(high, low) } else { nil }
    }

    /// The id whose ULID has these bits.
    public init(_ ulid: ULIDBits) { self.init(CompactID.ulid(ulid.high, ulid.low, .session)) }
}
