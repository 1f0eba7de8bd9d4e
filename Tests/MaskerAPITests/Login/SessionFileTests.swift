import Foundation
import TestSupport
import Testing

@testable import MaskerAPI

@Suite("The file of the login session outlives a version", .ownThread)
struct SessionFileTests {
    private let value = "mock-8c801145eb73cacaaf96e444dcf0a28c"

    private func withStore(_ body: (CredentialStore) async throws -> Void) async throws {
        try await withDirectory { directory in
            try await body(CredentialStore(directory: directory, host: try APIHost("http://127.0.0.1:8471")))
        }
    }

    private func stored(_ value: String, generation: Int = 48, passedOver: [String] = []) throws -> CredentialStore.Stored {
        let date = Date(timeIntervalSince1970: 1_800_000_000)
        return CredentialStore.Stored(
            value: try CookieValue(pasted: value), obtainedAt: date, renewedAt: date, expiresAt: date + 86_400, generation: generation,
            sentAt: date, passedOver: try passedOver.map { CredentialStore.PassedOver(value: try CookieValue(pasted: $0), at: date) })
    }

    private func problem(_ body: () throws -> Void) -> String? {
        do { try body() } catch { return "\(error)" }
        return nil
    }

    private func answer(cookie: String) -> HTTPResponseHead {
        HTTPResponseHead(status: 200, headers: [("set-cookie", "masker_session=\(cookie); Path=/")])
    }

    @Test("a file that 0.1.0 wrote is read")
    func old() async throws {
        try await withStore { store in
            try KeptFiles.place("session.json", at: store.path)
            let stored = try #require(try store.read())
            #expect(stored.value == (try CookieValue(pasted: value)) && stored.generation == 47)
            #expect(stored.obtainedAt == Timestamp.parse("2026-11-28T09:37:37.598Z") && stored.sentAt == Timestamp.parse("2026-11-28T09:38:36.585Z"))
            #expect(stored.renewedAt == Timestamp.parse("2026-05-04T13:07:39Z") && stored.expiresAt == Timestamp.parse("2026-06-03T13:07:39Z"))
            #expect(stored.passedOver.map(\.at) == [Timestamp.parse("2026-11-28T09:38:31.027Z")])
            let session = LoginSession(host: .hosted, store: store, environmentValue: nil)
            let ticket = try #require(await session.begin())
            #expect(ticket.header.value == "masker_session=\(value)")
            session.abandoned(ticket)
            // This version writes the same content.
            let before = try KeptFiles.object(store.path)
            try store.write(stored, under: nil)
            #expect(try KeptFiles.object(store.path) == before)
        }
    }

