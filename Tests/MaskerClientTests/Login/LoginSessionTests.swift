import Foundation
import MaskerMock
import TestSupport
import Testing

@testable import MaskerAPI

@Suite("The login session", .ownThread)
struct LoginSessionTests {
    @Test("a renewed value is used at once, and the old one is never sent again")
    func rotation() async throws {
        try await TestService.with({ $0.rotation = .always }) { service in
            let client = try service.client()
            for _ in 0..<5 { _ = try await client.agents() }
            let seen = service.cookiesSeen
            #expect(seen.first == TestService.admin)
            #expect(Set(seen).count == 5, "each value is sent once")
            #expect(client.loginStatus.valueRenewals == 5)
            #expect(client.loginStatus.source == .environment)
        }
    }

    @Test("answers with 403, 404 and 422 renew the session, too")
    func rotationWithErrors() async throws {
        try await TestService.with({ $0.rotation = .always }) { service in
            let client = try service.client(TestService.member)
            let agent = try #require(service.server.agents.first)
            _ = await failure { try await client.deleteAgent(agent.id) }
            _ = await failure { try await client.session(Identifier("sess_none")) }
            _ = await failure { try await client.createAgent(NewAgent(name: "", upstream: "stub")) }
            _ = try await client.currentUser()
            #expect(Set(service.cookiesSeen).count == 4)
            #expect(service.server.requests.map(\.status) == [403, 404, 422, 200])
        }
    }

