import Foundation
import TestSupport
import Testing

/// The mock and the console share a model of the API, and could share a mistake. Therefore the most important tests also run on a
/// server that was written from the contract alone, and on each variant that the contract allows.
@Suite("On two servers, and on every variant of the contract", .ownThread)
struct ContractServerTests {
    /// The servers on which every command succeeds.
    private static let servers = ContractServer.both + [
        ["--me", "role"], ["--me", "auth-me"], ["--me", "auth-me-page"], ["--me", "minimal"], ["--permissions", "untold"],
        ["--rotate", "always"], ["--rotate", "silent"], ["--timestamps", "fractions"], ["--timestamps", "mixed"], ["--last-page", "absent"],
        ["--detail", "sparse"], ["--span", "bytes", "--regex-confidence", "present"], ["--report-root", "audit"], ["--report-root", "both"],
        ["--report-root", "none"], ["--coverage", "text"], ["--coverage", "absent", "--signature"], ["--default-report-format", "json"],
        ["--policy-drift"], ["--public-url", "https://masker.example"], ["--rate-limit", "documented"],
        ["--health", "degraded"], ["--error-envelope", "beside"], ["--error-envelope", "header"], ["--error-envelope", "page"],
        ["--error-envelope", "empty"], ["--logout-dead", "401"],
    ].map { .python($0) }

    @Test("the whole job as commands: login, lists, a report in both forms, a deletion, logout", arguments: servers)
    func commands(server: ContractServer) async throws {
        try await server.asUser { server, user in
            let login = try await user.logIn(ContractServer.adminCookie)
            #expect(login.status == 0 && login.output.hasPrefix("signed in as "), "\(login)")

            let agents = try await user("$T agents --limit all"), sessions = try await user("$T sessions --since 30d --limit all")
            #expect(agents.status == 0 && agents.lines.count > 2, "\(agents)")
            #expect(sessions.status == 0 && Set(sessions.rows.map { $0[0] }).count == sessions.lines.count)
            // More than one page, independent of the server's clock.
            #expect(sessions.lines.count > 200, "\(sessions.lines.count)")
            let session = try sessions.first()[0]
            #expect(try await user("$T sessions show \(session)").output.contains(session))

            let report = try await user("mkdir $D/reports; $T report \(session) --format both -o $D/reports")
            #expect(report.status == 0 && report.lines.count == 2, "\(report)")
            for path in report.lines {
                let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
                #expect(path.hasSuffix(".pdf") ? bytes.starts(with: Data("%PDF-".utf8)) : bytes.starts(with: Data("{".utf8)))
            }

            let agent = try agents.first()
            let deletion = try await user("$T agents delete \(agent[0]) --yes-delete '\(agent[1])'")
            #expect(deletion.status == 0, "\(deletion)")
            let left = try await user("$T agents --limit all")
            #expect(left.lines.count == agents.lines.count - 1 && !left.output.contains(agent[0]))
            #expect(try await user("$T agents show \(agent[0])").status == 3)
            // The results of the earlier commands remain readable.
            #expect(try await user("$T sessions --since 30d --limit all | wc -l").lines == ["\(sessions.lines.count)"])

            let end = try await user("$T logout")
            #expect(end.status == 0 && end.lines == ["logged out"], "\(end)")
            #expect(try await user("$T agents").status == 4)
            #expect(try await user.logIn(ContractServer.adminCookie).status == 4, "it is dead for good")
        }
    }

    @Test("the user is read from each form of the answer; admin rights are unknown unless the server names them", arguments: [
        (.mock, "ada\tunknown"), (.python([]), "ada\tunknown"), (.python(["--me", "role"]), "ada\tadmin"), (.python(["--me", "auth-me"]), "ada\tadmin"),
        (.python(["--me", "auth-me-page"]), "ada\tunknown"), (.python(["--permissions", "untold"]), "ada\tunknown"),
    ] as [(ContractServer, String)])
    func whoami(server: ContractServer, line: String) async throws {
        try await server.asUser(cookie: ContractServer.adminCookie) { server, user in
            let answer = try await user("$T whoami")
            #expect(answer.lines == [line], "\(answer)")
        }
    }

    @Test("without an answer about the user, everything else works", arguments: [("missing", 3), ("forbidden", 5)] as [(String, Int32)])
    func noUser(form: String, status: Int32) async throws {
        try await ContractServer.python(["--me", form]).asUser(cookie: ContractServer.adminCookie) { server, user in
            let user = (who: try await user("$T whoami"), agents: try await user("$T agents"))
            #expect(user.who.status == status && user.agents.lines.count == 8, "\(user)")
        }
    }

    @Test("the user is requested at /me, and elsewhere only when /me does not exist", arguments: [
        (.mock, ["/api/v1/me"]), (.python([]), ["/api/v1/me"]), (.python(["--me", "auth-me"]), ["/api/v1/me", "/api/v1/auth/me"]),
        (.python(["--me", "auth-me-page"]), ["/api/v1/me"]), (.python(["--me", "forbidden"]), ["/api/v1/me"]),
    ] as [(ContractServer, [String])])
    func pathsOfTheUser(server: ContractServer, paths: [String]) async throws {
        try await server.run { server in
            try await CommandLineUser.with(server, cookie: ContractServer.adminCookie) { _ = try await $0("$T whoami") }
            #expect(try server.requests.map(\.path) == paths)
        }
    }

