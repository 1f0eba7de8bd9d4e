import Foundation
import MaskerAPI
import MaskerMock

/// The mock server as a separate process, so that tests cannot delay its answers. Tests control it through its control routes
/// (docs/mock-server.md).
public final class MockProcess: Sendable {
    private let process: ServerProcess?

    public init(_ options: MockOptions = MockOptions()) {
        process = Program.built("masker-mock").map { ServerProcess("masker-mock", [$0, "serve", "--until-input-ends"] + options.arguments) }
    }

    /// Starts the server and returns its origin, `http://127.0.0.1:PORT`, when it listens. Throws when the port is taken.
    public func start() async throws -> String {
        guard let process else { throw PseudoTerminal.Failure(description: "masker-mock is not built") }
        return try process.start()
    }

    /// Ends the server and all its connections.
    public func stop() { process?.stop() }

    // MARK: Looking

    /// The body that a control route, such as `requests`, returns.
    public func look(_ path: String) -> Data { answer("GET", path) }

    /// A valid value of the user's cookie; nil when the user has no login session.
    public func cookie(of login: String) -> String? { control("GET", "users/\(login)/cookie")["cookie"]?.stringValue }

    /// All requests that were answered or dropped since the start or the last `clearRequests`, in the order of arrival.
    public var requests: [RecordedRequest] { recorded("requests") }
    /// The requests that have arrived and are not answered yet.
    public var requestsUnderWay: [RecordedRequest] { recorded("requests/under-way") }

    private func recorded(_ path: String) -> [RecordedRequest] {
        (try? JSONDecoder().decode([RecordedRequest].self, from: answer("GET", path))) ?? []
    }

    /// The agents, newest first.
    public var agents: [Agent] {
        guard case .array(let rows) = control("GET", "agents") else { return [] }
        return rows.compactMap { Agent(json: $0) }
    }

    /// The audit log, oldest first.
    public var audit: [AuditEntry] { (try? JSONDecoder().decode([AuditEntry].self, from: answer("GET", "audit"))) ?? [] }

    // MARK: Acting

    public func setFaults(_ faults: [MockFault]) { control("PUT", "faults", faults) }
    public func clearRequests() { control("DELETE", "requests") }
    /// Ends all login sessions of a user, as a sign-out in another place does.
    public func revoke(_ login: String) { control("POST", "users/\(login)/revoke") }
    /// Ends all login sessions of a user, as 30 days without a request do.
    public func expire(_ login: String) { control("POST", "users/\(login)/expire") }
    public func setRole(_ role: String, of login: String) { control("PUT", "users/\(login)/role", ["role": role]) }

    /// Creates an agent, also when its name is taken.
    @discardableResult
    public func addAgent(_ name: String) -> Agent {
        Agent(json: control("POST", "agents", ["name": name])) ?? Agent(id: Identifier("none"))
    }

    public func renameAgent(_ id: Identifier<Agent>, to name: String) { control("PUT", "agents/\(id.rawValue)/name", ["name": name]) }
    public func removeAgent(_ id: Identifier<Agent>) { control("DELETE", "agents/\(id.rawValue)") }
    /// Adds a call session.
    public func recordCall(of agent: Agent) { control("POST", "agents/\(agent.id.rawValue)/calls") }

    // MARK: Control

    @discardableResult
    private func control(_ method: String, _ path: String, _ body: (some Encodable)? = String?.none) -> JSON {
        let data = answer(method, path, body.flatMap { try? JSONEncoder().encode($0) })
        return (try? JSON(parsing: Array(data))) ?? .null
    }

    private func answer(_ method: String, _ path: String, _ body: Data? = nil) -> Data { process?.control(method, path, body) ?? Data() }
}

extension MockOptions {
    /// These settings as options of `masker-mock serve`.
    var arguments: [String] {
        var words = [
            "--port", "\(port)", "--seed", "\(seed)", "--agents", "\(agents)", "--sessions", "\(sessions)", "--rotate", rotation.rawValue,
            "--rotate-grace", "\(Int(rotationGrace * 1_000))", "--latency", "\(Int(latency / .milliseconds(1)))",
            "--traffic", "\(trafficPerMinute)", "--payloads", "\(payloadShare)", "--webhook-secret", webhookSecret ?? "",
            "--days", "\(days)",
        ] + variants
        for user in users { words += ["--user", "\(user.login):\(user.role):\(user.cookie)"] }
        for token in tokens {
            words += ["--token", "\(token.login):\(token.scopes.map(\.rawValue).sorted().joined(separator: ",")):\(token.value)"]
        }
        for fault in faults { words += ["--fault", (try? JSONEncoder().encode(fault)).map { String(decoding: $0, as: UTF8.self) } ?? ""] }
        if let now { words += ["--now", Timestamp.format(now)] }
        if let payloadText { words += ["--payload-text", payloadText] }
        if isHostile { words.append("--hostile") }
        return words
    }

    private var variants: [String] {
        var words = [
            "--me", me.rawValue, "--permissions", permissions.text, "--health", health.rawValue, "--report-root", reportRoot.rawValue,
            "--coverage", coverage.rawValue, "--default-report-format", defaultReportFormat.rawValue, "--logout-dead", logOutDead.rawValue,
            "--rate-limit", rateLimit.text,
        ]
        if reportSignature { words.append("--report-signature") }
        if policyDrift { words.append("--policy-drift") }
        if auditBroken { words.append("--audit-broken") }
        if let dailyLimit { words += ["--daily-limit", "\(dailyLimit)"] }
        if let publicURL { words += ["--public-url", publicURL] }
        return words
    }
}