    @Test("many requests at once while every answer replaces the value: the session stays valid", arguments: [0.0, 0.2])
    func concurrentRotation(grace: TimeInterval) async throws {
        try await TestService.with({
            $0.rotation = .always
            $0.rotationGrace = grace
        }) { service in
            let client = try service.client()
            await withTaskGroup(of: APIError?.self) { group in
                for _ in 0..<24 {
                    group.addTask {
                        do { _ = try await client.currentUser(); return nil } catch { return error as? APIError }
                    }
                }
                for await error in group { #expect(error == nil) }
            }
            #expect(service.server.requests.count <= 48, "at most two sends a request")
        }
    }

    @Test("every answer moves the end of the session, by the server's clock")
    func sliding() async throws {
        let start = try #require(Timestamp.parse("2031-01-01T00:00:00Z"))
        let began = ContinuousClock.now
        try await TestService.with({ $0.now = start }) { service in
            let client = try service.client()
            #expect(client.loginStatus.expiresAt == nil, "unknown before the first answer")
            _ = try await client.currentUser()
            let status = client.loginStatus
            let ends = try #require(status.expiresAt)
            // The server's clock runs on in the meantime.
            let passed = Double((ContinuousClock.now - began).components.seconds) + 2
            #expect((-2...passed).contains(ends.timeIntervalSince(start) - 30 * 86_400))
            #expect(status.serverClockOffset > 86_400, "the mock's clock is years ahead")
        }
    }

    @Test("without a cookie, no request is sent")
    func noCookie() async throws {
        try await TestService.with { service in
            #expect(await failure { try await service.client(nil).agents() }?.kind == .unauthenticated)
            #expect(service.server.requests.isEmpty)
        }
    }

    @Test("after logging out, the server refuses the value, and the client has none")
    func logOut() async throws {
        try await TestService.with({ $0.logOutDead = .refused }) { service in
            let client = try service.client(), other = try service.client()
            #expect(await client.logOut() == .signedOut)
            #expect(client.loginStatus.source == nil)
            #expect(await failure { try await client.agents() }?.kind == .unauthenticated)
            #expect(service.server.requests.count == 1, "nothing is sent without a cookie")
            #expect(await failure { try await other.agents() }?.kind == .unauthenticated)
            #expect(other.loginStatus.refusedSource == .environment)
            #expect(await other.logOut() == .alreadySignedOut)
        }
    }

    @Test("a log-out without an answer forgets the cookie, too, and is reported")
    func logOutLost() async throws {
        try await TestService.with({ $0.faults = [MockFault(method: "POST", drop: .before)] }) { service in
            let client = try service.client()
            guard case .onlyHere = await client.logOut() else { return fail("it said otherwise") }
            #expect(client.loginStatus.source == nil)
            #expect(service.server.requests.count == 1, "sent once")
        }
    }

    @Test("promise 20: a revoked session is noticed at the next request, which is not repeated without end")
    func revoked() async throws {
        try await TestService.with { service in
            let client = try service.client()
            _ = try await client.currentUser()
            service.server.revoke("ada")
            service.server.clearRequests()
            #expect(await failure { try await client.agents() }?.kind == .unauthenticated)
            #expect(service.server.requests.count == 1)
        }
    }

    @Test("after a session was refused, the status still has its expiry")
    func refusedStatus() async throws {
        try await TestService.with { service in
            let client = try service.client()
            _ = try await client.currentUser()
            let ends = client.loginStatus.expiresAt
            service.server.revoke("ada")
            _ = await failure { try await client.agents() }
            let status = client.loginStatus
            #expect(status.source == nil && status.refusedSource == .environment)
            #expect(ends != nil && status.expiresAt == ends)
        }
    }

    @Test("after another console has logged out, the status says that the session was not refused")
    func removedElsewhere() async throws {
        try await withDirectory { directory in
            try await TestService.with { service in
                let store = CredentialStore(directory: directory + "/state", host: service.host)
                let first = try service.client(nil, store: store)
                _ = try await first.signIn(with: try CookieValue(pasted: TestService.admin), store: true)
                let second = try service.client(nil, store: store)
                _ = try await second.currentUser()
                #expect(await first.logOut() == .signedOut)
                #expect(await failure { try await second.agents() }?.kind == .unauthenticated)
                #expect(second.loginStatus.refusedSource == .file(path: store.path))
                #expect(second.loginStatus.wasRemovedElsewhere)
                // After signing in there, the session is valid here, too.
                _ = try await first.signIn(with: try CookieValue(pasted: TestService.member), store: true)
                #expect(try await second.currentUser().login == "grace")
                #expect(!second.loginStatus.wasRemovedElsewhere && second.loginStatus.refusedSource == nil)
            }
        }
    }

    @Test("a value is checked before it is used; an invalid one changes nothing")
    func signIn() async throws {
        try await withDirectory { directory in
            try await TestService.with { service in
                let store = CredentialStore(directory: directory + "/state", host: service.host)
                let client = try service.client(TestService.member, store: store)
                let bad = try CookieValue(pasted: "no-such-session")
                #expect(await failure { try await client.signIn(with: bad, store: true) }?.kind == .unauthenticated)
                #expect(try await client.currentUser().login == "grace")
                #expect(try store.read() == nil, "the value of the environment is never stored")
                let user = try await client.signIn(with: try CookieValue(pasted: TestService.admin), store: true)
                #expect(user.login == "ada")
                #expect(client.loginStatus.source == .file(path: store.path))
                #expect(try await client.currentUser().login == "ada")
            }
        }
    }

    @Test("promise 18: the value that replaces the one of the environment is kept for the next start with that, until the log-out")
    func environmentRenewals() async throws {
        try await withDirectory { directory in
            try await TestService.with({ $0.rotation = .always }) { service in
                let store = CredentialStore(directory: directory, host: service.host)
                let first = try service.client(store: store)
                _ = try await first.currentUser()
                let second = try service.client(store: store)
                for _ in 0..<3 {
                    #expect(try await second.currentUser().login == "ada")
                    #expect(try await first.currentUser().login == "ada")
                }
                let path = try #require(second.loginStatus.renewalsPath)
                #expect(second.loginStatus.source == .environment)
                #expect(!String(decoding: try #require(FileManager.default.contents(atPath: path)), as: UTF8.self).contains(TestService.admin))
                #expect(try store.read() == nil, "this file is for a session signed in through the console")
                #expect(try await service.client(TestService.member, store: store).currentUser().login == "grace", "another value has another file")
                #expect(await second.logOut() == .signedOut)
                #expect(!FileManager.default.fileExists(atPath: path))
                #expect(await failure { try await first.agents() }?.kind == .unauthenticated)
                #expect(first.loginStatus.wasRemovedElsewhere)
            }
        }
    }

    @Test("a value of the environment that the server does not replace is not written; without a store, none is")
    func environmentUnchanged() async throws {
        try await withDirectory { directory in
            try await TestService.with { service in
                let client = try service.client(store: CredentialStore(directory: directory, host: service.host))
                _ = try await client.currentUser()
                #expect(client.loginStatus.renewalsPath == nil)
                #expect(!(try FileManager.default.contentsOfDirectory(atPath: directory)).contains { $0.hasSuffix(".json") })
            }
            try await TestService.with({ $0.rotation = .always }) { service in
                _ = try await service.client().currentUser()
                #expect(await failure { try await service.client().currentUser() }?.kind == .unauthenticated)
            }
        }
    }

    @Test("signing in stores the renewed value; the next start uses it; logging out removes it")
    func storedSession() async throws {
        try await withDirectory { directory in
            try await TestService.with({ $0.rotation = .always }) { service in
                let store = CredentialStore(directory: directory, host: service.host)
                let first = try service.client(nil, store: store)
                _ = try await first.signIn(with: try CookieValue(pasted: TestService.admin), store: true)
                let second = try service.client(nil, store: store)
                #expect(second.loginStatus.source == .file(path: store.path))
                #expect(try await second.currentUser().login == "ada")
                #expect(try await first.currentUser().login == "ada", "the first console uses the value that the second received")
                let stored = try #require(try store.read())
                #expect(service.server.cookie(of: "ada").map { try? CookieValue(pasted: $0) } == stored.value)
                #expect(await first.logOut() == .signedOut)
                #expect(!FileManager.default.fileExists(atPath: store.path))
                #expect(await failure { try await second.currentUser() }?.kind == .unauthenticated)
            }
        }
    }

    @Test("promise 18: two consoles with one stored session while every answer replaces the value: the session stays valid")
    func twoConsoles() async throws {
        try await withDirectory { directory in
            try await TestService.with({ $0.rotation = .always }) { service in
                let store = CredentialStore(directory: directory, host: service.host)
                let first = try service.client(nil, store: store)
                _ = try await first.signIn(with: try CookieValue(pasted: TestService.admin), store: true)
                let clients = [first, try service.client(nil, store: store)]
                service.server.clearRequests()
                await withTaskGroup(of: APIError?.self) { group in
                    for client in clients {
                        for _ in 0..<3 {
                            group.addTask {
                                for _ in 0..<15 {
                                    do { _ = try await client.currentUser() } catch { return error as? APIError }
                                }
                                return nil
                            }
                        }
                    }
                    for await error in group { #expect(error == nil) }
                }
                #expect(service.server.requests.count <= 180, "at most two sends a request")
            }
        }
    }
}

@Suite("The stored login session", .ownThread)
struct CredentialStoreTests {
    private func stored(_ value: String, generation: Int = 1) throws -> CredentialStore.Stored {
        CredentialStore.Stored(
            value: try CookieValue(pasted: value), obtainedAt: Date(timeIntervalSince1970: 1_000), renewedAt: nil,
            expiresAt: Date(timeIntervalSince1970: 2_000), generation: generation, sentAt: Date(timeIntervalSince1970: 1_500))
    }

    @Test("promise 19: the file is written so that only the user can read it, and read again unchanged")
    func roundTrip() async throws {
        try await withDirectory { directory in
            let store = CredentialStore(directory: directory + "/a/b", host: try APIHost("https://h:8443"))
            #expect(try store.read() == nil)
            try store.write(try stored("v1"), under: nil)
            #expect(try store.read() == stored("v1"))
            var status = stat()
            #expect(stat(store.path, &status) == 0)
            #expect(status.st_mode & 0o777 == 0o600)
            #expect(stat(directory + "/a/b", &status) == 0)
            #expect(status.st_mode & 0o777 == 0o700)
            #expect(try FileManager.default.contentsOfDirectory(atPath: directory + "/a/b").count == 1, "no temporary file is left")
        }
    }

    @Test("promise 19: a file that others can read, a link, and a file for another host are refused")
    func refusals() async throws {
        try await withDirectory { directory in
            let store = CredentialStore(directory: directory, host: try APIHost("https://h"))
            try store.write(try stored("v1"), under: nil)
            chmod(store.path, 0o644)
            #expect(throws: PrivateFile.Problem.self) { try store.read() }
            chmod(store.path, 0o600)
            rename(store.path, store.path + ".real")
            symlink(store.path + ".real", store.path)
            #expect(throws: PrivateFile.Problem.self) { try store.read() }
            unlink(store.path)
            try CredentialStore(directory: directory, host: try APIHost("https://other")).write(try stored("v2"), under: nil)
            rename(CredentialStore(directory: directory, host: try APIHost("https://other")).path, store.path)
            #expect(throws: PrivateFile.Problem.self) { try store.read() }
        }
    }

    @Test("promise 19: a file or a directory of another user is refused, also when only its owner can write it")
    func otherOwner() async throws {
        func refusal(_ body: () throws -> Void) -> String {
            do { try body() } catch { return "\(error)" }
            return ""
        }
        // Only root can give a file to another user, so a file of the system is used.
        guard geteuid() == 0 else {
            #expect(refusal { _ = try PrivateFile.read("/etc/passwd") }.contains("belongs to another user"))
            #expect(refusal { try PrivateFile.makeDirectory("/usr") }.contains("belongs to another user"))
            return
        }
        try await withDirectory { directory in
            let store = CredentialStore(directory: directory, host: try APIHost("https://h"))
            try store.write(try stored("v1"), under: nil)
            #expect(chown(store.path, 65_534, 65_534) == 0)
            #expect(refusal { _ = try store.read() }.contains("belongs to another user"))
            #expect(chown(store.path, 0, 0) == 0)
            #expect(try store.read() == stored("v1"))
            #expect(chown(directory, 65_534, 65_534) == 0)
            #expect(refusal { try store.write(try stored("v2"), under: nil) }.contains("belongs to another user"))
            #expect(try store.read() == stored("v1"))
        }
    }

    @Test("promise 20: the stored value is removed only while it is still the refused one")
    func removal() async throws {
        try await withDirectory { directory in
            let store = CredentialStore(directory: directory, host: try APIHost("https://h"))
            try store.write(try stored("fresh"), under: nil)
            store.remove(try CookieValue(pasted: "stale"), wasRefused: true)
            #expect(try store.read() != nil)
            store.remove(try CookieValue(pasted: "fresh"), wasRefused: true)
            #expect(try store.read() == nil)
        }
    }

    @Test("promise 19: the temporary file of a killed save is removed by the next save, and never read")
    func leftovers() async throws {
        try await withDirectory { directory in
            let store = CredentialStore(directory: directory, host: try APIHost("https://h"))
            let lock = try #require(store.locks.takeWriting())
            _ = FileManager.default.createFile(atPath: store.path + ".new", contents: Data("{\"value\":\"ha".utf8))
            #expect(try store.read() == nil)
            try store.write(try stored("v1"), under: lock)
            #expect(try store.read() == stored("v1"))
            #expect(!FileManager.default.fileExists(atPath: store.path + ".new"))
        }
    }

    @Test("promise 19: a directory that cannot be written is reported, and the session is kept in memory")
    func unwritable() async throws {
        try await withDirectory { directory in
            try await TestService.with { service in
                _ = FileManager.default.createFile(atPath: directory + "/file", contents: nil)
                let store = CredentialStore(directory: directory + "/file/below", host: service.host)
                let client = try service.client(nil, store: store)
                _ = try await client.signIn(with: try CookieValue(pasted: TestService.admin), store: true)
                #expect(try await client.currentUser().login == "ada")
                #expect(client.loginStatus.storageProblem != nil)
            }
        }
    }
}
