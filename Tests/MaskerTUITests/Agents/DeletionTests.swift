import MaskerAPI
import TestSupport
import Testing

@testable import MaskerTUI
import TerminalKit

@Suite("Deleting an agent", .ownThread)
struct DeletionTests {
    private let target = DeletionTarget(id: Sample.agentID(2), name: "prior-auth-primary")

    /// The dialog of the second agent, with its name typed.
    private func confirming(user: User = Sample.admin, columns: Int = 100) -> TestConsole {
        var console = TestConsole.loaded(columns: columns, rows: 30, user: user)
        console.press("j", "d")
        console.type("prior-auth-primary")
        console.takeEffects()
        return console
    }

    /// The console after the last Enter.
    private func deleting(columns: Int = 100) -> TestConsole {
        var console = confirming(columns: columns)
        console.press(.enter, .enter)
        return console
    }

    private func row(_ console: TestConsole, _ name: String) -> Int? { console.lines.firstIndex { $0.contains(name) } }

    @Test("the name and two presses of Enter delete what the dialog named; the user goes on working")
    func confirmed() {
        var console = deleting()
        #expect(console.takeEffects() == [.agents(.delete(target, by: "ada"))])
        console.expect("deleting…")
        console.expectNot("Delete this agent?")
        console.press("j")
        #expect(console.selected?.hasPrefix("intake-test") == true)
        console.press("k", "d")
        console.expect("its deletion is under way")
    }

    @Test("Enter alone never deletes, however often")
    func enterAlone() {
        var console = TestConsole.loaded()
        console.press("d")
        console.takeEffects()
        for _ in 0..<20 { console.press(.enter) }
        #expect(!console.takeEffects().contains { if case .agents(.delete) = $0 { true } else { false } })
    }

    @Test("promise 17: a held Enter never deletes, not even with the name typed", arguments: [0.02, 0.03, 0.05, 0.1, 0.5])
    func heldEnter(apart: Double) {
        var console = confirming()
        for _ in 0..<200 {
            console.wait(apart)
            console.act(.terminal(.key(.enter)))
        }
        #expect(console.takeEffects() == [])
        console.press(.enter)
        #expect(console.takeEffects() == [.agents(.delete(target, by: "ada"))])
    }

    @Test("promise 17: a paste never deletes: not its text, not the Enters in it, bracketed or not")
    func pasting() {
        var console = TestConsole.loaded()
        console.press("d")
        console.takeEffects()
        console.paste("appointment-bot-prod\n\n")
        console.expect("Pasting does not count")
        for scalar in "appointment-bot-prod".unicodeScalars { console.act(.terminal(.key(.character(scalar)))) }
        for key in [Key.enter, .enter, .tab, .enter, .enter] { console.act(.terminal(.key(key))) }
        #expect(!console.takeEffects().contains { if case .agents(.delete) = $0 { true } else { false } })
    }

    @Test("promise 17: with the name typed, an unbracketed paste does not press the button", arguments: ["x", "\t\t\t"])
    func pastingOnTheButton(text: String) {
        var console = confirming()
        console.press(.enter)
        console.takeEffects()
        console.wait(60)
        for scalar in text.unicodeScalars { console.act(.terminal(.key(scalar == "\t" ? .tab : .character(scalar)))) }
        console.act(.terminal(.key(.enter)))
        #expect(console.takeEffects() == [])
        console.press(.enter)
        #expect(console.takeEffects() == [.agents(.delete(target, by: "ada"))])
    }

    @Test("a wrong name, a part of it, or other case does not delete", arguments: ["prior-auth", "PRIOR-AUTH-PRIMARY", "x"])
    func wrongName(text: String) {
        var console = TestConsole.loaded()
        console.press("j", "d")
        console.type(text)
        console.takeEffects()
        console.press(.enter, .tab, .enter, .enter)
        #expect(console.takeEffects() == [])
    }

    @Test("focus starts on Cancel, and Esc closes")
    func cancelling() {
        var console = TestConsole.loaded()
        console.press("d")
        console.expect("[ Cancel ]")
        console.press(.enter)
        console.expectNot("Delete this agent?")
        console.press("d", .escape)
        console.expectNot("Delete this agent?")
    }

    @Test("the target is fixed when the dialog opens, whatever happens to the list")
    func fixedTarget() {
        var console = confirming()
        console.act(.woke)
        console.wait(60)
        console.act(.woke)
        console.answerRefresh(agents: Sample.agents.reversed())
        console.press(.enter, .enter)
        #expect(console.takeEffects() == [.agents(.delete(target, by: "ada"))])
    }

