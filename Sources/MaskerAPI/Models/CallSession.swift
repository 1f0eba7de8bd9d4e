import FoundationEssentials

/// One call session, which is a call turn that went through an agent, with the fields that lists have (contract, *Sessions*).
/// It has nothing to do with the login session.
///
/// Lists hold hundreds of thousands of them, so one takes only 72 bytes: an optional number is stored as a number and a bit,
/// and values that many rows have in common are stored once.
public struct CallSession: Sendable, Identifiable {
    public let id: Identifier<CallSession>
    private var present: Present = []
    private var shared: Shared?
    /// How often each kind of entity was redacted: `{"PHONE": 1}`.
    public var redactionsByKind: [String: Int]?
    private var start = 0.0, end = 0.0, duration = 0.0, count = 0

    private struct Present: OptionSet {
        let rawValue: UInt8
        static let start = Present(rawValue: 1), end = Present(rawValue: 2), duration = Present(rawValue: 4),
            count = Present(rawValue: 8)

        mutating func set(_ bit: Present, _ isPresent: Bool) {
            if isPresent { insert(bit) } else { remove(bit) }
        }
    }

    public init(
        id: Identifier<CallSession>, agentID: Identifier<Agent>? = nil, agentName: String? = nil,
        startedAt: Date? = nil, endedAt: Date? = nil, durationMS: Double? = nil, status: CallStatus? = nil,
        redactionCount: Int? = nil, redactionsByKind: [String: Int]? = nil, upstreamModel: String? = nil
    ) {
        let common = Common(agentID: agentID, agentName: agentName, status: status, upstreamModel: upstreamModel)
        self.init(id: id, shared: common.isEmpty ? nil : Shared(common), redactionsByKind: redactionsByKind)
        self.startedAt = startedAt
        self.endedAt = endedAt
        self.durationMS = durationMS
        self.redactionCount = redactionCount
    }

    init(id: Identifier<CallSession>, shared: Shared?, redactionsByKind: [String: Int]?) {
        self.id = id
        self.shared = shared
        self.redactionsByKind = redactionsByKind
    }

    public var startedAt: Date? {
        get { present.contains(.start) ? Date(timeIntervalSinceReferenceDate: start) : nil }
        set {
            start = newValue?.timeIntervalSinceReferenceDate ?? 0
            present.set(.start, newValue != nil)
        }
    }

    public var endedAt: Date? {
        get { present.contains(.end) ? Date(timeIntervalSinceReferenceDate: end) : nil }
        set {
            end = newValue?.timeIntervalSinceReferenceDate ?? 0
            present.set(.end, newValue != nil)
        }
    }

    /// Milliseconds.
    public var durationMS: Double? {
        get { present.contains(.duration) ? duration : nil }
        set {
            duration = newValue ?? 0
            present.set(.duration, newValue != nil)
        }
    }

    public var redactionCount: Int? {
        get { present.contains(.count) ? count : nil }
        set {
            count = newValue ?? 0
            present.set(.count, newValue != nil)
        }
    }
}

extension CallSession {
    /// The values that many rows of a list have in common.
    struct Common: Sendable, Equatable {
        var agentID: Identifier<Agent>?
        var agentName: String?
        var status: CallStatus?
        var upstreamModel: String?
        var malformedFields: [String] = []

        var isEmpty: Bool { self == Common() }
    }

    final class Shared: Sendable {
        let common: Common

        init(_ common: Common) { self.common = common }
    }

    private var common: Common {
        get { shared?.common ?? Common() }
        set { shared = newValue.isEmpty ? nil : Shared(newValue) }
    }

    public var agentID: Identifier<Agent>? {
        get { shared?.common.agentID }
        set { common.agentID = newValue }
    }

    /// Nil in the session list of an agent.
    public var agentName: String? {
        get { shared?.common.agentName }
        set { common.agentName = newValue }
    }

    public var status: CallStatus? {
        get { shared?.common.status }
        set { common.status = newValue }
    }

    /// Nil in the session list of an agent.
    public var upstreamModel: String? {
        get { shared?.common.upstreamModel }
        set { common.upstreamModel = newValue }
    }

    /// Names of the fields whose values could not be read.
    public var malformedFields: [String] {
        get { shared?.common.malformedFields ?? [] }
        set { common.malformedFields = newValue }
    }
}

extension CallSession: Equatable {
    public static func == (left: CallSession, right: CallSession) -> Bool {
        left.id == right.id && left.startedAt == right.startedAt && left.endedAt == right.endedAt
            && left.durationMS == right.durationMS && left.redactionCount == right.redactionCount
            && (left.shared === right.shared || left.common == right.common)
            && left.redactionsByKind == right.redactionsByKind
    }
}

extension CallSession: JSONObjectReadable, Encodable {
    public enum CodingKeys: String, CodingKey {
        case id, status
        case agentID = "agent_id"
        case agentName = "agent_name"
        case startedAt = "started_at"
        case endedAt = "ended_at"
        case durationMS = "duration_ms"
        case redactionCount = "redaction_count"
        case redactionsByKind = "redactions_by_kind"
        case upstreamModel = "upstream_model"
    }

    public init?(_ fields: inout JSONFields<CodingKeys>) {
        guard let id: Identifier<CallSession> = fields.id(.id) else { return nil }
        self.init(
            id: id, agentID: fields.id(.agentID), agentName: fields.string(.agentName),
            startedAt: fields.date(.startedAt), endedAt: fields.date(.endedAt), durationMS: fields.double(.durationMS),
            status: fields.string(.status).map(CallStatus.init), redactionCount: fields.int(.redactionCount),
            redactionsByKind: fields.dictionary(.redactionsByKind, JSON.whole),
            upstreamModel: fields.string(.upstreamModel))
        if !fields.malformed.isEmpty { malformedFields = fields.malformed }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(id, forKey: .id)
        try container.encodeIfPresent(agentID, forKey: .agentID)
        try container.encodeIfPresent(agentName, forKey: .agentName)
        try container.encodeIfPresent(startedAt, forKey: .startedAt)
        try container.encodeIfPresent(endedAt, forKey: .endedAt)
        try container.encodeIfPresent(durationMS, forKey: .durationMS)
        try container.encodeIfPresent(status, forKey: .status)
        try container.encodeIfPresent(redactionCount, forKey: .redactionCount)
        try container.encodeIfPresent(redactionsByKind, forKey: .redactionsByKind)
        try container.encodeIfPresent(upstreamModel, forKey: .upstreamModel)
    }
}

