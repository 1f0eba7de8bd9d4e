import Foundation
import MaskerMock
import TestSupport
import Testing

@testable import MaskerTUI
import TerminalKit

@Suite("Restricted mode, as the kernel sees it", .serialized, .ownThread)
struct RestrictedModeTests {
    /// Every variable that could influence a console; most of them name a program or a file.
    private static func hostileEnvironment(_ directory: String) -> [String: String] {
        let evil = directory + "/evil"
        return [
            "HOME": directory + "/home", "TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "PATH": evil, "SHELL": evil, "EDITOR": evil,
            "VISUAL": evil, "PAGER": evil, "BROWSER": evil, "TERMINFO": evil, "TERMINFO_DIRS": evil, "OPENSSL_CONF": evil,
            "OPENSSL_MODULES": evil, "SSL_CERT_FILE": evil, "SSLKEYLOGFILE": evil + "/keys", "SSH_ORIGINAL_COMMAND": "sh -c \(evil)",
            "SWIFT_BACKTRACE": "enable=yes,swift-backtrace=\(evil)", "NCURSES_TRACE": "8191", "ESCDELAY": "100000", "LINES": "9",
            "COLUMNS": "9", "LOCPATH": evil, "NLSPATH": evil + "/%N", "CURL_HOME": evil, "XDG_STATE_HOME": evil,
            "XDG_CONFIG_HOME": evil, "TMPDIR": evil, "https_proxy": "http://127.0.0.1:1", "ALL_PROXY": "http://127.0.0.1:1",
            "MASKER_URL": "https://elsewhere.example", "MASKER_SESSION": "from-the-environment", "MASKER_TOKEN": "from-the-environment-too", "MallocStackLogging": "1",
            "MALLOC_TRACE": evil + "/malloc",
        ]
    }

    private static func withMock(_ body: (_ origin: String, _ directory: String, _ cookies: [String]) async throws -> Void) async throws {
        let directory = NSTemporaryDirectory() + "masker-restricted-\(UUID().uuidString)"
        let known = ["/lib", "/usr/share", "/etc"].map { $0 + "/terminfo/x/xterm-256color" }
        let description = try #require(known.first(where: FileManager.default.fileExists))
        for name in ["home/.terminfo/x", "evil/x"] {
            try FileManager.default.createDirectory(atPath: "\(directory)/\(name)", withIntermediateDirectories: true)
            try FileManager.default.copyItem(atPath: description, toPath: "\(directory)/\(name)/xterm-256color")
        }
        defer { try? FileManager.default.removeItem(atPath: directory) }
        var options = MockOptions()
        options.isHostile = true
        // Logging out ends a login session, and random keys log out often.
        options.users = (0..<500).map { MockUser(login: "ada\($0)", role: "admin") }
        let mock = MockProcess(options)
        let origin = try await mock.start()
        var failure: (any Error)?
        do { try await body(origin, directory, options.users.map(\.cookie)) } catch { failure = error }
        mock.stop()
        if let failure { throw failure }
    }

    // MARK: Random keys under strace

    private static let calls = [
        "execve", "execveat", "open", "openat", "openat2", "creat", "mknod", "mknodat", "mkdir", "mkdirat", "rename", "renameat",
        "renameat2", "link", "linkat", "symlink", "symlinkat", "unlink", "unlinkat", "truncate",
    ]

    private static let keys = [
        "1", "2", "3", "\t", "j", "k", "g", "G", "\r", "\r", "\u{1B}", "\u{1B}", "\u{7F}", "d", "p", "r", "m", "?", "l", "L", "a", "h", "s", "y", "x", "X", "c", "F",
        "S", "f", "e", "v", "o", "!", ":", "|", "/", "\u{0C}", "\u{1A}", "\u{1C}", "\u{12}", "\u{1B}[A", "\u{1B}[B", "\u{1B}[5~", "\u{1B}[6~",
        "\u{1B}OP", "\u{1B}[21~", "$(id)\r", "../../x", ":!sh\r", "\u{1B}[200~!sh\n\u{1B}[201~", "\u{1B}]52;c;?\u{7}", "\u{3}",
    ]

    @Test("promise 39: random keys in a hostile environment start no program and write only in the state directory")
    func randomKeys() async throws {
        let seed = SeededGenerator.newSeed()
        var random = SeededGenerator(seed), left = Soak.count(400, soak: 10_000), starts = 0
        // The kernel hides the console's memory from an ordinary user, so strace shows no paths: then no write at all is allowed.
        let stores = geteuid() == 0
        try await Self.withMock { origin, directory, cookies in
            let console = try #require(Program.built("masker-tui"))
            while left > 0 {
                let trace = "\(directory)/trace\(starts)"
                let terminal = try PseudoTerminal(
                    ["/usr/bin/strace", "-f", "--seccomp-bpf", "-o", trace, "-e", "trace=" + Self.calls.map { "?" + $0 }.joined(separator: ","),
                     console, "--restricted", "--url", origin] + (stores ? [] : ["--no-store"]),
                    environment: Self.hostileEnvironment(directory))
                defer { terminal.stop() }
                try await terminal.expect("\u{1B}[?1049h")
                func signIn() { terminal.send("\u{1B}[200~\(cookies.randomElement(using: &random) ?? "")\u{1B}[201~\r") }
                signIn()
                if starts == 0 { try await deleteOne(terminal) }
                while left > 0, terminal.status == nil {
                    if left.isMultiple(of: 50) { signIn() }
                    try await terminal.sendPatiently(Self.keys.randomElement(using: &random) ?? "")
                    left -= 1
                    try await Task.sleep(for: .milliseconds(3))
                }
                if terminal.status == nil, let process = try Self.lines(trace).first.flatMap({ pid_t($0.prefix { $0.isNumber }) }) {
                    // A crash must not start a helper either.
                    kill(process, SIGSEGV)
                }
                try await terminal.expectEnd()
                starts += 1
                // A later start may quit by its random keys before it writes anything.
                try check(try Self.lines(trace), directory, mustWrite: stores && starts == 1, seed)
            }
            #expect(try FileManager.default.contentsOfDirectory(atPath: directory + "/evil") == ["x"])
        }
        print("\(starts) starts, seed \(seed)")
    }

