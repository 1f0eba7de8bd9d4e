import ArgumentParser
import CTerminal
import FoundationEssentials
import Glibc
import MaskerAPI

/// Which server to talk to, and as whom: what every command shares.
struct ConnectionOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The server, with or without /api/v1 (default: MASKER_URL, or the hosted service).", valueName: "origin"))
    var url: String?

    @Flag(help: "Keep a login session in memory only; read and write no file.")
    var noStore = false

    @Option(help: ArgumentHelp("Trust the certificates in this PEM file instead of the system's.", valueName: "path"))
    var caFile: String?

    @Option(help: ArgumentHelp("Write a line a request to this file: never an id, a cookie or a body.", valueName: "file"))
    var log: String?

    @Flag(help: "For an SSH ForceCommand: start nothing, and take nothing from the user's environment and files.")
    var restricted = false

    /// The parts of a connection, ready to use.
    struct Connection {
        var client: MaskerClient
        var transport: CurlTransport
        /// Where the configurations of deleted agents are kept; nil: nowhere.
        var archiveDirectory: String?
        /// Where it is kept how the lists are arranged; nil: nowhere.
        var looksPath: String?
        var storePath: String?
        /// What the console may know of the environment.
        var environment: [String: String]
        /// What webhook requests are signed with; nil: it has to be typed.
        var webhookSecret: WebhookSecret?
        /// Empty unless restricted.
        var fixed: FixedConfiguration
    }

    /// Puts the client together. Nothing is sent yet.
    /// - Throws: `CommandFailure` for an address, a file or a `MASKER_SESSION` that cannot be used.
    func connect() throws -> Connection {
        // First of all: libcurl, OpenSSL and ncurses are to find the environment that is left.
        let secrets = restricted ? EnvironmentSecrets() : try EnvironmentSecrets.take()
        let environment = restricted ? try RestrictedMode.enter() : ProcessInfo.processInfo.environment
        let fixed = restricted ? try FixedConfiguration.read() : FixedConfiguration()
        let host = try host(environment, fixed)
        let stateDirectory = noStore ? nil : CredentialStore.defaultDirectory(environment: environment)
        let store = fixed.store ? stateDirectory.map { CredentialStore(directory: $0, host: host) } : nil
        let keepsDeleted = !restricted || fixed.keepDeleted
        let login = LoginSession(host: host, store: store, environmentValue: secrets.session)
        let log: RequestObserver? = try self.log.map { try DiagnosticLog(path: $0).write }
        var settings = CurlTransport.Settings(caFile: try certificates(fixed), proxyEnvironment: environment)
        // A crash there has to find a stack to put the terminal back on.
        settings.onThreadStart = { terminal_guard_add_thread() }
        let transport = CurlTransport(host: host, settings: settings)
        return Connection(
            client: MaskerClient(host: host, transport: transport, login: login, log: log),
            transport: transport, archiveDirectory: keepsDeleted ? stateDirectory.map { $0 + "/deleted-agents" } : nil,
            looksPath: restricted ? nil : stateDirectory.map { $0 + "/view.json" }, storePath: store?.path, environment: environment,
            webhookSecret: secrets.webhook, fixed: fixed)
    }

    /// An option comes before the configuration file, that before the environment.
    private func host(_ environment: [String: String], _ fixed: FixedConfiguration) throws -> APIHost {
        let fromEnvironment = environment["MASKER_URL"].flatMap { $0.isEmpty ? nil : $0 }
        guard let address = url ?? fixed.url ?? fromEnvironment else { return .hosted }
        let source = url != nil ? "--url" : fixed.url != nil ? FixedConfiguration.path : "MASKER_URL"
        do {
            return try APIHost(address)
        } catch {
            throw CommandFailure.usage("\(source): \(error.description)")
        }
    }

    private func certificates(_ fixed: FixedConfiguration) throws -> String? {
        guard let file = caFile ?? fixed.caFile else { return nil }
        guard FileManager.default.isReadableFile(atPath: file) else {
            let source = caFile == nil ? "named in \(FixedConfiguration.path)" : "given with --ca-file"
            throw CommandFailure.usage("the file “\(file)” \(source) cannot be read")
        }
        return file
    }
}
