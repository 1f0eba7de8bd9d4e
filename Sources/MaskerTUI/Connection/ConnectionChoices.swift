import CTerminal
import FoundationEssentials
import Glibc
import MaskerAPI

/// The options of a command line that choose the server and the login.
package struct ConnectionChoices {
    var url: String?
    var profile: String?
    var noStore = false
    var caFile: String?
    var connectTimeout: String?
    var log: String?
    var isRestricted = false

    package init(
        url: String? = nil, profile: String? = nil, noStore: Bool = false, caFile: String? = nil, connectTimeout: String? = nil,
        log: String? = nil, isRestricted: Bool = false
    ) {
        self.url = url
        self.profile = profile
        self.noStore = noStore
        self.caFile = caFile
        self.connectTimeout = connectTimeout
        self.log = log
        self.isRestricted = isRestricted
    }

    /// Everything that is known before the first connection.
    package struct Start {
        /// The environment variables that the console may read.
        package var environment: [String: String]
        package var sources: ConfigurationSources
        var logins: LoginSessionsByHost
        /// The secret for signing webhook requests; nil when the user must type it.
        var webhookSecret: WebhookSecret?
        /// The administrator's settings; empty outside restricted mode.
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

    /// Reads the environment and the files.
    /// - Parameter console: The options that only the console has, not the commands.
    /// - Throws: `CommandFailure` when a file, `MASKER_TOKEN` or `MASKER_SESSION` cannot be used.
    package func prepare(_ console: [String: ConfiguredValue] = [:]) throws -> Start {
        try ProcessLimits.check()
        // The secrets are removed first, so that libcurl, OpenSSL and ncurses see an environment without them.
        let secrets = isRestricted ? EnvironmentSecrets() : try EnvironmentSecrets.take()
        let environment = isRestricted ? try RestrictedMode.enter() : ProcessInfo.processInfo.environment
        let own: [String: ConfiguredValue?] = [
            "url": .option("--url", url), "ca_file": .option("--ca-file", caFile), "no_store": .option("--no-store", noStore ? "on" : nil),
            "connect_timeout": .option("--connect-timeout", connectTimeout),
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
    /// The server for which a login session in the environment is meant; nil when none is named. A profile does not count here.
    static func loginURL(option: String?, _ environment: [String: String]) -> String? {
        option ?? ConfigurationKey.named("url")?.given(in: environment)?.text
    }
}

/// The objects of a connection to one server.
package struct Connection {
    package var client: MaskerClient
    package var transport: CurlTransport
    /// The directory of the backups of deleted agents; nil when none are kept.
    package var archiveDirectory: String?
    /// The file of the list layouts; nil when layouts are not kept.
    var layoutsPath: String?
    package var storePath: String?
    /// Why no file is kept although it should be, in one sentence; nil when files are kept, or the user wants none.
    package var storageRefusal: String?
    /// The administrator's settings; empty outside restricted mode.
    package var fixed: AdministratorConfiguration

    package init(
        client: MaskerClient, transport: CurlTransport, archiveDirectory: String? = nil, layoutsPath: String? = nil, storePath: String? = nil,
        storageRefusal: String? = nil, fixed: AdministratorConfiguration
    ) {
        self.client = client
        self.transport = transport
        self.archiveDirectory = archiveDirectory
        self.layoutsPath = layoutsPath
        self.storePath = storePath
        self.storageRefusal = storageRefusal
        self.fixed = fixed
    }

    /// Called before the process is stopped (Ctrl-Z). It waits for running answers, since an answer can bring a new cookie value.
    /// Otherwise other consoles would meanwhile wait for this process, or be refused with the old value.
    package func hold() { transport.hold { !client.isInDoubt } }

    package func release() { transport.release() }

    /// - Throws: `CommandFailure` when the administrator of restricted mode allows no changes.
    package func checkThatChangesAreAllowed() throws(CommandFailure) {
        guard !fixed.readOnly else { throw CommandFailure(status: 5, sentence: "nothing was sent: read_only is on in \(AdministratorConfiguration.path)") }
    }
}

extension ConnectionChoices.Start {
    /// Creates the client. No request is sent yet.
    /// - Throws: `CommandFailure` when a file cannot be read.
    package func connect(_ configuration: Configuration) throws(CommandFailure) -> Connection {
        let host = configuration.url
        let authorities = TrustedAuthorities(caFile: configuration.caFile, environment: environment)
        try authorities.check(for: configuration)
        let state = StateDirectory(environment: environment)
        let storageRefusal = configuration.noStore || !fixed.store ? nil : state.refusal()
        let stateDirectory = configuration.noStore || state.refusal() != nil ? nil : state.path
        let store = fixed.store ? stateDirectory.map { CredentialStore(directory: $0, host: host) } : nil
        let keepsDeleted = !sources.isRestricted || fixed.keepDeleted
        var settings = CurlTransport.Settings(authorities: authorities, proxyEnvironment: environment)
        settings.connectTimeout = .seconds(configuration.connectTimeout)
        // After a crash in this thread, the terminal is restored on a separate stack.
        settings.onThreadStart = { terminal_guard_add_thread() }
        let transport = CurlTransport(host: host, settings: settings)
        let login = logins.session(for: host, store: store, storageRefusal: storageRefusal)
        let publicHost = configuration.publicURL.map { PublicHost($0, transport: PassingTransport(host: $0, settings: settings)) }
        let pacer = RequestPacer(host: host, setting: configuration.pace, directory: sources.isRestricted ? nil : stateDirectory)
        return Connection(
            client: MaskerClient(host: host, transport: transport, login: login, log: log, publicHost: publicHost, pacer: pacer),
            transport: transport,
            archiveDirectory: keepsDeleted ? stateDirectory.map { $0 + "/deleted-agents" } : nil,
            layoutsPath: sources.isRestricted ? nil : stateDirectory.map { $0 + "/view.json" }, storePath: store?.path,
            storageRefusal: storageRefusal, fixed: fixed)
    }
}

extension ConfiguredValue {
    /// The value of an option; nil when the option is not given.
    package static func option(_ name: String, _ text: String?) -> ConfiguredValue? { text.map { ConfiguredValue(text: $0, origin: .option(name)) } }
}
