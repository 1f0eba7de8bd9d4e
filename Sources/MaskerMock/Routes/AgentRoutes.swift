import Foundation
import MaskerAPI
import Yams

/// `/agents` and what is below it.
enum AgentRoutes {
    static func answer(
        _ path: [String], _ request: MockRequest, _ user: MockUser, _ account: inout MockAccount, now: Date
    ) throws -> MockAnswer {
        switch (path.count, request.method) {
        case (1, "GET"): return .json(try list(request, account, now: now))
        case (1, "POST"): return try create(request, &account, now: now)
        case (2, "GET"): return try detail(Identifier(path[1]), account, now: now)
        case (2, "DELETE"): return try delete(Identifier(path[1]), user, &account)
        case (3, "GET") where path[2] == "sessions":
            let id = Identifier<Agent>(path[1])
            guard account.agent(id) != nil else { throw MockError.agentNotFound }
            return .json(try SessionRoutes.list(request, account, of: id, now: now))
        case (1...2, _): throw MockService.wrongMethod
        default: throw MockError(status: 404, code: "not_found", message: "No such address.")
        }
    }

    private static func list(_ request: MockRequest, _ account: MockAccount, now: Date) throws -> Page<Agent> {
        let wanted = request.query["name_contains"]?.lowercased()
        let matching = account.agents.filter { agent in wanted.map { agent.name?.lowercased().contains($0) == true } ?? true }
        let limit = try Paging.limit(request)
        var start = 0
        if let cursor = try Paging.position(request) {
            // Behind the agent the last page ended with, also when that one is gone now.
            start = matching.firstIndex { Paging.isBehind(($0.createdAt ?? now, $0.id.rawValue), cursor) } ?? matching.count
        }
        let counts = account.sessionCounts24h(now: now)
        let page = matching[start...].prefix(limit).map { agent in
            var agent = agent
            agent.sessionCount24h = counts[agent.id, default: 0]
            return agent
        }
        let isLast = start + limit >= matching.count
        return Page(data: page, nextCursor: isLast ? nil : page.last.map { Paging.cursor(($0.createdAt ?? now, $0.id.rawValue)) })
    }

    private static func detail(_ id: Identifier<Agent>, _ account: MockAccount, now: Date) throws -> MockAnswer {
        guard var agent = account.agent(id) else { throw MockError.agentNotFound }
        let stats = account.stats(of: agent, now: now)
        agent.sessionCount24h = stats.sessionCount24h
        struct Body: Encodable { var agent: AgentDetail }
        return .json(Body(agent: AgentDetail(agent: agent, policyYAML: account.policyText(of: agent), stats: stats)))
    }

    private static func delete(_ id: Identifier<Agent>, _ user: MockUser, _ account: inout MockAccount) throws -> MockAnswer {
        guard user.role == "admin" else {
            throw MockError(status: 403, code: "forbidden", message: "Only account admins can delete agents.")
        }
        guard account.removeAgent(id) else { throw MockError.agentNotFound }
        return .noContent
    }

    // MARK: Creating

    private static func create(_ request: MockRequest, _ account: inout MockAccount, now: Date) throws -> MockAnswer {
        guard let body = try? JSONSerialization.jsonObject(with: request.body) as? [String: Any] else {
            throw MockError.invalid("The body is no JSON object.")
        }
        func text(_ key: String) throws -> String? {
            guard let value = body[key], !(value is NSNull) else { return nil }
            guard let text = value as? String else { throw MockError.invalid("\(key) must be a text.") }
            return text
        }
        guard let name = try text("name"), (1...64).contains(name.count) else {
            throw MockError.invalid("name must have 1 to 64 characters.")
        }
        guard let upstream = try text("upstream").map(Upstream.init) else { throw MockError.invalid("upstream is required.") }
        guard Upstream.known.contains(upstream) else {
            throw MockError.unprocessable("unknown_upstream", "There is no upstream \(upstream).")
        }
        let tokenization = try text("tokenization").map(Tokenization.init)
        guard tokenization.map({ [.vaultDeterministic, .reversibleAEAD].contains($0) }) ?? true else {
            throw MockError.invalid("tokenization must be vault-deterministic or reversible-aead.")
        }
        let policy = try policy(named: try text("policy_name"), yaml: try text("policy_yaml"))
        guard !account.agents.contains(where: { $0.name == name }) else {
            throw MockError(status: 409, code: "name_taken", message: "There is an agent with this name already.")
        }
        var agent = account.add(
            NewAgent(name: name, upstream: upstream, tokenization: tokenization, policy: policy), now: now)
        agent.sessionCount24h = 0
        struct Body: Encodable { var agent: Agent }
        return .json(Body(agent: agent), status: 201)
    }

    private static func policy(named name: String?, yaml: String?) throws -> NewAgent.Policy {
        if name != nil, yaml != nil { throw MockError.invalid("policy_name and policy_yaml exclude each other.") }
        if let yaml {
            guard let node = try? Yams.compose(yaml: yaml), node.mapping != nil else {
                throw MockError.unprocessable("policy_yaml_invalid", "policy_yaml is no YAML mapping.")
            }
            return .yaml(yaml)
        }
        if let name, Policies.texts[name] == nil {
            throw MockError.unprocessable("unknown_policy", "There is no policy \(name).")
        }
        return .named(name)
    }
}
