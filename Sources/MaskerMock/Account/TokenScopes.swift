/// The permissions (scopes) of an API token. OPEN: the first three are announced; the mock adds the others.
public enum MockScope: String, Sendable, CaseIterable {
    case readAgents = "agents:read"
    case readSessions = "sessions:read"
    case readReports = "reports:read"
    case writeAgents = "agents:write"
    case deleteAgents = "agents:delete"

    /// The scope that a request needs. OPEN: nil for the current user, which every token may read.
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

/// An API token: it acts as its user, within its scopes.
public struct MockToken: Sendable, Equatable {
    public var login: String
    public var scopes: Set<MockScope>
    public var value: String

    public init(login: String, scopes: Set<MockScope>, value: String) {
        self.login = login
        self.scopes = scopes
        self.value = value
    }

    /// Reads `LOGIN:SCOPE,SCOPE:VALUE`; scopes contain a colon themselves, and there may be no scope. Nil for an unknown scope,
    /// and for a value that a header cannot contain.
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
