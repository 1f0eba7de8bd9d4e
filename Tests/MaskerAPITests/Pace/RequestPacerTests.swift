import Foundation
import Synchronization
import TestSupport
import Testing

@testable import MaskerAPI

@Suite("Bulk work keeps to a pace and gives way", .ownThread)
struct RequestPacerTests {
    private func turns(_ pacer: RequestPacer, _ count: Int, _ clock: PaceTestClock) async throws -> [Int] {
        var times: [Int] = []
        for _ in 0..<count {
            try await pacer.waitForTurn(.bulk)
            times.append(clock.now)
        }
        return times
    }

    private func distances(_ times: [Int]) -> [Int] { zip(times.dropFirst(), times).map { $0 - $1 } }

    // MARK: Who is paced

    @Test("the hosted service is paced, another server is not; a setting decides for any server", arguments: [
        (PaceSetting.automatic, true, 100_000), (.automatic, false, 0), (.none, true, 0), (.rate(4), false, 250_000), (.rate(4), true, 250_000),
    ])
    func who(setting: PaceSetting, isHosted: Bool, distance: Int) async throws {
        let clock = PaceTestClock()
        let times = try await turns(.on(clock, setting, isHosted: isHosted), 5, clock)
        #expect(distances(times) == Array(repeating: distance, count: 4))
    }

    @Test("no other address counts as the hosted service")
    func hosted() async throws {
        #expect(try APIHost("https://masker-voice.fly.dev/api/v1") == .hosted)
        #expect(try APIHost("https://masker-voice.fly.dev:8443") != .hosted)
    }

    @Test("a server that has answered 429 once is paced from then on, unless the setting is none", arguments: [
        (PaceSetting.automatic, 100_000), (.none, 0),
    ])
    func limited(setting: PaceSetting, distance: Int) async throws {
        let clock = PaceTestClock(), pacer = RequestPacer.on(clock, setting)
        #expect(distances(try await turns(pacer, 3, clock)) == [0, 0])
        await pacer.refused(retryAfter: nil)
        #expect(distances(try await turns(pacer, 3, clock)) == [distance, distance])
    }

    // MARK: Waiting

    private final class Numbers: Sendable { let all = Mutex<[Int]>([]) }

    @Test("bulk requests are sent in order; a cancelled one gives its turn to the next")
    func order() async throws {
        let clock = PaceTestClock(holds: true), pacer = RequestPacer.on(clock)
        try await pacer.waitForTurn(.bulk)
        let gone = Numbers()
        var tasks: [Task<Bool, Never>] = []
        defer { tasks.forEach { $0.cancel() } }
        for number in 0..<4 {
            tasks.append(Task {
                guard (try? await pacer.waitForTurn(.bulk)) != nil else { return false }
                gone.all.withLock { $0.append(number) }
                return true
            })
            // Each request is in the queue before the next one is added.
            if number == 0 { #expect(await Patience.wait { clock.sleepers == 1 }) } else { #expect(await Patience.wait { pacer.waiting == number }) }
        }
        tasks[2].cancel()
        #expect(await tasks[2].value == false)
        tasks[0].cancel()
        #expect(await tasks[0].value == false)
        // A cancelled request takes no turn: the next one is sent when the first would have been sent.
        try #require(await Patience.wait { clock.sleepers == 1 })
        clock.advance(100_000)
        try #require(await Patience.wait { gone.all.withLock { $0 } == [1] })
        try #require(await Patience.wait { clock.sleepers == 1 })
        clock.advance(100_000)
        #expect(await Patience.wait { gone.all.withLock { $0 } == [1, 3] })
    }

    @Test("a task that is cancelled already does not wait and takes no turn")
    func cancelledBefore() async throws {
        let clock = PaceTestClock(), pacer = RequestPacer.on(clock)
        let start = clock.now
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return (try? await pacer.waitForTurn(.bulk)) != nil
        }
        #expect(await task.value == false)
        try await pacer.waitForTurn(.bulk)
        #expect(clock.now == start)
    }

