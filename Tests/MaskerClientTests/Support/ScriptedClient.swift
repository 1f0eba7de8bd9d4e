import MaskerAPI
import TestSupport

extension ScriptedServer {
    /// A client that is signed in with `cookie`.
    func client(cookie: String = "scripted-cookie", retry: RetryPolicy = .none) throws -> MaskerClient {
        let host = try APIHost(origin)
        let login = LoginSession(host: host, store: nil, environmentValue: try CookieValue(pasted: cookie))
        return MaskerClient(host: host, transport: PatientTransport(host: host), login: login, retry: retry)
    }
}
