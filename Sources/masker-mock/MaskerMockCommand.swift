import ArgumentParser
import Foundation
import MaskerMock

/// `masker-mock`: a Masker server to try the console on.
@main
struct MaskerMockCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "masker-mock", abstract: "A Masker server with a made-up account, on this machine only.",
        subcommands: [Serve.self, Exec.self])
}

/// What `serve` and `exec` share.
struct ServerOptions: ParsableArguments {
    @Option(help: "Port on 127.0.0.1; 0 lets the system choose.") var port: UInt16 = 0
    @Option(help: "The same seed gives the same account.") var seed: UInt64 = 1
    @Option(help: "Agents in the account.") var agents = 12
    @Option(help: "Call sessions of the last 30 days.") var sessions = 2_500
    @Option(help: ArgumentHelp("Who can sign in, with a cookie that is good from the start; repeatable.", valueName: "login:role:cookie"))
    var user: [String] = []
    @Option(help: "Give the cookie a new value with each answer: never or always.") var rotate = "never"
    @Option(help: "Milliseconds before each answer.") var latency = 0
    @Option(help: "New call sessions a minute.") var traffic = 6.0
    @Option(help: ArgumentHelp("Make the account for this moment (ISO 8601).", valueName: "time")) var now: String?
    @Option(help: ArgumentHelp("A fault as JSON, see docs/mock-server.md; repeatable.", valueName: "json")) var fault: [String] = []
    @Flag(help: "Put what a terminal must not get into some names.") var hostile = false

    func parsed() throws -> MockOptions {
        var options = MockOptions()
        options.port = port
        options.seed = seed
        options.agents = try within(agents, 0...100_000, "--agents")
        options.sessions = try within(sessions, 0...100_000_000, "--sessions")
        options.latency = .milliseconds(try within(latency, 0...600_000, "--latency"))
        options.trafficPerMinute = traffic
        options.isHostile = hostile
        options.users = user.isEmpty ? options.users : try user.map { text in
            guard let user = MockUser(parsing: text) else { throw ValidationError("--user takes LOGIN:ROLE:COOKIE.") }
            return user
        }
        guard let rotation = MockOptions.Rotation(rawValue: rotate) else { throw ValidationError("--rotate takes never or always.") }
        options.rotation = rotation
        if let now {
            guard let date = ISO8601DateFormatter().date(from: now) else { throw ValidationError("--now takes an ISO 8601 time.") }
            options.now = date
        }
        options.faults = try fault.map { text in
            guard let fault = try? JSONDecoder().decode(MockFault.self, from: Data(text.utf8)) else {
                throw ValidationError("--fault takes a JSON object, see docs/mock-server.md.")
            }
            return fault
        }
        return options
    }

    private func within(_ value: Int, _ range: ClosedRange<Int>, _ name: String) throws -> Int {
        guard range.contains(value) else { throw ValidationError("\(name) takes \(range.lowerBound) to \(range.upperBound).") }
        return value
    }
}

/// Serves until it is interrupted.
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Serve until interrupted; the first line says where.")

    @OptionGroup var server: ServerOptions

    func run() async throws {
        let mock = try MockServer(try server.parsed())
        let origin = try await mock.start()
        // Not through stdio's buffer: whoever reads the line from a pipe waits for it.
        FileHandle.standardOutput.write(Data("listening on \(origin)\n".utf8))
        while true { try await Task.sleep(for: .seconds(3_600)) }
    }
}

/// Serves for as long as a command runs.
struct Exec: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run a command with MASKER_URL and MASKER_SESSION set, and end with it.")

    @OptionGroup var server: ServerOptions
    @Option(name: .customLong("as"), help: ArgumentHelp("Whose cookie the command gets (default: the first user).", valueName: "login"))
    var login: String?
    @Flag(help: "Set MASKER_URL only.") var noCookie = false
    @Argument(parsing: .postTerminator, help: "The command and its arguments.") var command: [String]

    func run() async throws {
        guard !command.isEmpty else { throw ValidationError("Name a command after --.") }
        let options = try server.parsed()
        let mock = try MockServer(options)
        let origin = try await mock.start()
        var environment = ProcessInfo.processInfo.environment
        environment["MASKER_URL"] = origin
        environment["MASKER_SESSION"] = nil
        if !noCookie {
            guard let name = login ?? options.users.first?.login, let cookie = mock.cookie(of: name) else {
                throw ValidationError("There is no user \(login ?? "") to run the command as.")
            }
            environment["MASKER_SESSION"] = cookie
        }
        let status = try ForegroundCommand.run(command, environment: environment)
        await mock.stop()
        Foundation.exit(status)
    }
}