    @Test("an interactive request is sent at once, also during a pause; it delays the waiting bulk request")
    func interactive() async throws {
        let clock = PaceTestClock(holds: true), pacer = RequestPacer.on(clock)
        try await pacer.waitForTurn(.bulk)
        let bulk = Task { try await pacer.waitForTurn(.bulk) }
        #expect(await Patience.wait { clock.sleepers == 1 })
        // Returns, although the clock stands still.
        for _ in 0..<5 { try await pacer.waitForTurn(.interactive) }
        clock.advance(100_000)
        #expect(await Patience.wait { clock.pauses.count == 2 })
        #expect(clock.pauses == [100_000, 500_000])
        await pacer.refused(retryAfter: .seconds(300))
        for _ in 0..<5 { try await pacer.waitForTurn(.interactive) }
        bulk.cancel()
        _ = await bulk.result
    }

    // MARK: Pauses of the server

    /// A client whose server answers 429 a number of times, and the ends of pauses that the observer received.
    private struct Refusing {
        let clock = PaceTestClock()
        let client: MaskerClient
        let told = Told()
        let transport: RefusingTransport

        final class Told: Sendable { let ends = Mutex<[Date?]>([]) }

        init(_ retryAfter: String?, times: Int) throws {
            transport = RefusingTransport(retryAfter, times: times)
            let host = try APIHost("http://127.0.0.1:9")
            client = MaskerClient(
                host: host, transport: transport, login: LoginSession(host: host, token: try APIToken("token")), retry: .none,
                pacer: .on(clock, .automatic))
            client.pacer.observe { [told] end in told.ends.withLock { $0.append(end) } }
        }

        func bulk<Value: Sendable>(_ body: @Sendable () async throws -> Value) async -> Result<Value, any Error> {
            await RequestPriority.$current.withValue(.bulk) { do { return .success(try await body()) } catch { return .failure(error) } }
        }
    }

    final class RefusingTransport: HTTPTransport {
        private let retryAfter: String?
        private let state: Mutex<(left: Int, targets: [String])>

        init(_ retryAfter: String?, times: Int) {
            self.retryAfter = retryAfter
            state = Mutex((times, []))
        }

        var sent: Int { state.withLock { $0.targets.count } }

