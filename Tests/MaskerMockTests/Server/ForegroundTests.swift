import Foundation
import TestSupport
import Testing

@Suite("A command in the mock's foreground", .ownThread)
struct ForegroundTests {
    private func shell(_ line: String, _ arguments: String...) async throws -> (status: Int32, output: String) {
        try await Program.run("/bin/sh", ["-c", line, "sh", try #require(Program.built("masker-mock"))] + arguments)
    }

    /// Runs `masker-mock exec OPTIONS -- sh -c SCRIPT`, behind a prefix such as `setsid -w`.
    private func exec(
        _ script: String, _ options: String = "", prefix: String = ""
    ) async throws -> (status: Int32, output: String) {
        try await shell("\(prefix) \"$1\" exec \(options) -- sh -c \"$2\" 2>&1", script)
    }

    @Test("the command can reach the mock with its environment, and the cookie is in no argument")
    func environment() async throws {
        let script = """
            curl -s -H "Cookie: masker_session=$MASKER_SESSION" "$MASKER_URL/api/v1/me"
            tr '\\0' ' ' < /proc/$$/cmdline
            """
        let result = try await exec(script, "--me role --user eve:auditor:s3cret-eve")
        #expect(
            result.status == 0 && result.output.contains(#""github_login":"eve""#)
                && result.output.contains(#""role":"auditor""#))
        #expect(!result.output.contains("s3cret-eve"))
    }

    @Test("the command reacts to Ctrl-C and Ctrl-\\, and the mock continues", arguments: ["INT", "QUIT"])
    func keyboard(name: String) async throws {
        #expect(try await exec("kill -\(name) $PPID; exit 3").status == 3)
    }

    @Test(
        "TERM and HUP to the mock are passed on, even if they arrive early, and the mock waits for the command",
        arguments: [
            "TERM", "HUP"
        ])
    func passedOn(name: String) async throws {
        let wait = "n=0; while [ $n -lt 400 ]; do sleep 0.05; n=$((n + 1)); done"
        let result = try await exec("trap 'echo told; exit 42' \(name); kill -\(name) $PPID; \(wait)")
        #expect(result.status == 42 && result.output == "told\n")
        #expect(try await exec("kill -\(name) $PPID; \(wait)").status == (name == "TERM" ? 143 : 129))
    }

    @Test("Ctrl-C is not ignored in the command")
    func defaultActions() async throws {
        #expect(try await exec("kill -INT $$; exit 3").status == 130)
    }

    @Test("a command that stops itself continues if no shell waits")
    func stopped() async throws {
        #expect(try await exec("kill -TSTP $$; exit 4", prefix: "setsid -w").status == 4)
    }

    @Test(
        "the command is in the foreground: it can change the settings of the terminal",
        .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/script")))
    func terminal() async throws {
        // In the background, `stty` would be stopped by SIGTTOU.
        let script = "stty -echo && stty echo && tty > /dev/null && exit 7"
        let line = "script -qefc \"$1 exec -- sh -c '\(script)'\" /dev/null"
        #expect(try await shell(line).status == 7)
    }

    @Test(
        "a command that does not exist: 127, as from a shell; one that cannot be run: 126",
        arguments: [
            ("/nowhere/at-all", 127), ("/", 126)
        ])
    func missing(command: String, status: Int32) async throws {
        let result = try await shell("\"$1\" exec -- \"$2\" 2>&1", command)
        #expect(result.status == status)
        #expect(result.output.hasPrefix("masker-mock: \(command): "))
    }

    @Test(
        "invalid options",
        arguments: [
            "--as nobody", "--user ada:admin:a --user ada:admin:b", "--user a:x:same --user b:x:same", "--traffic -1",
            "--payloads 2", "--now yesterday", "--me odd", "--permissions ,", "--health odd", "--report-root odd", "--coverage odd",
            "--rate-limit 0:1", "--rate-limit 1", "--daily-limit -1", "--logout-dead 200", "--default-report-format html", "--days 0", "--fault nonsense", "--latency 9999999", "--rotate-grace -1"
        ])
    func options(options: String) async throws {
        let result = try await exec("echo ran", options)
        #expect(result.status == 64 && !result.output.contains("ran"))
    }
}
