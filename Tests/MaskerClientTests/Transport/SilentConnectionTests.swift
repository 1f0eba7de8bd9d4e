import Foundation
import Synchronization
import TestSupport
import Testing

@testable import MaskerAPI

/// A server that swallows what comes over a kept connection, as a firewall does that has forgotten the connection.
@Suite("Connections that died silently", .ownThread)
struct SilentConnectionTests {
    private static let page = ScriptedServer.answer(#"{"data":[],"next_cursor":null}"#)
    private static let renewal = ScriptedServer.answer(
        #"{"data":[],"next_cursor":null}"#, headers: ["Set-Cookie: masker_session=v2; Path=/"])
    private static let refusal = ScriptedServer.answer(
        #"{"error":{"code":"unauthenticated","message":"no"}}"#, status: "401 Unauthorized")
    private static let hour = Duration.seconds(3_600)

    /// The clock stands still, so nothing counts as silent before a test moves it.
    private final class Bench: Sendable {
        let server: ScriptedServer
        let client: MaskerClient
        let transport: CurlTransport
        let records = Records()
        private let time: Time

        /// - Parameter limit: the time limit for silence; `leastSilence` is then so much longer as on a slow link.
        init(_ steps: [ScriptedServer.Step], token: Bool = false, patience: Duration = Patience.hang, limit: Duration? = nil) throws {
            let time = Time(), records = records
            server = try ScriptedServer(steps)
            let host = try APIHost(server.origin)
            var settings = CurlTransport.Settings()
            settings.connectTimeout = Patience.hang
            settings.silenceTimeout = limit ?? Patience.hang
            if limit != nil { settings.leastSilence = Patience.hang }
            settings.now = { time.now }
            transport = CurlTransport(host: host, settings: settings)
            let login = token
                ? LoginSession(host: host, token: try APIToken("msk_" + String(repeating: "a", count: 40)))
                : LoginSession(
                    host: host, store: nil, environmentValue: try CookieValue(pasted: "v1"), patience: patience, headPatience: Patience.hang)
            client = MaskerClient(host: host, transport: transport, login: login, retry: .none, log: records.add)
            self.time = time
        }

        deinit { transport.shutDown() }

        func read() -> Task<APIError?, Never> { call { _ = try await $0.agents() } }

        func call(_ body: @escaping @Sendable (MaskerClient) async throws -> Void) -> Task<APIError?, Never> {
            Task { [client] in
                do { try await body(client) } catch { return error as? APIError }
                return nil
            }
        }

        /// Waits until the network thread has looked at all transfers since this was called.
        func turn() async {
            for _ in 0..<3 { await Task(executorPreference: transport.executor) {}.value }
        }

        func pass(_ time: Duration) async {
            await turn()
            self.time.pass(time)
            await turn()
        }

        func waitForRequests(_ count: Int) async { #expect(await server.eventually { $0.requests.count == count }) }

        /// A read over a new connection that is kept, then one over the kept connection, which gets no answer.
        func reuse() async -> Task<APIError?, Never> {
            #expect(await read().value == nil)
            let task = read()
            await waitForRequests(2)
            #expect(server.connections == 1)
            return task
        }

        /// The same, and the second connection has been tried.
        func reuseAndTryAgain() async -> Task<APIError?, Never> {
            let task = await reuse()
            await pass(.seconds(3))
            await waitForRequests(3)
            #expect(server.connections == 2)
            return task
        }
    }

    private final class Time: Sendable {
        private let moment = Mutex(ContinuousClock.now)
        var now: ContinuousClock.Instant { moment.withLock { $0 } }
        func pass(_ time: Duration) { moment.withLock { $0 += time } }
    }

    private final class Records: Sendable {
        private let kept = Mutex<[RequestRecord.Outcome]>([])
        var outcomes: [RequestRecord.Outcome] { kept.withLock { $0 } }
        @Sendable func add(_ record: RequestRecord) { kept.withLock { $0.append(record.outcome) } }
    }

    @Test("promise 12: a read without a byte for 3 s is sent once over a new connection, and its answer is taken")
    func triedOnce() async throws {
        let bench = try Bench([.send(Self.page), .silence, .send(Self.page)])
        let task = await bench.reuse()
        await bench.pass(.milliseconds(2_990))
        #expect(bench.server.requests.count == 2 && bench.server.connections == 1)
        await bench.pass(.milliseconds(10))
        #expect(await task.value == nil)
        #expect(bench.server.requests.count == 3 && bench.server.connections == 2)
        #expect(bench.records.outcomes == [.status(200), .failure(.silent), .status(200)])
    }

    @Test("promise 12: the read over the new connection is not sent a third time")
    func onlyOnce() async throws {
        let bench = try Bench([.send(Self.page), .silence])
        let task = await bench.reuseAndTryAgain()
        await bench.pass(Self.hour)
        await bench.pass(Self.hour)
        #expect(bench.server.requests.count == 3)
        task.cancel()
        #expect(await Self.isCancelled(task))
    }

    @Test("an API token is sent over the new connection as well")
    func token() async throws {
        let bench = try Bench([.send(Self.page), .silence, .send(Self.page)], token: true)
        #expect(await bench.reuseAndTryAgain().value == nil)
        #expect(bench.server.requests[2].contains("msk_aaaa"))
    }

    /// What is never sent twice.
    enum Once: String, CaseIterable, Sendable { case create, delete, logOut, jsonReport, pdfReport, health, firstRead }

    @Test("promise 12: a write, a report, and a read over a new connection wait without a second try", arguments: Once.allCases)
    func never(once: Once) async throws {
        let bench = try Bench(once == .firstRead ? [.silence] : [.send(Self.page), .silence])
        if once != .firstRead { #expect(await bench.read().value == nil) }
        let task = bench.call { client in
            switch once {
            case .create: _ = try await client.createAgent(NewAgent(name: "a", upstream: "stub", tokenization: .vaultDeterministic))
            case .delete: try await client.deleteAgent(Identifier("agt_1"))
            case .logOut: _ = await client.logOut()
            case .jsonReport: _ = try await client.report(Identifier("sess_1"))
            case .pdfReport: for try await _ in client.report(Identifier("sess_1"), as: .pdf) {}
            case .health: _ = try await client.health()
            case .firstRead: _ = try await client.agents()
            }
        }
        let sent = once == .firstRead ? 1 : 2
        await bench.waitForRequests(sent)
        await bench.pass(Self.hour)
        await bench.pass(Self.hour)
        #expect(bench.server.requests.count == sent && !bench.records.outcomes.contains(.failure(.silent)))
        task.cancel()
        _ = await task.value
    }

    @Test("promise 12: an answer that has begun is waited for")
    func begun() async throws {
        let bench = try Bench([.send(Self.page), .stall("HTTP/1.1 2"), .send(Self.page)])
        let task = await bench.reuse()
        // Nothing outside of libcurl shows when it has read these bytes, so a later request is answered first.
        #expect(await bench.read().value == nil)
        await bench.pass(Self.hour)
        #expect(bench.server.requests.count == 3 && !bench.records.outcomes.contains(.failure(.silent)))
        task.cancel()
        #expect(await Self.isCancelled(task))
    }

    @Test("promise 18: the value of the cookie that a late first answer brings is used from then on")
    func lateCookie() async throws {
        let bench = try Bench([.send(Self.page), .held(Self.renewal), .send(Self.page)])
        #expect(await bench.reuseAndTryAgain().value == nil)
        #expect(bench.client.loginStatus.valueRenewals == 0)
        bench.server.letGo()
        #expect(await Patience.wait { bench.client.loginStatus.valueRenewals == 1 })
        #expect(await bench.read().value == nil)
        #expect(bench.server.requests.last?.contains("masker_session=v2") == true)
        #expect(await bench.server.eventually { $0.openConnections <= 1 }, "the silent connection is still open")
    }

    @Test("promise 18: the second request has the cookie's latest value")
    func latestValue() async throws {
        let bench = try Bench([.send(Self.page), .silence, .send(Self.renewal), .send(Self.page)])
        let task = await bench.reuse()
        #expect(await bench.read().value == nil)
        await bench.pass(.seconds(3))
        #expect(await task.value == nil)
        #expect(bench.server.requests[1].contains("masker_session=v1") && bench.server.requests[3].contains("masker_session=v2"))
    }

    @Test("promise 18: a 401 to the second request waits for the first answer, which can be a success")
    func refusedSecond() async throws {
        let bench = try Bench([.send(Self.page), .held(Self.renewal), .send(Self.refusal), .send(Self.page)], patience: .milliseconds(50))
        let task = await bench.reuseAndTryAgain()
        #expect(await Patience.wait { bench.records.outcomes.contains(.status(401)) })
        #expect(bench.client.loginStatus.source != nil)
        bench.server.letGo()
        #expect(await task.value == nil)
        #expect(bench.client.loginStatus.valueRenewals == 1 && bench.client.loginStatus.refusedSource == nil)
        #expect(await bench.read().value == nil)
        #expect(bench.server.requests.last?.contains("masker_session=v2") == true && bench.server.requests.count == 4)
    }

    @Test("promise 18: a 401 to the second request counts when the first is refused too, or its connection has ended", arguments: [true, false])
    func refusedBoth(isAnswered: Bool) async throws {
        let bench = try Bench([.send(Self.page), isAnswered ? .held(Self.refusal) : .closeWhenLetGo, .send(Self.refusal)])
        let task = await bench.reuseAndTryAgain()
        #expect(await Patience.wait { bench.records.outcomes.contains(.status(401)) })
        #expect(bench.client.loginStatus.source != nil)
        bench.server.letGo()
        #expect(await task.value?.kind == .unauthenticated)
        #expect(bench.client.loginStatus.source == nil && bench.server.requests.count == 3)
        #expect(!bench.client.isInDoubt)
    }

    @Test("promise 18: a 401 to any other request waits for the first answer, too")
    func refusedThird() async throws {
        let bench = try Bench(
            [.send(Self.page), .held(Self.renewal), .send(Self.page), .send(Self.refusal), .send(Self.page)], patience: .milliseconds(50))
        #expect(await bench.reuseAndTryAgain().value == nil)
        let third = bench.read()
        #expect(await Patience.wait { bench.records.outcomes.contains(.status(401)) })
        // Long after the patience for requests that are not silent.
        try await Task.sleep(for: .milliseconds(300))
        #expect(bench.client.loginStatus.source != nil && bench.client.isInDoubt)
        bench.server.letGo()
        #expect(await third.value == nil)
        #expect(bench.server.requests.last?.contains("masker_session=v2") == true)
    }

    @Test("promise 12: when the first answer comes before the second, it is taken")
    func firstWins() async throws {
        let bench = try Bench([.send(Self.page), .held(Self.renewal), .silence])
        let task = await bench.reuseAndTryAgain()
        bench.server.letGo()
        #expect(await task.value == nil)
        #expect(bench.client.loginStatus.valueRenewals == 1)
    }

    @Test("promise 12: a new connection that fails is no error while the first answer can still come", arguments: [true, false])
    func secondFails(isAnswered: Bool) async throws {
        let bench = try Bench([.send(Self.page), isAnswered ? .held(Self.page) : .closeWhenLetGo, .close])
        let task = await bench.reuseAndTryAgain()
        #expect(await Patience.wait { bench.records.outcomes.last == .failure(.connectionLost) })
        bench.server.letGo()
        let error = await task.value
        if isAnswered { #expect(error == nil) } else { #expect(error?.message.contains("closed the connection") == true) }
    }

    @Test("promise 13: cancelling ends both requests, and the end of the program does not wait for the silent one")
    func cancelling() async throws {
        let bench = try Bench([.send(Self.page), .silence])
        let task = await bench.reuseAndTryAgain()
        task.cancel()
        #expect(await Self.isCancelled(task))
        bench.transport.shutDown()
        #expect(await bench.server.eventually { $0.openConnections == 0 })
        #expect(bench.client.loginStatus.source == .environment)
    }

    @Test("promise 12: on a slow link, the time limit for silence does not end a read before its connection counts as silent")
    func slowLink() async throws {
        let bench = try Bench([.send(Self.page), .silence, .send(Self.page)], limit: .seconds(1))
        let task = await bench.reuse()
        // Longer than the limit, which libcurl measures.
        try await Task.sleep(for: .seconds(4))
        #expect(bench.server.requests.count == 2 && bench.records.outcomes == [.status(200)])
        await bench.pass(Patience.hang)
        #expect(await task.value == nil)
        #expect(bench.records.outcomes == [.status(200), .failure(.silent), .status(200)])
    }

    @Test("reads beside one another are each tried again")
    func several() async throws {
        let bench = try Bench([.send(Self.page), .silence, .send(Self.page)])
        let first = await bench.reuse()
        // Opens a second connection, which is kept.
        #expect(await bench.read().value == nil)
        await bench.pass(.seconds(3))
        #expect(await first.value == nil)
        #expect(bench.server.requests.count == 4)
    }

    private static func isCancelled(_ task: Task<APIError?, Never>) async -> Bool {
        if case .transport(let cause)? = await task.value?.kind { cause.reason == .cancelled } else { false }
    }
}
