import Foundation
import MaskerMock
import TestSupport
import Testing

@Suite("Profiles in a real terminal", .serialized, .ownThread)
struct ProfileEndToEndTests {
    private struct Servers {
        let one: MockProcess, two: MockProcess
        /// The URL of `one`.
        let first: String
        let directory: String
        /// The environment of both programs and of the shell that prepares them.
        let environment: [String: String]
        let console: String
    }

    /// Two servers with an account each, and a configuration with a profile for each.
    private static func withServers(latency: Duration = .zero, _ body: (Servers) async throws -> Void) async throws {
        let directory = NSTemporaryDirectory() + "masker-profiles-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        var options = MockOptions()
        options.users = [MockUser(login: "ada", role: "admin", cookie: "cookie-of-one")]
        options.latency = latency
        let one = MockProcess(options)
        options.users = [MockUser(login: "grace", role: "member", cookie: "cookie-of-two")]
        options.latency = .zero
        options.agents = 7
        let two = MockProcess(options)
        let (first, second) = (try await one.start(), try await two.start())
        let text = """
            profile: lab
            profiles:
              lab:
                url: \(first)
                theme: monochrome
              production:
                url: \(second)
                read_only: on
            """
        try Data(text.utf8).write(to: URL(fileURLWithPath: directory + "/config.yaml"))
        let environment = [
            "PATH": "/usr/bin:/bin", "HOME": directory, "XDG_STATE_HOME": directory + "/state", "LC_ALL": "C.UTF-8", "TERM": "xterm-256color",
            "MASKER_TUI_CONFIG": directory + "/config.yaml",
        ]
        var failure: (any Error)?
        do {
            let console = try #require(Program.built("masker-tui"))
            try await body(Servers(one: one, two: two, first: first, directory: directory, environment: environment, console: console))
        } catch { failure = error }
        one.stop()
        two.stop()
        if let failure { throw failure }
    }

    private func script(_ script: String, _ servers: Servers) async throws -> (status: Int32, output: String) {
        let environment = servers.environment.merging(["T": servers.console]) { $1 }
        return try await Program.run("/bin/sh", ["-c", "exec 2>&1; " + script], environment: environment)
    }

    @Test(":profile changes the server and back; each server has its own login session, and no data of one reaches the other")
    func switching() async throws {
        try await Self.withServers { servers in
            let login = "echo cookie-of-one | $T login; echo cookie-of-two | $T login --profile production; $T whoami; $T whoami --profile production"
            let said = try await script(login, servers).output
            #expect(said == "signed in as ada\nsigned in as grace\nada\tunknown\ngrace\tunknown\n")
            let terminal = try PseudoTerminal([servers.console], environment: servers.environment)
            defer { terminal.stop() }
            try await terminal.expect("ada")
            try await terminal.expect("12 · end")
            servers.one.clearRequests()
            terminal.forgetOutput()
            terminal.send(":profile production\r")
            try await terminal.expect("▲ production")
            try await terminal.expect("grace")
            try await terminal.expect("7 · end")
            // The theme of the new profile is in use: the header is red, and the earlier profile had no colours.
            #expect(terminal.text.contains("\u{1B}[31m") || terminal.text.contains(";31m"))
            // Read-only mode of the new profile is on: no key deletes.
            terminal.forgetOutput()
            terminal.send("d")
            terminal.send(":profile\r")
            try await terminal.expect("now")
            #expect(!terminal.text.contains("Delete this agent?"))
            #expect(servers.one.requests.allSatisfy { $0.cookie == "cookie-of-one" })
            terminal.send("k\r")
            try await terminal.expect("ada")
            terminal.send("q")
            #expect(try await terminal.expectEnd() == 0)
            #expect(terminal.attributes == terminal.attributesBefore)
            #expect(servers.one.requests.allSatisfy { $0.cookie == "cookie-of-one" } && !servers.one.requests.isEmpty)
            #expect(servers.two.requests.allSatisfy { $0.cookie == "cookie-of-two" } && !servers.two.requests.isEmpty)
        }
    }

    @Test("answers that are still to come when the profile changes are not waited for, and not shown")
    func underWay() async throws {
        try await Self.withServers(latency: .seconds(25)) { servers in
            _ = try await script("echo cookie-of-two | $T login --profile production", servers)
            var environment = servers.environment
            environment["MASKER_SESSION"] = "cookie-of-one"
            let terminal = try PseudoTerminal([servers.console], environment: environment)
            defer { terminal.stop() }
            try await terminal.expect("Loading")
            _ = await terminal.eventually { _ in !servers.one.requestsUnderWay.isEmpty }
            terminal.send(":profile production\r")
            try await terminal.expect("grace")
            try await terminal.expect("7 · end")
            #expect(servers.one.requests.isEmpty || servers.one.requests.allSatisfy { $0.status == nil })
            #expect(servers.two.requests.allSatisfy { $0.cookie == "cookie-of-two" })
        }
    }