    @Test("the server refuses a member, and the console shows the request id, wherever it stands in the answer", arguments: [
        (.mock, true), (.python([]), true), (.python(["--error-envelope", "beside"]), true), (.python(["--error-envelope", "header"]), true),
        (.python(["--error-envelope", "page"]), false), (.python(["--error-envelope", "empty"]), false), (.python(["--permissions", "none"]), true),
        (.python(["--permissions", "untold"]), true), (.python(["--me", "missing"]), true),
    ] as [(ContractServer, Bool)])
    func member(server: ContractServer, hasID: Bool) async throws {
        try await server.asUser(cookie: ContractServer.memberCookie) { server, user in
            let agent = try await user("$T agents --limit 1").first()
            let deletion = try await user("$T agents delete \(agent[0]) --yes-delete '\(agent[1])'")
            #expect(deletion.status == 5 && deletion.output.contains("req_") == hasID, "\(deletion)")
            #expect(try await user("$T agents show \(agent[0])").status == 0)
            #expect(try server.requests.contains { $0.method == "DELETE" && $0.status == 403 }, "nobody is refused on a guess")
        }
    }

    @Test("the server refuses creating without the permission to write", arguments: [("none", 5), ("untold", 0)] as [(String, Int32)])
    func creating(permissions: String, status: Int32) async throws {
        try await ContractServer.python(["--permissions", permissions]).asUser(cookie: ContractServer.memberCookie) { server, user in
            let creation = try await user("$T agents create night-line --upstream stub")
            #expect(creation.status == status, "\(creation)")
            #expect(try server.requests.contains { $0.method == "POST" })
        }
    }

    @Test("logging out of a login session that has already ended is confirmed, too", arguments: ["204", "401"])
    func dead(status: String) async throws {
        try await ContractServer.python(["--logout-dead", status]).asUser { server, user in
            #expect(try await user.logIn(ContractServer.adminCookie).status == 0)
            try await CommandLineUser.with(server, cookie: ContractServer.adminCookie) { _ = try await $0("$T logout") }
            let end = try await user("$T logout")
            #expect(end.status == 0, "\(end)")
            #expect(try server.requests.filter { $0.path.hasSuffix("/logout") }.map(\.status).last == Int(status))
        }
    }

    @Test("a replaced value of the login session is not sent again", arguments: [ContractServer.python(["--rotate", "always"])])
    func rotation(server: ContractServer) async throws {
        try await server.run { server in
            try await CommandLineUser.with(server) { user in
                #expect(try await user.logIn(ContractServer.adminCookie).status == 0)
                for line in ["agents", "sessions --since 30d --limit all", "whoami", "agents show agt_none", "logout"] { _ = try await user("$T " + line) }
            }
            let requests = try server.requests, values = requests.compactMap(\.cookie)
            #expect(values.count >= 7 && values.count == Set(values).count, "\(requests)")
            #expect(requests.allSatisfy { [200, 204, 404].contains($0.status) }, "\(requests)")
        }
    }

    @Test("the audit root in a report is compared under each of its names, and stands in the list of saved reports", arguments: [
        ("merkle", true), ("audit", true), ("both", true), ("none", false),
    ])
    func roots(name: String, isThere: Bool) async throws {
        try await ContractServer.python(["--report-root", name]).asUser(cookie: ContractServer.adminCookie) { server, user in
            let session = try await user("$T sessions --since 30d --min-redactions 1 --limit 1").first()[0]
            #expect(try await user("mkdir $D/r; $T report \(session) --format both --manifest -o $D/r").status == 0)
            let manifest = try JSONSerialization.jsonObject(with: Data(contentsOf: URL(fileURLWithPath: user.directory + "/r/manifest.json")))
            let files = try #require(manifest as? [[String: Any]])
            #expect(files.count == 2)
            for file in files {
                #expect((file["merkle_root_hex"] as? String)?.count == (isThere ? 64 : nil), "\(file)")
                #expect(file["roots_agree"] as? Bool == (isThere ? true : nil), "\(file)")
            }
        }
    }

    @Test("a report over a broken audit chain is refused: nothing is saved, and the message gives the reason")
    func brokenAudit() async throws {
        try await ContractServer.python(["--audit-broken"]).asUser(cookie: ContractServer.adminCookie) { server, user in
            let session = try await user("$T sessions --since 30d --limit 1").first()[0]
            let report = try await user("mkdir $D/r; $T report \(session) --format both -o $D/r; s=$?; ls -A $D/r | wc -l; exit $s")
            #expect(report.status == 1 && report.lines.last == "0", "\(report)")
            #expect(report.output.contains("audit") && report.output.contains("req_"), "\(report)")
        }
    }