    /// Makes the console write its files: the login session and the backup of a deleted agent.
    private func deleteOne(_ terminal: PseudoTerminal) async throws {
        try await terminal.expect("12 · end")
        terminal.send("d")
        // The agent's name is hostile, so the id must be typed.
        try await terminal.expect("type its id")
        let id = try #require(terminal.text.matches(of: /agt_\w+/).last?.output)
        terminal.send(String(id))
        // A key that arrives together with the last letter does not count, because a person's keys arrive apart.
        let confirmed = await Patience.wait {
            terminal.send("\r")
            return await terminal.rest() && terminal.text.contains("Press Enter once more")
        }
        #expect(confirmed)
        try await Task.sleep(for: .milliseconds(900))
        terminal.send("\r")
        try await terminal.expect("is deleted")
    }

    private func check(_ lines: [Substring], _ directory: String, mustWrite: Bool, _ seed: UInt64) throws {
        let isStart = try Regex("exec(ve|veat)\\(")
        #expect(lines.filter { $0.contains(isStart) }.count == 1, "its own start only; seed \(seed)")
        let isRead = try Regex("open(at|at2)?\\(.*O_RDONLY(?!.*(O_CREAT|O_TRUNC))")
        let own = directory + "/home/.local"
        // `???(` is a call that a thread did not complete before the process died.
        let foreign = lines.filter { line in
            guard !line.contains(isStart), !line.contains("resumed>"), !line.contains("???("), line.contains("("), !line.contains(isRead) else { return false }
            let paths = line.split(separator: "\"", omittingEmptySubsequences: false).enumerated().filter { $0.offset % 2 == 1 }
            return paths.isEmpty || !paths.allSatisfy { $0.element.hasPrefix(own) }
        }
        #expect(foreign.isEmpty, "seed \(seed)")
        #expect(!lines.contains { $0.contains(directory + "/evil") || $0.contains(".terminfo") }, "nothing that the environment names is looked at")
        if mustWrite { #expect(lines.contains { $0.contains("O_CREAT") && $0.contains(own) }, "strace sees what is written") }
    }

    private static func lines(_ path: String) throws -> [Substring] {
        try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
    }

    // MARK: Properties of the process

    @Test("promise 39: started as a login shell, it cannot start programs, and has no environment to pass on")
    func loginShell() async throws {
        try await Self.withMock { _, directory, _ in
            let console = try #require(Program.built("masker-tui"))
            let terminal = try PseudoTerminal(
                ["/bin/bash", "-c", "exec -a -masker-tui \"$0\"", console], environment: Self.hostileEnvironment(directory))
            defer { terminal.stop() }
            try await terminal.expect("You are not signed in.")
            #expect(!terminal.text.contains("elsewhere.example"))
            let status = try String(contentsOfFile: "/proc/\(terminal.process)/status", encoding: .utf8)
            #expect(status.contains("NoNewPrivs:\t1") && status.contains("Seccomp:\t2"))
            terminal.send("\u{1A}")
            terminal.send("x")
            try await terminal.expect("•")
            terminal.send("\u{3}")
            #expect(try await terminal.expectEnd() == 0)
        }
    }

    /// Only root can create the file at its path. An existing file is not changed.
    private static let mayConfigure = geteuid() == 0 && isOurs(AdministratorConfiguration.path)
    private static let mark = "# written by a test of masker-tui\n"

    private static func isOurs(_ path: String) -> Bool {
        guard FileManager.default.fileExists(atPath: path) else { return true }
        return (try? String(contentsOfFile: path, encoding: .utf8))?.hasPrefix(mark) == true
    }

    @Test("promise 39: the server is read from the administrator's file, not from the environment", .enabled(if: mayConfigure))
    func fixedConfiguration() async throws {
        try await Self.withMock { origin, directory, cookies in
            let file = URL(fileURLWithPath: AdministratorConfiguration.path)
            try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data("\(Self.mark)url = \(origin)\n".utf8).write(to: file)
            defer {
                unlink(file.path)
                rmdir(file.deletingLastPathComponent().path)
            }
            let terminal = try PseudoTerminal(
                [try #require(Program.built("masker-tui")), "--restricted"], environment: Self.hostileEnvironment(directory))
            defer { terminal.stop() }
            try await terminal.expect("You are not signed in.")
            terminal.send("\u{1B}[200~\(cookies[0])\u{1B}[201~\r")
            try await terminal.expect("12 · end")
        }
    }
}
