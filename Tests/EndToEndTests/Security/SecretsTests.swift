import Foundation
import TestSupport
import Testing

/// What another program of the same user can read of a running console. Root may read everything, so for root both programs
/// are started as `nobody`.
@Suite("Secrets of a running console", .serialized, .ownThread)
struct SecretsTests {
    private static let cookie = "s3cret-cookie-value"

    /// A command run as the user that owns the console.
    private static func asUser(_ command: [String]) -> [String] {
        guard geteuid() == 0 else { return command }
        return ["/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--inh-caps=-all", "--bounding-set=-all"]
            + command
    }

    /// Runs `body` with a console that is signed in, as that user.
    private func withConsole(
        _ command: (String) -> [String] = { [$0] }, _ body: (RawTerminal, String) async throws -> Void
    ) async throws {
        let place = NSTemporaryDirectory() + "masker-secrets-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: place) }
        // A directory in which that user may start programs and write.
        chmod(place, 0o777)
        let console = place + "/masker-tui"
        try FileManager.default.copyItem(atPath: try #require(Program.built("masker-tui")), toPath: console)
        var setup = RawTerminal.Setup()
        setup.command = Self.asUser(command(console))
        setup.arguments = ["--no-store"]
        setup.environment = ["HOME": place, "XDG_STATE_HOME": place + "/state"]
        setup.mock.users = [.init(login: "ada", role: "admin", cookie: Self.cookie)]
        try await RawTerminal.with(setup) { raw in
            try await raw.terminal.expect("appointment-bot-prod")
            try await body(raw, place)
        }
    }

    private func read(_ command: String...) async throws -> (status: Int32, output: String) {
        let words = Self.asUser(["/bin/sh", "-c", "\"$@\" 2>&1", "sh"] + command)
        return try await Program.run(words[0], Array(words.dropFirst()))
    }

    @Test("promise 38: environ, cmdline, mem, ptrace: another program of the same user reads no secret")
    func sameUser() async throws {
        try await withConsole { raw, _ in
            let process = "/proc/\(raw.terminal.process)"
            #expect(try await read("cat", process + "/status").output.contains("Name:\tmasker-tui"), "it is the console, running")
            let environ = try await read("cat", process + "/environ")
            #expect(environ.status != 0 && environ.output.contains("Permission denied"))
            // All users can read arguments; they do not contain the login session.
            let arguments = try await read("cat", process + "/cmdline")
            #expect(arguments.status == 0 && arguments.output.contains("--no-store") && !arguments.output.contains("s3cret"))
            let memory = try await read("head", "-c", "1", process + "/mem")
            #expect(memory.status != 0 && memory.output.contains("Permission denied"))
            let attached = try await read("timeout", "10", "strace", "-p", "\(raw.terminal.process)")
            #expect(attached.status != 0 && attached.output.contains("Operation not permitted"))
        }
    }

    @Test("promise 38: the value of MASKER_SESSION is overwritten, so that not even root can read it, also when it is not used", arguments: [false, true])
    func environment(isRestricted: Bool) async throws {
        var setup = RawTerminal.Setup()
        if isRestricted { setup.arguments = ["--restricted"] }
        try await RawTerminal.with(setup) { raw in
            try await raw.terminal.expect(isRestricted ? "You are not signed in." : "appointment-bot-prod")
            let bytes = FileManager.default.contents(atPath: "/proc/\(raw.terminal.process)/environ")
            guard geteuid() == 0 else { return }
            let text = String(decoding: try #require(bytes), as: UTF8.self)
            #expect(text.contains("MASKER_URL=http") && text.contains("MASKER_SESSION=\0") && !text.contains("mock-"))
        }
    }

    @Test("promise 38: a crash writes no core dump, even if the user asks for one")
    func core() async throws {
        // bash says “core dumped” when the kernel says so.
        try await withConsole({ ["/bin/bash", "-c", "ulimit -c unlimited; cd \"$HOME\"; \"$0\" \"$@\"; exit $?", $0] }) { raw, place in
            let children = try String(contentsOfFile: "/proc/\(raw.terminal.process)/task/\(raw.terminal.process)/children", encoding: .utf8)
            let console = try #require(pid_t(children.trimmingCharacters(in: .whitespaces)))
            let limits = try String(contentsOfFile: "/proc/\(console)/limits", encoding: .utf8)
            #expect(limits.contains(#/Max core file size +0 +0 /#))
            kill(console, SIGSEGV)
            #expect(try await raw.terminal.expectEnd() == 128 + SIGSEGV)
            #expect(raw.terminal.text.contains("Segmentation fault") && !raw.terminal.text.contains("core dumped"))
            #expect(try FileManager.default.contentsOfDirectory(atPath: place).allSatisfy { !$0.hasPrefix("core") })
        }
    }

    @Test("promise 38: a crash without a screen prints no memory, and starts no program named in the environment")
    func crash() async throws {
        var setup = RawTerminal.Setup()
        setup.arguments = ["whoami"]
        setup.mock.latency = .seconds(60)
        let helper = NSTemporaryDirectory() + "masker-helper-\(UUID().uuidString)"
        try Data("#!/bin/sh\ntouch \(helper).ran\n".utf8).write(to: URL(fileURLWithPath: helper))
        chmod(helper, 0o755)
        defer {
            unlink(helper)
            unlink(helper + ".ran")
        }
        setup.environment = ["SWIFT_BACKTRACE": "enable=yes,interactive=no,swift-backtrace=\(helper)"]
        try await RawTerminal.with(setup) { raw in
            let hasAsked = await raw.terminal.eventually { _ in !raw.mock.requestsUnderWay.isEmpty }
            #expect(hasAsked)
            kill(raw.terminal.process, SIGSEGV)
            let status = try await raw.terminal.expectEnd()
            #expect(status == 128 + SIGSEGV)
            #expect(raw.terminal.text.isEmpty && !FileManager.default.fileExists(atPath: helper + ".ran"))
        }
    }

    @Test("the log of a whole visit has one line for each request, without cookie, ids and data of the account")
    func log() async throws {
        let path = NSTemporaryDirectory() + "masker-log-\(UUID().uuidString)"
        defer { unlink(path) }
        var setup = RawTerminal.Setup()
        setup.arguments = ["--log", path, "--no-store"]
        setup.mock.users = [.init(login: "ada", role: "admin", cookie: Self.cookie)]
        setup.mock.faults = [.init(path: "/api/v1/sessions/{id}", drop: .before)]
        try await RawTerminal.with(setup) { raw in
            try await raw.terminal.expect("appointment-bot-prod")
            raw.terminal.send("\r")
            try await raw.terminal.expect("proxy URL")
            // The sessions may arrive later than the agent.
            await raw.rest()
            raw.terminal.send("2\r")
            try await raw.terminal.expect("tries again")
            raw.terminal.send("q")
            try await raw.terminal.expectEnd()
            let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
            let form = try Regex(#"^2\d{3}-\d\d-\d\dT[0-9:.]+Z (GET|POST|DELETE) /[a-z/{}]+ (\d{3}|[a-z-]+) \d+ms (req_\w+|-)$"#)
            #expect(lines.allSatisfy { $0.contains(form) })
            for part in ["GET /me 200", "GET /agents 200", "GET /agents/{id} 200", "GET /sessions/{id} connection-lost"] {
                #expect(lines.contains { $0.contains(part) }, "\(part)")
            }
            for secret in ["s3cret", "agt_", "sess_", "appointment", "?", "ada"] { #expect(!lines.contains { $0.contains(secret) }) }
        }
    }
}
