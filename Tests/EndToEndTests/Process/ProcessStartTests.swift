import Foundation
import MaskerMock
import TestSupport
import Testing

/// However the process is started, its options hold.
@Suite("How the process is started", .serialized, .ownThread)
struct ProcessStartTests {
    /// Users of one mock are also users of the other.
    private static let options = MockOptions()

    /// Runs `body` with the URL of a mock and a directory that is removed afterwards.
    private static func withMock(_ body: (_ directory: String, _ origin: String, _ mock: MockProcess) async throws -> Void) async throws {
        let directory = NSTemporaryDirectory() + "masker-start-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let mock = MockProcess(options)
        let origin = try await mock.start()
        var failure: (any Error)?
        do { try await body(directory, origin, mock) } catch { failure = error }
        mock.stop()
        if let failure { throw failure }
    }

    private static func environment(_ directory: String, _ more: [String: String]) throws -> [String: String] {
        let cookie = try #require(options.users.first { $0.login == "ada" }).cookie
        return ["PATH": "/usr/bin:/bin", "HOME": directory, "TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "MASKER_SESSION": cookie]
            .merging(more) { $1 }
    }

    /// Builds a C program, or a library for LD_PRELOAD. Returns its path.
    private static func compile(_ source: String, _ directory: String, library: Bool = false) async throws -> String {
        let path = "\(directory)/\(library ? "library.so" : "program")"
        try Data(source.utf8).write(to: URL(fileURLWithPath: path + ".c"))
        let result = try await Program.run("/usr/bin/cc", ["-o", path, path + ".c"] + (library ? ["-shared", "-fPIC"] : []))
        try #require(result.status == 0)
        return path
    }

    /// A library that moves the environment before `main`, as a library that sets a variable does.
    private static let movesEnvironment = """
        #include <stdlib.h>
        __attribute__((constructor)) static void begin(void) { setenv("MOVED", "yes", 1); }
        """

    @Test("promise 6, 39: a library that sets a variable before the start does not remove an option")
    func movedEnvironment() async throws {
        try await Self.withMock { directory, origin, mock in
            let library = try await Self.compile(Self.movesEnvironment, directory, library: true)
            let console = try #require(Program.built("masker-tui"))
            let elsewhere = MockProcess(Self.options)
            let other = try await elsewhere.start()
            defer { elsewhere.stop() }
            let environment = try Self.environment(directory, ["LD_PRELOAD": library, "MASKER_URL": other])
            let result = try await Program.run(console, ["whoami", "--url", origin], environment: environment)
            #expect(result.status == 0 && result.output == "ada\tunknown\n")
            let terminal = try PseudoTerminal([console, "--restricted", "--url", origin], environment: environment)
            defer { terminal.stop() }
            try await terminal.expect("You are not signed in.")
            let status = try String(contentsOfFile: "/proc/\(terminal.process)/status", encoding: .utf8)
            #expect(status.contains("NoNewPrivs:\t1") && status.contains("Seccomp:\t2"))
            #expect(elsewhere.requests.isEmpty, "the environment's server gets nothing")
            #expect(mock.requests.map(\.path) == ["/api/v1/me"])
        }
    }

    @Test("promise 6, 39: without /proc, as in a chroot, the options hold")
    func withoutProc() async throws {
        guard geteuid() == 0 else { return print("left out: only root can take /proc away") }
        try await Self.withMock { directory, origin, _ in
            let console = try #require(Program.built("masker-tui"))
            let elsewhere = MockProcess(Self.options)
            let other = try await elsewhere.start()
            defer { elsewhere.stop() }
            let environment = try Self.environment(directory, ["MASKER_URL": other])
            let hidden = ["-m", "/bin/sh", "-c", "umount -l /proc && ! test -e /proc/self && exec \"$0\" \"$@\"", console]
            let result = try await Program.run("/usr/bin/unshare", hidden + ["whoami", "--url", origin], environment: environment)
            #expect(result.status == 0 && result.output == "ada\tunknown\n")
            let terminal = try PseudoTerminal(["/usr/bin/unshare"] + hidden + ["--restricted", "--url", origin], environment: environment)
            defer { terminal.stop() }
            try await terminal.expect("You are not signed in.")
            #expect(try String(contentsOfFile: "/proc/\(terminal.process)/status", encoding: .utf8).contains("Seccomp:\t2"))
            #expect(elsewhere.requests.isEmpty, "the environment's server gets nothing")
            terminal.send("\u{3}")
            #expect(try await terminal.expectEnd() == 0)
        }
    }

    @Test("promise 39: without any argument, not even its name, it does not start")
    func noArguments() async throws {
        try await Self.withMock { directory, origin, mock in
            let starter = try await Self.compile("""
                #include <unistd.h>
                extern char **environ;
                int main(int count, char **values) { char *none[] = { NULL }; execve(values[1], none, environ); return 99; }
                """, directory)
            let console = try #require(Program.built("masker-tui"))
            let terminal = try PseudoTerminal([starter, console], environment: try Self.environment(directory, ["MASKER_URL": origin]))
            defer { terminal.stop() }
            #expect(try await terminal.expectEnd() == 2)
            #expect(terminal.text.contains("started without its own name"))
            #expect(mock.requests.isEmpty)
        }
    }

    @Test("promise 38, 39: restricted mode does not start when one of its guards cannot be set", arguments: [
        ("int prctl(int option, ...) { if (option == PR_SET_DUMPABLE) return -1; return 0; }", "reading this one's memory"),
        ("int setrlimit(int which, const void *limit) { return -1; } int setrlimit64(int which, const void *limit) { return -1; }",
            "reading this one's memory"),
        ("int prctl(int option, ...) { return option == PR_SET_SECCOMP ? -1 : 0; }", "from starting programs"),
        ("int prctl(int option, ...) { return option == PR_SET_NO_NEW_PRIVS ? -1 : 0; }", "from starting programs"),
    ])
    func guards(function: String, sentence: String) async throws {
        try await Self.withMock { directory, origin, mock in
            // A wrapper before the C library's function, which behaves like a kernel or container that refuses the call.
            let names = "enum { PR_SET_DUMPABLE = 4, PR_SET_SECCOMP = 22, PR_SET_NO_NEW_PRIVS = 38 };\n"
            let library = try await Self.compile(names + function, directory, library: true)
            let console = try #require(Program.built("masker-tui"))
            let terminal = try PseudoTerminal(
                [console, "--restricted", "--url", origin], environment: try Self.environment(directory, ["LD_PRELOAD": library]))
            defer { terminal.stop() }
            #expect(try await terminal.expectEnd() == 1)
            #expect(terminal.text.contains(sentence) && terminal.text.contains("--restricted is not possible"))
            #expect(!terminal.text.contains("\u{1B}[?1049h") && mock.requests.isEmpty)
        }
    }

    // MARK: Descriptors

    private static func closing(_ redirection: String, _ command: [String]) -> [String] {
        ["/bin/sh", "-c", "exec \"$0\" \"$@\" \(redirection)"] + command
    }

    @Test("promise 22: without standard error the console rests, and a signal ends it")
    func closedError() async throws {
        var setup = RawTerminal.Setup()
        setup.arguments = ["--refresh", "0"]
        setup.command = Self.closing("2>&-", [try #require(Program.built("masker-tui"))])
        try await RawTerminal.with(setup) { raw in
            try await raw.terminal.expect("appointment-bot-prod")
            #expect(await raw.terminal.rest())
            kill(raw.terminal.process, SIGTERM)
            #expect(try await raw.terminal.expectEnd() == 128 + SIGTERM)
            #expect(raw.terminal.attributes == raw.terminal.attributesBefore)
        }
    }

    @Test("promise 24: without standard input, output or both: a sentence where it can be written, and never a screen", arguments: [
        "<&-", ">&-", "<&- >&-", "<&- >&- 2>&-",
    ])
    func closedTerminal(redirection: String) async throws {
        var setup = RawTerminal.Setup()
        setup.command = Self.closing(redirection, [try #require(Program.built("masker-tui"))])
        try await RawTerminal.with(setup) { raw in
            let status = try await raw.terminal.expectEnd(), isSaid = raw.terminal.text.contains("needs a terminal")
            #expect(status == 2)
            #expect(isSaid != redirection.contains("2"))
            #expect(!raw.terminal.text.contains("\u{1B}"))
        }
    }

    @Test("output to a closed standard output is not taken for printed", arguments: ["", "<&-"])
    func closedOutput(more: String) async throws {
        try await Self.withMock { directory, origin, _ in
            let command = Self.closing("2>&1 >&- \(more)", [try #require(Program.built("masker-tui")), "agents", "--url", origin])
            let result = try await Program.run(command[0], Array(command.dropFirst()), environment: try Self.environment(directory, [:]))
            #expect(result.status == 1)
            #expect(result.output == "masker-tui: standard output is closed\n")
        }
    }

    // MARK: Limits

    /// A user without other processes, when root can choose one.
    private static func limited(_ limit: String, _ command: [String]) -> [String] {
        let user = "\(Int.random(in: 200_000...900_000))"
        let asUser = ["/usr/bin/setpriv", "--reuid=\(user)", "--regid=\(user)", "--clear-groups", "--inh-caps=-all", "--bounding-set=-all"]
        return ["/usr/bin/prlimit", limit] + (geteuid() == 0 ? asUser : []) + command
    }

    @Test("promise 24: too few threads or descriptors for an ordinary user: one sentence, exit status 1, and no screen", arguments: [
        "--nproc=1", "--nproc=2", "--nproc=4", "--nofile=4", "--nofile=5", "--nofile=7", "--nofile=9", "--nofile=12", "--nofile=15",
        "--nofile=18", "--nofile=24",
    ])
    func limits(limit: String) async throws {
        try await Self.withMock { directory, origin, mock in
            // A directory in which that user may start programs and write.
            chmod(directory, 0o777)
            let console = directory + "/masker-tui"
            try FileManager.default.copyItem(atPath: try #require(Program.built("masker-tui")), toPath: console)
            let environment = try Self.environment(directory, ["MASKER_URL": origin])
            let sentence = limit.contains("nproc") ? "no more threads here (ulimit -u)" : "too few files may be open"
            for arguments in [[], ["whoami"], ["--restricted", "--url", origin]] {
                let terminal = try PseudoTerminal(Self.limited(limit, [console] + arguments), environment: environment)
                defer { terminal.stop() }
                #expect(try await terminal.expectEnd() == 1, "\(arguments)")
                let lines = terminal.text.split(whereSeparator: \.isNewline)
                #expect(lines.count == 1 && lines.allSatisfy { $0.hasPrefix("masker-tui: ") && $0.contains(sentence) }, "\(arguments): \(terminal.text)")
            }
            #expect(mock.requests.isEmpty)
        }
    }

    @Test("a file size limit ends no command by a signal", arguments: [["login"], ["whoami"], ["agents", "--log", "LOG"]])
    func fileSize(arguments: [String]) async throws {
        try await Self.withMock { directory, origin, _ in
            let console = try #require(Program.built("masker-tui"))
            let script = "ulimit -f 0; echo \"$MASKER_SESSION\" | \"$0\" \"$@\" 2>&1 | cat; exit ${PIPESTATUS[1]}"
            let words = arguments.map { $0 == "LOG" ? directory + "/log" : $0 }
            let result = try await Program.run(
                "/bin/bash", ["-c", script, console] + words + ["--url", origin], environment: try Self.environment(directory, [:]))
            #expect(result.status < 128, "\(result.output)")
        }
    }
}
