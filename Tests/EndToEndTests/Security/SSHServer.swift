import Foundation
import MaskerMock
import TestSupport
import Testing

/// A real sshd on loopback that forces the console as the command of the user who runs the tests, with the settings of
/// docs/restricted.md.
struct SSHServer {
    let mock: MockProcess
    /// The directory of keys and configuration, which is removed afterwards.
    let directory: String
    /// The arguments of every client program.
    let clientOptions: [String]
    let port: UInt16
    let user: String
    let cookie: String
    private let origin: String

    private static let program = "/usr/sbin/sshd"

    /// - Parameters:
    ///   - chroot: The `ChrootDirectory` of the console.
    ///   - options: Options of the console in addition to `--restricted`.
    static func with(chroot: ChrootDirectory? = nil, options: String = "", _ body: (SSHServer) async throws -> Void) async throws {
        let directory = NSTemporaryDirectory() + "masker-ssh-\(UUID().uuidString)"
        try FileManager.default.createDirectory(
            atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        defer { try? FileManager.default.removeItem(atPath: directory) }
        // The directory in which root's sshd isolates itself. Where sshd is a service, it is created at boot.
        if geteuid() == 0 { mkdir("/run/sshd", 0o755) }
        var mockOptions = MockOptions()
        mockOptions.users = [MockUser(login: "ada", role: "admin")]
        let mock = MockProcess(mockOptions)
        let server = SSHServer(
            mock: mock, directory: directory,
            clientOptions: [
                "-F", "/dev/null", "-i", directory + "/key", "-o", "IdentitiesOnly=yes", "-o", "BatchMode=yes", "-o", "LogLevel=ERROR",
                "-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null",
                // Variables that a user may try to set.
                "-o", "SetEnv=MASKER_URL=https://elsewhere.example MASKER_SESSION=stolen MASKER_TOKEN=stolen TERMINFO=\(directory) SWIFT_BACKTRACE=enable=yes",
            ],
            port: try freePort(), user: NSUserName(), cookie: mockOptions.users[0].cookie, origin: try await mock.start())
        var failure: (any Error)?
        do {
            try await server.writeFiles(chroot, options)
            let daemon = try PseudoTerminal([program, "-D", "-f", directory + "/config", "-E", directory + "/log"], environment: [:])
            defer { daemon.stop() }
            try await server.waitUntilListening(daemon)
            try await body(server)
        } catch {
            let log = (try? String(contentsOfFile: directory + "/log", encoding: .utf8)) ?? "none"
            failure = PseudoTerminal.Failure(description: "\(error); the log of sshd: \(log)")
        }
        mock.stop()
        if let failure { throw failure }
    }

    /// sshd gives a terminal to the group tty. Without root it cannot do this, unless the system does, as Debian's does.
    static var givesTerminals: Bool {
        let mounts = (try? String(contentsOfFile: "/proc/self/mounts", encoding: .utf8)) ?? ""
        return geteuid() == 0 || mounts.split(separator: "\n").contains { $0.contains(" devpts ") && $0.contains("gid=") }
    }

    /// The console over `ssh -tt`, in a terminal of its own.
    func terminal(_ command: [String] = []) throws -> PseudoTerminal {
        try PseudoTerminal(
            ["/usr/bin/ssh", "-tt", "-p", "\(port)"] + clientOptions + ["\(user)@127.0.0.1"] + command,
            environment: ["PATH": "/usr/bin:/bin", "TERM": "xterm-256color", "LC_ALL": "C.UTF-8"])
    }

    /// Runs a client program. Its standard error is part of the output.
    func run(_ command: [String]) async throws -> (status: Int32, output: String) {
        try await Program.run("/bin/sh", ["-c", "\"$@\" 2>&1", "sh"] + command)
    }

    /// The consoles started by this server that are still running.
    func consoles() throws -> [pid_t] {
        try FileManager.default.contentsOfDirectory(atPath: "/proc").compactMap { pid_t($0) }.filter { process in
            let arguments = FileManager.default.contents(atPath: "/proc/\(process)/cmdline") ?? Data()
            let words = String(decoding: arguments, as: UTF8.self).split(separator: "\0")
            return words.first?.hasSuffix("/masker-tui") == true && words.contains { $0 == origin }
        }
    }

    // MARK: Setting up

    private func writeFiles(_ chroot: ChrootDirectory?, _ options: String) async throws {
        for name in ["key", "host"] {
            let made = try await Program.run("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", "\(directory)/\(name)"])
            try #require(made.status == 0, "ssh-keygen is there")
        }
        let configuration = """
            Port \(port)
            ListenAddress 127.0.0.1
            HostKey \(directory)/host
            AuthorizedKeysFile \(directory)/key.pub
            PidFile none
            UsePAM no
            StrictModes no
            PasswordAuthentication no
            KbdInteractiveAuthentication no
            PermitRootLogin prohibit-password
            Subsystem sftp internal-sftp
            AcceptEnv *
            \(try documentedSettings(chroot?.console, options))
            \(chroot.map { "    ChrootDirectory \($0.path)" } ?? "")
            """
        try Data(configuration.utf8).write(to: URL(fileURLWithPath: directory + "/config"))
        let check = try await run([Self.program, "-t", "-f", directory + "/config"])
        try #require(check.status == 0, "\(check.output)")
    }

    /// The settings of docs/restricted.md, adapted to this user and this build, and with a shorter time to notice a cut
    /// connection.
    private func documentedSettings(_ program: String?, _ options: String) throws -> String {
        let file = Repository.root.appendingPathComponent("docs/restricted.md")
        let lines = try String(contentsOf: file, encoding: .utf8).components(separatedBy: "\n")
        let start = try #require(lines.firstIndex(of: "    PermitUserEnvironment no"))
        let settings = lines[start...].prefix { $0.hasPrefix("    ") }.joined(separator: "\n")
        let console = try #require(program ?? Program.built("masker-tui"))
        let changes = [
            ("Match Group masker", "Match User \(user)"), ("ClientAliveInterval 15", "ClientAliveInterval 1"),
            ("/usr/bin/masker-tui --restricted", "\(console) --restricted --no-store \(options) --url \(origin)"),
        ]
        return try changes.reduce(settings) { text, change in
            try #require(text.contains(change.0))
            return text.replacing(change.0, with: change.1)
        }
    }

    private func waitUntilListening(_ daemon: PseudoTerminal) async throws {
        let listens = try await Patience.wait {
            try await run(["/usr/bin/ssh-keyscan", "-p", "\(port)", "127.0.0.1"]).output.contains("ssh-ed25519")
        } unless: {
            daemon.status != nil
        }
        if !listens { throw PseudoTerminal.Failure(description: "sshd does not listen") }
    }

    /// A free port below those that the system assigns to connections; such a port could be taken before sshd listens.
    private static func freePort() throws -> UInt16 {
        for _ in 0..<100 {
            let port = UInt16.random(in: 20_000..<30_000)
            if isFree(port) { return port }
        }
        throw POSIXError(.EADDRINUSE)
    }

    private static func isFree(_ port: UInt16) -> Bool {
        let socket = Foundation.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(socket) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        address.sin_port = port.bigEndian
        return withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }
}
