import MaskerAPI

/// The objects that effects work with.
struct Services: Sendable {
    let client: MaskerClient
    let settings: ConsoleSettings
    let deletion: AgentDeletion
    let creation: AgentCreation
    let checks: AgentChecks
    let reports: ReportSaver
    /// The file of the list layouts; nil when layouts are not kept.
    let layouts: ListLayoutFile?

    /// - Parameter reportWork: The thread on which reports are written.
    init(client: MaskerClient, settings: ConsoleSettings, archive: AgentBackupStore, webhookSecret: WebhookSecret?, reportWork: WorkThread) {
        self.client = client
        self.settings = settings
        deletion = AgentDeletion(client: client, archive: archive)
        creation = AgentCreation(client: client, home: settings.home)
        checks = AgentChecks(client: client, secret: webhookSecret)
        reports = ReportSaver(client: client, directory: settings.reportsDirectory, executor: reportWork)
        layouts = settings.layoutsPath.map(ListLayoutFile.init)
    }
}
