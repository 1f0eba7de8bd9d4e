import Foundation
import MaskerMock
import TestSupport
import Testing

/// Answers that are no longer waited for, from a server that replaces the cookie's value with each answer and refuses the old
/// value at once.
@Suite("Answers that come too late", .ownThread)
struct LostAnswerTests {
    /// Where the login session comes from.
    enum Place: String, CaseIterable, Sendable { case file, environment }

    private func with(_ place: Place, _ body: (RawTerminal, _ environment: [String: String]) async throws -> Void) async throws {
        var setup = RawTerminal.Setup()
        setup.mock.rotation = .always
        setup.mock.rotationGrace = 0
        setup.mock.latency = .milliseconds(300)
        let console = try #require(Program.built("masker-tui"))
        let cookie = try #require(setup.mock.users.first).cookie
        if place == .file {
            setup.environment["MASKER_SESSION"] = ""
            setup.command = ["/bin/sh", "-c", "echo \(cookie) | \"$0\" login > /dev/null && exec \"$0\"", console]
        }
        try await RawTerminal.with(setup) { raw in
            try await raw.terminal.expect("appointment-bot-prod")
            await raw.rest()
            var environment = ["MASKER_URL": raw.origin, "XDG_STATE_HOME": raw.directory + "/state", "T": console]
            if place == .environment { environment["MASKER_SESSION"] = cookie }
            try await body(raw, environment)
        }
    }

    /// On a busy machine a refresh can end before the test has seen it; then the test waits for another one.
    private func refreshIsUnderWay(_ raw: RawTerminal) async {
        for _ in 0..<20 {
            let before = raw.mock.requests.count
            raw.terminal.send("r")
            #expect(await raw.terminal.eventually { _ in !raw.mock.requestsUnderWay.isEmpty || raw.mock.requests.count >= before + 3 })
            if !raw.mock.requestsUnderWay.isEmpty { return }
            await raw.rest()
        }
        Issue.record("no refresh was seen under way")
    }

    private func whoami(_ environment: [String: String]) async throws -> (status: Int32, output: String) {
        try await Program.run("/bin/sh", ["-c", "$T whoami 2>&1"], environment: environment)
    }

    @Test("promise 13, 18: r and then the end, by q or a signal: the next start is signed in", arguments: Place.allCases, [0, SIGHUP, SIGTERM, SIGINT])
    func ends(place: Place, signal: Int32) async throws {
        try await with(place) { raw, environment in
            await refreshIsUnderWay(raw)
            if signal == 0 { raw.terminal.send("q") } else { kill(raw.terminal.process, signal) }
            #expect(try await raw.terminal.expectEnd() == (signal == 0 ? 0 : 128 + signal))
            let next = try await whoami(environment)
            #expect(next.status == 0, "\(next.output)")
        }
    }

    @Test("promise 13, 18: changing views quickly does not sign the user out")
    func quickKeys() async throws {
        try await with(.file) { raw, environment in
            for key in ["0", "1", "2", "3", "0", "t", "r", "1", "\r", "\u{1B}", "2", "r", "\r", "\u{1B}"] {
                raw.terminal.send(key)
                await raw.terminal.rest()
            }
            await raw.rest()
            raw.terminal.send("q")
            #expect(try await raw.terminal.expectEnd() == 0)
            #expect(!raw.terminal.text.contains("signed out") && !raw.terminal.text.contains("not valid"))
            let next = try await whoami(environment)
            #expect(next.status == 0, "\(next.output)")
        }
    }

    @Test("promise 13, 18: stopped with an answer in the socket and refused elsewhere meanwhile: it continues, and the next start is signed in")
    func stopped() async throws {
        try await with(.file) { raw, environment in
            await refreshIsUnderWay(raw)
            kill(raw.terminal.process, SIGSTOP)
            #expect(await raw.terminal.eventually { _ in raw.mock.requestsUnderWay.isEmpty })
            #expect(try await whoami(environment).status == 4)
            kill(raw.terminal.process, SIGCONT)
            await raw.rest()
            raw.mock.clearRequests()
            raw.terminal.send("r")
            #expect(await raw.terminal.eventually { _ in raw.mock.requests.contains { $0.status == 200 } })
            await raw.rest()
            #expect(!raw.terminal.text.contains("signed out"))
            raw.terminal.send("q")
            #expect(try await raw.terminal.expectEnd() == 0)
            let next = try await whoami(environment)
            #expect(next.status == 0, "\(next.output)")
        }
    }

