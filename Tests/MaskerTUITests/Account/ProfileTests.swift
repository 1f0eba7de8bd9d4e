import MaskerAPI
import TestSupport
import Testing

@testable import MaskerTUI
import TerminalKit

@Suite("Profiles in the console", .ownThread)
struct ProfileTests {
    private static func console(columns: Int = 80, rows: Int = 24, login: LoginStatus = Sample.login, _ change: (inout ConsoleSettings) -> Void = { _ in }) -> TestConsole {
        var settings = Sample.settings
        settings.profiles = ["production", "staging", "lab"]
        settings.profile = "staging"
        settings.label = ServerLabel(name: "staging", tint: .green)
        change(&settings)
        var console = TestConsole(columns: columns, rows: rows, login: login, settings: settings)
        if login.source != nil { console.answerRefresh() }
        console.takeEffects()
        return console
    }

    @Test(":profile NAME starts a run with the profile; names complete; an unknown name is reported")
    func command() {
        var console = Self.console()
        console.run(":profile production")
        #expect(console.takeEffects() == [.terminal(.reopen(profile: "production"))])
        #expect(ConsoleCommand.complete("profile p", console.state.context).line == "profile production ")
        for (line, sentence) in [
            ("profile prodution", "there is no profile “prodution”; did you mean “production”?"), ("profile staging", "the profile “staging” is already in use"),
            ("profile a b", "there is no profile “a b”"),
        ] {
            console.run(":\(line)")
            #expect(console.takeEffects() == [])
            console.expect(sentence)
            console.press(.escape)
        }
        var none = Self.console { $0.profiles = [] }
        none.run(":profile x")
        none.expect("the configuration file has no profiles")
    }

    @Test("in restricted mode there are no profiles")
    func restricted() {
        var console = Self.console { $0.isRestricted = true }
        console.run(":profile production")
        #expect(console.takeEffects() == [])
        console.expect("there are no profiles in restricted mode")
        var state = console.state
        #expect(state.perform([.useProfile("production")]) == [])
    }

    @Test("the profile cannot be changed while a deletion is running, because its result could not be shown")
    func deletionUnderWay() {
        var console = Self.console()
        var state = console.state
        #expect(state.perform([.run(.agents(.delete(DeletionTarget(id: Sample.agentID(1), name: "x"), by: nil))), .useProfile("production")]).count == 1)
        #expect(state.notice?.text.string == "the deletion of an agent is under way")
        console.run(":profile production")
        #expect(console.takeEffects() == [.terminal(.reopen(profile: "production"))])
    }

    @Test("without a name it asks for the profile; Esc and the current profile change nothing")
    func choosing() {
        var console = Self.console()
        console.run(":profile")
        console.expectSnapshot("profiles", of: .dialog)
        console.press(.down, .enter)
        #expect(console.takeEffects() == [.terminal(.reopen(profile: "lab"))])
        console.run(":profile")
        console.press(.enter)
        #expect(console.takeEffects() == [] && !console.state.isPageCovered)
        console.run(":profile")
        console.press(.up, .escape)
        #expect(console.takeEffects() == [] && !console.state.isPageCovered)
    }

    @Test("a user who is not signed in can change to another profile too")
    func signedOut() {
        var console = Self.console(login: LoginStatus())
        console.expect("You are not signed in.")
        console.expect("Ctrl-P profiles")
        console.press(.control("p"), .up)
        console.expect("You are not signed in.")
        #expect(console.selected == "production")
        console.press(.enter)
        #expect(console.takeEffects() == [.terminal(.reopen(profile: "production"))])
        let none = TestConsole(login: LoginStatus())
        none.expectNot("profiles")
    }

    @Test("the sign-in screen says that the login session in the environment is for another server")
    func strangerSession() {
        let console = Self.console(login: LoginStatus()) { $0.unusedCredential = UnusedCredential(variable: "MASKER_SESSION", host: "other.example") }
        console.expect("MASKER_SESSION is for other.example")
        Self.console(columns: 60, rows: 15, login: LoginStatus()) { $0.unusedCredential = UnusedCredential(variable: "MASKER_SESSION", host: "other.example") }
            .expect("MASKER_SESSION is for other.example")
    }

    @Test("the header names the server, with a sign beside the colour, at every width", arguments: [60, 80, 120, 200])
    func header(columns: Int) {
        for (tint, text) in [(Tint.red, "▲ production"), (.blue, "● production"), (nil, "production")] {
            let console = Self.console(columns: columns) { $0.label = ServerLabel(name: "production", tint: tint) }
            #expect(console.lines[0].hasPrefix(" masker  \(text)  ") && console.lines[0].contains(columns < 80 ? " 29d left" : "signed in · 29d left"))
            #expect(columns < 80 || console.lines[0].contains("masker.e"))
            let canvas = view(console.state)
            for column in 0..<columns { #expect(canvas[0, column].style.tint == tint && canvas[0, column].style.isReversed == (tint != nil)) }
            #expect(canvas[1, 3].style.tint == nil)
        }
        if columns == 80 { Self.console { $0.label = ServerLabel(name: "production", tint: .red) }.expectSnapshot("production", of: .header) }
    }

    @Test("deleting can require the id instead of the name, but nothing weaker")
    func confirmByID() {
        var console = Self.console { $0.confirm = .id }
        console.press("d")
        console.expect("type its id")
        console.type("appointment-bot-prod")
        console.press(.enter, .enter)
        #expect(console.takeEffects() == [])
        console.press(.control("u"))
        console.type(Sample.agentID(1).rawValue)
        console.press(.enter, .enter)
        #expect(console.takeEffects() == [.agents(.delete(DeletionTarget(id: Sample.agentID(1), name: "appointment-bot-prod"), by: "ada"))])
    }
}
