import Foundation
import Synchronization
import TestSupport
import Testing

@testable import MaskerAPI

@Suite("Two consoles, a server that replaces the value at every request, and a network that changes the order", .ownThread)
struct LoginStressTests {
    /// The server's side of a login session: every request replaces the value, and the old one stays valid for `grace`.
    private final class Server: Sendable {
        private let state = Mutex((current: "v0", serial: 0, dead: [String: ContinuousClock.Instant]()))
        private let grace: Duration
        let sends = Atomic(0), lost = Atomic(0)

        init(grace: Duration) { self.grace = grace }

        func answer(to value: String) -> HTTPResponseHead {
            state.withLock { state in
                let now = ContinuousClock.now
                guard value == state.current || state.dead[value].map({ $0 > now }) == true else {
                    return HTTPResponseHead(status: 401, headers: [])
                }
                state.dead[state.current] = now + grace
                state.serial += 1
                state.current = "v\(state.serial)"
                return HTTPResponseHead(status: 200, headers: [("set-cookie", "masker_session=\(state.current)")])
            }
        }
    }

    /// A console gives up waiting for the others after seconds; with all tests at once on a small machine that can be
    /// too soon, and is not what is tested here.
    private static func console(_ store: CredentialStore) -> LoginSession {
        LoginSession(host: .hosted, store: store, environmentValue: nil, patience: .seconds(120))
    }

    /// Sends one request as the client does. Returns true when it was answered, false when the session counts as over.
    private static func request(_ session: LoginSession, _ server: Server) async throws -> Bool {
        guard var ticket = await session.begin() else { return false }
        while true {
            server.sends.add(1, ordering: .relaxed)
            try await Task.sleep(for: .microseconds(Int.random(in: 0...3_000)))
            let head = server.answer(to: String(ticket.header.value.dropFirst("masker_session=".count)))
            try await Task.sleep(for: .microseconds(Int.random(in: 0...3_000)))
            session.finished(ticket, head)
            guard head.status == 401 else { return true }
            guard let again = await session.refused(ticket) else { return false }
            ticket = again
        }
    }

    @Test("promise 18: the session stays valid, and no request is sent more than twice", arguments: [0, 20, 5_000], [true, false])
    func rotation(grace: Int, pauses: Bool) async throws {
        try await withDirectory { directory in
            let store = CredentialStore(directory: directory, host: .hosted)
            let server = Server(grace: .milliseconds(grace))
            let first = Self.console(store)
            first.replace(with: LoginSession(candidate: try CookieValue(pasted: "v0")), storing: true)
            let sessions = [first, Self.console(store)]
            let rounds = 60
            try await withThrowingTaskGroup(of: Void.self) { group in
                for session in sessions {
                    for _ in 0..<3 {
                        group.addTask {
                            for _ in 0..<rounds {
                                if try await !Self.request(session, server) { server.lost.add(1, ordering: .relaxed) }
                                // Long enough for a replaced value to become invalid in the meantime.
                                if pauses { try await Task.sleep(for: .milliseconds(Int.random(in: 0...40))) }
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
            let lost = server.lost.load(ordering: .relaxed), sends = server.sends.load(ordering: .relaxed)
            #expect(lost == 0)
            #expect(sends <= rounds * 12)
        }
    }

    @Test("promise 18: a screen that opens with four requests at once, again and again")
    func bursts() async throws {
        try await withDirectory { directory in
            let store = CredentialStore(directory: directory, host: .hosted)
            let server = Server(grace: .milliseconds(10))
            let session = Self.console(store)
            session.replace(with: LoginSession(candidate: try CookieValue(pasted: "v0")), storing: true)
            for _ in 0..<60 {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for _ in 0..<4 {
                        group.addTask {
                            if try await !Self.request(session, server) { server.lost.add(1, ordering: .relaxed) }
                        }
                    }
                    try await group.waitForAll()
                }
                // Replaced values become invalid in the meantime.
                try await Task.sleep(for: .milliseconds(12))
            }
            let lost = server.lost.load(ordering: .relaxed), sends = server.sends.load(ordering: .relaxed)
            #expect(lost == 0)
            #expect(sends <= 240 * 4)
        }
    }
}
