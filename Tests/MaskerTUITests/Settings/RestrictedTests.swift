import Foundation
import MaskerAPI
import TestSupport
import Testing

@testable import MaskerTUI
import TerminalKit

@Suite("Restricted and read-only", .ownThread)
struct RestrictedTests {
    private static func console(_ change: (inout ConsoleSettings) -> Void) -> TestConsole {
        var settings = Sample.settings
        change(&settings)
        var console = TestConsole(columns: 120, rows: 50, settings: settings)
        console.answerRefresh()
        console.takeEffects()
        return console
    }

    @Test("promise 39: in restricted mode Ctrl-Z does nothing, and neither hints nor help show it", arguments: [false, true])
    func suspension(isRestricted: Bool) {
        var console = Self.console { $0.isRestricted = isRestricted }
        console.press(.control("z"))
        #expect(console.takeEffects() == (isRestricted ? [] : [.terminal(.suspend)]))
        // SIGTSTP, which can also come without the key.
        console.act(.stopAsked)
        #expect(console.takeEffects() == (isRestricted ? [] : [.terminal(.suspend)]))
        // The update refuses it whatever asked for it.
        var state = console.state
        #expect(state.perform([.run(.terminal(.suspend))]) == (isRestricted ? [] : [.terminal(.suspend)]))
        console.press("?")
        #expect(console.screen.contains("fg in the shell") != isRestricted)
    }

    @Test("in read-only mode the keys that change something say why they are refused, and no change is sent")
    func readOnly() {
        var console = Self.console {
            $0.isReadOnly = true
            $0.readOnlySource = "option --read-only"
        }
        for (opening, keys) in [([], ["d", "n", "w", "x"]), ([Key.enter], ["d", "w", "x"])] as [([Key], [Unicode.Scalar])] {
            for key in opening { console.press(key) }
            for key in keys {
                console.press(.character(key))
                #expect(!console.state.isPageCovered)
                console.expect("this console is read-only, set by option --read-only")
            }
            console.press("?")
            console.expect("now: this console is read-only")
            console.press(.escape)
        }
        var state = console.state
        let target = DeletionTarget(id: Sample.agentID(1), name: "appointment-bot-prod")
        #expect(state.perform([.run(.agents(.delete(target, by: nil)))]) == [] && state.data.agents.deletions.isEmpty)
    }

