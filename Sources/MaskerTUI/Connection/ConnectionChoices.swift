import CTerminal
import FoundationEssentials
import Glibc
import MaskerAPI

/// What a command line says of the server to talk to, and as whom.
package struct ConnectionChoices {
    var url: String?
    var profile: String?
    var noStore = false
    var caFile: String?
    var log: String?
    var isRestricted = false

    package init(
        url: String? = nil, profile: String? = nil, noStore: Bool = false, caFile: String? = nil, log: String? = nil, isRestricted: Bool = false
    ) {
        self.url = url
        self.profile = profile
        self.noStore = noStore
        self.caFile = caFile
        self.log = log
        self.isRestricted = isRestricted
    }

    /// What is known before a server is talked to.
    package struct Start {
        /// What the console may know of the environment.
        package var environment: [String: String]
        package var sources: ConfigurationSources
        var logins: LoginSessionsByHost
        /// What webhook requests are signed with; nil: it has to be typed.
        var webhookSecret: WebhookSecret?
        /// Empty unless restricted.
        var fixed: AdministratorConfiguration
        var log: RequestObserver?

        package init(
            environment: [String: String], sources: ConfigurationSources, logins: LoginSessionsByHost, webhookSecret: WebhookSecret? = nil, fixed: AdministratorConfiguration, log: RequestObserver? = nil
        ) {
            self.environment = environment
            self.sources = sources
            self.logins = logins
            self.webhookSecret = webhookSecret
            self.fixed = fixed
            self.log = log
        }
    }

    /// Looks at environment and files.
    /// - Parameter console: the options that only the console has.
    /// - Throws: `CommandFailure` for a file, a `MASKER_TOKEN` or a `MASKER_SESSION` that cannot be used.
    package func prepare(_ console: [String: ConfiguredValue] = [:]) throws -> Start {
        try ProcessLimits.check()
        // Before all else: libcurl, OpenSSL and ncurses are to find the environment that is left.
        let secrets = isRestricted ? EnvironmentSecrets() : try EnvironmentSecrets.take()
        let environment = isRestricted ? try RestrictedMode.enter() : ProcessInfo.processInfo.environment
        let own: [String: ConfiguredValue?] = [
            "url": .option("--url", url), "ca_file": .option("--ca-file", caFile), "no_store": .option("--no-store", noStore ? "on" : nil),
        ]
        var sources = ConfigurationSources(
            options: own.compactMapValues { $0 }.merging(console) { $1 }, profileOption: profile, environment: environment,
            isRestricted: isRestricted)
        let fixed = isRestricted ? try AdministratorConfiguration.read() : AdministratorConfiguration()
        if isRestricted {
            sources.fixed = fixed.values
            sources.fixedKeys = fixed.keys
        } else {
            sources.file = try ConfigurationFile.read(environment)
        }
        let log: RequestObserver? = try self.log.map { try RequestLog(path: $0).write }
        return Start(
            environment: environment, sources: sources, logins: LoginSessionsByHost(secrets.login, url: Self.loginURL(option: url, environment)),
            webhookSecret: secrets.webhook, fixed: fixed, log: log)
    }
}

extension ConnectionChoices {
    /// Of the server that a login session in the environment is for; nil where none is named. A profile does not name it.
    static func loginURL(option: String?, _ environment: [String: String]) -> String? {
        option ?? ConfigurationKey.named("url")?.given(in: environment)?.text
    }
}

/// The parts of a connection, ready to use.
package struct Connection {
    package var client: MaskerClient
    package var transport: CurlTransport
    /// Where the configurations of deleted agents are kept; nil: nowhere.
    package var archiveDirectory: String?
    /// Where it is kept how the lists are arranged; nil: nowhere.
    var layoutsPath: String?
    package var storePath: String?
    /// Empty unless restricted.
    package var fixed: AdministratorConfiguration

    package init(
        client: MaskerClient, transport: CurlTransport, archiveDirectory: String? = nil, layoutsPath: String? = nil, storePath: String? = nil, fixed: AdministratorConfiguration
    ) {
        self.client = client
        self.transport = transport
        self.archiveDirectory = archiveDirectory
        self.layoutsPath = layoutsPath
        self.storePath = storePath
        self.fixed = fixed
    }

    /// Before the process is stopped. An answer that is out may bring a new value of the cookie, and others would be refused
    /// with the old one, or wait for this process, meanwhile.
    package func hold() { transport.hold { !client.isInDoubt } }

    package func release() { transport.release() }
}

extension ConnectionChoices.Start {
    /// Puts the client together. Nothing is sent yet.
    /// - Throws: `CommandFailure` for a file that cannot be read.
    package func connect(_ configuration: Configuration) throws(CommandFailure) -> Connection {
        if let file = configuration.caFile, let problem = Self.problem(ofFile: file) {
            let origin = configuration.origins["ca_file"] ?? .standard
            throw CommandFailure([ConfigurationProblem(origin: origin, clause: "the file “\(file)” \(problem)")])
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
        let publicHost = configuration.publicURL.map { PublicHost($0, transport: PassingTransport(host: $0, settings: settings)) }
        let pacer = RequestPacer(host: host, setting: configuration.pace, directory: sources.isRestricted ? nil : stateDirectory)
        return Connection(
            client: MaskerClient(host: host, transport: transport, login: login, log: log, publicHost: publicHost, pacer: pacer),
            transport: transport,
            archiveDirectory: keepsDeleted ? stateDirectory.map { $0 + "/deleted-agents" } : nil,
            layoutsPath: sources.isRestricted ? nil : stateDirectory.map { $0 + "/view.json" }, storePath: store?.path, fixed: fixed)
    }

    /// Why libcurl could not read certificates there, again and again: a pipe would hold its thread for good.
    private static func problem(ofFile path: String) -> String? {
        var status = stat()
        guard stat(path, &status) == 0, access(path, R_OK) == 0 else { return "cannot be read" }
        return status.st_mode & S_IFMT == S_IFREG ? nil : "is not a plain file; name a PEM file"
    }
}

extension ConfiguredValue {
    /// What an option says; nil when it is not there.
    package static func option(_ name: String, _ text: String?) -> ConfiguredValue? { text.map { ConfiguredValue(text: $0, origin: .option(name)) } }
}
