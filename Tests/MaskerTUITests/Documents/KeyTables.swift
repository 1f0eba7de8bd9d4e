import MaskerAPI

@testable import MaskerTUI
import TerminalKit

/// The keys of one screen.
struct KeyTable {
    var title: String
    /// As they are in each of the states in which they differ.
    var states: [[KeyHelp]]
    /// The types of the screens they were taken from.
    var screens: Set<String> = []
    /// Those on which they were pressed.
    var consoles: [TestConsole] = []
    /// Whether the keys that work everywhere work there, too.
    var isPage = false

    /// What the configuration file calls the screen.
    var name: String? { consoles.first.map { type(of: $0.state.front).keys.name } }

    /// All of them once, without those that move, which are the same everywhere.
    var keys: [KeyHelp] {
        var keys: [KeyHelp] = []
        for key in states.joined() where !KeyTables.isMovement(key) || title == KeyTables.movement.title {
            if !keys.contains(where: { $0.keys == key.keys && $0.help == key.help }) { keys.append(key) }
        }
        return keys
    }
}

/// Every key of the console, from the tables that hint line and help overlay are drawn from.
enum KeyTables {
    static var all: [KeyTable] {
        [
            everywhere, movement,
        ] + screens
    }

    static let everywhere = KeyTable(
        title: "Everywhere", states: [(GlobalKeys.page + GlobalKeys.always(Sample.settings)).map(\.keyHelp)])
    static let movement = KeyTable(
        title: "In lists and texts", states: [MovementKeys.bindings(by: "row or line") { $0 }.map(\.keyHelp)])

    static func isMovement(_ key: KeyHelp) -> Bool { movement.states.joined().contains { $0.keys == key.keys } }

    private static func table(_ title: String, _ consoles: TestConsole...) -> KeyTable {
        KeyTable(
            title: title, states: consoles.map { $0.state.front.keyHelp($0.state.context) },
            screens: Set(consoles.map { "\(type(of: $0.state.front))" }), consoles: consoles,
            isPage: consoles.allSatisfy { !$0.state.isPageCovered })
    }

    private static func console(_ prepare: (inout TestConsole) -> Void) -> TestConsole {
        var console = TestConsole.loaded(columns: 120, rows: 40)
        prepare(&console)
        return console
    }

    // MARK: Screens

    static var screens: [KeyTable] {
        [
            table("Overview", console { $0.press("0") }),
            table("Agents", console { _ in }, console(refuseDeletion), console(find)),
            table("An agent", console(openAgent)),
            table("Creating an agent", console { $0.press("n") }),
            table("A new agent", console(create)),
            table("Deleting an agent", console { $0.press("d") }),
            table("Checking a webhook", console { $0.press("w") }),
            table("Checking a proxy", console { $0.press("x") }),
            table("Deleted agents", console(openDeleted)),
            table("A deleted agent", console { openDeleted(&$0); $0.press(.enter) }),
            table(
                "Sessions", console(openSessions), console { openSessions(&$0); find(&$0) },
                console { openSessions(&$0); $0.press("F") }, console { openSessions(&$0); $0.press(.character(" ")) },
                console { $0.run(":at 11:00") }),
            table("Filtering the sessions", console { openSessions(&$0); $0.press("f") }),
            table("Latency", console { openSessions(&$0); $0.press("H") }),
            table("A session", console(openSession), console(saveReport)),
            table("Saving reports", console { openSession(&$0); $0.press("S") }),
            table("Saved reports", console { $0.run(":reports") }),
            table("A report", console { openSession(&$0); $0.press("v") }),
            table("Sorting a list", console { $0.press("s") }),
            table("Choosing columns", console { $0.press("c") }),
            table("Account", console { $0.press("3") }),
            table("Profiles", profiles),
            table("The command line", console { $0.press(":") }),
            table("The menu", console { $0.press("m") }),
            table("Logging out", console { $0.press("3"); $0.press("L") }),
            table("Quitting while reports are being saved", console { saveReport(&$0); $0.press("q") }),
            table("The help", console { $0.press("?") }),
            table("Signing in", console { $0.answer(.account(.user(.failure(Sample.unauthenticated)))) }),
            table("With an API token that was refused", console { $0.answer(.account(.user(.failure(Sample.unauthenticated))), login: LoginStatus(refusedSource: .token)) }),
            table("Locked", console { $0.act(.idled) }),
        ]
    }

    private static var profiles: TestConsole {
        var settings = Sample.settings
        settings.profiles = ["production", "staging"]
        settings.profile = "production"
        var console = TestConsole(columns: 120, rows: 40, settings: settings)
        console.answerRefresh()
        console.run(":profile")
        return console
    }

    private static func find(_ console: inout TestConsole) { console.press("/") }

    private static func refuseDeletion(_ console: inout TestConsole) {
        let target = DeletionTarget(id: Sample.agentID(1), name: "appointment-bot-prod")
        console.answer(.agents(.deletion(target, .failed(Sample.forbidden))))
    }

    private static func openAgent(_ console: inout TestConsole) {
        console.press(.enter)
        console.answer(.agents(.detail(Sample.agentID(1), .success(Sample.agentDetail))))
    }

    private static func create(_ console: inout TestConsole) {
        console.press("n")
        console.type("brand-new")
        console.takeEffects()
        console.press(.backTab, .enter)
        for case .agents(.create(let order)) in console.takeEffects() {
            console.answer(.agents(.creation(order, .created(Sample.agent(9, "brand-new")))))
        }
    }

    private static func openDeleted(_ console: inout TestConsole) {
        console.run(":deleted")
        let saved = AgentBackup(detail: Sample.agentDetail, deletion: DeletionRecord(outcome: .deleted, host: Sample.settings.host))
        console.answer(.agents(.deleted(.success([ArchivedAgent(file: "agt_1.json", content: .success(saved))]))))
    }

    private static func openSessions(_ console: inout TestConsole) { console.press("2") }

    private static func openSession(_ console: inout TestConsole) {
        openSessions(&console)
        console.press(.enter)
        console.answer(.sessions(.detail(Sample.sessionID(0), .success(Sample.sessionDetail(payloads: Payloads(request: "…"))))))
    }

    private static func saveReport(_ console: inout TestConsole) {
        openSession(&console)
        console.press("S")
        console.press(.enter)
    }
}