    @Test("promise 39: five kinds of environment variables are kept")
    func environment() {
        for name in ["TERM", "LANG", "LC_ALL", "LC_CTYPE", "SSH_CONNECTION", "HOME"] { #expect(RestrictedMode.keeps(name)) }
        for name in [
            "TERMINFO", "TERMINFO_DIRS", "LD_PRELOAD", "LD_LIBRARY_PATH", "OPENSSL_CONF", "SSLKEYLOGFILE", "SSL_CERT_FILE",
            "https_proxy", "ALL_PROXY", "LINES", "COLUMNS", "ESCDELAY", "NCURSES_TRACE", "SWIFT_BACKTRACE", "MASKER_URL", "MASKER_SERVER",
            "MASKER_CONNECT_TIMEOUT", "MASKER_SESSION", "MASKER_TOKEN", "XDG_STATE_HOME", "PATH", "SHELL", "SSH_ORIGINAL_COMMAND", "LOCPATH",
            "NLSPATH", "LANGUAGE", "TZ", "CURL_HOME", "TMPDIR", "SSL_CERT_DIR", "no_proxy",
        ] { #expect(!RestrictedMode.keeps(name)) }
    }

    @Test("promise 39: with read_only in the administrator's file, commands that change something are not permitted")
    func readOnlyCommands() throws {
        let host = try APIHost("http://127.0.0.1:9")
        let transport = CurlTransport(host: host, settings: CurlTransport.Settings())
        defer { transport.shutDown() }
        let client = MaskerClient(host: host, transport: transport, login: LoginSession(host: host, store: nil, environmentValue: nil))
        var connection = Connection(client: client, transport: transport, fixed: AdministratorConfiguration())
        try connection.checkThatChangesAreAllowed()
        connection.fixed.readOnly = true
        #expect { try connection.checkThatChangesAreAllowed() } throws: { ($0 as? CommandFailure)?.status == 5 }
    }

    @Test("promise 39: as a login shell it is restricted, and runs no command")
    func loginShell() throws {
        #expect(try RestrictedMode.arguments(of: ["-masker-tui"]) == ["--restricted"])
        #expect(try RestrictedMode.arguments(of: ["masker-tui", "--url", "x"]) == ["--url", "x"])
        for line in [["-masker-tui", "-c", "sh"], ["masker-tui", "-c", "/usr/lib/openssh/sftp-server"], ["-masker-tui", "whoami"]] {
            #expect { try RestrictedMode.arguments(of: line) } throws: { ($0 as? CommandFailure)?.status == 2 }
        }
    }
}

@Suite("The administrator's configuration", .ownThread)
struct FixedConfigurationTests {
    @Test("every setting, with comments, spaces and empty lines")
    func all() throws {
        let text = """
            # For the people of the front desk.
            url = https://masker.example.org

              ca_file=/etc/ssl/private-ca.pem
            public_url = https://voice.example.org
            reports = /srv/reports
            idle_lock = 5
            connect_timeout = 60
            read_only = on
            store = off
            keep_deleted = on
            """
        var expected = AdministratorConfiguration()
        expected.url = "https://masker.example.org"
        expected.publicURL = "https://voice.example.org"
        expected.caFile = "/etc/ssl/private-ca.pem"
        expected.reports = "/srv/reports"
        expected.idleLock = 5
        expected.connectTimeout = 60
        expected.readOnly = true
        expected.store = false
        expected.keepDeleted = true
        #expect(try AdministratorConfiguration(parsing: text) == expected)
        #expect(try AdministratorConfiguration(parsing: "reports = off\n") == AdministratorConfiguration())
    }

    @Test("a wrong line is reported in one sentence with its number, exit status 2", arguments: [
        ("\nurl https://x", "line 2: “url https://x” is not a line of the form “key = value”"), ("url =", "line 1: “url =” is not"),
        ("proxy = http://x", "“proxy” is not a setting; the settings are url, public_url, ca_file"), ("idle_lock = 0", "1 to 60 minutes"),
        ("connect_timeout = 0", "1 to 300 seconds"), ("connect_timeout = 5s", "1 to 300 seconds"), ("idle_lock = ten", "1 to 60 minutes"), ("read_only = yes", "read_only takes on or off"),
        ("reports = reports", "reports takes a path that begins with /"), ("ca_file = off", "ca_file takes a path"),
        ("restricted = off", "“restricted” is not a setting"),
    ])
    func bad(text: String, sentence: String) {
        #expect { try AdministratorConfiguration(parsing: text) } throws: { error in
            guard let failure = error as? CommandFailure else { return false }
            return failure.status == 2 && failure.sentence?.contains(sentence) == true
        }
    }

    @Test("promise 39: a file that another user could have written is refused; a missing file sets nothing")
    func ownership() throws {
        let path = NSTemporaryDirectory() + "masker-config-\(UUID().uuidString)"
        #expect(try AdministratorConfiguration.read(path) == AdministratorConfiguration())
        try Data("idle_lock = 3\n".utf8).write(to: URL(fileURLWithPath: path))
        defer { unlink(path) }
        chmod(path, 0o644)
        #expect(try AdministratorConfiguration.read(path, owner: geteuid()).idleLock == 3)
        #expect(throws: CommandFailure.self) { try AdministratorConfiguration.read(path, owner: geteuid() + 1) }
        chmod(path, 0o664)
        #expect(throws: CommandFailure.self) { try AdministratorConfiguration.read(path, owner: geteuid()) }
    }
}
