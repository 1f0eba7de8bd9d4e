/// A call session with all its details: `GET /sessions/{id}` (contract, *Sessions*).
public struct CallSessionDetail: Sendable, Equatable {
    public var session: CallSession
    public var policyName: String?
    public var policyVersion: String?
    public var stageDurations: StageDurations?
    /// The audit root, which the service calls `merkle_root_hex` here.
    public var merkleRootHex: String?
    public var events: [RedactionEvent]?
    /// Nil when the policy does not log payloads.
    public var payloads: Payloads?
    /// Names of the fields that only the detail has and whose values could not be read.
    public var malformedFields: [String] = []

    public init(
        session: CallSession, policyName: String? = nil, policyVersion: String? = nil,
        stageDurations: StageDurations? = nil, merkleRootHex: String? = nil, events: [RedactionEvent]? = nil,
        payloads: Payloads? = nil
    ) {
        self.session = session
        self.policyName = policyName
        self.policyVersion = policyVersion
        self.stageDurations = stageDurations
        self.merkleRootHex = merkleRootHex
        self.events = events
        self.payloads = payloads
    }
}

extension CallSessionDetail: JSONObjectReadable, Encodable {
    public enum CodingKeys: String, CodingKey {
        case events, payloads
        case policyName = "policy_name"
        case policyVersion = "policy_version"
        case stageDurations = "stage_durations_ms"
        case merkleRootHex = "merkle_root_hex"
    }

    public init?(_ fields: inout JSONFields<CodingKeys>) {
        guard let session = CallSession(json: fields.object) else { return nil }
        self.session = session
        policyName = fields.string(.policyName)
        policyVersion = fields.version(.policyVersion)
        stageDurations = fields.record(.stageDurations)
        merkleRootHex = fields.string(.merkleRootHex)
        events = fields.list(.events, RedactionEvent.init(json:))
        payloads = fields.record(.payloads, as: Payloads.self).flatMap { $0.isEmpty ? nil : $0 }
        malformedFields = fields.malformed
    }

    public func encode(to encoder: any Encoder) throws {
        try session.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encodeIfPresent(policyName, forKey: .policyName)
        try container.encodeIfPresent(policyVersion, forKey: .policyVersion)
        try container.encodeIfPresent(stageDurations, forKey: .stageDurations)
        try container.encodeIfPresent(merkleRootHex, forKey: .merkleRootHex)
        try container.encodeIfPresent(events, forKey: .events)
        try container.encode(payloads, forKey: .payloads)
    }
}

/// How long each stage of a call turn took, in milliseconds.
public struct StageDurations: Sendable, Equatable {
    public var detection: Double?
    public var tokenize: Double?
    public var upstream: Double?
    public var rehydrate: Double?

    public init(detection: Double? = nil, tokenize: Double? = nil, upstream: Double? = nil, rehydrate: Double? = nil) {
        self.detection = detection
        self.tokenize = tokenize
        self.upstream = upstream
        self.rehydrate = rehydrate
    }

    /// The stages in the order they happen, under the API's names.
    public var stages: [(name: String, milliseconds: Double?)] {
        [("detection", detection), ("tokenize", tokenize), ("upstream", upstream), ("rehydrate", rehydrate)]
    }
}

extension StageDurations: JSONObjectReadable, Encodable {
    public enum CodingKeys: String, CodingKey { case detection, tokenize, upstream, rehydrate }

    public init?(_ fields: inout JSONFields<CodingKeys>) {
        detection = fields.double(.detection)
        tokenize = fields.double(.tokenize)
        upstream = fields.double(.upstream)
        rehydrate = fields.double(.rehydrate)
    }
}

/// One redaction in a call turn.
public struct RedactionEvent: Sendable, Equatable {
    public var eventID: String?
    /// The detection pass that found it: `regex`, `gemma`, …
    public var pass: String?
    public var entityKind: String?
    /// The position in the text, as [start, end). The documentation does not say whether it counts characters or bytes, so check
    /// that it fits before you cut a payload by it.
    public var span: [Int]?
    /// 0 to 1, from the NER pass; events of the pass `regex` may have none.
    public var confidence: Double?
    /// The token's scheme: `MSKV1`.
    public var tokenKind: String?
    /// The id of the key with which the token was made.
    public var kid: String?

    public init(
        eventID: String? = nil, pass: String? = nil, entityKind: String? = nil, span: [Int]? = nil,
        confidence: Double? = nil, tokenKind: String? = nil, kid: String? = nil
    ) {
        self.eventID = eventID
        self.pass = pass
        self.entityKind = entityKind
        self.span = span
        self.confidence = confidence
        self.tokenKind = tokenKind
        self.kid = kid
    }
}

extension RedactionEvent: JSONObjectReadable, Encodable {
    public enum CodingKeys: String, CodingKey {
        case pass, span, confidence, kid
        case eventID = "event_id"
        case entityKind = "entity_kind"
        case tokenKind = "token_kind"
    }

    public init?(_ fields: inout JSONFields<CodingKeys>) {
        eventID = fields.string(.eventID)
        pass = fields.string(.pass)
        entityKind = fields.string(.entityKind)
        span = fields.list(.span, JSON.whole)
        confidence = fields.double(.confidence)
        tokenKind = fields.string(.tokenKind)
        kid = fields.string(.kid)
    }
}

/// The texts of a call turn. **They can hold PHI**: they are never written to disk or to a log, and shown only when the user
/// asks for them.
public struct Payloads: Sendable, Equatable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var request: String?
    public var masked: String?
    public var response: String?

    public init(request: String? = nil, masked: String? = nil, response: String? = nil) {
        self.request = request
        self.masked = masked
        self.response = response
    }

    var isEmpty: Bool { request == nil && masked == nil && response == nil }

    // Printing, dumping or interpolating a session must not show its payloads.
    public var description: String { "Payloads(withheld)" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}

extension Payloads: JSONObjectReadable, Encodable {
    public enum CodingKeys: String, CodingKey { case request, masked, response }

    public init?(_ fields: inout JSONFields<CodingKeys>) {
        request = fields.text(.request)
        masked = fields.text(.masked)
        response = fields.text(.response)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(request, forKey: .request)
        try container.encode(masked, forKey: .masked)
        try container.encode(response, forKey: .response)
    }
}
