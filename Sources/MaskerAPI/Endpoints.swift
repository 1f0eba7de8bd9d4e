import FoundationEssentials

/// One request of the contract: its method, path and query. `OpenDecision` has the decisions where the contract is **OPEN**.
public struct Endpoint: Sendable {
    public var method: HTTPRequest.Method
    /// The path with placeholders, for logs: `/agents/{id}`.
    public var template: String
    /// Path and query, percent-encoded.
    public var target: String
    /// Whether the login session's cookie or the API token is sent.
    public var isAuthenticated = true
    /// The statuses of a successful answer.
    public var success: Set<Int> = [200]
    /// The time limit for the whole exchange.
    public var timeout: Duration = .seconds(30)
    /// The largest body of the answer, in bytes.
    public var bodyLimit = 8 << 20
    /// Whether a failed read may be sent again. False for a report, because it is much work for the server.
    public var isRepeatable = true
    /// The value of the Accept header.
    public var accept = "application/json"
    /// Headers that only this request has.
    public var headers: [(name: String, value: String)] = []
    /// Whether the request goes to the public host (`PublicHost`). It is never sent there with the login session.
    var goesToPublicHost = false

    /// - Parameters:
    ///   - id: inserted between `path` and `end`.
    ///   - end: the rest of the path; ignored without an id.
    private init(
        _ method: HTTPRequest.Method, _ path: String, id: String? = nil, _ end: String = "", query: [(String, String?)] = []
    ) {
        self.method = method
        template = id == nil ? path : path + "{id}" + end
        target = Endpoint.apiPrefix + path + (id.map { Endpoint.encode($0) + end } ?? "") + Endpoint.encode(query)
    }

    /// The path before most endpoints.
    public static let apiPrefix = "/api/v1"
    /// The largest `limit` of a list page, in records (contract, *Conventions*).
    public static let largestPage = 100

    // MARK: Login session

    /// `GET /me` (contract, *Current user*). Servers that are older than the documentation answer 404 there and have `/auth/me`
    /// instead. The client tries `/auth/me` only after a 404, and remembers which path returned the user.
    public static let currentUser = [Endpoint(.get, "/me"), Endpoint(.get, "/auth/me")]

    /// `POST /auth/logout`, no body, 204 (contract, *Signing out*). A 401 means that the login session was no longer valid.
    public static var logOut: Endpoint {
        var endpoint = Endpoint(.post, "/auth/logout")
        // Only 204 confirms the sign-out: a 200 can be the page of a proxy.
        endpoint.success = [204]
        return endpoint
    }

    // MARK: Agents

    /// `GET /agents?limit&cursor&name_contains` (contract, *Agents*).
    public static func agents(nameContains: String? = nil, limit: Int, cursor: String? = nil) -> Endpoint {
        Endpoint(.get, "/agents", query: [("limit", "\(limit)"), ("cursor", cursor), ("name_contains", nameContains)])
    }

    /// `GET /agents/{id}` (contract, *Agents*).
    public static func agent(_ id: Identifier<Agent>) -> Endpoint { Endpoint(.get, "/agents/", id: id.rawValue) }

    /// `POST /agents`, 201 (contract, *Agents*).
    public static var createAgent: Endpoint {
        var endpoint = Endpoint(.post, "/agents")
        endpoint.success = [201]
        return endpoint
    }

    /// `DELETE /agents/{id}`, 204, for account admins (contract, *Agents*).
    public static func deleteAgent(_ id: Identifier<Agent>) -> Endpoint {
        var endpoint = Endpoint(.delete, "/agents/", id: id.rawValue)
        endpoint.success = [204]
        return endpoint
    }

    /// `POST /admin/policy/reload` (contract, *Policies*): the server reads its policy file again. The status is **OPEN**.
    public static var reloadPolicies: Endpoint {
        var endpoint = Endpoint(.post, "/admin/policy/reload")
        endpoint.success = OpenDecision.reloadedPolicies
        return endpoint
    }

    // MARK: Sessions

    /// `GET /sessions?limit&cursor&since&agent_id&status&min_redactions` (contract, *Sessions*).
    public static func sessions(_ filter: SessionFilter, limit: Int, cursor: String? = nil) -> Endpoint {
        Endpoint(.get, "/sessions", query: filter.query(limit: limit, cursor: cursor) + [("agent_id", filter.agentID?.rawValue)])
    }

    /// `GET /agents/{id}/sessions?limit&cursor&since&status&min_redactions` (contract, *Agents*): 404 once the agent is deleted.
    public static func sessions(
        of agent: Identifier<Agent>, _ filter: SessionFilter, limit: Int, cursor: String? = nil
    ) -> Endpoint {
        Endpoint(.get, "/agents/", id: agent.rawValue, "/sessions", query: filter.query(limit: limit, cursor: cursor))
    }

    /// `GET /sessions/{id}` (contract, *Sessions*).
    public static func session(_ id: Identifier<CallSession>) -> Endpoint {
        Endpoint(.get, "/sessions/", id: id.rawValue)
    }

    public enum ReportFormat: String, Sendable, CaseIterable { case json, pdf }

