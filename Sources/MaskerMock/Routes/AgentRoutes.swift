import Foundation
import MaskerAPI

/// `/agents` and the addresses below it.
enum AgentRoutes {
    static func answer(
        _ path: [String], _ request: MockRequest, _ user: MockUser, _ account: inout MockAccount, now: Date
    ) throws -> MockAnswer {
        switch path.count {
        case 1:
            try request.allow("GET", "POST")
            if request.method == "POST" { return try create(request, user, &account, now: now) }
            return .reply(try list(request, account, now: now))
        case 2:
            try request.allow("GET", "DELETE")
            if request.method == "DELETE" { return try delete(Identifier(path[1]), user, &account, now: now) }
            return try detail(Identifier(path[1]), account, now: now)
        case 3 where path[2] == "sessions":
            try request.allow("GET")
            let id = Identifier<Agent>(path[1])
            guard account.agent(id) != nil else { throw MockError.agentNotFound }
            return .reply(try SessionRoutes.list(request, account, of: id, now: now))
        default: throw MockError.noSuchAddress
        }
    }

    private static func list(_ request: MockRequest, _ account: MockAccount, now: Date) throws -> MockJSON {
        let wanted = request.query["name_contains"]?.lowercased() ?? ""
        let matching = account.agents.filter { wanted.isEmpty || $0.name?.lowercased().contains(wanted) == true }
        let limit = try Paging.limit(request)
        var start = 0
        if let end = try Paging.position(request, prefix: "agt_") {
            // The page begins after the last agent of the page before, even if that agent is deleted now.
            start = matching.firstIndex { Paging.isBehind(Paging.position(of: $0), end) } ?? matching.count
        }
        let counts = account.sessionCounts24h(now: now)
        let page = matching[start...].prefix(limit).map { agent in
            var agent = agent
            agent.sessionCount24h = counts[agent.id, default: 0]
            return agent
        }
        let isLast = start + limit >= matching.count
        return Paging.page(page.map(AgentBody.summary), endsWith: isLast ? nil : page.last.map(Paging.position))
    }

    private static func detail(_ id: Identifier<Agent>, _ account: MockAccount, now: Date) throws -> MockAnswer {
        guard var agent = account.agent(id) else { throw MockError.agentNotFound }
        let stats = account.stats(of: agent, now: now)
        agent.sessionCount24h = stats.sessionCount24h
        let policy = account.policy(of: agent.id, name: agent.policyName)
        return .reply(["agent": AgentBody.detail(agent, policy: policy?.text, stats)])
    }

    private static func create(
        _ request: MockRequest, _ user: MockUser, _ account: inout MockAccount, now: Date
    ) throws -> MockAnswer {
        try Rights.require(Rights.writeAgents, of: user, account.options)
        let form = try AgentForm.read(request.body)
        let new = form.agent
        guard !account.agents.contains(where: { $0.name == new.name }) else {
            throw MockError(status: 409, code: "name_taken", message: "There is an agent with this name already.")
        }
        var agent = account.add(new, inline: form.policy, now: now)
        agent.sessionCount24h = 0
        return .reply(["agent": AgentBody.summary(agent)], status: 201)
    }

    private static func delete(
        _ id: Identifier<Agent>, _ user: MockUser, _ account: inout MockAccount, now: Date
    ) throws -> MockAnswer {
        try Rights.require(Rights.writeAgents, of: user, account.options)
        guard Rights.isAdmin(user) else { throw MockError.forbidden("Only account admins can delete agents.") }
        guard account.removeAgent(id, by: user.login, now: now) else { throw MockError.agentNotFound }
        return .noContent
    }
}
