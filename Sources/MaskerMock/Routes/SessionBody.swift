import MaskerAPI

/// Sessions as JSON, in the form of the contract.
enum SessionBody {
    /// - Parameter isOwnList: whether the list is that of an agent, which leaves out `agent_name` and `upstream_model`.
    static func summary(_ session: CallSession, isOwnList: Bool = false) -> MockJSON { .object(fields(session, isOwnList: isOwnList)) }

    static func detail(_ call: MockCall, _ details: SessionDetails) -> MockJSON {
        var body = fields(call.session, isOwnList: false)
        body["policy_name"] = .text(call.policy.name)
        body["policy_version"] = .int(call.policy.version)
        body["stage_durations_ms"] = .object(details.stages.mapValues(MockJSON.number))
        body["merkle_root_hex"] = .text(details.root)
        body["events"] = .list(details.events)
        let payloads = details.payloads
        body["payloads"] = [
            "request": .orNull(payloads.request), "masked": .orNull(payloads.masked), "response": .orNull(payloads.response),
        ]
        return .object(body)
    }

    private static func fields(_ session: CallSession, isOwnList: Bool) -> [String: MockJSON] {
        var body = MockJSON.present([
            "id": .text(session.id.rawValue), "agent_id": session.agentID.map { MockJSON.text($0.rawValue) },
            "started_at": session.startedAt.map(MockJSON.time), "ended_at": session.endedAt.map(MockJSON.time),
            "duration_ms": session.durationMS.map(MockJSON.number), "status": session.status.map { MockJSON.text($0.rawValue) },
            "redaction_count": session.redactionCount.map(MockJSON.int),
            "redactions_by_kind": .object((session.redactionsByKind ?? [:]).mapValues(MockJSON.int)),
        ])
        if !isOwnList {
            body["agent_name"] = session.agentName.map(MockJSON.text)
            body["upstream_model"] = session.upstreamModel.map(MockJSON.text)
        }
        return body
    }
}
