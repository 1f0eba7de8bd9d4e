import FoundationEssentials

/// The signed-in user, the account and the user's permissions (contract, *Current user*). A user has an id or a login; all other
/// fields are optional.
public struct User: Sendable, Equatable {
    public var id: String?
    /// `github_login`, or `login` on some servers.
    public var login: String?
    public var email: String?
    public var name: String?
    /// Not documented, but read when a server sends it; so is `isAdmin`.
    public var role: Role?
    public var isAdmin: Bool?
    public var lastSeenAt: Date?
    public var githubID: Int?
    public var avatarURL: String?
    public var createdAt: Date?
    public var account: Account?
    /// Nil when the server does not send them.
    public var permissions: [Permission]?

    public init(
        id: String? = nil, login: String? = nil, email: String? = nil, name: String? = nil, role: Role? = nil,
        isAdmin: Bool? = nil, lastSeenAt: Date? = nil, githubID: Int? = nil, avatarURL: String? = nil, createdAt: Date? = nil,
        account: Account? = nil, permissions: [Permission]? = nil
    ) {
        self.id = id
        self.login = login
        self.email = email
        self.name = name
        self.role = role
        self.isAdmin = isAdmin
        self.lastSeenAt = lastSeenAt
        self.githubID = githubID
        self.avatarURL = avatarURL
        self.createdAt = createdAt
        self.account = account
        self.permissions = permissions
    }

    /// Whether the user is an account admin; nil when the server does not say so. With nil, the console offers everything, and
    /// the server decides.
    public var mayAdminister: Bool? { OpenDecision.mayAdminister(self) }

    /// Whether the server has sent the user's permissions and this one is missing.
    public func lacks(_ permission: Permission) -> Bool { permissions.map { !$0.contains(permission) } ?? false }
}

extension User: JSONObjectReadable, Encodable {
    public enum CodingKeys: String, CodingKey {
        case id, email, name, role, account, permissions
        case login = "github_login"
        case plainLogin = "login"
        case isAdmin = "is_admin"
        case lastSeenAt = "last_seen_at"
        case githubID = "github_id"
        case avatarURL = "avatar_url"
        case createdAt = "created_at"
    }

    public init?(_ fields: inout JSONFields<CodingKeys>) {
        // Some servers send a number instead of a ULID.
        id = fields.version(.id)
        login = fields.string(.login) ?? fields.string(.plainLogin)
        guard id != nil || login != nil else { return nil }
        email = fields.string(.email)
        name = fields.string(.name)
        role = fields.string(.role).map(Role.init)
        isAdmin = fields.bool(.isAdmin)
        lastSeenAt = fields.date(.lastSeenAt)
        githubID = fields.int(.githubID)
        avatarURL = fields.string(.avatarURL)
        createdAt = fields.date(.createdAt)
        account = fields.record(.account)
        permissions = fields.list(.permissions) { $0.stringValue.map(Permission.init) }
    }

    /// Reads an answer: the user is in `user`, with `account` and `permissions` beside it, or all fields are at the top level.
    public init?(answer: JSON) {
        guard let own = answer["user"] else {
            self.init(json: answer)
            return
        }
        self.init(json: own)
        guard var beside = JSONFields<CodingKeys>(answer) else { return }
        account = beside.record(.account) ?? account
        permissions = beside.list(.permissions) { $0.stringValue.map(Permission.init) } ?? permissions
    }

    /// Encodes the user's own fields, without account and permissions, which stand beside the user in an answer.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encodeIfPresent(id, forKey: .id)
        try container.encodeIfPresent(login, forKey: .login)
        try container.encodeIfPresent(githubID, forKey: .githubID)
        try container.encodeIfPresent(email, forKey: .email)
        try container.encodeIfPresent(name, forKey: .name)
        try container.encodeIfPresent(avatarURL, forKey: .avatarURL)
        try container.encodeIfPresent(role, forKey: .role)
        try container.encodeIfPresent(isAdmin, forKey: .isAdmin)
        try container.encodeIfPresent(createdAt, forKey: .createdAt)
        try container.encodeIfPresent(lastSeenAt, forKey: .lastSeenAt)
    }
}

/// The account to which the user, the agents and the sessions belong.
public struct Account: Sendable, Equatable {
    public var id: String?
    public var name: String?
    /// `beta`, `pilot`, `production`, `internal`, …
    public var plan: String?
    public var createdAt: Date?

    public init(id: String? = nil, name: String? = nil, plan: String? = nil, createdAt: Date? = nil) {
        self.id = id
        self.name = name
        self.plan = plan
        self.createdAt = createdAt
    }
}

extension Account: JSONObjectReadable, Encodable {
    public enum CodingKeys: String, CodingKey {
        case id, name, plan
        case createdAt = "created_at"
    }

    public init?(_ fields: inout JSONFields<CodingKeys>) {
        id = fields.string(.id)
        name = fields.string(.name)
        plan = fields.string(.plan)
        createdAt = fields.date(.createdAt)
    }
}
