import FoundationEssentials

/// The signed-in user (contract, *Current user*; every field is optional but one of id and login).
public struct User: Sendable, Equatable {
    public var id: String?
    /// `github_login`, or `login` where the server calls it that.
    public var login: String?
    public var email: String?
    public var name: String?
    public var role: Role?
    public var isAdmin: Bool?
    public var lastSeenAt: Date?

    public init(
        id: String? = nil, login: String? = nil, email: String? = nil, name: String? = nil, role: Role? = nil,
        isAdmin: Bool? = nil, lastSeenAt: Date? = nil
    ) {
        self.id = id
        self.login = login
        self.email = email
        self.name = name
        self.role = role
        self.isAdmin = isAdmin
        self.lastSeenAt = lastSeenAt
    }

    /// Whether the user is an account admin; nil when the server does not say, and then nothing is withheld: the
    /// server decides.
    public var mayAdminister: Bool? {
        if let isAdmin { return isAdmin }
        return role.map { $0 == .admin }
    }
}

extension User: JSONObjectReadable, Encodable {
    public enum CodingKeys: String, CodingKey {
        case id, email, name, role
        case login = "github_login"
        case plainLogin = "login"
        case isAdmin = "is_admin"
        case lastSeenAt = "last_seen_at"
    }

    public init?(_ fields: inout JSONFields<CodingKeys>) {
        id = fields.string(.id)
        login = fields.string(.login) ?? fields.string(.plainLogin)
        guard id != nil || login != nil else { return nil }
        email = fields.string(.email)
        name = fields.string(.name)
        role = fields.string(.role).map(Role.init)
        isAdmin = fields.bool(.isAdmin)
        lastSeenAt = fields.date(.lastSeenAt)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encodeIfPresent(id, forKey: .id)
        try container.encodeIfPresent(login, forKey: .login)
        try container.encodeIfPresent(email, forKey: .email)
        try container.encodeIfPresent(name, forKey: .name)
        try container.encodeIfPresent(role, forKey: .role)
        try container.encodeIfPresent(isAdmin, forKey: .isAdmin)
        try container.encodeIfPresent(lastSeenAt, forKey: .lastSeenAt)
    }
}
