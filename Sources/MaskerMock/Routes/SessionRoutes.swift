import Foundation
import MaskerAPI

/// `/sessions` and the addresses below it.
enum SessionRoutes {
    static func answer(_ path: [String], _ request: MockRequest, _ account: MockAccount, now: Date) throws -> MockAnswer
    {
        switch path.count {
        case 1:
            try request.allow("GET")
            let agent = request.query["agent_id"].map { Identifier<Agent>($0) }
            return .reply(try list(request, account, of: agent, now: now, isOwnList: false))
        case 2:
            try request.allow("GET")
            let call = try call(path[1], account, now: now)
            return .reply(["session": SessionBody.detail(call, SessionDetails(call, account.options))])
        case 3 where path[2] == "report":
            try request.allow("GET")
            return try ReportRoutes.answer(request, try call(path[1], account, now: now), account, now: now)
        default: throw MockError.noSuchAddress
        }
    }

    private static func call(_ id: String, _ account: MockAccount, now: Date) throws -> MockCall {
        guard let call = account.call(Identifier(id), now: now) else { throw MockError.sessionNotFound }
        return call
    }

    private struct Filter {
        var since: Date
        var agent: Identifier<Agent>?
        var status: String?
        var minRedactions: Int

        init(_ request: MockRequest, agent: Identifier<Agent>?, now: Date) throws {
            since = max(try Paging.since(request, now: now), Retention.start(now))
            self.agent = agent
            status = request.query["status"]
            guard status.map({ ["ok", "error", "partial"].contains($0) }) ?? true else {
                throw MockError.invalid("status", "status must be ok, error or partial.")
            }
            guard let least = Int(request.query["min_redactions"] ?? "0"), least >= 0 else {
                throw MockError.invalid("min_redactions", "min_redactions must be a whole number.")
            }
            minRedactions = least
        }
    }

    /// - Parameter isOwnList: whether the list is that of an agent, which leaves out `agent_name` and `upstream_model`.
    static func list(
        _ request: MockRequest, _ account: MockAccount, of agent: Identifier<Agent>?, now: Date, isOwnList: Bool = true
    ) throws -> MockJSON {
        let filter = try Filter(request, agent: agent, now: now)
        let limit = try Paging.limit(request)
        let position = try Paging.position(request, prefix: "sess_")
        // One row more than requested shows whether there is another page.
        var found = fresh(filter, position, account, most: limit + 1)
        if found.count <= limit { found += past(filter, position, account, most: limit + 1 - found.count) }
        let hasMore = found.count > limit
        let page = found.prefix(limit)
        return Paging.page(
            page.map { SessionBody.summary($0, isOwnList: isOwnList) }, endsWith: hasMore ? page.last.map(Paging.position) : nil)
    }

    private static func fresh(
        _ filter: Filter, _ position: Paging.Position?, _ account: MockAccount, most: Int
    ) -> [CallSession] {
        Array(
            account.recentSessions(since: filter.since).lazy.filter { session in
                (filter.agent.map { $0 == session.agentID } ?? true)
                    && (filter.status.map { $0 == session.status?.rawValue } ?? true)
                    && session.redactionCount ?? 0 >= filter.minRedactions
                    && (position.map { Paging.isBehind(Paging.position(of: session), $0) } ?? true)
            }.prefix(most))
    }

    private static func past(
        _ filter: Filter, _ position: Paging.Position?, _ account: MockAccount, most: Int
    ) -> [CallSession] {
        let past = account.past
        let place = filter.agent.map { id in past.agents.firstIndex { $0.id == id } ?? -1 }
        var index = 0
        if let position {
            // The index of the last session of the page before, or of the first older one.
            index = past.index(of: Identifier(position.id)).map { $0 + 1 } ?? past.count(since: position.date)
        }
        let end = past.count(since: filter.since)
        var found: [CallSession] = []
        while index < end, found.count < most {
            let facts = past.facts(index)
            if place.map({ $0 == facts.agent }) ?? true, filter.status.map({ $0 == facts.status.rawValue }) ?? true,
                facts.redactions >= filter.minRedactions
            {
                found.append(past.session(index))
            }
            index += 1
        }
        return found
    }
}
