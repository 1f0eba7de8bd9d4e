import MaskerAPI
import TestSupport
import Testing

@testable import MaskerTUI
import TerminalKit

@Suite("Creating an agent", .ownThread)
struct CreationTests {
    private static let draft = AgentDraft(
        name: "brand-new", upstream: "openai:gpt-4o-mini", tokenization: .vaultDeterministic, policy: .named("healthcare-default"))
    private static let made = Sample.agent(9, "brand-new", "openai:gpt-4o-mini")

    /// The form with a name in it.
    private func typed(_ name: String = "brand-new", columns: Int = 80, rows: Int = 24, _ change: (inout ConsoleSettings) -> Void = { _ in }) -> TestConsole {
        var settings = Sample.settings
        change(&settings)
        var console = TestConsole(columns: columns, rows: rows, settings: settings)
        console.answerRefresh()
        console.press("n")
        console.type(name)
        console.takeEffects()
        return console
    }

    /// The keys from the first field to the button, and on it.
    private static let create = [Key.backTab, .enter]

    /// The form after the button was pressed.
    private func sent() -> TestConsole {
        var console = typed()
        console.press(Self.create)
        console.takeEffects()
        return console
    }

    @Test("n, a name and the button: sent once, however often Enter is pressed; then the dialog shows the URLs, and the list is reloaded")
    func created() {
        var console = typed()
        console.expectSnapshot("create-80x24", of: .dialog)
        console.press(Self.create)
        #expect(console.takeEffects() == [.agents(.create(Self.draft))])
        console.expect("Creating the agent…")
        console.press(.enter, .enter)
        console.type("x")
        #expect(console.takeEffects() == [])
        console.expectNot("the agent is being created")
        console.press(.enter)
        console.expect("the agent is being created")
        console.answer(.agents(.creation(Self.draft, .created(Self.made))))
        #expect(console.takeEffects() == [.agents(.list(PageRequest(filter: AgentFilter(), generation: 2)))])
        console.expectSnapshot("created-80x24", of: .dialog)
        console.press(.enter)
        #expect(console.takeEffects().contains(.agents(.detail(Self.made.id))))
        console.expect("Agents › brand-new")
    }

