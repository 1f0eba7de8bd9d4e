/// The permissions of users. OPEN: the contract does not say who is an account admin; in the mock it is the role `admin`.
enum Rights {
    static let readAgents = "agents:read", writeAgents = "agents:write"
    private static let usual = [readAgents, writeAgents, "sessions:read", "reports:read"]

    static func isAdmin(_ user: MockUser) -> Bool { user.role == "admin" }

    static func of(_ user: MockUser, _ options: MockOptions) -> [String] {
        if isAdmin(user) { return usual + ["billing:read"] }
        if case .listed(let permissions) = options.permissions { return permissions }
        return usual
    }

    /// OPEN: creating and deleting need `agents:write`.
    static func require(_ permission: String, of user: MockUser, _ options: MockOptions) throws {
        guard of(user, options).contains(permission) else { throw MockError.forbidden("This needs the permission \(permission).") }
    }
}
