import Foundation
import Synchronization
import Testing

@testable import MaskerAPI

@Suite("A proxy on the way")
struct ProxyTests {
    /// Sends one authenticated request to a host behind a proxy that answers `CONNECT` with `answer`.
    private func send(through answer: String) async throws -> (login: LoginSession, error: APIError?, seen: [String]) {
        let proxy = try ScriptedServer([.sendAndClose(answer)])
        let host = try APIHost("https://masker.invalid")
        let login = LoginSession(host: host, store: nil, environmentValue: try CookieValue(pasted: "secret-value"))
        let settings = CurlTransport.Settings(proxyEnvironment: ["https_proxy": proxy.origin])
        let transport = CurlTransport(host: host, settings: settings)
        let client = MaskerClient(host: host, transport: transport, login: login, retry: .none)
        let error = await failure { try await client.deleteAgent(Identifier("agt_1")) }
        transport.shutDown()
        return (login, error, proxy.requests)
    }

    @Test("sees a name and a port, and no cookie")
    func blind() async throws {
        let (_, error, seen) = try await send(through: "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")
        #expect(seen.count == 1)
        #expect(seen.allSatisfy { $0.hasPrefix("CONNECT masker.invalid:443 ") && !$0.contains("secret-value") })
        guard case .transport(let cause)? = error?.kind else { return fail("\(String(describing: error))") }
        #expect(!cause.mayHaveReachedServer, "the request has not left")
    }

    @Test("cannot plant a login session, nor take one away", arguments: [
        "masker_session=planted; Path=/", "masker_session=; Max-Age=0",
    ])
    func planting(cookie: String) async throws {
        let headers = ["HTTP/1.1 200 Connection established", "Set-Cookie: \(cookie)", "Date: Thu, 01 Jan 2032 00:00:00 GMT"]
        let (login, _, _) = try await send(through: headers.joined(separator: "\r\n") + "\r\n\r\n")
        #expect(login.status.valueRenewals == 0)
        #expect(login.status.serverClockOffset == 0)
        #expect(try #require(await login.begin()).header.value == "masker_session=secret-value")
    }
}
