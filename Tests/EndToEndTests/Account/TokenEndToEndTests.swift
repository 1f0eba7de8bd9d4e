import Foundation
import MaskerMock
import TestSupport
import Testing

@Suite("An API token in a real terminal", .serialized, .ownThread)
struct TokenEndToEndTests {
    private static let secret = "s3cret-token-value"

    /// The environment also has a login session; the token takes precedence.
    private static func setup(_ scopes: Set<MockScope>, _ arguments: [String] = []) -> RawTerminal.Setup {
        var setup = RawTerminal.Setup()
        setup.arguments = arguments
        setup.environment = ["MASKER_TOKEN": secret]
        setup.mock.tokens = [MockToken(login: "grace", scopes: scopes, value: secret)]
        return setup
    }

    /// Runs a shell script with `$T` (the console), `MASKER_URL` and a token. Standard error is part of the output.
    private func script(_ script: String, _ raw: RawTerminal) async throws -> (status: Int32, output: String) {
        let environment = [
            "PATH": "/usr/bin:/bin", "HOME": raw.directory, "XDG_STATE_HOME": raw.directory + "/state", "MASKER_URL": raw.origin,
            "MASKER_TOKEN": Self.secret, "T": try #require(Program.built("masker-tui")),
        ]
        return try await Program.run("/bin/sh", ["-c", "exec 2>&1; " + script], environment: environment)
    }

    @Test("the token takes precedence over MASKER_SESSION; a missing scope is reported where it was needed; logging out says to revoke the token")
    func visit() async throws {
        try await RawTerminal.with(Self.setup([.readAgents])) { raw in
            try await raw.terminal.expect("appointment-bot-prod")
            try await raw.terminal.expect("API token")
            raw.terminal.send("2")
            try await raw.terminal.expect("needs the scope sessions:read")
            raw.terminal.send("3")
            try await raw.terminal.expect("the environment variable MASKER_TOKEN")
            raw.terminal.send("L")
            try await raw.terminal.expect("Revoke it in the portal")
            raw.terminal.send("\rq")
            #expect(try await raw.terminal.expectEnd() == 0)
            #expect(!raw.mock.requests.isEmpty && raw.mock.requests.allSatisfy { $0.cookie == nil && $0.token == Self.secret && $0.method == "GET" })
            #expect(!raw.terminal.text.contains("s3cret"))
            let files = FileManager.default.enumerator(atPath: raw.directory + "/state")?.compactMap { $0 as? String } ?? []
            #expect(files.allSatisfy { !$0.contains("session") }, "no login session is stored: \(files)")
        }
    }

    @Test("a revoked token: the console says so and sends no more requests")
    func revoked() async throws {
        var setup = Self.setup([.readAgents], ["--refresh", "2"])
        setup.mock.tokens = []
        try await RawTerminal.with(setup) { raw in
            try await raw.terminal.expect("The API token was refused.")
            try await Task.sleep(for: .seconds(5))
            #expect(raw.mock.requests.count <= 3 && raw.mock.requests.allSatisfy { $0.status == 401 && $0.cookie == nil })
            raw.terminal.send("q")
            #expect(try await raw.terminal.expectEnd() == 0)
        }
    }

    @Test("promise 38: the value of MASKER_TOKEN is overwritten, and is in no argument, log or line of the screen")
    func secrecy() async throws {
        try await withDirectory { directory in
            let log = directory + "/log"
            try await RawTerminal.with(Self.setup(Set(MockScope.allCases), ["--log", log])) { raw in
                try await raw.terminal.expect("appointment-bot-prod")
                raw.terminal.send("3")
                try await raw.terminal.expect("MASKER_TOKEN")
                let process = "/proc/\(raw.terminal.process)"
                #expect(FileManager.default.contents(atPath: process + "/cmdline").map { String(decoding: $0, as: UTF8.self).contains("s3cret") } == false)
                if geteuid() == 0 {
                    let text = String(decoding: try #require(FileManager.default.contents(atPath: process + "/environ")), as: UTF8.self)
                    #expect(text.contains("MASKER_TOKEN=\0") && text.contains("MASKER_SESSION=\0") && !text.contains("s3cret"))
                }
                raw.terminal.send("q")
                try await raw.terminal.expectEnd()
                let lines = try String(contentsOfFile: log, encoding: .utf8)
                #expect(lines.contains("GET /agents 200") && !lines.contains("s3cret") && !raw.terminal.text.contains("s3cret"))
            }
        }
    }

    @Test("commands: 5 for a missing scope, 4 for a refused token; login and logout send nothing; no message contains the value")
    func commands() async throws {
        try await RawTerminal.with(Self.setup([.readAgents])) { raw in
            try await raw.terminal.expect("appointment-bot-prod")
            raw.terminal.send("q")
            try await raw.terminal.expectEnd()
            raw.mock.clearRequests()
            let said = try await script("$T whoami; $T sessions; echo $?; MASKER_TOKEN=s3cret-other $T agents; echo $?", raw).output
            #expect(said.contains("grace\tunknown\n") && said.contains("needs the scope sessions:read") && said.contains("\n5\n") && said.hasSuffix("\n4\n"))
            #expect(said.contains("MASKER_TOKEN: the API token was refused") && said.contains("/portal/login"))
            raw.mock.clearRequests()
            let ends = try await script("$T logout; echo $?; echo masker_session=x | $T login; echo $?; MASKER_TOKEN='s3cret two' $T whoami; echo $?", raw).output
            #expect(ends.contains("revoke it in the portal") && ends.split(separator: "\n").filter { $0.count == 1 } == ["1", "2", "2"])
            #expect(raw.mock.requests.isEmpty && !(said + ends).contains("s3cret"))
        }
    }

    @Test("in restricted mode a token from the environment is not used")
    func restricted() async throws {
        try await RawTerminal.with(Self.setup(Set(MockScope.allCases))) { raw in
            try await raw.terminal.expect("appointment-bot-prod")
            raw.terminal.send("q")
            try await raw.terminal.expectEnd()
            raw.mock.clearRequests()
            let said = try await script("$T whoami --restricted --url $MASKER_URL; echo $?", raw).output
            #expect(said.contains("sign-in needed") && said.hasSuffix("\n4\n") && raw.mock.requests.isEmpty)
        }
    }
}
