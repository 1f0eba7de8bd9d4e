import Foundation
import MaskerMock
import TestSupport
import Testing

@testable import MaskerAPI

/// The mock server and a client for it, with real sockets and libcurl.
struct TestService {
    let server: MockProcess
    let host: APIHost

    /// Cookies of the two users that exist from the start.
    static let admin = "admin-cookie-1", member = "member-cookie-1"

    static func start(_ change: (inout MockOptions) -> Void = { _ in }) async throws -> TestService {
        var options = MockOptions()
        options.agents = 7
        options.sessions = 400
        options.users = [
            MockUser(login: "ada", role: "admin", cookie: admin), MockUser(login: "grace", role: "member", cookie: member),
        ]
        change(&options)
        let server = MockProcess(options)
        return TestService(server: server, host: try APIHost(try await server.start()))
    }

    /// Runs `body` with a service, and stops the service in any case.
    static func with(
        _ change: (inout MockOptions) -> Void = { _ in }, _ body: (TestService) async throws -> Void
    ) async throws {
        let service = try await start(change)
        do { try await body(service) } catch {
            service.server.stop()
            throw error
        }
        service.server.stop()
    }

    func login(_ cookie: String? = TestService.admin, store: CredentialStore? = nil) throws -> LoginSession {
        LoginSession(host: host, store: store, environmentValue: try cookie.map { try CookieValue(pasted: $0) })
    }

    func client(
        _ cookie: String? = TestService.admin, store: CredentialStore? = nil, retry: RetryPolicy = .none
    ) throws -> MaskerClient {
        MaskerClient(
            host: host, transport: PatientTransport(host: host), login: try login(cookie, store: store), retry: retry)
    }

    /// The cookie values that the server has received, in order.
    var cookiesSeen: [String?] { server.requests.map(\.cookie) }
}

/// The error of a call; if the call succeeds, the test fails.
func failure<Value>(
    sourceLocation: SourceLocation = #_sourceLocation, _ call: () async throws -> Value
) async -> APIError? {
    do {
        _ = try await call()
        Issue.record("the call has succeeded", sourceLocation: sourceLocation)
        return nil
    } catch {
        return error as? APIError
    }
}

/// Records a failure when an expected value is missing.
func fail(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) {
    Issue.record(Comment(rawValue: text), sourceLocation: sourceLocation)
}
