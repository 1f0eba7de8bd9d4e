import TerminalKit

/// Lists every kind of screen. A new screen must be added here, so that the configuration file can name it and its actions.
enum Screens {
    static let all: [any Screen.Type] = [
        OverviewScreen.self,
        AgentsScreen.self, AgentDetailScreen.self, CreateAgentDialog.self, CreatedAgentDialog.self, DeleteAgentDialog.self,
        WebhookCheckDialog.self, ProxyCheckDialog.self, DeletedAgentsScreen.self, AgentBackupScreen.self,
        SessionsScreen.self, SessionDetailScreen.self, SessionFilterDialog.self, LatencyScreen.self,
        ReportScreen.self, SaveReportsDialog.self, SavedReportsScreen.self,
        SortDialog.self, ColumnsDialog.self,
        AccountScreen.self, LogOutDialog.self, ProfileScreen.self, SignInScreen.self, RefusedTokenScreen.self, LockScreen.self,
        MenuScreen.self, HelpScreen.self, CommandLineScreen.self, QuitDialog.self,
    ]

    static let keys: [ScreenKeys] = all.map { $0.keys }
}
