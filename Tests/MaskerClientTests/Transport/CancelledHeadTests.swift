import Foundation
import Synchronization
import TestSupport
import Testing

@testable import MaskerAPI

/// A server that replaces the cookie's value in its answer to a cancelled request: the old value is invalid then, so the
/// new one must not be lost.
@Suite("Answers to cancelled requests", .ownThread)
struct CancelledHeadTests {
    private static let page = #"{"data":[],"next_cursor":null}"#
    private static let renewal = ScriptedServer.answer(page, headers: ["Set-Cookie: masker_session=v2; Path=/"])

    private struct Parts {
        let server: ScriptedServer
        let client: MaskerClient
        let transport: CurlTransport
    }

    /// - Parameter patience: how long heads are waited for; by default so long that only an event ends the wait.
    private func parts(_ steps: [ScriptedServer.Step], patience: Duration = Patience.hang) throws -> Parts {
        let server = try ScriptedServer(steps)
        let host = try APIHost(server.origin)
        var settings = CurlTransport.Settings()
        settings.connectTimeout = Patience.hang
        settings.silenceTimeout = Patience.hang
        settings.leastSilence = Patience.hang
        settings.headPatience = patience
        let transport = CurlTransport(host: host, settings: settings)
        let login = LoginSession(
            host: host, store: nil, environmentValue: try CookieValue(pasted: "v1"), patience: Patience.hang, headPatience: Patience.hang)
        return Parts(server: server, client: MaskerClient(host: host, transport: transport, login: login, retry: .none), transport: transport)
    }

    private func isCancelled(_ error: APIError?) -> Bool {
        if case .transport(let cause)? = error?.kind { cause.reason == .cancelled } else { false }
    }

    private func call(_ parts: Parts) -> Task<APIError?, Never> {
        Task {
            do { _ = try await parts.client.agents() } catch { return error as? APIError }
            return nil
        }
    }

    @Test("promise 13: a cancelled call ends before its answer comes, and the next request has the value of that answer")
    func adopted() async throws {
        let parts = try parts([.held(Self.renewal), .send(ScriptedServer.answer(Self.page))])
        defer { parts.transport.shutDown() }
        let task = call(parts)
        #expect(await parts.server.eventually { $0.requests.count == 1 })
        task.cancel()
        // The answer is held back until after this.
        #expect(isCancelled(await task.value))
        parts.server.letGo()
        #expect(await Patience.wait { parts.client.loginStatus.valueRenewals == 1 })
        _ = try await parts.client.agents()
        #expect(parts.server.requests.last?.contains("masker_session=v2") == true)
        #expect(await parts.server.eventually { $0.openConnections <= 1 }, "the connection of the cancelled request is still open")
    }

    @Test("promise 13: ending waits for the heads of outstanding answers, also of cancelled calls", arguments: [false, true])
    func ending(isCancelled: Bool) async throws {
        let parts = try parts([.held(Self.renewal)])
        let task = call(parts)
        #expect(await parts.server.eventually { $0.requests.count == 1 })
        if isCancelled { task.cancel() }
        let hasEnded = Flag()
        DetachedThread.start {
            parts.transport.shutDown()
            hasEnded.raise()
        }
        // A request after the end has begun is refused.
        #expect(await Patience.wait {
            do throws(APIError) {
                _ = try await parts.client.health()
                return false
            } catch { return self.isCancelled(error) }
        })
        #expect(!hasEnded.isRaised)
        parts.server.letGo()
        #expect(await Patience.wait { hasEnded.isRaised })
        #expect(parts.client.loginStatus.valueRenewals == 1)
        #expect(self.isCancelled(await task.value))
    }

    @Test("promise 13: ending does not wait longer for heads than the limit, whatever the server does")
    func endingIsBounded() async throws {
        let parts = try parts([.silence], patience: .milliseconds(100))
        let task = call(parts)
        #expect(await parts.server.eventually { $0.requests.count == 1 })
        parts.transport.shutDown()
        #expect(isCancelled(await task.value))
        #expect(await parts.server.eventually { $0.openConnections == 0 })
        #expect(parts.client.loginStatus.source == .environment, "the session is unchanged")
    }

    @Test("promise 13: a process that is about to be stopped waits for the heads, and sends nothing until it continues")
    func holding() async throws {
        let parts = try parts([.held(Self.renewal), .send(ScriptedServer.answer(Self.page))])
        defer { parts.transport.shutDown() }
        let task = call(parts)
        #expect(await parts.server.eventually { $0.requests.count == 1 })
        let isHeld = Flag()
        DetachedThread.start {
            parts.transport.hold()
            isHeld.raise()
        }
        parts.server.letGo()
        #expect(await Patience.wait { isHeld.isRaised })
        #expect(parts.client.loginStatus.valueRenewals == 1)
        #expect(await task.value == nil)
        let next = call(parts)
        // Another client's request is answered in the meantime.
        _ = try await parts.server.client().agents()
        #expect(parts.server.requests.count == 2)
        parts.transport.release()
        #expect(await next.value == nil)
        #expect(parts.server.requests.last?.contains("masker_session=v2") == true)
    }

    @Test("promise 13: the time in which the process was stopped does not count: an answer that waits in the socket is read")
    func stopped() async throws {
        let parts = try parts([.held(Self.renewal)])
        defer { parts.transport.shutDown() }
        var request = HTTPRequest(.get, "/")
        request.timeout = .seconds(2)
        let sent = request
        let task = Task { try await parts.transport.send(sent, onHead: nil, onBody: nil) }
        #expect(await parts.server.eventually { $0.requests.count == 1 })
        // For libcurl, a thread that does something else is like a stopped process.
        let network = try #require(parts.transport.executor)
        let pause = Task(executorPreference: network) { _ = sleep(4) }
        parts.server.letGo()
        await pause.value
        #expect(try await task.value.head.status == 200)
    }

    @Test("promise 20: an invalid session is sent at most twice, however many requests start at once")
    func deadSession() async throws {
        let refusal = ScriptedServer.answer(#"{"error":{"code":"unauthenticated","message":"no"}}"#, status: "401 Unauthorized")
        let parts = try parts([.held(refusal)])
        defer { parts.transport.shutDown() }
        let tasks = (0..<5).map { _ in call(parts) }
        #expect(await parts.server.eventually { $0.requests.count == 2 })
        parts.server.letGo()
        for task in tasks { #expect(await task.value?.kind == .unauthenticated) }
        #expect(parts.server.requests.count == 2)
    }
}

/// A flag that any thread can set once.
private final class Flag: Sendable {
    private let value = Mutex(false)
    var isRaised: Bool { value.withLock { $0 } }
    func raise() { value.withLock { $0 = true } }
}