    @Test("204: the row leaves and a line says how to re-create it")
    func deleted() {
        var console = deleting()
        console.answer(.agents(.deletion(target, .deleted(.file("agt_2.json")))))
        #expect(console.selected?.hasPrefix("intake-test") == true)
        console.expect("prior-auth-primary is deleted; :deleted shows its backup and can re-create it")
        console.expectSnapshot("deleted")
        console.expectPosition("3 · end")
        console.expect("1 Agents 3 ")
    }

    @Test("204 without a backup: the notice says so")
    func deletedNotKept() {
        var console = deleting()
        console.answer(.agents(.deletion(target, .deleted(.nowhere(reason: "the disk is full")))))
        console.expect("its configuration could not be kept: the disk is full")
    }

    @Test("403: the row says so with the request id, stays until dismissed, and nothing else is disturbed")
    func forbidden() {
        var console = deleting()
        let before = console.lines
        console.answer(.agents(.deletion(target, .failed(Sample.forbidden))))
        let note = "⊘ not permitted: needs an account admin · req_01HZ4T"
        console.expect(note)
        console.expectSnapshot("forbidden-row")
        console.expectPosition("4 · end")
        #expect(zip(before, console.lines).filter { $0 != $1 }.count <= 2, "the note and the hint line only")
        console.press("j", "k")
        console.expect(note)
        console.press("r")
        console.answerRefresh()
        console.expect(note, "a refresh leaves it")
        console.press(.enter)
        console.expectNot(note)
        #expect(console.selected?.hasPrefix("prior-auth-primary") == true)
    }

    @Test("403 in 80 columns: the request id, which support needs, is shown completely")
    func forbiddenInANarrowWindow() {
        var console = deleting(columns: 80)
        let id = "req_01HZ4T5E6F7G8H9J0K1M2N3P4Q"
        console.answer(.agents(.deletion(target, .failed(Sample.error(.forbidden, 403, "forbidden", requestID: id)))))
        console.expect("not permitted: needs an account admin · \(id)")
    }

    @Test("404: already gone, the row leaves")
    func alreadyGone() {
        var console = deleting()
        console.answer(.agents(.deletion(target, .alreadyGone)))
        console.expect("prior-auth-primary was already deleted")
        #expect(console.lines.filter { $0.contains("prior-auth-primary") }.count == 1, "in the notice only")
    }

    @Test("promise 15: another 404 on the DELETE starts the check; list and detail say “gone, or not visible”")
    func goneOrHidden() {
        var console = deleting()
        console.takeEffects()
        console.answer(.agents(.deletion(target, .failed(Sample.error(.notFound, 404, "not_found")))))
        #expect(console.takeEffects() == [.agents(.checkPresence(target))])
        console.expect("unknown whether it was deleted")
        console.answer(.agents(.presenceChecked(target, .goneOrHidden)))
        console.expect("prior-auth-primary is gone, or not visible to you")
        var other = TestConsole.loaded(columns: 100, rows: 30)
        other.press("j", .enter)
        other.answer(.agents(.deletion(target, .goneOrHidden)))
        other.expect("This agent is gone, or not visible to you.")
        other.expectNot("This agent is deleted.")
    }

    @Test("promise 15: an agent that the server lists is shown, also after it was called gone", arguments: [
        DeletionOutcome.deleted(.file("a.json")), .alreadyGone, .goneOrHidden,
    ])
    func comesBack(outcome: DeletionOutcome) {
        var console = deleting()
        console.answer(.agents(.deletion(target, outcome)))
        console.press("r")
        console.expectNot("prior-auth-primary ")
        console.answerRefresh()
        console.expect("prior-auth-primary ")
        console.expectPosition("4 · end")
    }

    @Test("promise 16: an agent with a changed name is not deleted: the row says so, and the list is reloaded")
    func renamed() {
        var console = deleting()
        console.takeEffects()
        console.answer(.agents(.deletion(target, .renamed(to: "prior-auth-new"))))
        console.expectNot("Delete this agent?")
        console.expect("not deleted: it is called prior-auth-new now; delete again to confirm")
        #expect(console.takeEffects().contains { if case .agents(.list) = $0 { true } else { false } })
    }

    @Test("promise 17: when Enter is pressed too fast twice, the dialog says why nothing happens")
    func fastEnters() {
        var console = confirming()
        console.press(.enter)
        console.expect("Press Enter once more to delete it.")
        console.wait(0.1)
        console.act(.terminal(.key(.enter)))
        console.expect("Too fast: a held key must not delete.")
        console.press(.enter)
        #expect(console.takeEffects() == [.agents(.delete(target, by: "ada"))])
    }

