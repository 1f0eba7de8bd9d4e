import Foundation
import MaskerAPI

/// A compliance report of a session. Its policy and coverage are those at the time when the report is generated.
struct MockReport: Sendable {
    var id: String
    var session: CallSession
    var generatedAt: Date
    /// The audit root, under each field name that the options choose.
    var roots: [(field: String, hex: String)]
    var policy: String?
    var coverage: SafeHarbor.Coverage?
    var isSigned: Bool

    init(_ call: MockCall, _ account: MockAccount, now: Date) {
        let options = account.options
        // Each request generates a new report, with a new id.
        var random = SeededRandom(options.seed, UInt64(max(now.timeIntervalSince1970 * 1000, 0)), .report)
        id = ULID.make("rep_", at: now, high: random.next(), low: random.next())
        session = call.session
        generatedAt = now
        let root = SessionDetails(call, options).root
        let fields: [String] =
            switch options.reportRoot {
            case .merkle: ["merkle_root_hex"]
            case .audit: ["audit_root_hash"]
            case .both: ["merkle_root_hex", "audit_root_hash"]
            case .none: []
            }
        roots = fields.map { ($0, root) }
        let kept = account.policy(of: call.session.agentID, name: call.policy.name)
        policy = kept.map { options.policyDrift ? Policies.drifted($0) : $0.text }
        coverage = SafeHarbor.coverage(options.coverage)
        isSigned = options.reportSignature
    }

    var body: MockJSON {
        var body = MockJSON.present([
            "id": .text(id), "scope": "session", "session_id": .text(session.id.rawValue), "generated_at": .time(generatedAt),
            "redactions_by_kind": .object((session.redactionsByKind ?? [:]).mapValues(MockJSON.int)),
            "policy_snapshot": policy.map(MockJSON.text), "safe_harbor_coverage": coverage?.body,
        ])
        if isSigned { body["signature"] = ["alg": "Ed25519", "sig": .text(String(repeating: "A", count: 86) + "==")] }
        for root in roots { body[root.field] = .text(root.hex) }
        return .object(body)
    }
}
