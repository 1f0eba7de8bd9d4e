import MaskerAPI

/// The login sessions of this run, one for each server. A user who returns to a profile gets its earlier login session.
///
/// A login session is sent only to its own server. `MASKER_SESSION` and `MASKER_TOKEN` belong to the server that `--url`,
/// `MASKER_URL` or `MASKER_SERVER` names, or else to the first server of the run.
package final class LoginSessionsByHost {
    private var environment: EnvironmentCredential?
    private var environmentHost: APIHost?
    /// The named server, when it is not a valid URL. Then the login session in the environment belongs to no server.
    private let unreadableURL: String?
    private var sessions: [String: LoginSession] = [:]

    /// - Parameter url: The server that the environment's login session belongs to, if one is named.
    init(_ environment: EnvironmentCredential?, url: String?) {
        self.environment = environment
        environmentHost = url.flatMap { try? APIHost($0) }
        unreadableURL = environmentHost == nil ? url : nil
    }

    /// - Parameter storageRefusal: Why there is no store although there should be one; nil otherwise.
    func session(for host: APIHost, store: CredentialStore?, storageRefusal: String? = nil) -> LoginSession {
        let isMeant = unreadableURL == nil && (environmentHost == nil || environmentHost == host)
        if isMeant, case .token(let token)? = environment {
            environmentHost = host
            return remembered(host.origin) { LoginSession(host: host, token: token) }
        }
        return remembered(host.origin + " " + (store?.path ?? "")) {
            guard isMeant, case .session(let value)? = environment else {
                return LoginSession(host: host, store: store, environmentValue: nil, storageRefusal: storageRefusal)
            }
            environmentHost = host
            // The server may replace the value with its first answer. Then the value is no longer valid, so it is used once only.
            environment = nil
            return LoginSession(host: host, store: store, environmentValue: value, storageRefusal: storageRefusal)
        }
    }

    private func remembered(_ place: String, _ make: () -> LoginSession) -> LoginSession {
        if let known = sessions[place] { return known }
        let session = make()
        sessions[place] = session
        return session
    }

    /// The login session or token in the environment, if it belongs to another server.
    func unusedCredential(for host: APIHost) -> UnusedCredential? {
        if let environment, let unreadableURL { return UnusedCredential(variable: environment.variable, host: unreadableURL) }
        guard let environment, let environmentHost, environmentHost != host else { return nil }
        return UnusedCredential(variable: environment.variable, host: environmentHost.authority)
    }
}

/// A login session or an API token in the environment that belongs to another server.
struct UnusedCredential: Sendable, Equatable {
    var variable: String
    /// `host[:port]`.
    var host: String
}
