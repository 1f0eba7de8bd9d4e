import MaskerAPI

/// The login sessions of this run, one a server: who comes back to a profile finds the one that was left.
///
/// A session never goes to a server that it is not for: that of `MASKER_SESSION` to the one that `--url` or `MASKER_URL`
/// names only, or without those to the first one.
final class LoginSessions {
    private var environmentValue: CookieValue?
    private var environmentHost: APIHost?
    private var sessions: [String: LoginSession] = [:]

    /// - Parameter url: of the server that the value is for, where one is named.
    init(environmentValue: CookieValue?, url: String?) {
        self.environmentValue = environmentValue
        environmentHost = url.flatMap { try? APIHost($0) }
    }

    func session(for host: APIHost, store: CredentialStore?) -> LoginSession {
        let place = host.origin + " " + (store?.path ?? "")
        if let known = sessions[place] { return known }
        let value = environmentHost == nil || environmentHost == host ? environmentValue : nil
        if value != nil {
            environmentHost = host
            environmentValue = nil
        }
        let session = LoginSession(host: host, store: store, environmentValue: value)
        sessions[place] = session
        return session
    }

    /// The server that the login session in the environment is for, when that is another one.
    func strangerInEnvironment(to host: APIHost) -> APIHost? {
        environmentValue == nil || environmentHost == host ? nil : environmentHost
    }
}
