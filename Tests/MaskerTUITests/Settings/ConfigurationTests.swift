import Foundation
import MaskerAPI
import TestSupport
import Testing

@testable import MaskerTUI
@testable import masker_tui
import TerminalKit

@Suite("The configuration", .ownThread)
struct ConfigurationTests {
    private static let text = """
        url: https://top.example
        refresh: 20
        profile: staging
        profiles:
          production:
            url: https://prod.example
            idle_lock: 5
          staging:
            url: https://staging.example
            refresh: 40
            color: green
          quiet:
            name: night shift
            color: none
        """

    private func sources(
        _ text: String? = text, options: [String: String] = [:], profile: String? = nil, environment: [String: String] = [:]
    ) -> ConfigurationSources {
        var reader = ConfigurationReader(path: "/c.yaml", home: "/home/ada")
        text.map { reader.read($0) }
        return ConfigurationSources(
            options: options.reduce(into: [:]) { $0[$1.key] = ConfiguredValue(text: $1.value, origin: .option("--" + $1.key)) },
            profileOption: profile, environment: environment, file: text == nil ? nil : reader.file)
    }

    @Test("without any source, the defaults hold")
    func defaults() throws {
        let configuration = try sources(nil).configuration()
        #expect(configuration.url == .hosted && configuration.refresh == 15 && configuration.reports == "." && configuration.profile == nil)
        for key in ConfigurationKey.all { #expect(configuration.origin(key) == .standard && key.text(configuration) == key.defaultText) }
    }

    @Test("options take precedence over the environment, that over the profile, that over the top of the file", arguments: [
        (["url": "https://option.example"], ["MASKER_URL": "https://variable.example"], "https://option.example", "option --url"),
        ([:], ["MASKER_URL": "https://variable.example"], "https://variable.example", "environment MASKER_URL"),
        ([:], ["MASKER_SERVER": "https://server.example"], "https://server.example", "environment MASKER_SERVER"),
        ([:], ["MASKER_URL": "", "MASKER_SERVER": "https://server.example/api/v1"], "https://server.example", "environment MASKER_SERVER"),
        ([:], ["MASKER_SERVER": "https://server.example", "MASKER_URL": "https://variable.example"], "https://variable.example", "environment MASKER_URL"),
        ([:], [:], "https://staging.example", "/c.yaml:9"),
        ([:], ["MASKER_PROFILE": "quiet"], "https://top.example", "/c.yaml:1"),
        ([:], ["MASKER_PROFILE": "production"], "https://prod.example", "/c.yaml:6"),
    ])
    func order(options: [String: String], environment: [String: String], url: String, source: String) throws {
        let configuration = try sources(options: options, environment: environment).configuration()
        #expect(configuration.url.origin == url && configuration.origins["url"]?.source == source)
    }

    @Test("a profile named with --profile takes precedence over the environment, and --profile chooses before MASKER_PROFILE")
    func askedProfile() throws {
        let variables = ["MASKER_URL": "https://variable.example", "MASKER_PROFILE": "quiet", "ESCDELAY": "70"]
        let asked = try sources(profile: "production", environment: variables).configuration()
        #expect(asked.url.origin == "https://prod.example" && asked.profile?.text == "production" && asked.escapeDelay == 70)
        let both = try sources(options: ["url": "https://option.example"], profile: "production", environment: variables).configuration()
        #expect(both.url.origin == "https://option.example")
        #expect(try sources(environment: variables).configuration().profile?.origin == .environment("MASKER_PROFILE"))
        #expect(try sources(profile: "quiet").configuration().refresh == 20)
    }

    @Test("a profile chosen later ignores the server of the options and keeps the other options")
    func chosenProfile() throws {
        let start = sources(options: ["url": "https://option.example", "read_only": "on"], profile: "staging", environment: ["MASKER_URL": "https://variable.example"])
        #expect(try start.configuration().url.origin == "https://option.example")
        let chosen = try start.configuration(profile: "production")
        #expect(chosen.url.origin == "https://prod.example" && chosen.isReadOnly && chosen.idleLock == 5 && chosen.refresh == 20)
        #expect(chosen.profiles == ["production", "staging", "quiet"])
    }

    @Test("a profile called production is red unless it says otherwise", arguments: [
        ("production", nil, Tint.red), ("prod", nil, .red), ("Production", nil, .red), ("prod", "blue", .blue), ("prod", "none", nil), ("prod2", nil, nil),
    ])
    func production(name: String, color: String?, tint: Tint?) throws {
        let text = "profiles:\n  \(name):\n    refresh: 3\n" + (color.map { "    color: \($0)\n" } ?? "")
        #expect(try sources(text, profile: name).configuration().color == tint)
    }

    @Test("reports are off by default where no files are wanted; NO_COLOR leaves one theme")
    func settled() throws {
        #expect(try sources(nil, options: ["no_store": "on"]).configuration().reports == nil)
        #expect(try sources(nil, options: ["no_store": "on", "reports": "/r"]).configuration().reports == "/r")
        var restricted = sources(nil)
        restricted.isRestricted = true
        #expect(try restricted.configuration().reports == nil)
        let plain = try sources(nil, options: ["theme": "color-blind"], environment: ["NO_COLOR": "1"]).configuration()
        #expect(plain.theme == .monochrome && plain.origins["theme"]?.source == "environment NO_COLOR")
    }

    @Test("values that cannot be used are all reported with their sources, exit status 2")
    func problems() {
        func sentence(_ sources: ConfigurationSources) -> String {
            do { _ = try sources.configuration() } catch { return error.status == 2 ? error.sentence ?? "" : "" }
            return ""
        }
        #expect(sentence(sources(nil, options: ["refresh": "1", "theme": "dark"]))
            == "--refresh takes 0, or 2 to 86400 seconds, not “1”\n--theme takes default, high-contrast, monochrome or color-blind, not “dark”")
        #expect(sentence(sources(nil, environment: ["MASKER_URL": "nonsense"])).hasPrefix("MASKER_URL: "))
        #expect(sentence(sources(profile: "stagin")) == "--profile: there is no profile “stagin”; did you mean “staging”?")
        #expect(sentence(sources(environment: ["MASKER_PROFILE": "x"])) == "MASKER_PROFILE: there is no profile “x”; the profiles are production, staging, quiet")
        var restricted = sources(nil, profile: "staging")
        restricted.isRestricted = true
        #expect(sentence(restricted) == "--profile: there are no profiles in restricted mode")
    }