    @Test("401: the sign-in screen opens; afterwards the same screen is shown, and nothing is sent again")
    func unauthenticated() {
        var console = deleting()
        console.takeEffects()
        console.answer(.agents(.deletion(target, .failed(Sample.unauthenticated))))
        console.expect("To sign in:")
        console.answer(.account(.signedIn(.success(Sample.admin))))
        let sent = console.takeEffects()
        #expect(!sent.contains { if case .agents(.delete) = $0 { true } else { false } })
        #expect(console.selected?.hasPrefix("prior-auth-primary") == true)
        console.expect("not deleted: the login session is no longer valid")
    }

    @Test("promise 15: a lost answer: the console checks and reports the result", arguments: [
        (true, "is gone, although no answer confirmed its deletion"), (false, "still there: the deletion was not carried out"),
    ])
    func lostAnswer(isGone: Bool, sentence: String) {
        var console = deleting()
        console.takeEffects()
        console.answer(.agents(.deletion(target, .failed(Sample.lost))))
        #expect(console.takeEffects() == [.agents(.checkPresence(target))])
        console.expect("unknown whether it was deleted")
        console.answer(.agents(.presenceChecked(target, isGone ? .gone : .there)))
        console.expect(sentence)
        #expect(console.takeEffects() == [])
    }

    @Test("a lost answer and a failed check: the row says so, and a refresh checks again")
    func lostForGood() {
        var console = deleting()
        console.answer(.agents(.deletion(target, .failed(Sample.lost))))
        console.answer(.agents(.presenceChecked(target, .unknown(Sample.lost))))
        console.expect("could not find out whether it was deleted")
        console.takeEffects()
        console.press("r")
        #expect(console.takeEffects().contains(.agents(.checkPresence(target))))
    }

    @Test("after a server error the console checks, too, because the agent may be deleted")
    func serverError() {
        var console = deleting()
        console.takeEffects()
        console.answer(.agents(.deletion(target, .failed(Sample.error(.server, 502)))))
        #expect(console.takeEffects() == [.agents(.checkPresence(target))])
    }

    @Test("without a connection nothing can be deleted: the row says why, and no check is made")
    func neverSent() {
        var console = deleting()
        console.takeEffects()
        let refused = Sample.error(.transport(TransportError(.connect, detail: "no connection")), requestID: nil)
        console.answer(.agents(.deletion(target, .failed(refused))))
        #expect(console.takeEffects() == [])
        console.expect("not deleted: no connection")
    }

    @Test("when the agent cannot be read first, nothing is sent, and the row says why")
    func notSent() {
        var console = deleting()
        console.answer(.agents(.deletion(target, .notSent(Sample.lost))))
        console.expect("not deleted, its configuration could not be kept")
    }

    @Test("when the backup cannot be written, nothing is sent, and the row says why")
    func notKept() {
        var console = deleting()
        console.answer(.agents(.deletion(target, .notKept(reason: "the disk is full"))))
        console.expect("not deleted, its configuration could not be kept: the disk is full")
    }

    @Test("a member sees in the hint that deleting is for admins; the server still decides")
    func member() {
        var console = TestConsole.loaded(user: Sample.member)
        #expect(console.lines.last?.contains("d admin only") == true)
        console.press("j", "d")
        console.expect("Not an admin")
        console.type("prior-auth-primary")
        console.press(.enter, .enter)
        #expect(console.takeEffects().contains(.agents(.delete(target, by: "grace"))))
    }

    @Test("an unknown role hides nothing")
    func unknownRole() {
        var console = TestConsole.loaded(user: User(id: "usr_9", login: "lin"))
        #expect(console.lines.last?.contains("d delete") == true)
        console.press("d")
        console.expectNot("Not an admin")
    }

    @Test("promise 2: when the name cannot be shown unchanged, the dialog asks for the id")
    func hostileName() {
        var console = TestConsole.loaded(agents: [Sample.agent(1, "prod\u{202E}dorp")])
        console.press("d")
        console.expect("prod<202E>dorp")
        console.expect("type its id")
        console.takeEffects()
        console.type(Sample.agentID(1).rawValue)
        console.press(.enter, .enter)
        #expect(console.takeEffects() == [.agents(.delete(DeletionTarget(id: Sample.agentID(1), name: Sample.agentID(1).rawValue, confirmedName: "prod\u{202E}dorp"), by: "ada"))])
    }

    @Test("from the detail of an agent, which then says that it is deleted")
    func fromDetail() {
        var console = TestConsole.loaded(columns: 100, rows: 30)
        console.press("j", .enter)
        console.press("d")
        console.type("prior-auth-primary")
        console.press(.enter, .enter)
        console.expect("deleting…")
        console.answer(.agents(.deletion(target, .deleted(.file("a.json")))))
        console.expect("This agent is deleted.")
        console.press(.escape)
        console.expectNot("▌ prior-auth-primary")
    }
}
