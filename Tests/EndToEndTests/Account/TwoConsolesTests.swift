import Foundation
import MaskerMock
import TestSupport
import Testing

/// Real processes that share a stored login session, while the server replaces its value with every answer.
@Suite("Consoles that share a login session", .serialized, .ownThread)
struct TwoConsolesTests {
    /// A mock that replaces the value with every answer, and a directory with a stored login session.
    private func shared(
        grace: Double, _ body: (_ environment: [String: String], _ mock: MockProcess, _ file: String) async throws -> Void
    ) async throws {
        let directory = NSTemporaryDirectory() + "masker-shared-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: directory) }
        var options = MockOptions()
        options.rotation = .always
        options.rotationGrace = grace
        options.users = [MockUser(login: "ada", role: "admin", cookie: "the-first-value")]
        let mock = MockProcess(options)
        let origin = try await mock.start()
        let console = try #require(Program.built("masker-tui"))
        let environment = ["T": console, "MASKER_URL": origin, "XDG_STATE_HOME": directory, "PATH": "/usr/bin:/bin"]
        var failure: (any Error)?
        do {
            let login = try await Program.run("/bin/sh", ["-c", "umask 0; echo the-first-value | $T login"], environment: environment)
            #expect(login.status == 0)
            let host = origin.dropFirst("http://".count).replacing(":", with: "_")
            try await body(environment, mock, "\(directory)/masker-tui/session-\(host).json")
        } catch { failure = error }
        mock.stop()
        if let failure { throw failure }
    }

    @Test("promise 18: two at once, three requests each at a time: nobody is signed out, no request sent more than twice",
        arguments: [0, 0.1, 5.0])
    func rotation(grace: Double) async throws {
        try await shared(grace: grace) { environment, mock, _ in
            mock.clearRequests()
            let rounds = Soak.count(6, soak: 500)
            // A console requests the user, the agents and the sessions at the same time; these are as many processes.
            let script = """
                for i in $(seq \(rounds)); do
                    $T whoami > /dev/null & a=$!; $T agents --limit 1 > /dev/null & b=$!; $T sessions --limit 1 > /dev/null & c=$!
                    for p in $a $b $c; do wait $p || echo "failed with $?"; done
                done 2>&1
                """
            async let first = Program.run("/bin/bash", ["-c", script], environment: environment)
            async let second = Program.run("/bin/bash", ["-c", script], environment: environment)
            let said = try await first.output + second.output
            #expect(said.isEmpty, "\(said.prefix(500))")
            #expect(mock.requests.count <= 2 * rounds * 2 * 3)
        }
    }

    @Test("promise 18, 19: processes are killed at any moment: the file is complete and private, and the others stay signed in")
    func kills() async throws {
        try await shared(grace: 5) { environment, _, file in
            let seed = SeededGenerator.newSeed()
            var random = SeededGenerator(seed)
            for round in 0..<Soak.count(25, soak: 500) {
                let delay = Double.random(in: 0...0.08, using: &random)
                _ = try await Program.run(
                    "/bin/bash", ["-c", "umask 0; $T agents > /dev/null 2>&1 & sleep \(delay); kill -9 $!; wait $!"], environment: environment)
                let data = try #require(FileManager.default.contents(atPath: file), "MASKER_SEED=\(seed), round \(round)")
                let stored = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
                #expect((stored["value"] as? String)?.isEmpty == false, "MASKER_SEED=\(seed), round \(round)")
                let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
                #expect(mode == 0o600, "MASKER_SEED=\(seed), round \(round)")
                let other = try await Program.run("/bin/sh", ["-c", "$T whoami 2>&1"], environment: environment)
                #expect(other.output == "ada\tunknown\n", "MASKER_SEED=\(seed), round \(round)")
            }
        }
    }

    @Test("promise 19: without space on the disk the console continues, and the file holds the complete old value")
    func fullDisk() async throws {
        try await shared(grace: 5) { environment, _, file in
            let before = FileManager.default.contents(atPath: file)
            let result = try await Program.run("/bin/bash", ["-c", "ulimit -f 0; $T whoami 2>&1 | cat"], environment: environment)
            #expect(result.output.contains("ada\tunknown"))
            #expect(FileManager.default.contents(atPath: file) == before)
        }
    }

    @Test("promise 20: after signing out elsewhere: two requests at most, the stored value is removed, and the next start sends none")
    func revoked() async throws {
        try await shared(grace: 0) { environment, mock, file in
            mock.revoke("ada")
            mock.clearRequests()
            let result = try await Program.run("/bin/sh", ["-c", "$T whoami 2>&1"], environment: environment)
            #expect(result.status == 4 && mock.requests.count <= 2)
            #expect(!FileManager.default.fileExists(atPath: file))
            mock.clearRequests()
            #expect(try await Program.run("/bin/sh", ["-c", "$T whoami 2>&1"], environment: environment).status == 4)
            #expect(mock.requests.isEmpty)
        }
    }

    @Test("after another console logged out, the sign-in screen says so, and where the login session was stored")
    func loggedOutElsewhere() async throws {
        var setup = RawTerminal.Setup()
        setup.columns = 140
        setup.environment = ["MASKER_SESSION": ""]
        try await RawTerminal.with(setup) { raw in
            try await raw.terminal.expect("You are not signed in.")
            let cookie = try #require(setup.mock.users.first).cookie
            raw.terminal.send("\u{1B}[200~\(cookie)\u{1B}[201~\r")
            try await raw.terminal.expect("appointment-bot-prod")
            let console = try #require(Program.built("masker-tui"))
            let environment = ["MASKER_URL": raw.origin, "XDG_STATE_HOME": raw.directory + "/state"]
            #expect(try await Program.run(console, ["logout"], environment: environment).status == 0)
            raw.terminal.send("r")
            try await raw.terminal.expect("You were signed out by another console.")
            try await raw.terminal.expect("Another console on this machine logged out")
            raw.terminal.send("\u{3}")
            #expect(try await raw.terminal.expectEnd() == 0)
        }
    }

    @Test("promise 21: a wrong clock signs no user out", arguments: [-315_360_000.0, -86_400, 86_400, 315_360_000])
    func clocks(offset: Double) async throws {
        var options = MockOptions()
        options.now = Date().addingTimeInterval(offset)
        var setup = RawTerminal.Setup()
        setup.mock = options
        try await RawTerminal.with(setup) { raw in
            try await raw.terminal.expect("appointment-bot-prod")
            try await raw.terminal.expect("29d")
            // During a refresh the key starts no other.
            await raw.rest()
            raw.terminal.send("r")
            #expect(await raw.terminal.eventually { _ in raw.mock.requests.count >= 6 })
            raw.terminal.send("q")
            #expect(try await raw.terminal.expectEnd() == 0)
            #expect(!raw.terminal.text.contains("not signed in"))
        }
    }
}
