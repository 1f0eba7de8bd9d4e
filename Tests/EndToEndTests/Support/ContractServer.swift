import Foundation
import MaskerMock
import TestSupport
import Testing

/// A server to test against the contract: the mock, or the Python server with one of the contract's variants.
enum ContractServer: Sendable, CustomTestStringConvertible {
    case mock
    case python([String])

    static let both = [mock, python([])]

    static let adminCookie = "s3cret-ada", memberCookie = "s3cret-grace"

    var testDescription: String {
        switch self {
        case .mock: "mock"
        case .python(let options): (["python"] + options).joined(separator: " ")
        }
    }

    /// Starts the server, runs `body`, and ends the server.
    func run(_ body: (RunningServer) async throws -> Void) async throws {
        switch self {
        case .mock:
            var options = MockOptions()
            options.sessions = 300
            options.users = [
                MockUser(login: "ada", role: "admin", cookie: Self.adminCookie), MockUser(login: "grace", role: "member", cookie: Self.memberCookie),
            ]
            let mock = MockProcess(options)
            defer { mock.stop() }
            try await body(RunningServer(origin: mock.start(), look: mock.look))
        case .python(let options):
            let server = PythonServer(["--cookie", Self.adminCookie, "--member-cookie", Self.memberCookie] + options)
            defer { server.stop() }
            try await body(RunningServer(origin: server.start(), look: server.look))
        }
    }
}

extension ContractServer {
    /// The same for commands of one user; see `CommandLineUser`.
    func asUser(cookie: String? = nil, _ body: (RunningServer, CommandLineUser) async throws -> Void) async throws {
        try await run { server in try await CommandLineUser.with(server, cookie: cookie) { try await body(server, $0) } }
    }
}

/// Additional routes that tests use to control such a server.
struct RunningServer {
    let origin: String
    /// The body of a control route's answer.
    let look: (String) -> Data

    struct Request: Decodable {
        var method: String
        var path: String
        var cookie: String?
        var status: Int?
    }

    struct AuditEvent: Decodable {
        var type: String
        var user: String?
        var agent: String?

        enum CodingKeys: String, CodingKey {
            case type, user
            case agent = "agent_id"
        }
    }

    /// The requests, in the order of their arrival.
    var requests: [Request] { get throws { try JSONDecoder().decode([Request].self, from: look("requests")) } }
    var audit: [AuditEvent] { get throws { try JSONDecoder().decode([AuditEvent].self, from: look("audit")) } }
}

/// A user of commands on one server, with a home directory that keeps what the commands store.
struct CommandLineUser {
    private let origin: String
    /// The home and state directory, which is removed afterwards.
    let directory: String
    /// The value for `MASKER_SESSION`; nil means that the stored login session is used.
    private let cookie: String?

    struct Result: CustomStringConvertible {
        let status: Int32
        /// The standard output and the standard error.
        let output: String
        var lines: [String] { output.split(separator: "\n").map(String.init) }
        /// The records of a list.
        var rows: [[String]] { lines.map { $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init) } }
        /// The first record of a list.
        func first(sourceLocation: SourceLocation = #_sourceLocation) throws -> [String] {
            try #require(status == 0 && (rows.first?.count ?? 0) > 1 ? rows.first : nil, "\(self)", sourceLocation: sourceLocation)
        }
        var description: String { "status \(status): \(output)" }
    }

    static func with(_ server: RunningServer, cookie: String? = nil, _ body: (CommandLineUser) async throws -> Void) async throws {
        try await withDirectory { try await body(CommandLineUser(origin: server.origin, directory: $0, cookie: cookie)) }
    }

    /// Runs a shell command; `$T` is the console, `$D` the directory.
    func callAsFunction(_ line: String) async throws -> Result {
        var environment = [
            "PATH": "/usr/bin:/bin", "HOME": directory, "D": directory, "XDG_STATE_HOME": directory + "/state", "LC_ALL": "C.UTF-8",
            "MASKER_URL": origin, "T": try #require(Program.built("masker-tui")),
        ]
        if let cookie { environment["MASKER_SESSION"] = cookie }
        let result = try await Program.run("/bin/bash", ["-c", "exec 2>&1; " + line], environment: environment)
        return Result(status: result.status, output: result.output)
    }

    func logIn(_ cookie: String) async throws -> Result { try await self("echo '\(cookie)' | $T login") }
}
