import ArgumentParser
import CTerminal
import FoundationEssentials
import Glibc
import MaskerAPI

/// Opens the console: what `masker-tui` does without a subcommand.
struct OpenConsole: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "console", abstract: "Open the console (the default).")

    @OptionGroup var connection: ConnectionOptions

    @Option(help: ArgumentHelp("Refresh this often; 0 never by itself.", valueName: "seconds"))
    var refresh: Int = 15

    @Option(help: ArgumentHelp("Lock after this long without a key, 1 to 60 (default: 10); the console ends after 60.", valueName: "minutes"))
    var idleLock: Int?

    @Flag(help: "Only look: no agent is created, deleted or checked.")
    var readOnly = false

    @Option(help: ArgumentHelp(
        "Save reports here (default: the current directory; with --no-store or --restricted nowhere).", valueName: "directory"))
    var reports: String?

    func validate() throws {
        guard (1...60).contains(idleLock ?? 10) else { throw ValidationError("--idle-lock takes 1 to 60 minutes.") }
        guard refresh == 0 || (2...86_400).contains(refresh) else {
            throw ValidationError("--refresh takes 0, or 2 to 86400 seconds.")
        }
    }

    func run() throws {
        let parts = try connection.connect()
        let environment = parts.environment
        setlocale(LC_ALL, "")
        // Before ncurses, which installs handlers of its own where there are none.
        let signals = signal_pipe_open()
        let terminal: NcursesTerminal
        do {
            terminal = try NcursesTerminal(environment: environment, escapeDelay: Self.escapeDelay(environment), theme: .standard)
        } catch {
            throw CommandFailure.usage(error.description)
        }
        let settings = Settings(
            host: parts.client.host.authority, signInURL: parts.client.host.signInURL, storePath: parts.storePath,
            archivePath: parts.archiveDirectory, reportsDirectory: reportsDirectory(parts.fixed),
            looksPath: parts.looksPath, home: environment["HOME"], refreshInterval: Double(refresh),
            lockAfter: Double(idleLock ?? parts.fixed.idleLock ?? 10) * 60, isRestricted: connection.restricted,
            isReadOnly: readOnly || parts.fixed.readOnly,
            hasWebhookSecret: parts.webhookSecret != nil)
        let mailbox = Mailbox()
        let runtime = Runtime(
            client: parts.client, mailbox: mailbox,
            archive: ConfigurationArchive(directory: settings.archivePath, host: settings.host),
            webhookSecret: parts.webhookSecret, settings: settings)
        let state = AppState(settings: settings, size: terminal.size, now: Date(), login: parts.client.loginStatus)
        let loop = EventLoop(state: state, terminal: terminal, runtime: runtime, mailbox: mailbox, signals: signals)
        let status = loop.run()
        terminal.close()
        runtime.stop()
        parts.transport.shutDown()
        if status != 0 { throw CommandFailure(status: status) }
    }

    /// As an absolute path. Who wants no files is not offered to write some, and restricted mode writes only where it
    /// was told to.
    private func reportsDirectory(_ fixed: FixedConfiguration) -> String? {
        let isOff = connection.noStore || connection.restricted
        guard let directory = reports ?? fixed.reports ?? (isOff ? nil : ".") else { return nil }
        return URL(fileURLWithPath: directory).standardizedFileURL.path
    }

    /// How long Esc alone is waited for, in milliseconds: long enough for a key's sequence on a slow link.
    private static func escapeDelay(_ environment: [String: String]) -> Int {
        guard let text = environment["ESCDELAY"], let delay = Int(text) else { return 100 }
        return min(max(delay, 25), 1_000)
    }
}