    @Test("health in both forms: one request without the login session; a degraded service is reported as degraded", arguments: [
        (.mock, 0), (.python([]), 0), (.python(["--health", "flat"]), 0), (.python(["--health", "degraded"]), 1),
        (.python(["--health", "flat-degraded"]), 1),
    ] as [(ContractServer, Int32)])
    func health(server: ContractServer, status: Int32) async throws {
        try await server.asUser(cookie: ContractServer.adminCookie) { server, user in
            let health = try await user("$T health")
            #expect(health.status == status && health.output.contains(status == 0 ? "ok" : "degraded"), "\(health)")
            let requests = try server.requests
            #expect(requests.map(\.path) == ["/health"] && requests.allSatisfy { $0.cookie == nil })
        }
    }

    @Test("a list is read to its end although the server asks for pauses", arguments: ["1:1", "2:2"])
    func rateLimit(rate: String) async throws {
        try await ContractServer.python(["--rate-limit", rate]).asUser(cookie: ContractServer.adminCookie) { server, user in
            let sessions = try await user("$T sessions --since 30d --limit all")
            #expect(sessions.status == 0 && sessions.lines.count > 200, "\(sessions.lines.suffix(2))")
            #expect(try server.requests.allSatisfy { $0.status == 200 || $0.status == 429 })
        }
    }

    @Test("a daily limit is reported, not waited for")
    func dailyLimit() async throws {
        try await ContractServer.python(["--daily-limit", "1"]).asUser(cookie: ContractServer.adminCookie) { server, user in
            #expect(try await user("$T agents").status == 0)
            let refused = try await user("$T agents")
            #expect(refused.status == 6, "\(refused)")
            #expect(try server.requests.map(\.status) == [200, 429])
        }
    }

    @Test("the audit log has the deletion and the user who deleted", arguments: ContractServer.both)
    func audit(server: ContractServer) async throws {
        try await server.asUser(cookie: ContractServer.adminCookie) { server, user in
            let agent = try await user("$T agents --limit 1").first()
            #expect(try await user("$T agents delete \(agent[0]) --yes-delete '\(agent[1])'").status == 0)
            let deletions = try server.audit.filter { $0.type == "agent_deleted" }
            #expect(deletions.map(\.agent) == [agent[0]] && deletions.map(\.user) == ["ada"])
        }
    }

    @Test("mistakes in a policy are reported", arguments: ContractServer.both)
    func policy(server: ContractServer) async throws {
        try await server.asUser(cookie: ContractServer.adminCookie) { server, user in
            let create = "$T agents create policy-line --upstream stub --policy-file $D/policy.yaml"
            let wrong = try await user("printf 'name: own\\nversion: 1\\nkid: K_HEALTHCARE\\ntokenization: none\\npasses: [regex]\\nentities:\\n  PHONE:\\n    action: tokenize\\n' > $D/policy.yaml; " + create)
            #expect(wrong.status == 2 && wrong.output.contains("req_"), "\(wrong)")
            let right = try await user("sed -i 's/: none/: reversible-aead/' $D/policy.yaml; " + create)
            #expect(right.status == 0 && right.output.contains("policy-line"), "\(right)")
        }
    }
}

/// The same tests with the real console.
@Suite("The console on two servers", .serialized, .ownThread)
struct ContractConsoleTests {
    @Test("sign in by paste, list, delete, log out", arguments: ContractServer.both + [
        ["--me", "auth-me-page"], ["--rotate", "always"], ["--rotate", "silent", "--timestamps", "mixed", "--last-page", "absent", "--detail", "sparse"],
    ].map { .python($0) })
    func job(server: ContractServer) async throws {
        try await server.run { server in
            var names: [String] = []
            // A member's login session, which the console does not use.
            try await CommandLineUser.with(server, cookie: ContractServer.memberCookie) { names = try await $0("$T agents").rows.compactMap { $0.dropFirst().first } }
            let first = try #require(names.first)
            var setup = TmuxTerminal.Setup()
            setup.command = "env -u MASKER_SESSION MASKER_URL=\(server.origin) \(try #require(Program.built("masker-tui")))"
            try await TmuxTerminal.with(setup) { terminal in
                try await terminal.expect("You are not signed in.")
                try await terminal.paste("masker_session=\(ContractServer.adminCookie)\n")
                try await terminal.expect("••••")
                try await terminal.press("Enter")
                try await terminal.expect("▌ \(first)")
                try await terminal.expect("\(names.count) · end")
                try await terminal.press("2")
                try await terminal.expect("STARTED")
                try await terminal.press("1")
                try await terminal.expect("▌ \(first)")
                try await terminal.press("d")
                try await terminal.confirmDeletion(of: first)
                try await terminal.expect("\(first) is deleted")
                try await terminal.expect("\(names.count - 1) · end")
                try await terminal.press("m")
                try await terminal.expect("Log out")
                try await terminal.press("l")
                try await terminal.expect("Log out?")
                try await terminal.press("Tab", "Enter")
                let screen = try await terminal.expect("You are logged out.")
                #expect(!screen.contains("s3cret"))
                try await terminal.press("C-c")
                try await terminal.expectEnd(status: 0)
            }
            let deletions = try server.requests.filter { $0.method == "DELETE" }
            #expect(deletions.map(\.status) == [204])
        }
    }
}