    @Test("every field: the upstream chosen or typed, the tokenization, the policy by name or from a file")
    func fields() {
        var console = typed("  two words ")
        console.press(.down, .control("n"))
        console.press(.down, .right)
        console.press(.down, .down, .control("u"))
        console.type("scheduling-minimal")
        console.press(.enter, .enter)
        #expect(console.takeEffects() == [.agents(.create(AgentDraft(
            name: "two words", upstream: "openai:gpt-4o", tokenization: .reversibleAEAD, policy: .named("scheduling-minimal"))))])
        console.press(.escape)
        console.press("n")
        console.type("b")
        console.press(.tab)
        console.type("local:llama")
        console.press(.tab, .tab, .right, .tab)
        console.type("~/policy.yaml")
        console.press(.down, .enter)
        #expect(console.takeEffects() == [.agents(.create(AgentDraft(
            name: "b", upstream: "local:llama", tokenization: .vaultDeterministic, policy: .file("~/policy.yaml"))))])
    }

    @Test("the contract's rules for a name are checked while typing, and nothing is sent", arguments: [
        (String(repeating: "n", count: 65), "65 characters; at most 64 are allowed"), ("intake-test", "an agent with this name exists already"),
        ("", "a name is required"), ("   ", "a name is required"),
    ])
    func names(name: String, sentence: String) {
        var console = typed(name)
        let isTold = console.screen.contains(sentence)
        #expect(isTold == !name.trimmingSpaces.isEmpty)
        console.press(Self.create)
        #expect(console.takeEffects() == [])
        console.expect("✗ " + sentence)
        console.press(.control("u"))
        console.type("good")
        console.expectNot("✗")
        console.press(Self.create)
        #expect(console.takeEffects().count == 1)
    }

    @Test("64 characters are a name, an upstream and a policy are needed")
    func required() {
        var console = typed(String(repeating: "n", count: 64))
        console.press(.down, .control("u"))
        console.press(.down, .down, .down, .control("u"))
        console.press(.enter, .enter)
        console.expect("an upstream is required")
        console.expect("a policy name is required")
        #expect(console.takeEffects() == [] && console.selected?.hasPrefix("upstream") == true)
        console.press(.down, .down, .right, .down, .down, .enter)
        console.expect("a path is required")
    }

    @Test("the server's refusal stands next to the field it concerns, with the request id, and nothing typed is lost", arguments: [
        (Sample.error(.conflict, 409, "name_taken", "taken"), "name", "taken · req_01HZ4T"),
        (Sample.error(.conflict, 409, nil, "taken"), "name", "taken"),
        (Sample.error(.validation, 422, "unknown_upstream", "no such upstream"), "upstream", "no such upstream"),
        (Sample.error(.validation, 422, "unknown_policy", "no such policy"), "policy name", "no such policy"),
        (Sample.error(.validation, 422, "validation_failed", "odd name", field: "name"), "name", "odd name"),
        (Sample.error(.validation, 422, "validation_failed", "odd way", field: "tokenization"), "tokenization", "odd way"),
        (Sample.error(.validation, 422, "validation_failed", "odd model", field: "upstream"), "upstream", "odd model"),
        (Sample.error(.validation, 422, "validation_failed", "odd policy", field: "policy_name"), "policy name", "odd policy"),
    ])
    func refused(error: APIError, label: String, sentence: String) throws {
        var console = sent()
        console.answer(.agents(.creation(Self.draft, .failed(error))))
        let row = try #require(console.lines.firstIndex { $0.contains("▌ \(label) ") })
        #expect(console.lines[row + 1].contains("✗ " + sentence))
        console.expect("brand-new")
        #expect(console.takeEffects() == [])
        // The user changes the value and tries again.
        console.press(.up, .down)
        if label == "name" { console.type("x") } else { console.press(.control("n")) }
        console.expectNot("✗")
        while console.lines.last?.contains("Enter create") == false { console.press(.down) }
        console.press(.enter)
        #expect(console.takeEffects().count == 1)
    }

    @Test("invalid YAML and an unreadable file are shown at the field of the file")
    func policyFile() {
        for (outcome, sentence) in [
            (CreationOutcome.failed(Sample.error(.validation, 422, "policy_yaml_invalid", "bad mapping\n  in line 3:\r\n    a: [\n")), "✗ bad mapping in line 3: a: [ · req_01HZ4T"),
            (.notRead(reason: "it is larger than 256 KiB"), "✗ it is larger than 256 KiB"),
        ] {
            var console = typed()
            console.press(.down, .down, .down, .right, .down)
            console.type("/tmp/p.yaml")
            console.press(.enter, .enter)
            guard case .agents(.create(let draft))? = console.takeEffects().first else { return #expect(Bool(false)) }
            console.answer(.agents(.creation(draft, outcome)))
            #expect(console.selected?.hasPrefix("path") == true && console.selected?.contains("/tmp/p.yaml") == true)
            console.expect(sentence)
        }
    }

    @Test("a refusal about no single field is shown below all fields", arguments: [
        (Sample.forbidden, "Not created: not permitted: account admins only · req_01HZ4T"),
        (Sample.error(.validation, 422, "validation_failed", "something"), "Not created: something"),
        (Sample.error(.transport(TransportError(.connect, detail: "no connection")), requestID: nil), "Not created: no connection"),
    ])
    func general(error: APIError, sentence: String) {
        var console = sent()
        console.answer(.agents(.creation(Self.draft, .failed(error))))
        #expect(console.takeEffects() == [])
        console.expect(sentence)
        console.expect("brand-new")
    }

    @Test("a long refusal of the server takes three lines at most")
    func longRefusal() {
        var console = sent()
        console.answer(.agents(.creation(Self.draft, .failed(Sample.error(.conflict, 409, "name_taken", String(repeating: "taken ", count: 400))))))
        #expect(console.lines.filter { $0.contains("taken taken") }.count == 3)
        #expect(console.lines.contains { $0.contains("upstream") })
        console.expect("…")
    }

    @Test("401: the sign-in screen covers the form; afterwards the typed text is there, and nothing is sent without Enter")
    func signedOut() {
        var console = sent()
        console.answer(.agents(.creation(Self.draft, .failed(Sample.unauthenticated))))
        console.expect("To sign in:")
        console.expectNot("brand-new")
        console.answer(.account(.signedIn(.success(Sample.admin))))
        console.expect("brand-new")
        console.expect("Not created: the login session is no longer valid")
        #expect(!console.takeEffects().contains(.agents(.create(Self.draft))))
        console.answerRefresh()
        console.press(.enter)
        #expect(console.takeEffects() == [.agents(.create(Self.draft))])
    }

    @Test("another user who signs in does not see the form")
    func someoneElse() {
        var console = sent()
        console.answer(.agents(.creation(Self.draft, .failed(Sample.unauthenticated))))
        console.answer(.account(.signedIn(.success(Sample.member))))
        #expect(!console.state.isPageCovered)
    }

    @Test("a lost answer: the name is searched for, and the result is shown", arguments: [true, false])
    func lostAnswer(isThere: Bool) {
        var console = sent()
        console.answer(.agents(.creation(Self.draft, .failed(isThere ? Sample.lost : Sample.error(.server, 502)))))
        #expect(console.takeEffects() == [.agents(.findCreated(Self.draft))])
        console.expect("unknown whether it was created; checking…")
        console.press(.enter)
        #expect(console.takeEffects() == [], "it is not sent again while that is unknown")
        console.answer(.agents(.foundCreated(Self.draft, .success(isThere ? Self.made : nil))))
        if isThere {
            console.expect("The answer was lost, but brand-new exists now, created 2026-01-07")
            console.expect("webhook URL")
        } else {
            console.expect("it was not created")
            console.expect("brand-new")
            console.takeEffects()
            console.press(.enter)
            #expect(console.takeEffects() == [.agents(.create(Self.draft))])
        }
    }

    @Test("a lost answer and a failed check: Enter checks again before anything is sent")
    func lostForGood() {
        var console = sent()
        console.answer(.agents(.creation(Self.draft, .failed(Sample.lost))))
        console.answer(.agents(.foundCreated(Self.draft, .failure(Sample.lost))))
        #expect(console.lines.last?.contains("Enter check again") == true)
        console.expect("unknown whether it was created. The check failed")
        console.takeEffects()
        console.press(.enter)
        #expect(console.takeEffects() == [.agents(.findCreated(Self.draft))])
    }

    @Test("the form is closed while the request is pending: a notice reports the outcome", arguments: [
        (AgentsFeature.Answer.creation(draft, .created(made)), "brand-new is created"),
        (.creation(draft, .failed(Sample.forbidden)), "brand-new was not created: not permitted"),
        (.creation(draft, .notRead(reason: "it is empty")), "brand-new was not created: policy file: it is empty"),
        (.foundCreated(draft, .success(nil)), "no agent is called brand-new: it was not created"),
        (.foundCreated(draft, .failure(Sample.lost)), "unknown whether brand-new was created"),
    ])
    func closed(answer: AgentsFeature.Answer, sentence: String) {
        var console = sent()
        console.press(.escape)
        #expect(!console.state.isPageCovered)
        console.answer(.agents(answer))
        #expect(!console.state.isPageCovered)
        console.expect(sentence)
    }

    // MARK: Keys

    @Test("Enter in a field goes on to the next one, and the hint says so; only the button creates")
    func enter() {
        var console = typed()
        for label in ["upstream ", "tokenization ", "policy ", "policy name ", "[ Create ]"] {
            #expect(console.lines.last?.contains("Enter next") == true)
            console.press(.enter)
            #expect(console.selected?.hasPrefix(label) == true, "\(label)")
        }
        #expect(console.takeEffects() == [] && console.lines.last?.contains("Enter create") == true)
        console.press(.enter)
        #expect(console.takeEffects() == [.agents(.create(Self.draft))])
    }

    @Test("a field with a value is selected when one comes to it: typing replaces the value, an arrow edits it")
    func selection() {
        var console = typed()
        console.press(.down)
        console.type("x")
        #expect(console.selected?.hasPrefix("upstream      x ") == true)
        console.press(.down, .up, .left)
        console.type("y")
        #expect(console.selected?.hasPrefix("upstream      yx ") == true)
        console.press(.down, .up)
        console.paste("stub")
        #expect(console.selected?.hasPrefix("upstream      stub ") == true)
    }

    @Test("Esc asks before typed text is lost; any other key takes that back, and an unchanged form closes at once")
    func asksBeforeClosing() {
        var console = typed()
        console.press(.escape)
        console.expect("Press Esc once more to close the form; what you typed is lost.")
        console.type("-x")
        console.expectNot("once more")
        console.press(.escape, .down)
        console.expectNot("once more")
        console.expect("brand-new-x")
        console.press(.escape, .escape)
        #expect(!console.state.isPageCovered)
        console.press("n")
        console.press(.escape)
        #expect(!console.state.isPageCovered)
        console.press("n")
        console.type("x")
        console.press(.backspace, .escape)
        #expect(!console.state.isPageCovered, "nothing is left that could be lost")
    }

    @Test("Ctrl-C asks once while the form has typed text, also under the sign-in screen; the second one quits, any other key takes it back")
    func asksBeforeQuitting() {
        var console = typed()
        console.press(.control("c"))
        console.expect("Ctrl-C once more quits; what you typed into the form is lost")
        #expect(console.takeEffects() == [])
        console.press(.down, .control("c"))
        #expect(console.takeEffects() == [])
        console.wait(60)
        console.act(.woke)
        console.takeEffects()
        console.press(.control("c"))
        console.expect("Ctrl-C once more quits")
        #expect(console.takeEffects() == [], "the question that was asked is no longer shown")
        console.press(.control("c"))
        #expect(console.takeEffects() == [.terminal(.quit)])
        console.answer(.account(.user(.failure(Sample.unauthenticated))))
        console.press(.control("c"))
        console.expect("Ctrl-C once more quits")
        console.press(.control("c"))
        #expect(console.takeEffects().contains(.terminal(.quit)))
        var empty = TestConsole.loaded()
        empty.press("n")
        empty.press(.control("c"))
        #expect(empty.takeEffects().contains(.terminal(.quit)))
        var filter = TestConsole.loaded()
        filter.press("2", "f")
        filter.press(.control("c"))
        #expect(filter.takeEffects().contains(.terminal(.quit)), "the filter's own text was not typed")
        filter.type("7d")
        filter.takeEffects()
        filter.press(.control("c"))
        #expect(filter.takeEffects() == [])
    }

    // MARK: The lock

    @Test("promise 37: the typed text stays through the lock and is hidden meanwhile")
    func lock() {
        var console = typed()
        console.act(.idled)
        #expect(console.state.isLocked)
        console.expectNot("brand-new")
        console.press("x")
        #expect(console.takeEffects().contains(.account(.user)))
        console.answer(.account(.user(.success(Sample.admin))))
        console.answerRefresh()
        console.expect("brand-new")
        console.press(Self.create)
        #expect(console.takeEffects() == [.agents(.create(Self.draft))])
    }

    @Test("promise 37: the answer arrives while the console is locked: it is not kept, and the list has the agent afterwards")
    func createdWhileLocked() {
        var console = sent()
        console.act(.idled)
        console.takeEffects()
        console.answer(.agents(.creation(Self.draft, .created(Self.made))))
        #expect(console.state.isLocked && console.takeEffects() == [])
        #expect(!"\(console.state)".contains("vapi/webhook"))
        console.press("x")
        console.answer(.account(.user(.success(Sample.admin))))
        console.answerRefresh(agents: [Self.made] + Sample.agents)
        console.expect("brand-new is created")
        console.expect("vapi/webhook/agt_01HZ4T")
    }

    @Test("promise 37: other dialogs close at the lock, and so does a form that was filled from a backup")
    func otherDialogs() {
        var console = TestConsole.loaded()
        console.press("d")
        console.act(.idled)
        #expect(console.state.overlays.isEmpty && console.state.isLocked)
        var again = TestConsole.loaded()
        again.act(.answered(.account(.user(.success(Sample.admin))), ClientStatus(login: again.state.data.account.login)))
        var state = again.state
        _ = state.perform([.open(.createAgent(again: Known(AgentBackup(detail: Sample.agentDetail, deletion: nil))))])
        _ = state.update(.idled, at: again.now)
        #expect(state.overlays.isEmpty && state.isLocked && !"\(state)".contains("kind: NAME"))
    }

    // MARK: Read-only and restricted mode

    @Test("in read-only mode n says why it is refused, and nothing is created")
    func readOnly() {
        let console = typed { $0.isReadOnly = true }
        #expect(!console.state.isPageCovered)
        var state = console.state
        #expect(state.perform([.run(.agents(.create(Self.draft)))]) == [])
    }

    @Test("promise 39: in restricted mode the field of the file says why it is refused, and a policy name can be used instead")
    func restricted() {
        var console = typed { $0.isRestricted = true }
        console.press(.down, .down, .down, .right)
        console.expect("restricted mode opens no files; name a policy instead")
        console.press(.down)
        console.type("/etc/passwd")
        console.press(.enter, .enter)
        #expect(console.takeEffects() == [])
        console.expect("restricted mode opens no files")
        console.press(.up, .left, .down, .down, .enter)
        #expect(console.takeEffects() == [.agents(.create(Self.draft))])
    }

    @Test("the smallest window shows all fields and the problem of one")
    func small() {
        var console = typed(columns: 60, rows: 15)
        console.press(Self.create)
        console.answer(.agents(.creation(Self.draft, .failed(Sample.error(.conflict, 409, "name_taken", "There is an agent with this name already.")))))
        console.expectSnapshot("create-60x15", of: .dialog)
    }

    @Test("promise 2: a server's text in the form and in the dialog of the new agent stays in its box")
    func hostile() {
        var console = sent()
        console.answer(.agents(.creation(Self.draft, .failed(Sample.error(.conflict, 409, "name_taken", "\u{1B}[2J\u{202E}taken\n\n")))))
        console.expect("^[[2J<202E>taken^J^J")
        console.press(.escape)
        var state = console.state
        let agent = Agent(id: Identifier("agt_\u{1B}[1m"), name: "a\u{9B}b", proxyURL: "https://x/\u{202E}", webhookURL: nil)
        _ = state.perform([.open(.createdAgent(agent.id, Known(CreatedAgent(agent: agent, replaced: agent, isCertain: true))))])
        let text = view(state).text
        #expect(text.contains("agt_^[[1m") && text.contains("https://x/<202E>"))
        #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) && $0 != "\u{202E}" })
    }
}
