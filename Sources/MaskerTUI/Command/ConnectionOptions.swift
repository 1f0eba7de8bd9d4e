import ArgumentParser
import CTerminal
import FoundationEssentials
import Glibc
import MaskerAPI

/// Which server to talk to, and as whom: what every command shares.
struct ConnectionOptions: ParsableArguments {
    @Option(help: .setting("url", valueName: "origin"))
    var url: String?

    @Option(help: ArgumentHelp("The profile of the configuration file to use (default: MASKER_PROFILE, or the file's own).", valueName: "name"))
    var profile: String?

    @Flag(help: .setting("no_store"))
    var noStore = false

    @Option(help: .setting("ca_file", valueName: "path"))
    var caFile: String?

    @Option(help: ArgumentHelp("Write a line a request to this file: never an id, a cookie or a body.", valueName: "file"))
    var log: String?

    @Flag(help: "For an SSH ForceCommand: start nothing, and take nothing from the user's environment and files.")
    var restricted = false

    /// What is known before a server is talked to.
    struct Start {
        /// What the console may know of the environment.
        var environment: [String: String]
        var sources: ConfigurationSources
        var logins: LoginSessions
        /// What webhook requests are signed with; nil: it has to be typed.
        var webhookSecret: WebhookSecret?
        /// Empty unless restricted.
        var fixed: FixedConfiguration
        fileprivate var log: RequestObserver?
    }

    /// Looks at environment and files.
    /// - Parameter console: the options that only the console has.
    /// - Throws: `CommandFailure` for a file, a `MASKER_TOKEN` or a `MASKER_SESSION` that cannot be used.
    func prepare(_ console: [String: Given] = [:]) throws -> Start {
        // First of all: libcurl, OpenSSL and ncurses are to find the environment that is left.
        let secrets = restricted ? EnvironmentSecrets() : try EnvironmentSecrets.take()
        let environment = restricted ? try RestrictedMode.enter() : ProcessInfo.processInfo.environment
        let own: [String: Given?] = [
            "url": .option("--url", url), "ca_file": .option("--ca-file", caFile), "no_store": .option("--no-store", noStore ? "on" : nil),
        ]
        var sources = ConfigurationSources(
            options: own.compactMapValues { $0 }.merging(console) { $1 }, profileOption: profile, environment: environment,
            isRestricted: restricted)
        let fixed = restricted ? try FixedConfiguration.read() : FixedConfiguration()
        if restricted { sources.fixed = fixed.values } else { sources.file = try ConfigurationFile.read(environment) }
        let log: RequestObserver? = try self.log.map { try DiagnosticLog(path: $0).write }
        return Start(
            environment: environment, sources: sources, logins: LoginSessions(secrets.login, url: url ?? environment["MASKER_URL"]),
            webhookSecret: secrets.webhook, fixed: fixed, log: log)
    }

    /// For a command without a screen.
    func connect() throws -> Connection {
        let start = try prepare()
        return try start.connect(start.sources.configuration())
    }
}

/// The parts of a connection, ready to use.
struct Connection {
    var client: MaskerClient
    var transport: CurlTransport
    /// Where the configurations of deleted agents are kept; nil: nowhere.
    var archiveDirectory: String?
    /// Where it is kept how the lists are arranged; nil: nowhere.
    var looksPath: String?
    var storePath: String?
    /// Empty unless restricted.
    var fixed: FixedConfiguration
}

extension ConnectionOptions.Start {
    /// Puts the client together. Nothing is sent yet.
    /// - Throws: `CommandFailure` for a file that cannot be read.
    func connect(_ configuration: Configuration) throws(CommandFailure) -> Connection {
        if let file = configuration.caFile, !FileManager.default.isReadableFile(atPath: file) {
            let origin = configuration.origins["ca_file"] ?? .standard
            throw CommandFailure([ConfigurationProblem(origin: origin, clause: "the file “\(file)” cannot be read")])
        }
        let host = configuration.url
        let stateDirectory = configuration.noStore ? nil : CredentialStore.defaultDirectory(environment: environment)
        let store = fixed.store ? stateDirectory.map { CredentialStore(directory: $0, host: host) } : nil
        let keepsDeleted = !sources.isRestricted || fixed.keepDeleted
        var settings = CurlTransport.Settings(caFile: configuration.caFile, proxyEnvironment: environment)
        // A crash there has to find a stack to put the terminal back on.
        settings.onThreadStart = { terminal_guard_add_thread() }
        let transport = CurlTransport(host: host, settings: settings)
        let login = logins.session(for: host, store: store)
        return Connection(
            client: MaskerClient(host: host, transport: transport, login: login, log: log), transport: transport,
            archiveDirectory: keepsDeleted ? stateDirectory.map { $0 + "/deleted-agents" } : nil,
            looksPath: sources.isRestricted ? nil : stateDirectory.map { $0 + "/view.json" }, storePath: store?.path, fixed: fixed)
    }
}

extension Given {
    /// What an option says; nil when it is not there.
    static func option(_ name: String, _ text: String?) -> Given? { text.map { Given(text: $0, origin: .option(name)) } }
}

extension ArgumentHelp {
    /// The help of an option that is a setting, from the one table.
    static func setting(_ name: String, valueName: String? = nil) -> ArgumentHelp {
        guard let key = ConfigurationKey.named(name) else { return ArgumentHelp(valueName: valueName) }
        let takes = valueName == nil ? "" : " Takes \(key.takes)"
        let standard = key.defaultText.isEmpty || valueName == nil ? "" : " (default: \(key.variable.map { $0 + ", or " } ?? "")\(key.defaultText))"
        return ArgumentHelp("\(key.help)\(takes)\(standard)\(takes.isEmpty ? "" : ".")", valueName: valueName)
    }
}