    @Test("the login session of MASKER_SESSION is sent only to the server of MASKER_URL")
    func environmentSession() async throws {
        try await Self.withServers { servers in
            var environment = servers.environment
            environment["MASKER_SESSION"] = "cookie-of-one"
            environment["MASKER_URL"] = servers.first
            let terminal = try PseudoTerminal([servers.console, "--profile", "production"], environment: environment)
            defer { terminal.stop() }
            try await terminal.expect("MASKER_SESSION is for 127.0.0.1:")
            terminal.send("\u{10}")
            try await terminal.expect("Profiles")
            terminal.send("k\r")
            try await terminal.expect("ada")
            #expect(servers.two.requests.allSatisfy { $0.cookie == nil })
        }
    }

    @Test("the API token of MASKER_TOKEN is sent only to the server of MASKER_URL")
    func environmentToken() async throws {
        try await Self.withServers { servers in
            var environment = servers.environment
            environment["MASKER_TOKEN"] = "s3cret-token"
            environment["MASKER_URL"] = servers.first
            let terminal = try PseudoTerminal([servers.console, "--profile", "production"], environment: environment)
            defer { terminal.stop() }
            try await terminal.expect("MASKER_TOKEN is for 127.0.0.1:")
            terminal.send("\u{10}")
            try await terminal.expect("Profiles")
            terminal.send("k\r")
            // This server has no tokens.
            try await terminal.expect("The API token was refused.")
            #expect(servers.one.requests.first?.token == "s3cret-token" && servers.two.requests.allSatisfy { $0.token == nil })
        }
    }

    @Test("config prints every value with its source; a wrong file is exit status 2 with line and column, for every command")
    func configuration() async throws {
        try await Self.withServers { servers in
            let printed = try await script("$T config --refresh 30 --profile production", servers)
            #expect(printed.status == 0)
            let rows = printed.output.split(separator: "\n").map { $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init) }
            func row(_ key: String) -> [String]? { rows.first { $0.first == key } }
            let file = servers.directory + "/config.yaml"
            #expect(row("profile") == ["profile", "production", "option --profile"])
            #expect(row("refresh") == ["refresh", "30", "option --refresh"])
            #expect(row("read_only") == ["read_only", "on", file + ":8"])
            #expect(row("color") == ["color", "red", "default"])
            let json = try await script("MASKER_URL=https://x.example $T config --json", servers).output
            let values = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [[String: String]])
            #expect(values.contains { $0 == ["key": "url", "value": "https://x.example", "from": "environment MASKER_URL"] })
            try Data("refesh: 3\nprofiles:\n  a: {theme: dark}\n".utf8).write(to: URL(fileURLWithPath: file))
            for command in ["config", "agents", "health", "console"] {
                let bad = try await script("$T \(command)", servers)
                #expect(bad.status == 2)
                #expect(bad.output.hasPrefix("masker-tui: \(file):1:1: “refesh” is not a setting; did you mean “refresh”?\n\(file):3:14: theme takes default,"))
            }
        }
    }

    @Test("when the certificates of a profile cannot be read, the console stays on its server and says why")
    func unusableProfile() async throws {
        try await Self.withServers { servers in
            let file = URL(fileURLWithPath: servers.directory + "/config.yaml")
            let text = try String(contentsOf: file, encoding: .utf8) + "\n  broken:\n    ca_file: /nonexistent.pem\n"
            try Data(text.utf8).write(to: file)
            var environment = servers.environment
            environment["MASKER_SESSION"] = "cookie-of-one"
            let terminal = try PseudoTerminal([servers.console], environment: environment, columns: 160)
            defer { terminal.stop() }
            try await terminal.expect("12 · end")
            terminal.forgetOutput()
            terminal.send(":profile broken\r")
            try await terminal.expect("the file “/nonexistent.pem” cannot be read")
            try await terminal.expect("ada")
        }
    }

    @Test(":theme changes the colours at once; NO_COLOR allows no colours")
    func theme() async throws {
        try await RawTerminal.with { raw in
            try await raw.terminal.expect("12 · end")
            raw.terminal.forgetOutput()
            raw.terminal.send("2")
            try await raw.terminal.expect("✓ ok")
            #expect(raw.terminal.text.contains("[32m"), "green")
            raw.terminal.send(":theme color-blind\r")
            try await raw.terminal.expect("theme: color-blind")
            raw.terminal.forgetOutput()
            raw.terminal.send("\u{0C}")
            try await raw.terminal.expect("✓ ok")
            #expect(!raw.terminal.text.contains("31m") && !raw.terminal.text.contains("32m"), "neither red nor green")
            #expect(raw.terminal.text.contains("[36m"), "cyan")
        }
        var setup = RawTerminal.Setup()
        setup.environment = ["NO_COLOR": "1"]
        setup.arguments = ["--theme", "color-blind"]
        try await RawTerminal.with(setup) { raw in
            try await raw.terminal.expect("12 · end")
            #expect(raw.terminal.text.firstMatch(of: /\u{1B}\[[0-9;]*3[0-7]m/) == nil)
            raw.terminal.send(":theme default\r")
            try await raw.terminal.expect("NO_COLOR is set")
        }
    }
}
