import Foundation
import MaskerAPI

/// Addresses that are not in the contract: faults, recorded requests, and changes of the account while the server runs.
enum ControlRoutes {
    /// Nil for other paths.
    static func answer(_ request: MockRequest, _ service: MockService) throws -> MockAnswer? {
        guard request.path.hasPrefix(prefix) else { return nil }
        let path = request.path.dropFirst(prefix.count).split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        switch path.first {
        case "faults" where path.count == 1: return try faults(request, service)
        case "requests": return try requests(path.dropFirst(), request, service)
        case "users" where path.count == 3: return try user(path[1], path[2], request, service)
        case "agents": return try agents(Array(path.dropFirst()), request, service)
        case "audit" where path.count == 1:
            try request.allow("GET")
            return .json(service.withAccount { $0.audit.entries })
        default: return nil
        }
    }

    private static let prefix = "/__mock/"

    private static func faults(_ request: MockRequest, _ service: MockService) throws -> MockAnswer {
        try request.allow("GET", "PUT", "DELETE")
        switch request.method {
        case "PUT": service.setFaults(try faults(request.body))
        case "DELETE": service.setFaults([])
        default: return .json(service.faults)
        }
        return .noContent
    }

    private static func requests(_ path: ArraySlice<String>, _ request: MockRequest, _ service: MockService) throws -> MockAnswer? {
        switch path {
        case []:
            try request.allow("GET", "DELETE")
            guard request.method == "DELETE" else { return .json(service.requests) }
            service.clearRequests()
            return .noContent
        case ["under-way"]:
            try request.allow("GET")
            return .json(service.requestsUnderWay)
        default: return nil
        }
    }

    private static func user(_ login: String, _ what: String, _ request: MockRequest, _ service: MockService) throws -> MockAnswer? {
        let now = service.now()
        switch what {
        case "cookie":
            try request.allow("GET")
            return .json(["cookie": service.withAccount { $0.logins.currentValue(of: login, now: now) }])
        case "role":
            try request.allow("PUT")
            let role = try text("role", request)
            service.withAccount { $0.logins.setRole(role, of: login) }
        case "revoke":
            try request.allow("POST")
            service.withAccount { $0.logins.revokeAll(of: login) }
        case "expire":
            try request.allow("POST")
            service.withAccount { $0.logins.expireAll(of: login, now: now) }
        default: return nil
        }
        return .noContent
    }

    private static func agents(_ path: [String], _ request: MockRequest, _ service: MockService) throws -> MockAnswer? {
        let now = service.now()
        guard let id = path.first.map({ Identifier<Agent>($0) }) else {
            try request.allow("GET", "POST")
            guard request.method == "POST" else { return .reply(.list(service.withAccount { $0.agents.map(AgentBody.summary) })) }
            let name = try text("name", request)
            // Any tokenization is accepted here, also one that the API refuses.
            let tokenization = (try? text("tokenization", request)).map(Tokenization.init(rawValue:))
            let new = NewAgent(name: name, upstream: "stub", tokenization: tokenization)
            return .reply(AgentBody.summary(service.withAccount { $0.add(new, now: now) }), status: 201)
        }
        guard let agent = service.withAccount({ $0.agents.first { $0.id == id } }) else { throw MockError.agentNotFound }
        switch path.dropFirst() {
        case []:
            try request.allow("DELETE")
            service.withAccount { _ = $0.removeAgent(id, by: nil, now: now) }
            return .noContent
        case ["name"]:
            try request.allow("PUT")
            let name = try text("name", request)
            service.withAccount { _ = $0.renameAgent(id, to: name) }
            return .noContent
        case ["calls"]:
            try request.allow("POST")
            return .reply(SessionBody.summary(service.withAccount { $0.recordCall(of: agent, endedAt: now) }), status: 201)
        default: return nil
        }
    }

    /// The text with this name in the body, which is a JSON object.
    private static func text(_ name: String, _ request: MockRequest) throws -> String {
        guard let text = try? JSONDecoder().decode([String: String].self, from: request.body)[name] else {
            throw MockError.invalid(name, "The body must be an object with a text, \(name).")
        }
        return text
    }

    private static func faults(_ body: Data) throws -> [MockFault] {
        do { return try JSONDecoder().decode([MockFault].self, from: body) } catch let error as DecodingError {
            throw MockError.invalid(nil, "The body is not a list of faults: \(error.sentence)")
        }
    }
}

extension DecodingError {
    /// The problem in one clause.
    fileprivate var sentence: String {
        switch self {
        case .dataCorrupted(let context), .keyNotFound(_, let context), .typeMismatch(_, let context),
            .valueNotFound(_, let context):
            context.debugDescription
        @unknown default: "\(self)"
        }
    }
}