    @Test("connecting may take 30 s, or what the option, the variable or the file says, in this order")
    func connectTimeout() throws {
        #expect(try sources(nil).configuration().connectTimeout == 30)
        let variable = ["MASKER_CONNECT_TIMEOUT": "120"]
        #expect(try sources("connect_timeout: 60\n").configuration().connectTimeout == 60)
        #expect(try sources("connect_timeout: 60\n", environment: variable).configuration().connectTimeout == 120)
        #expect(try sources(nil, options: ["connect_timeout": "5"], environment: variable).configuration().connectTimeout == 5)
        #expect(try sources(nil, environment: ["MASKER_CONNECT_TIMEOUT": ""]).configuration().connectTimeout == 30)
        var restricted = sources(nil)
        restricted.isRestricted = true
        restricted.fixed = try AdministratorConfiguration(parsing: "connect_timeout = 90").values
        #expect(try restricted.configuration().connectTimeout == 90)
    }

    @Test("a time to connect that makes no sense is refused, exit status 2", arguments: ["0", "301", "-1", "5s", "1.5", "∞", " 5", "999999999999999999999"])
    func badConnectTimeout(text: String) {
        #expect {
            try sources(nil, environment: ["MASKER_CONNECT_TIMEOUT": text]).configuration()
        } throws: { error in
            (error as? CommandFailure).map { $0.status == 2 && $0.sentence == "MASKER_CONNECT_TIMEOUT takes 1 to 300 seconds, not “\(text)”" } ?? false
        }
    }

    @Test("ESCDELAY is changed to the nearest valid value, not refused", arguments: [("5", 25), ("9999", 1_000), ("x", 100), ("", 100), ("70", 70)])
    func escapeDelay(text: String, milliseconds: Int) throws {
        #expect(try sources(nil, environment: ["ESCDELAY": text]).configuration().escapeDelay == milliseconds)
    }

    @Test("in restricted mode the administrator's file counts like the top of a file")
    func fixed() throws {
        var sources = sources(nil, options: ["idle_lock": "7"])
        sources.isRestricted = true
        sources.fixed = try AdministratorConfiguration(parsing: "url = https://fixed.example\nidle_lock = 3\nread_only = on\nstore = off\nreports = /srv/r").values
        let configuration = try sources.configuration()
        #expect(configuration.url.origin == "https://fixed.example" && configuration.idleLock == 7)
        #expect(configuration.isReadOnly && configuration.noStore && configuration.reports == "/srv/r")
        #expect(configuration.origins["url"]?.source == AdministratorConfiguration.path)
    }

    // MARK: Login sessions

    @Test("each server has its own login session, and profiles of the same server share it")
    func loginSessions() throws {
        let logins = LoginSessionsByHost(nil, url: nil)
        let hosts = try ["https://a.example", "https://a.example:8443", "http://127.0.0.1:1", "http://127.0.0.1:2"].map { try APIHost($0) }
        let stores = hosts.map { CredentialStore(directory: "/nonexistent", host: $0) }
        #expect(Set(stores.map(\.path)).count == 4, "a file each")
        let sessions = zip(hosts, stores).map { logins.session(for: $0, store: $1) }
        #expect(Set(sessions.map(ObjectIdentifier.init)).count == 4)
        #expect(logins.session(for: hosts[0], store: stores[0]) === sessions[0])
    }

    @Test("the login session of the environment is sent to the server of the environment and to no other")
    func environmentSession() throws {
        let value = try CookieValue(pasted: "s3cret"), one = try APIHost("https://a.example"), other = try APIHost("https://b.example")
        let named = LoginSessionsByHost(.session(value), url: "https://a.example/api/v1")
        #expect(named.session(for: other, store: nil).status.source == nil && named.unusedCredential(for: other) == UnusedCredential(variable: "MASKER_SESSION", host: "a.example"))
        #expect(named.session(for: one, store: nil).status.source == .environment && named.unusedCredential(for: one) == nil)
        let unnamed = LoginSessionsByHost(.session(value), url: nil)
        #expect(unnamed.unusedCredential(for: other) == nil)
        #expect(unnamed.session(for: other, store: nil).status.source == .environment)
        #expect(unnamed.session(for: one, store: nil).status.source == nil, "it was for the first one")
        #expect(unnamed.session(for: other, store: nil).status.source == .environment, "and still is")
    }

    @Test("the API token of the environment is sent to the server of the environment and to no other, whatever the profile says")
    func environmentToken() throws {
        let token = try APIToken("s3cret"), one = try APIHost("https://a.example"), other = try APIHost("https://b.example")
        let store = CredentialStore(directory: "/nonexistent", host: one)
        let named = LoginSessionsByHost(.token(token), url: "https://a.example/api/v1")
        #expect(named.session(for: other, store: nil).status.source == nil)
        #expect(named.unusedCredential(for: other) == UnusedCredential(variable: "MASKER_TOKEN", host: "a.example"))
        #expect(named.session(for: one, store: store).status.source == .token && named.unusedCredential(for: one) == nil)
        #expect(named.session(for: one, store: nil) === named.session(for: one, store: store))
        #expect(named.session(for: other, store: nil).status.source == nil, "still not")
        let unnamed = LoginSessionsByHost(.token(token), url: nil)
        #expect(unnamed.session(for: other, store: nil).status.source == .token)
        #expect(unnamed.session(for: one, store: nil).status.source == nil, "it was for the first one")
        #expect(unnamed.unusedCredential(for: one)?.host == "b.example")
    }

    @Test("when the environment names a server that is not a URL, its login session is sent to no server")
    func unreadableServer() throws {
        let logins = LoginSessionsByHost(.session(try CookieValue(pasted: "s3cret")), url: "masker.example.org"), host = try APIHost("https://a.example")
        #expect(logins.session(for: host, store: nil).status.source == nil)
        #expect(logins.unusedCredential(for: host) == UnusedCredential(variable: "MASKER_SESSION", host: "masker.example.org"))
    }

    @Test("MASKER_SERVER binds MASKER_SESSION and MASKER_TOKEN as MASKER_URL does; MASKER_URL takes precedence", arguments: [
        (["MASKER_SERVER": "https://one.example"], "https://one.example"), (["MASKER_URL": "https://two.example", "MASKER_SERVER": "https://one.example"], "https://two.example"),
        (["MASKER_URL": "", "MASKER_SERVER": "https://one.example"], "https://one.example"), ([:], nil), (["MASKER_SERVER": ""], nil),
    ] as [([String: String], String?)])
    func boundServer(environment: [String: String], url: String?) {
        #expect(ConnectionChoices.loginURL(option: nil, environment) == url)
        #expect(ConnectionChoices.loginURL(option: "https://option.example", environment) == "https://option.example")
    }

    @Test("public_url is a host or none, at the top or in a profile")
    func publicURL() throws {
        let text = "public_url: https://voice.example\nprofiles:\n  lab:\n    public_url: none\n"
        let top = try sources(text).configuration(), lab = try sources(text, profile: "lab").configuration(), none = try sources(nil).configuration()
        #expect(top.publicURL?.origin == "https://voice.example" && lab.publicURL == nil && none.publicURL == nil)
    }

    // MARK: The table

    @Test("every option of the table is an option of the console, with the same help")
    func options() throws {
        func words(_ text: String) -> String { text.split { $0 == " " || $0 == "\n" || $0 == "/" }.joined(separator: " ") }
        let help = words(ConfigCommand.helpMessage(columns: 1_000))
        for key in ConfigurationKey.all {
            guard let option = key.option else { continue }
            let ending = help.components(separatedBy: " \(option) ").dropFirst().first
            #expect(ending?.prefix(key.help.count + 40).contains(words(key.help)) == true, "\(option): \(ending?.prefix(200) ?? "is not there")")
        }
    }

    @Test("docs/configuration.md contains the table, word for word")
    func documentation() throws {
        let text = try String(contentsOf: Repository.root.appendingPathComponent("docs/configuration.md"), encoding: .utf8)
        let rows = text.split(separator: "\n").filter { $0.hasPrefix("| `") }.map(String.init)
        func code(_ text: String) -> String { text.isEmpty ? "" : "`\(text)`" }
        let expected = ConfigurationKey.all.map { key in
            let others: [String] = [key.option].compactMap { $0 } + key.variables
            return "| `\(key.name)` | \(key.takes) | \(code(key.defaultText)) | \(others.map(code).joined(separator: ", ")) | \(key.help) |"
        }
        #expect(rows == expected, "it should be:\n\(expected.joined(separator: "\n"))")
    }
}
