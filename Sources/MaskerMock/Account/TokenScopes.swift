/// What an API token may do. OPEN: the first three are announced; the others are what the mock makes of the rest.
public enum MockScope: String, Sendable, CaseIterable {
    case readAgents = "agents:read"
    case readSessions = "sessions:read"
    case readReports = "reports:read"
    case writeAgents = "agents:write"
    case deleteAgents = "agents:delete"

    /// What a request needs. OPEN: nil for the current user, whom every token may ask for.
    static func needed(_ method: String, _ path: [String]) -> MockScope? {
        switch (path.first, method) {
        case ("agents", "DELETE"): deleteAgents
        case ("agents", "POST"): writeAgents
        case ("agents", _): path.count == 3 ? readSessions : readAgents
        case ("sessions", _): path.count == 3 ? readReports : readSessions
        default: nil
        }
    }
}

/// A scoped API token: who has it is its user, as far as its scopes go.
public struct MockToken: Sendable, Equatable {
    public var login: String
    public var scopes: Set<MockScope>
    public var value: String

    public init(login: String, scopes: Set<MockScope>, value: String) {
        self.login = login
        self.scopes = scopes
        self.value = value
    }

    /// Reads `LOGIN:SCOPE,SCOPE:VALUE`, where scopes have a colon of their own and there may be none. Nil for a scope that
    /// there is not, and for a value that a header cannot hold.
    public init?(parsing text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard parts.count >= 3, let login = parts.first, let value = parts.last, !login.isEmpty, !value.isEmpty,
            value.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else { return nil }
        let names = parts.dropFirst().dropLast().joined(separator: ":").split(separator: ",").map(String.init)
        let scopes = names.compactMap(MockScope.init)
        guard scopes.count == names.count else { return nil }
        self.init(login: login, scopes: Set(scopes), value: value)
    }
}
