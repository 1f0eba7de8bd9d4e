import CTerminal
import FoundationEssentials
import MaskerAPI
import TerminalKit

/// Runs the console in one terminal, with one profile after the other. Each run has its own profile, client, effect runner and
/// state: when the next server is used, no data of the earlier account is in memory.
package struct ConsoleRun {
    let start: ConnectionChoices.Start
    let terminal: NcursesTerminal
    let signals: Int32

    package init(start: ConnectionChoices.Start, terminal: NcursesTerminal, signals: Int32) {
        self.start = start
        self.terminal = terminal
        self.signals = signals
    }

    /// The connection to one server, and the threads that serve it.
    package struct ProfileRun {
        let configuration: Configuration
        let parts: Connection
        let watchdog: HangWatchdog
        let work = WorkThread(onStart: terminal_guard_add_thread)
        /// A notice for the first frame.
        fileprivate var notice: Notice?

        /// - Throws: `CommandFailure` when a file cannot be read.
        package init(_ start: ConnectionChoices.Start, _ configuration: Configuration) throws(CommandFailure) {
            self.configuration = configuration
            // Each run has its own watchdog, because its deadline depends on the profile's lock time.
            watchdog = HangWatchdog(deadline: BootClock.now + configuration.lockAfter)
            // The work threads start first: while the network thread loads libcurl, the system cannot create another thread.
            guard watchdog.start(), work.start() else {
                watchdog.stop()
                throw ProcessLimits.noThread
            }
            do throws(CommandFailure) {
                parts = try start.connect(configuration)
            } catch {
                watchdog.stop()
                work.stop()
                throw error
            }
        }
    }

    /// Runs until the user quits. Returns the exit status of the process.
    package func run(_ first: ProfileRun) -> Int32 {
        var profileRun = first
        while true {
            switch runConsole(profileRun) {
            case .exit(let status): return status
            case .reopen(let profile):
                do throws(CommandFailure) {
                    profileRun = try next(after: profileRun, profile)
                } catch {
                    terminal.close()
                    error.sentence.map(ErrorOutput.write)
                    return error.status
                }
            }
        }
    }

    private func runConsole(_ profileRun: ProfileRun) -> EventLoop.Ending {
        let settings = settings(profileRun)
        defer { profileRun.watchdog.stop() }
        let mailbox = Mailbox()
        let runner = EffectRunner(
            client: profileRun.parts.client, mailbox: mailbox, archive: AgentBackupStore(directory: settings.archivePath, host: settings.host),
            webhookSecret: start.webhookSecret, settings: settings, work: profileRun.work)
        var state = AppState(settings: settings, size: terminal.size, now: BootClock.date, login: profileRun.parts.client.loginStatus)
        state.notice = profileRun.notice ?? settings.storageRefusal.map { Notice(.failed, PrintableText($0)) }
        let loop = EventLoop(
            state: state, terminal: terminal, runner: runner, connection: profileRun.parts, mailbox: mailbox, signals: signals,
            watchdog: profileRun.watchdog)
        let ending = loop.run()
        if case .exit = ending { terminal.close() }
        let begun = runner.cancelSavingAndReading()
        profileRun.parts.transport.shutDown()
        runner.finish()
        if case .exit = ending, let saving = loop.saving { ErrorOutput.write(Self.cutShort(saving, begun)) }
        return ending
    }

    /// Tells after the end of the screen that reports are missing.
    private static func cutShort(_ saving: RunningReportJob, _ begun: [SessionReports]) -> String {
        let saved = begun.count { $0.files.count == saving.job.choice.formats.count }, all = saving.job.subjects.count
        return "the console ended while reports were being saved: \(saved) of \(all) \(saved == 1 ? "is" : "are") saved"
    }

    /// Starts a run with another profile. On an error, returns to the current profile, with a notice that says why.
    private func next(after profileRun: ProfileRun, _ profile: String) throws(CommandFailure) -> ProfileRun {
        var next: ProfileRun
        do throws(CommandFailure) {
            next = try ProfileRun(start, start.sources.configuration(profile: profile))
            next.notice = Notice(.done, PrintableText("profile: \(profile)"))
        } catch {
            next = try ProfileRun(start, profileRun.configuration)
            next.notice = error.sentence.map { Notice(.failed, PrintableText($0)) }
        }
        // A theme chosen with `:theme` remains, unless the two profiles configure different themes.
        if next.configuration.theme != profileRun.configuration.theme { terminal.use(next.configuration.theme) }
        terminal.use(mouse: next.configuration.usesMouse)
        terminal.use(escapeDelay: next.configuration.escapeDelay)
        terminal.adoptWindowSize()
        return next
    }

    private func settings(_ profileRun: ProfileRun) -> ConsoleSettings {
        let configuration = profileRun.configuration, parts = profileRun.parts
        let host = parts.client.host
        var settings = ConsoleSettings(host: host.authority, signInURL: host.signInURL)
        let name = configuration.name ?? configuration.profile?.text
        if name != nil || configuration.color != nil { settings.label = ServerLabel(name: name, tint: configuration.color) }
        settings.profile = configuration.profile?.text
        settings.profiles = configuration.profiles
        settings.storePath = parts.storePath
        settings.storageRefusal = parts.storageRefusal
        settings.unusedCredential = start.logins.unusedCredential(for: host)
        settings.archivePath = parts.archiveDirectory
        settings.layoutsPath = parts.layoutsPath
        settings.reportsDirectory = configuration.reports.map { URL(fileURLWithPath: $0).standardizedFileURL.path }
        settings.home = start.environment["HOME"]
        settings.refreshInterval = Double(configuration.refresh)
        settings.lockAfter = configuration.lockAfter
        settings.refusesColors = start.sources.refusesColors
        settings.time = TimeStyle(zone: configuration.timeZone, notation: configuration.timeFormat, localOffset: LocalZone.offset)
        settings.isPlain = configuration.isPlain
        settings.confirm = configuration.confirm
        settings.keys = KeyMap(configuration.keys)
        settings.isRestricted = start.sources.isRestricted
        settings.isReadOnly = configuration.isReadOnly
        settings.readOnlySource = configuration.origins["read_only"]?.source
        settings.origin = host.origin
        settings.publicOrigin = configuration.publicURL?.origin
        settings.clipboard = terminal.clipboard
        settings.hasWebhookSecret = start.webhookSecret != nil
        return settings
    }
}