    @Test("promise 13, 18: Ctrl-Z in a shell during a refresh, a command meanwhile, then fg: both stay signed in")
    func stoppedInShell() async throws {
        var setup = RawTerminal.Setup()
        setup.mock.rotation = .always
        setup.mock.rotationGrace = 0
        setup.mock.latency = .milliseconds(300)
        setup.command = ["/bin/bash", "--norc", "-i"]
        setup.environment = ["MASKER_SESSION": "", "T": try #require(Program.built("masker-tui"))]
        let cookie = try #require(setup.mock.users.first).cookie
        try await RawTerminal.with(setup) { raw in
            let terminal = raw.terminal
            let environment = ["MASKER_URL": raw.origin, "XDG_STATE_HOME": raw.directory + "/state", "T": setup.environment["T"] ?? ""]
            let login = try await Program.run("/bin/sh", ["-c", "echo \(cookie) | $T login"], environment: environment)
            #expect(login.status == 0)
            terminal.send("$T --refresh 0\n")
            try await terminal.expect("appointment-bot-prod")
            await raw.rest()
            for _ in 0..<3 {
                await refreshIsUnderWay(raw)
                terminal.forgetOutput()
                terminal.send("\u{1A}")
                try await terminal.expect("topped")
                let meanwhile = try await whoami(environment)
                #expect(meanwhile.status == 0, "\(meanwhile.output)")
                terminal.forgetOutput()
                terminal.send("fg\n")
                try await terminal.expect("appointment-bot-prod")
                await raw.rest()
            }
            #expect(!terminal.text.contains("signed out"))
            terminal.send("q")
            #expect(await terminal.eventually { $0.text.contains("\u{1B}[?1049l") })
            terminal.send("exit\n")
            try await terminal.expectEnd()
            let next = try await whoami(environment)
            #expect(next.status == 0, "\(next.output)")
        }
    }

    @Test("promise 13, 18: after a signal ended a command, the next one is signed in", arguments: [SIGTERM, SIGHUP])
    func command(signal: Int32) async throws {
        try await with(.file) { raw, environment in
            raw.terminal.send("q")
            #expect(try await raw.terminal.expectEnd() == 0)
            raw.mock.clearRequests()
            let own = environment.merging(["SIGNAL": "\(signal)"]) { $1 }
            let script = "$T agents > /dev/null 2>&1 & echo $!; read -r _ < $XDG_STATE_HOME/go; kill -$SIGNAL $!; wait $!; echo $?"
            mkfifo(raw.directory + "/state/go", 0o600)
            async let ended = Program.run("/bin/bash", ["-c", script], environment: own)
            #expect(await Patience.wait { !raw.mock.requestsUnderWay.isEmpty })
            try Data("now\n".utf8).write(to: URL(fileURLWithPath: raw.directory + "/state/go"))
            #expect(try await ended.output.hasSuffix("\n\(128 + signal)\n"))
            let next = try await whoami(environment)
            #expect(next.status == 0, "\(next.output)")
        }
    }

    @Test("a server replaces MASKER_SESSION with every answer: the next process is signed in; with --no-store it says why not")
    func environmentSession() async throws {
        try await with(.environment) { raw, environment in
            raw.terminal.send("q")
            #expect(try await raw.terminal.expectEnd() == 0)
            for _ in 0..<2 { #expect(try await whoami(environment).output == "ada\tunknown\n") }
            let files = try await Program.run("/bin/sh", ["-c", "cat $XDG_STATE_HOME/masker-tui/session-*"], environment: environment)
            #expect(!files.output.contains(try #require(environment["MASKER_SESSION"])), "only a digest of it is kept")
            let unkept = try await Program.run("/bin/sh", ["-c", "$T whoami --no-store 2>&1"], environment: environment)
            #expect(unkept.status == 4 && unkept.output.contains("with --no-store the new one is not kept"), "\(unkept.output)")
            #expect(try await Program.run("/bin/sh", ["-c", "$T logout"], environment: environment).status == 0)
            let left = try await Program.run("/bin/sh", ["-c", "ls $XDG_STATE_HOME/masker-tui"], environment: environment)
            #expect(!left.output.contains("-from-"))
        }
    }
}
