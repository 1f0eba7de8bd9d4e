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

    @Test("promise 8: a proxy setting that cannot be used is reported without its value, and nothing is sent without the proxy", arguments: [
        "ftp://me:pw@p", "http://me:p@w@p", "http://me:pw@p:65536",
    ])
    func unusable(proxy: String) async throws {
        let host = try APIHost("https://masker.invalid")
        let client = try client(of: host, through: proxy).client
        let error = await failure { try await client.agents() }
        #expect(error?.message.contains("https_proxy cannot be used") == true && error?.message.contains("w@p") == false)
    }

    // MARK: Signing in to the proxy

    private static let refusal = "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n"
    private static let host = "https://masker.invalid"

    /// A client that tries again at once after a failure that may pass.
    private func client(of host: APIHost, through proxy: String) throws -> (client: MaskerClient, transport: PatientTransport) {
        let login = LoginSession(host: host, store: nil, environmentValue: try CookieValue(pasted: "secret-value"))
        let transport = PatientTransport(host: host, settings: CurlTransport.Settings(proxyEnvironment: ["https_proxy": proxy]))
        var policy = RetryPolicy.standard
        policy.sleep = { _ in }
        return (MaskerClient(host: host, transport: transport, login: login, retry: policy), transport)
    }

    @Test("a refused password is sent once, however many requests there are, and again when the user asks", arguments: [
        refusal, refusal.replacingOccurrences(of: "407", with: "401"), "HTTP/1.1 407 No\r\nProxy-Authenticate: Negotiate\r\nContent-Length: 9\r\n\r\n<html>no<",
        "HTTP/1.1 407 No\r\nConnection: close\r\n\r\n",
    ])
    func wrongPassword(answer: String) async throws {
        let proxy = try ScriptedServer([.sendAndClose(answer)])
        let (client, transport) = try client(of: APIHost(Self.host), through: "http://corpuser:wr%40ng@127.0.0.1:\(proxy.port)")
        let errors = await withTaskGroup(of: APIError?.self) { group in
            group.addTask { await failure { try await client.health() } }
            group.addTask { await failure { try await client.agents() } }
            group.addTask { await failure { try await client.sessions() } }
            group.addTask { await failure { try await client.deleteAgent(Identifier("agt_1")) } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        let later = await failure { try await client.currentUser() }
        for error in errors + [later] {
            guard case .transport(let cause)? = error?.kind else { return fail("\(String(describing: error))") }
            #expect(cause.reason == .proxy && !cause.mayHaveReachedServer)
            #expect(cause.detail.hasPrefix("the proxy wants a") && cause.detail.contains("https_proxy"))
            #expect(!cause.detail.contains("corpuser") && !cause.detail.contains("wr@ng") && !cause.detail.contains("cONNECT"))
        }
        #expect(proxy.requests.count == 1 && client.isRefusedByProxy)
        client.askProxyAgain()
        #expect(!client.isRefusedByProxy)
        _ = await failure { try await client.agents() }
        #expect(proxy.requests.count == 2)
        transport.shutDown()
    }

    @Test("the proxy receives the decoded user name and password", arguments: [
        ("corpuser:p%40s%2Fs%23%3F", "corpuser:p@s/s#?"), ("CORP%5Cuser:a:b", "CORP\\user:a:b"), ("user:50%", "user:50%"), ("user:p%C3%A4ss", "user:päss"),
        ("user", "user:"),
    ])
    func decoded(written: String, received: String) async throws {
        let proxy = try ScriptedServer([.sendAndClose(Self.refusal)])
        let (client, transport) = try client(of: APIHost(Self.host), through: "http://\(written)@127.0.0.1:\(proxy.port)")
        _ = await failure { try await client.health() }
        transport.shutDown()
        let header = "Proxy-Authorization: Basic " + Data(received.utf8).base64EncodedString()
        #expect(proxy.requests.first?.contains(header + "\r\n") == true, "\(proxy.requests)")
    }

    @Test("a proxy that forbids the server is asked once; one that cannot reach it, three times", arguments: [
        ("403 Forbidden", 1, "does not let the console through to masker.invalid (403)"), ("302 Found", 1, "(302)"), ("404 Not Found", 1, "(404)"),
        ("502 Bad Gateway", 3, "did not reach masker.invalid (502)"), ("503 Service Unavailable", 3, "(503)"), ("429 Too Many Requests", 3, "(429)"),
    ])
    func refused(status: String, tries: Int, sentence: String) async throws {
        let proxy = try ScriptedServer([.sendAndClose("HTTP/1.1 \(status)\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>")])
        let (client, transport) = try client(of: APIHost(Self.host), through: "http://corpuser:pass@127.0.0.1:\(proxy.port)")
        let error = await failure { try await client.agents() }
        transport.shutDown()
        #expect(error?.message.contains("the proxy 127.0.0.1:\(proxy.port) (https_proxy) ") == true && error?.message.contains(sentence) == true, "\(String(describing: error))")
        #expect(proxy.requests.count == tries)
    }

    @Test("a request that waits for the proxy is cancelled at once")
    func cancelledWhileWaiting() async throws {
        let proxy = try ScriptedServer([.silence])
        let host = try APIHost(Self.host)
        let transport = PatientTransport(host: host, settings: CurlTransport.Settings(proxyEnvironment: ["https_proxy": proxy.origin]))
        func send() -> Task<TransportError.Reason?, Never> {
            Task {
                do { _ = try await transport.send(HTTPRequest(.get, "/"), onHead: nil, onBody: nil) } catch { return (error as? TransportError)?.reason }
                return nil
            }
        }
        let first = send()
        #expect(await proxy.eventually { $0.requests.count == 1 })
        let second = send()
        second.cancel()
        #expect(await second.value == .cancelled)
        first.cancel()
        #expect(await first.value == .cancelled)
        #expect(proxy.requests.count == 1)
        transport.shutDown()
    }
}
