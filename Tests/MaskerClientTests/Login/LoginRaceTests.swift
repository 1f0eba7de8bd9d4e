import Foundation
import TestSupport
import Testing

@testable import MaskerAPI

/// These tests produce the order of events themselves, answer by answer, because on a real network it occurs once in a
/// thousand requests.
@Suite("The login session when answers come in an unlucky order", .ownThread)
struct LoginRaceTests {
    private let host = APIHost.hosted

    private func session(_ value: String = "v1", store: CredentialStore? = nil) throws -> LoginSession {
        let value = try CookieValue(pasted: value)
        // Requests that wait for others give up early here.
        let patience = Duration.milliseconds(20)
        let session = LoginSession(
            host: host, store: store, environmentValue: store == nil ? value : nil, patience: patience)
        guard store != nil else { return session }
        session.replace(with: LoginSession(candidate: value), storing: true)
        return session
    }

    private func answer(_ status: Int = 200, cookie: String? = nil) -> HTTPResponseHead {
        HTTPResponseHead(status: status, headers: cookie.map { [("set-cookie", "masker_session=\($0); Path=/")] } ?? [])
    }

    /// The cookie header of the next request, which then ends without an answer.
    private func sent(_ session: LoginSession) async -> String? {
        guard let ticket = await session.begin() else { return nil }
        session.abandoned(ticket)
        return String(ticket.header.value.dropFirst("masker_session=".count))
    }

    @Test("a 401 whose caller was cancelled does not end the session")
    func cancelledRefusal() async throws {
        let session = try session()
        let stale = try #require(await session.begin()), rotating = try #require(await session.begin())
        session.finished(stale, answer(401))
        let task = Task { await session.refused(stale) }
        task.cancel()
        #expect(await task.value == nil)
        session.finished(rotating, answer(cookie: "v2"))
        #expect(await sent(session) == "v2")
    }

    @Test("promise 18: a late answer with a new value restores the session that a 401 has ended")
    func lateRenewal() async throws {
        try await withDirectory { directory in
            let store = CredentialStore(directory: directory, host: host)
            let session = try session(store: store)
            let slow = try #require(await session.begin()), quick = try #require(await session.begin())
            session.finished(quick, answer(401))
            #expect(await session.refused(quick) == nil)
            #expect(session.status.source == nil)
            #expect(session.status.refusedSource == .file(path: store.path))
            session.finished(slow, answer(cookie: "v2"))
            #expect(await sent(session) == "v2")
            #expect(session.status.refusedSource == nil)
            #expect(try store.read()?.value == CookieValue(pasted: "v2"))
        }
    }

    @Test("a late answer to the former user does not replace the new user's session")
    func formerUser() async throws {
        let session = try session("ada-1")
        let first = try #require(await session.begin())
        session.finished(first, answer(cookie: "ada-2"))
        let slow = try #require(await session.begin())
        session.forget()
        session.replace(with: LoginSession(candidate: try CookieValue(pasted: "grace-1")), storing: false)
        session.finished(slow, answer(cookie: "ada-3"))
        #expect(await sent(session) == "grace-1")
    }

    @Test("a request of the former user is not repeated with the new user's session")
    func formerUsersRequest() async throws {
        let session = try session("ada-1")
        let deletion = try #require(await session.begin())
        session.forget()
        session.replace(with: LoginSession(candidate: try CookieValue(pasted: "grace-1")), storing: false)
        session.finished(deletion, answer(401))
        #expect(await session.refused(deletion) == nil)
        #expect(await sent(session) == "grace-1")
    }