    @Test("the file that 0.1.0 wrote for a value of the environment is read")
    func oldRenewals() async throws {
        try await withStore { store in
            let renewals = store.renewals(of: try CookieValue(pasted: value))
            try KeptFiles.place("renewals.json", at: renewals.path)
            #expect(try renewals.read()?.value == CookieValue(pasted: "mock-e4c82ed3e7e50464d0b183da49600fda"))
            #expect(try store.read() == nil)
            let before = try KeptFiles.object(renewals.path)
            try renewals.write(try #require(try renewals.read()), under: nil)
            #expect(try KeptFiles.object(renewals.path) == before)
        }
    }

    @Test("an unknown key is kept when the file is written again, also in the entries of passed_over; known keys change")
    func unknownKeys() async throws {
        try await withStore { store in
            try KeptFiles.place(text: """
                {"colour":"red","host":"http://127.0.0.1:8471","value":"v1","generation":4,"expires_at":"2026-06-03T13:07:39Z",
                "device":{"name":"a \\"b\\"\\u0007\\n","ids":[1,2.5,null,true]},"passed_over":[{"value":"p1","at":"2026-06-01T00:00:00Z","why":"late"},
                {"value":"p2","why":"later"}]}
                """, at: store.path)
            for count in 0..<2 {
                var new = try stored("v\(count + 2)", generation: 5 + count, passedOver: ["p2", "p3"])
                if count == 1 { new.expiresAt = nil }
                try store.write(new, under: nil)
                let object = try KeptFiles.object(store.path)
                #expect(object["colour"] as? String == "red")
                #expect(object["device"] as? NSDictionary == ["name": "a \"b\"\u{7}\n", "ids": [1, 2.5, NSNull(), true]])
                let passed = try #require(object["passed_over"] as? [NSDictionary])
                #expect(passed.map { $0["value"] as? String } == ["p2", "p3"] && passed.map { $0["why"] as? String } == ["later", nil])
                #expect((object["expires_at"] == nil) == (count == 1))
                #expect(try store.read() == new)
            }
            let session = LoginSession(host: .hosted, store: store, environmentValue: nil)
            session.replace(with: LoginSession(candidate: try CookieValue(pasted: "fresh")), storing: true)
            #expect(try store.read()?.value == CookieValue(pasted: "fresh"))
            #expect(try KeptFiles.object(store.path)["colour"] as? String == "red")
        }
    }

    @Test("a key that is missing, or null, has its default", arguments: [
        "generation", "obtained_at", "renewed_at", "expires_at", "sent_at", "passed_over",
    ])
    func missing(key: String) async throws {
        try await withStore { store in
            for text in ["", "null"] {
                try KeptFiles.place("session.json", at: store.path)
                let whole = try #require(try KeptFiles.object(store.path).mutableCopy() as? NSMutableDictionary)
                whole[key] = text.isEmpty ? nil : NSNull()
                try KeptFiles.place(text: String(decoding: try JSONSerialization.data(withJSONObject: whole), as: UTF8.self), at: store.path)
                let stored = try #require(try store.read(), "\(key)")
                #expect(stored.value == (try CookieValue(pasted: value)))
                #expect(stored.generation == (key == "generation" ? 0 : 47) && stored.passedOver.isEmpty == (key == "passed_over"))
                #expect((stored.sentAt == .distantPast) == (key == "sent_at") && (stored.renewedAt == nil) == (key == "renewed_at"))
                #expect((stored.expiresAt == nil) == (key == "expires_at"))
            }
        }
    }

    @Test("a file without a value, or without a host, holds no login session, and is not an error", arguments: [
        "{}", #"{"host":"http://127.0.0.1:8471"}"#, #"{"value":"v1","generation":3,"note":"kept"}"#,
        #"{"host":null,"value":"v1"}"#, #"{"host":"http://127.0.0.1:8471","value":null,"passed_over":[{}]}"#,
    ])
    func noSession(text: String) async throws {
        try await withStore { store in
            try KeptFiles.place(text: text, at: store.path)
            #expect(try store.read() == nil)
            let session = LoginSession(host: .hosted, store: store, environmentValue: nil)
            #expect(await session.begin() == nil)
            #expect(session.status.storageProblem == nil)
            session.replace(with: LoginSession(candidate: try CookieValue(pasted: "fresh")), storing: true)
            #expect(try store.read()?.value == CookieValue(pasted: "fresh"))
            #expect(try (KeptFiles.object(store.path)["note"] != nil) == text.contains("note"))
        }
    }

    /// The wrong content, and the sentence that names it.
    private static let misfits = [
        ("\"generation\":\"47\"", "“generation” is not a whole number"), ("\"generation\":1.5", "“generation” is not a whole number"),
        ("\"renewed_at\":1800000000", "“renewed_at” is not a string"), ("\"passed_over\":{}", "“passed_over” is not a list"),
        ("\"passed_over\":[7]", "“passed_over[0]” is not an object"), ("\"passed_over\":[{\"value\":\"a\"},{\"value\":false}]", "“passed_over[1].value” is not a string"),
        ("\"value\":[\"v1\"]", "“value” is not a string"), ("\"value\":\"a b\"", "it holds a value that cannot be a cookie"),
        ("\"host\":\"https://elsewhere.example\"", "its login session is not for 127.0.0.1:8471"),
    ]

    @Test("a value of another type gives one sentence, and only signing in overwrites the file", arguments: misfits)
    func wrongType(member: String, clause: String) async throws {
        try await withStore { store in
            let text = #"{"host":"http://127.0.0.1:8471","value":"v1","generation":4,\#(member)}"#
            try KeptFiles.place(text: text, at: store.path)
            #expect(problem { _ = try store.read() } == "\(store.path) is not used, because \(clause); sign in again to replace it")
            #expect(problem { try store.write(try stored("v2"), under: nil) } == "\(store.path) is not written over, because \(clause)")
            let session = LoginSession(host: .hosted, store: store, environmentValue: nil)
            #expect(await session.begin() == nil)
            #expect(session.status.storageProblem?.contains(clause) == true)
            #expect(try KeptFiles.text(store.path) == text)
            session.replace(with: LoginSession(candidate: try CookieValue(pasted: "fresh")), storing: true)
            #expect(session.status.storageProblem == nil)
            #expect(try store.read()?.value == CookieValue(pasted: "fresh"))
        }
    }

    @Test("the value that replaces the one of the environment is kept in memory when its file cannot be read", arguments: [
        "not JSON", #"{"host":"http://127.0.0.1:8471","value":"v1","generation":"later"}"#,
    ])
    func renewalsNotUnderstood(text: String) async throws {
        try await withStore { store in
            let value = try CookieValue(pasted: "v1"), renewals = store.renewals(of: value)
            try KeptFiles.place(text: text, at: renewals.path)
            let session = LoginSession(host: .hosted, store: store, environmentValue: value)
            let ticket = try #require(await session.begin())
            #expect(session.status.storageProblem?.hasSuffix("; remove it") == true)
            session.finished(ticket, answer(cookie: "v2"))
            #expect(try KeptFiles.text(renewals.path) == text)
            #expect(session.status.storageProblem?.contains("is not written over, because") == true && session.status.renewalsPath == nil)
            let next = try #require(await session.begin())
            #expect(next.header.value == "masker_session=v2")
            session.abandoned(next)
        }
    }

    /// What is done to the file, and what is told about it: the reason, and the cure.
    private static let refusals: [(change: @Sendable (String) -> Void, reason: String, cure: String)] = [
        ({ chmod($0, 0o644) }, "can be read by other users", "run chmod 600 on it"), ({ chmod($0, 0o640) }, "can be read by other users", "run chmod 600 on it"),
        ({ chmod($0, 0o620) }, "can be written by other users", "run chmod 600 on it"), ({ chmod($0, 0o602) }, "can be written by other users", "run chmod 600 on it"),
        ({ rename($0, $0 + ".real"); symlink($0 + ".real", $0) }, "is a symbolic link", "or remove the link"),
        ({ unlink($0); symlink("/nowhere", $0) }, "is a symbolic link", "or remove the link"),
        ({ unlink($0); mkdir($0, 0o700) }, "is not a plain file", "remove it"), ({ unlink($0); mkfifo($0, 0o600) }, "is not a plain file", "remove it"),
        ({ truncate($0, 0) }, "it is empty", "sign in again to replace it"), ({ truncate($0, 9) }, "it is not JSON", "sign in again to replace it"),
    ]

    @Test("promise 19: a file that is refused is told with its reason and its cure, and nothing of it is sent", arguments: refusals.indices)
    func refused(place: Int) async throws {
        try await withStore { store in
            try KeptFiles.place("session.json", at: store.path)
            let (change, reason, cure) = Self.refusals[place]
            change(store.path)
            let session = LoginSession(host: .hosted, store: store, environmentValue: nil)
            #expect(await session.begin() == nil && session.status.source == nil)
            let problem = try #require(session.status.storageProblem)
            #expect(problem.hasPrefix(store.path) && problem.contains(reason) && problem.hasSuffix(cure), "\(problem)")
        }
    }
}
