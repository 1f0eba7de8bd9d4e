import ArgumentParser
import Foundation
import MaskerMock

/// Serves while a command runs.
struct Exec: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run a command with MASKER_URL and MASKER_SESSION (with --token also MASKER_TOKEN) set, and end when it ends.")

    @OptionGroup var server: ServerOptions
    @Option(
        name: .customLong("as"),
        help: ArgumentHelp("The user whose cookie and API token the command gets (default: the first user).", valueName: "login"))
    var login: String?
    @Flag(help: "Set MASKER_URL only.") var noCookie = false
    @Argument(parsing: .postTerminator, help: "The command and its arguments.") var command: [String]

    func run() async throws {
        guard !command.isEmpty else { throw ValidationError("Name a command after --.") }
        let options = try server.parsed()
        var environment = ProcessInfo.processInfo.environment
        let user = try user(options)
        environment["MASKER_SESSION"] = noCookie ? nil : user.cookie
        // An API token of another server must not be used here.
        environment["MASKER_TOKEN"] = noCookie ? nil : options.tokens.first { $0.login == user.login }?.value
        let mock = try MockServer(options)
        environment["MASKER_URL"] = try await StartProblem.explained(options.port) { try await mock.start() }
        let status = await ForegroundCommand(command, environment: environment).run()
        await mock.stop()
        // Without the exit handlers of the libraries: they free memory that threads of the server may be using.
        fflush(nil)
        _exit(status)
    }

    private func user(_ options: MockOptions) throws -> MockUser {
        guard let user = options.users.first(where: { login == nil || $0.login == login }) else {
            throw ValidationError("There is no user \(login ?? "") to run the command as.")
        }
        return user
    }
}
