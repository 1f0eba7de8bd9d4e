import MaskerAPI

/// The login sessions of this run, one a server: who comes back to a profile finds the one that was left.
///
/// A session never goes to a server that it is not for: that of `MASKER_SESSION`, or the API token of `MASKER_TOKEN`, to
/// the one that `--url`, `MASKER_URL` or `MASKER_SERVER` names only, or without those to the first one.
package final class LoginSessionsByHost {
    private var environment: EnvironmentCredential?
    private var environmentHost: APIHost?
    /// What names the server and is no address: then the one in the environment is for none.
    private let unreadableURL: String?
    private var sessions: [String: LoginSession] = [:]

    /// - Parameter url: of the server that the one in the environment is for, where one is named.
    init(_ environment: EnvironmentCredential?, url: String?) {
        self.environment = environment
        environmentHost = url.flatMap { try? APIHost($0) }
        unreadableURL = environmentHost == nil ? url : nil
    }

    func session(for host: APIHost, store: CredentialStore?) -> LoginSession {
        let isMeant = unreadableURL == nil && (environmentHost == nil || environmentHost == host)
        if isMeant, case .token(let token)? = environment {
            environmentHost = host
            return remembered(host.origin) { LoginSession(host: host, token: token) }
        }
        return remembered(host.origin + " " + (store?.path ?? "")) {
            guard isMeant, case .session(let value)? = environment else {
                return LoginSession(host: host, store: store, environmentValue: nil)
            }
            environmentHost = host
            // The server may replace it with the first answer; then it is nothing to begin with any more.
            environment = nil
            return LoginSession(host: host, store: store, environmentValue: value)
        }
    }

    private func remembered(_ place: String, _ make: () -> LoginSession) -> LoginSession {
        if let known = sessions[place] { return known }
        let session = make()
        sessions[place] = session
        return session
    }

    /// What the environment holds for another server.
    func unusedCredential(for host: APIHost) -> UnusedCredential? {
        if let environment, let unreadableURL { return UnusedCredential(variable: environment.variable, host: unreadableURL) }
        guard let environment, let environmentHost, environmentHost != host else { return nil }
        return UnusedCredential(variable: environment.variable, host: environmentHost.authority)
    }
}

/// A login session or an API token in the environment that is for another server.
struct UnusedCredential: Sendable, Equatable {
    var variable: String
    /// `host[:port]`.
    var host: String
}