    /// `GET /sessions/{id}/report?format=json|pdf` (contract, *Report*). Servers have different default formats, so the format is
    /// always sent. The server makes the report on demand and does not cache it, so the answer can be slow.
    public static func report(_ id: Identifier<CallSession>, _ format: ReportFormat) -> Endpoint {
        var endpoint = Endpoint(.get, "/sessions/", id: id.rawValue, "/report", query: [("format", format.rawValue)])
        endpoint.timeout = .seconds(300)
        endpoint.isRepeatable = false
        if format == .pdf {
            // A PDF is checked while it arrives, so it may be larger than JSON, which is held in memory.
            endpoint.bodyLimit = 100 << 20
            endpoint.accept = "application/pdf"
        }
        return endpoint
    }

    // MARK: Called by other systems

    /// `POST /vapi/webhook/{agent_id}` (contract, *Called by other systems*): Vapi's `assistant-request`. It is never sent with
    /// the login session.
    /// - Parameter target: the path and query of the agent's webhook URL; nil for the contract's path.
    static func assistantRequest(_ agent: Identifier<Agent>, target: String?, signature: String?) -> Endpoint {
        var endpoint = Endpoint(.post, "/vapi/webhook/{id}")
        endpoint.target = target ?? "/vapi/webhook/\(encode(agent.rawValue))"
        endpoint.isAuthenticated = false
        if let signature { endpoint.headers = [(WebhookSignature.header, signature)] }
        return endpoint
    }

    /// `POST /proxy/{agent_id}/v1/chat/completions` (contract, *Called by other systems*). It is never sent with the login
    /// session: the agent's id authorises it.
    /// - Parameter target: the path and query of the agent's `proxy_url`; nil for the contract's path. Earlier servers leave out
    ///   the end of the path; it is added here.
    static func completion(_ agent: Identifier<Agent>, target: String?) -> Endpoint {
        var endpoint = Endpoint(.post, "/proxy/{id}/v1/chat/completions")
        var path = target ?? "/proxy/\(encode(agent.rawValue))/v1/chat/completions"
        if !path.hasSuffix("/chat/completions") {
            while path.hasSuffix("/") { path.removeLast() }
            path += path.hasSuffix("/v1") ? "/chat/completions" : "/v1/chat/completions"
        }
        endpoint.target = path
        endpoint.isAuthenticated = false
        // A model can take long to answer.
        endpoint.timeout = .seconds(60)
        return endpoint
    }

    // MARK: Service

    /// `GET /health` (contract, *Health*): outside `/api/v1`, and without the cookie. A degraded service answers 503 with the
    /// same body, so the request is not sent again.
    public static var health: Endpoint {
        var endpoint = Endpoint(.get, "/health")
        endpoint.target = "/health"
        endpoint.isAuthenticated = false
        endpoint.success = [200, 503]
        endpoint.isRepeatable = false
        return endpoint
    }

    // MARK: Encoding

    private static func encode(_ query: [(String, String?)]) -> String {
        let pairs = query.compactMap { name, value in value.map { "\(name)=\(encode($0))" } }
        return pairs.isEmpty ? "" : "?" + pairs.joined(separator: "&")
    }

    /// Percent-encodes all characters except RFC 3986's unreserved ones. In a text of dots only, the dots are encoded too,
    /// because a URL parser would remove such a path segment.
    static func encode(_ text: String) -> String {
        let keepDots = !text.utf8.allSatisfy { $0 == UInt8(ascii: ".") }
        // Most ids and cursors need no encoding.
        if keepDots, text.utf8.allSatisfy(isUnreserved) { return text }
        var result = ""
        for byte in text.utf8 {
            if isUnreserved(byte), keepDots || byte != UInt8(ascii: ".") {
                result.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                let hex = String(byte, radix: 16, uppercase: true)
                result += byte < 16 ? "%0\(hex)" : "%\(hex)"
            }
        }
        return result
    }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch Unicode.Scalar(byte) {
        case "A"..."Z", "a"..."z", "0"..."9", "-", "_", "~", ".": true
        default: false
        }
    }
}

/// The filters of the session lists (contract, *Sessions*).
public struct SessionFilter: Sendable, Hashable {
    /// A duration such as `24h` or `30d`, or an ISO 8601 timestamp; nil for the server's default, 24 hours.
    public var since: String?
    /// Sessions that began at this moment or later are not wanted. The API has no such filter, so it is not sent: whoever reads the
    /// pages passes those sessions over (`Page.passingOver`).
    public var until: Date?
    public var status: CallStatus?
    public var minRedactions: Int?
    /// Ignored in the session list of an agent.
    public var agentID: Identifier<Agent>?

    public init(
        since: String? = nil, until: Date? = nil, status: CallStatus? = nil, minRedactions: Int? = nil,
        agentID: Identifier<Agent>? = nil
    ) {
        self.since = since
        self.until = until
        self.status = status
        self.minRedactions = minRedactions
        self.agentID = agentID
    }

    fileprivate func query(limit: Int, cursor: String?) -> [(String, String?)] {
        [
            ("limit", "\(limit)"), ("cursor", cursor), ("since", since), ("status", status?.rawValue),
            ("min_redactions", minRedactions.map(String.init)),
        ]
    }
}
