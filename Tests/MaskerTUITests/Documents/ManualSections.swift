/// The sections of masker-tui(1) that no declaration has.
enum ManualSections {
    static let description = [
        """
        Masker is a privacy layer between a voice platform, such as Vapi, and a language model: it finds personal health data in a call \
        and replaces it before the model reads it. masker-tui is its admin console: it shows a Masker account in a terminal and \
        administers it, with its agents, its call sessions and their compliance reports.
        """,
        """
        Without a command it opens the console, a full-screen program. The commands do the same work for scripts: they print a table on a \
        terminal, lines with tabs in a pipe, and JSON with --json or --jsonl.
        """,
    ]

    /// Variables of the environment, beside those of the settings.
    static let environment: [(name: String, meaning: String)] = [
        ("MASKER_URL, MASKER_SERVER", "The server, unless --url names it. MASKER_URL comes first."),
        ("MASKER_SESSION", "The value of the cookie masker_session, used before the stored login session. It is sent to the chosen server only."),
        ("MASKER_TOKEN", "An API token, used instead of a login session."),
        ("MASKER_VAPI_WEBHOOK_SECRET", "The secret with which the check of an agent's webhook signs its call."),
        ("MASKER_PROFILE", "The profile of the configuration file, unless --profile names it."),
        ("MASKER_TUI_CONFIG", "The configuration file, in place of the one below."),
        ("XDG_CONFIG_HOME, XDG_STATE_HOME, HOME", "Where the files below are."),
        ("https_proxy, HTTPS_PROXY, all_proxy, ALL_PROXY", "The proxy for requests, the first of them that is set. Requests to this machine never use it."),
        ("no_proxy, NO_PROXY", "The hosts that are reached without the proxy."),
        ("SSL_CERT_FILE, SSL_CERT_DIR", "The certificates to trust in place of the system's, unless --ca-file is given; not in restricted mode."),
        ("MASKER_CONNECT_TIMEOUT", "Seconds until a connection must be ready, unless --connect-timeout is given."),
        ("TERM, NO_COLOR", "The terminal, and whether the console does without colours."),
        ("COLUMNS", "The width for tables and help, in place of the terminal's. A value that is not a number above 0 means 80."),
        ("LC_ALL, LC_CTYPE, LANG", "Whether the console draws UTF-8 or ASCII."),
        ("TZ", "The time zone, with --time-zone local."),
        ("ESCDELAY", "Milliseconds to wait after Esc, unless --escape-delay says it."),
        ("TMUX, STY", "Whether the console runs in tmux or GNU screen, which take copied text in a way of their own."),
    ]

    static let files: [(name: String, meaning: String)] = [
        ("$XDG_CONFIG_HOME/masker-tui/config.yaml, ~/.config/masker-tui/config.yaml", "The configuration: masker-tui(5)."),
        ("$XDG_STATE_HOME/masker-tui, ~/.local/state/masker-tui", "What the console keeps, readable for the user alone:"),
        ("session-HOST.json", "The login session for a server. Logging out removes it."),
        ("session-HOST-from-DIGEST.json", "The value with which the server has replaced that of MASKER_SESSION."),
        ("view.json", "The sorting and the columns of the lists."),
        ("pace-HOST.json", "When the next request of bulk work may be sent."),
        ("deleted-agents/", "The configurations of agents that were deleted here."),
        ("/etc/masker-tui/config", "What the administrator has fixed for --restricted."),
    ]

    static let exitStatus = "Status 7 means that nothing was sent. A request that was sent and not answered is 1, because the server may have carried it out."

    static let examples: [(what: String, command: String)] = [
        ("Open the console on a server of your own:", "masker-tui --url https://masker.example.org"),
        ("Sign in without the console, with the cookie in a file:", "masker-tui login < cookie.txt"),
        ("The ids of all sessions with errors of the last week:", "masker-tui sessions --since 7d --status error --limit all --jsonl | jq -r .id"),
        ("Save the reports of two sessions in both formats, with a list:", "masker-tui report SESSION SESSION --format both --manifest -o reports/"),
        ("Delete an agent; its configuration is kept:", "masker-tui agents delete AGENT --yes-delete NAME"),
        ("Wait in a script until the service is well:", "until masker-tui health > /dev/null; do sleep 10; done"),
    ]
}