    @Test("promise 18: when answers arrive in another order than the requests, the value that was passed over is still used",
        arguments: [false, true])
    func passedOver(stored: Bool) async throws {
        try await withDirectory { directory in
            let session = try session(store: stored ? CredentialStore(directory: directory, host: host) : nil)
            let early = try #require(await session.begin()), late = try #require(await session.begin())
            // The server took the later request first, so `v3` is the value it knows now.
            session.finished(late, answer(cookie: "v2"))
            session.finished(early, answer(cookie: "v3"))
            let next = try #require(await session.begin())
            session.finished(next, answer(401))
            let again = try #require(await session.refused(next))
            let carried = [next, again].map { $0.header.value }
            #expect(Set(carried) == ["masker_session=v2", "masker_session=v3"])
            session.finished(again, answer())
            #expect("masker_session=" + (await sent(session) ?? "") == carried[1])
        }
    }

    @Test("a session that another console has signed in is found, however old this console's session is")
    func signedInElsewhere() async throws {
        try await withDirectory { directory in
            let store = CredentialStore(directory: directory, host: host)
            let session = try session(store: store)
            for number in 2...9 {
                let ticket = try #require(await session.begin())
                session.finished(ticket, answer(cookie: "v\(number)"))
            }
            let last = try #require(await session.begin())
            let other = LoginSession(host: host, store: store, environmentValue: nil)
            other.forget()
            other.replace(with: LoginSession(candidate: try CookieValue(pasted: "fresh")), storing: true)
            session.finished(last, answer(401))
            let again = try #require(await session.refused(last))
            #expect(again.header.value == "masker_session=fresh")
            session.finished(again, answer())
            #expect(await sent(session) == "fresh")
        }
    }

    @Test("promise 19: a session is kept in memory when others can write the directory, and the problem stays in the status")
    func nowhereToStore() async throws {
        try await withDirectory { directory in
            // Nothing is stored in a directory that others can write.
            chmod(directory, 0o777)
            let session = try session(store: CredentialStore(directory: directory, host: host))
            #expect(session.status.storageProblem != nil)
            #expect(await sent(session) == "v1")
            let ticket = try #require(await session.begin())
            session.finished(ticket, answer(cookie: "v2"))
            #expect(await sent(session) == "v2")
            #expect(session.status.storageProblem != nil)
            #expect(session.status.source == .memory)
            chmod(directory, 0o700)
            let later = try #require(await session.begin())
            session.finished(later, answer(cookie: "v3"))
            #expect(session.status.storageProblem == nil, "the session can be stored again")
            #expect(session.status.source == .file(path: directory + "/session-masker-voice.fly.dev.json"))
        }
    }

    @Test("promise 18: a 401 in another console while an answer is outstanding here: its new value is used, unless the user has logged out",
        arguments: ["refused", "refused and asked for again", "logged out"])
    func stoppedMeanwhile(what: String) async throws {
        try await withDirectory { directory in
            let store = CredentialStore(directory: directory, host: host)
            _ = try session(store: store)
            let stopped = LoginSession(host: host, store: store, environmentValue: nil, patience: Patience.hang)
            let ticket = try #require(await stopped.begin())
            let other = LoginSession(host: host, store: store, environmentValue: nil, patience: .milliseconds(20))
            let refused = try #require(await other.begin())
            other.finished(refused, answer(401))
            #expect(await other.refused(refused) == nil)
            #expect(try store.read() == nil)
            if what == "logged out" { other.forget() }
            let next = what == "refused and asked for again" ? Task { await sent(stopped) } : nil
            if next != nil { #expect(await Patience.wait { stopped.status.refusedSource != nil }) }
            stopped.finished(ticket, answer(cookie: "v2"))
            if let next { #expect(await next.value == "v2") }
            let expected = what == "logged out" ? nil : try CookieValue(pasted: "v2")
            #expect(try store.read()?.value == expected)
            #expect(await sent(stopped) == (what == "logged out" ? nil : "v2"))
            #expect(stopped.status.wasRemovedElsewhere == (what == "logged out"))
            let names = try FileManager.default.contentsOfDirectory(atPath: directory)
            #expect(!names.contains { $0.hasSuffix(".refused") })
        }
    }
}