        func send(
            _ request: HTTPRequest, onHead: (@Sendable (HTTPResponseHead) -> Void)?, onBody: (@Sendable ([UInt8]) -> Void)?
        ) async throws(TransportError) -> HTTPResponse {
            let isRefused = state.withLock { state in
                state.targets.append(request.target)
                state.left -= 1
                return state.left >= 0
            }
            let headers = retryAfter.map { [(name: "retry-after", value: $0)] } ?? []
            let head = HTTPResponseHead(status: isRefused ? 429 : 200, headers: isRefused ? headers : [])
            onHead?(head)
            let report = Array(#"{"report": {"id": "rep_1", "scope": "session", "session_id": "sess_1", "merkle_root_hex": "00"}}"#.utf8)
            guard !isRefused, let onBody else { return HTTPResponse(head: head, body: isRefused ? [] : Array(#"{"data":[]}"#.utf8)) }
            onBody(report)
            return HTTPResponse(head: head, body: [])
        }
    }

    @Test("promise 41: bulk work waits for a Retry-After of up to 10 minutes, reports the end of the pause, and continues", arguments: [
        ("3", 3.0), ("0", 1), ("599", 599), ("600", 600), ("soon", 5),
    ])
    func waited(text: String, seconds: Double) async throws {
        let refusing = try Refusing(text, times: 2)
        let start = refusing.clock.now, wall = refusing.clock.wall
        let result = await refusing.bulk { [client = refusing.client] in try await client.agents() }
        #expect((try? result.get()) != nil && refusing.transport.sent == 3)
        #expect(refusing.clock.now - start == Int(2 * seconds * 1_000_000))
        #expect(refusing.told.ends.withLock { $0 } == [wall + seconds, nil, wall + seconds, nil])
    }

    @Test("promise 41: a longer Retry-After ends bulk work with an error that has the time", arguments: [("601", 601.0), ("7200", 7_200), ("86400", 86_400)])
    func tooLong(text: String, seconds: Double) async throws {
        let refusing = try Refusing(text, times: 1)
        let start = refusing.clock.now, before = Date()
        let result = await refusing.bulk { [client = refusing.client] in try await client.agents() }
        guard case .failure(let error as APIError) = result else { throw problem("it was not refused") }
        #expect(error.kind == .rateLimited(retryAfter: .seconds(Int(seconds))) && refusing.transport.sent == 1)
        #expect(error.retryAt.map { $0 >= before + seconds && $0 <= Date() + seconds } == true)
        #expect(refusing.clock.now == start && refusing.told.ends.withLock { $0 } == [])
        // A pause that bulk work does not wait for delays no other request.
        let next = await refusing.bulk { [client = refusing.client] in try await client.agents() }
        #expect((try? next.get()) != nil)
        #expect(refusing.clock.now - start < 1_000_000)
    }

    private func problem(_ text: String) -> APIError { APIError(kind: .unexpectedResponse, message: text) }

    @Test("a request that the server refuses again and again is given up")
    func endless() async throws {
        let refusing = try Refusing("2", times: .max)
        let result = await refusing.bulk { [client = refusing.client] in try await client.agents() }
        guard case .failure(let error as APIError) = result else { throw problem("it was not refused") }
        #expect(error.kind == .rateLimited(retryAfter: .seconds(2)) && refusing.transport.sent == 10)
    }

    @Test("an interactive request is repeated by its own rule, and sent at once while bulk work waits")
    func interactiveRefusal() async throws {
        let refusing = try Refusing("300", times: 1)
        let start = refusing.clock.now
        await #expect(throws: APIError.self) { try await refusing.client.agents() }
        #expect(refusing.transport.sent == 1)
        _ = try await refusing.client.agents()
        #expect(refusing.clock.now == start && refusing.transport.sent == 2)
        // The limit is the account's, so the pause also holds for bulk work.
        _ = await refusing.bulk { [client = refusing.client] in try await client.agents() }
        #expect(refusing.clock.now - start == 300_000_000)
    }

    @Test("after a 429, a report of bulk work is requested again, because the server made none; a single report or a write is not")
    func reports() async throws {
        let refusing = try Refusing("3", times: 1)
        let read: @Sendable () async throws -> Bool = { [client = refusing.client] in
            var isWhole = false
            for try await piece in client.report(Identifier("sess_1"), as: .json) { if case .complete = piece { isWhole = true } }
            return isWhole
        }
        let isWhole = try await refusing.bulk(read).get()
        #expect(isWhole && refusing.transport.sent == 2)
        let single = try Refusing("3", times: 1)
        await #expect(throws: APIError.self) { for try await _ in single.client.report(Identifier("sess_1"), as: .json) {} }
        #expect(single.transport.sent == 1)
        let write = try Refusing("3", times: 1)
        let deleted = await write.bulk { [client = write.client] in try await client.deleteAgent(Identifier("agt_1")) }
        #expect((try? deleted.get()) == nil)
        #expect(write.transport.sent == 1)
    }

    @Test("other paths have other limits: a 429 there starts no pace")
    func otherPaths() async throws {
        let refusing = try Refusing("300", times: 1)
        let agent = Agent(id: Identifier("agt_1"), name: "one")
        await #expect(throws: APIError.self) { _ = try await refusing.client.completion(agent) }
        let start = refusing.clock.now
        for _ in 0..<5 { _ = await refusing.bulk { [client = refusing.client] in try await client.agents() } }
        #expect(refusing.clock.now == start)
    }

    @Test("a request that is cancelled in a pause ends as cancelled, and the observer receives the end of the waiting")
    func cancelledInPause() async throws {
        let clock = PaceTestClock(holds: true), pacer = RequestPacer.on(clock), told = Refusing.Told()
        pacer.observe { end in told.ends.withLock { $0.append(end) } }
        await pacer.refused(retryAfter: .seconds(500))
        let task = Task { () -> APIError? in
            do throws(APIError) { try await pacer.waitForTurn(.bulk) } catch { return error }
            return nil
        }
        #expect(await Patience.wait { clock.sleepers == 1 })
        #expect(told.ends.withLock { $0 } == [clock.wall + 500])
        task.cancel()
        #expect(await task.value == .cancelled)
        #expect(told.ends.withLock { $0 } == [clock.wall + 500, nil])
    }
}
