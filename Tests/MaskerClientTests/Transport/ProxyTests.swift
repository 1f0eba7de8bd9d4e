import Foundation
import Synchronization
import TestSupport
import Testing

@testable import MaskerAPI

@Suite("A proxy before the server", .ownThread)
struct ProxyTests {
    /// Sends one authenticated request to a host behind a proxy that answers `CONNECT` with `answer`.
    private func send(through answer: String) async throws -> (login: LoginSession, error: APIError?, seen: [String]) {
        let proxy = try ScriptedServer([.sendAndClose(answer)])
        let host = try APIHost("https://masker.invalid")
        let login = LoginSession(host: host, store: nil, environmentValue: try CookieValue(pasted: "secret-value"))
        let settings = CurlTransport.Settings(proxyEnvironment: ["https_proxy": proxy.origin])
        let transport = PatientTransport(host: host, settings: settings)
        let client = MaskerClient(host: host, transport: transport, login: login, retry: .none)
        let error = await failure { try await client.deleteAgent(Identifier("agt_1")) }
        transport.shutDown()
        return (login, error, proxy.requests)
    }

    @Test("promise 8, 14: a proxy sees a name and a port, and no cookie; after a refused CONNECT no DELETE is sent")
    func blind() async throws {
        let (_, error, seen) = try await send(through: "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")
        #expect(seen.count == 1)
        #expect(seen.allSatisfy { $0.hasPrefix("CONNECT masker.invalid:443 ") && !$0.contains("secret-value") })
        guard case .transport(let cause)? = error?.kind else { return fail("\(String(describing: error))") }
        #expect(!cause.mayHaveReachedServer, "the request was not sent")
    }

    @Test("a proxy cannot set a login session or remove it", arguments: [
        "masker_session=planted; Path=/", "masker_session=; Max-Age=0",
    ])
    func planting(cookie: String) async throws {
        let headers = ["HTTP/1.1 200 Connection established", "Set-Cookie: \(cookie)", "Date: Thu, 01 Jan 2032 00:00:00 GMT"]
        let (login, _, _) = try await send(through: headers.joined(separator: "\r\n") + "\r\n\r\n")
        #expect(login.status.valueRenewals == 0)
        #expect(login.status.serverClockOffset == 0)
        #expect(try #require(await login.begin()).header.value == "masker_session=secret-value")
    }

    @Test("promise 8: plain HTTP to this machine uses no proxy", arguments: ["http_proxy", "HTTP_PROXY", "ALL_PROXY", "all_proxy", "https_proxy"])
    func loopback(variable: String) async throws {
        let proxy = try ScriptedServer([.send(ScriptedServer.answer("{}"))])
        let server = try ScriptedServer([.send(ScriptedServer.answer("{\"data\":[]}"))])
        let host = try APIHost(server.origin)
        let login = LoginSession(host: host, store: nil, environmentValue: try CookieValue(pasted: "secret-value"))
        let transport = PatientTransport(host: host, settings: CurlTransport.Settings(proxyEnvironment: [variable: proxy.origin]))
        _ = try await MaskerClient(host: host, transport: transport, login: login, retry: .none).agents()
        transport.shutDown()
        #expect(proxy.connections == 0 && server.requests.count == 1)
    }

    @Test("promise 8: a SOCKS proxy receives no cookie either", arguments: ["socks4", "socks4a", "socks5", "socks5h"])
    func socks(scheme: String) async throws {
        let proxy = try ScriptedServer([.silence])
        let host = try APIHost("https://127.0.0.9:4433")
        let login = LoginSession(host: host, store: nil, environmentValue: try CookieValue(pasted: "secret-value"))
        var settings = CurlTransport.Settings(proxyEnvironment: ["ALL_PROXY": "\(scheme)://127.0.0.1:\(proxy.port)"])
        settings.connectTimeout = .seconds(1)
        let transport = CurlTransport(host: host, settings: settings)
        let error = await failure { try await MaskerClient(host: host, transport: transport, login: login, retry: .none).agents() }
        transport.shutDown()
        guard case .transport(let cause)? = error?.kind else { return fail("\(String(describing: error))") }
        #expect(!cause.mayHaveReachedServer)
        #expect(await proxy.eventually { $0.connections == 1 }, "the proxy was used")
        #expect(!proxy.received.contains("secret-value"))
    }

    @Test("promise 8: a proxy setting that cannot be used is reported without its value, and nothing is sent without the proxy")
    func unusable() async throws {
        let host = try APIHost("https://masker.invalid")
        let settings = CurlTransport.Settings(proxyEnvironment: ["https_proxy": "ftp://me:pw@p"])
        let login = LoginSession(host: host, store: nil, environmentValue: try CookieValue(pasted: "x"))
        let client = MaskerClient(host: host, transport: PatientTransport(host: host, settings: settings), login: login, retry: .none)
        let error = await failure { try await client.agents() }
        #expect(error?.message.contains("https_proxy cannot be used") == true && error?.message.contains("pw") == false)
    }
}
