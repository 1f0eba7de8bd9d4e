import Foundation
import MaskerAPI
import TestSupport
import Testing

@testable import MaskerTUI

@Suite("The lock", .ownThread)
struct LockTests {
    @Test("promise 37: the timer locks once and ends the console after an hour; a key restarts it")
    func timer() {
        var timer = IdleTimer(lockAfter: 600, now: 100)
        #expect(timer.nextDue == 700)
        #expect(timer.due(now: 699.9) == nil)
        #expect(timer.due(now: 700) == .lock)
        #expect(timer.due(now: 701) == nil && timer.nextDue == 3_700)
        timer.keyPressed(now: 1_000)
        #expect(timer.nextDue == 1_600)
        #expect(timer.due(now: 1_600) == .lock)
        #expect(timer.due(now: 4_600) == .end)
    }

    @Test("promise 37: when the machine slept through both times, the console ends at once and shows no data")
    func slept() {
        var timer = IdleTimer(lockAfter: 600, now: 0)
        #expect(timer.due(now: 8 * 3_600) == .end)
    }

    @Test("promise 37: the lock leaves no data of the account in the state or on the screen")
    func forgets() {
        var console = TestConsole.loaded()
        console.press("2")
        console.press(.enter)
        console.answer(.sessions(.detail(Sample.sessionID(0), .success(Sample.sessionDetail(payloads: Payloads(request: "PHI-MARKER"))))))
        console.press("p")
        console.expect("PHI-MARKER")
        console.press("1")
        console.press("d")
        console.takeEffects()
        console.act(.idled)
        #expect(console.takeEffects() == [.cancelReading, .terminal(.repaint)])
        console.expectSnapshot("locked")
        // Searches for the Merkle root instead of the payloads, since a description of the state does not show payloads.
        let dumped = "\(console.state)"
        for trace in ["appointment-bot-prod", "9f3a9f3a"] { #expect(!dumped.contains(trace)) }
        // An answer that arrives after the lock changes nothing.
        console.answer(.sessions(.detail(Sample.sessionID(0), .success(Sample.sessionDetail(payloads: Payloads(request: "PHI-MARKER"))))))
        console.answer(.agents(.list(PageRequest(filter: AgentFilter(), generation: 1), .success(Page(data: Sample.agents)))))
        #expect(!"\(console.state)".contains("9f3a9f3a") && !"\(console.state)".contains("appointment-bot-prod"))
        #expect(console.state.refresh.dueAt == nil)
    }

    @Test("Z, :lock and the menu lock at once; any key asks the server and does nothing else; q quits", arguments: ["Z", ":lock", "menu"])
    func atOnce(way: String) {
        var console = TestConsole.loaded()
        switch way {
        case "Z": console.press("Z")
        case "menu": console.press("m", "o")
        default: console.run(way)
        }
        #expect(console.state.isLocked && console.takeEffects() == [.cancelReading, .terminal(.repaint)])
        console.expect("Locked.")
        console.expect("The screen is hidden; you stay signed in. Any key opens, q quits.")
        #expect(!"\(console.state)".contains("appointment-bot-prod"))
        console.act(.idled)
        #expect(console.takeEffects() == [], "it is locked already")
        console.press("d")
        #expect(console.takeEffects() == [.account(.user)])
        console.answer(.account(.user(.success(Sample.admin))))
        #expect(!console.state.isLocked && console.state.overlays.isEmpty)
        console.press("Z")
        console.takeEffects()
        console.press("q")
        #expect(console.takeEffects() == [.terminal(.quit)])
    }

    @Test("promise 37: any key asks the server first; then everything is as it was before")
    func unlocks() {
        var console = TestConsole.loaded()
        console.press("j", "j")
        console.act(.idled)
        console.takeEffects()
        console.press("x")
        #expect(console.takeEffects() == [.account(.user)])
        console.press("x")
        #expect(console.takeEffects().isEmpty, "once is enough")
        console.answer(.account(.user(.success(Sample.admin))))
        #expect(!console.state.isLocked)
        console.answerRefresh()
        #expect(console.selected?.hasPrefix("intake-test") == true)
    }

    @Test("promise 37: without the server's confirmation it stays locked; a 401 shows the sign-in screen")
    func refused() {
        var console = TestConsole.loaded()
        console.act(.idled)
        console.press("x")
        console.answer(.account(.user(.failure(Sample.lost))))
        #expect(console.state.isLocked)
        console.expect("any key tries again")
        console.press("x")
        console.answer(.account(.user(.failure(Sample.unauthenticated))))
        #expect(console.state.isSignedOut)
        console.answer(.account(.signedIn(.success(Sample.admin))))
        #expect(!console.state.isClosed)
    }

    @Test("promise 37: another user who signs in sees no data of the earlier one")
    func someoneElse() {
        var console = TestConsole.loaded()
        console.press("j", .enter)
        console.act(.idled)
        console.press("x")
        console.answer(.account(.user(.success(Sample.member))))
        #expect(console.state.stacks[.agents]?.count == 1)
    }

    @Test("promise 37: the text typed into the sign-in screen is removed, too")
    func signIn() {
        var console = TestConsole.loaded()
        console.answer(.account(.user(.failure(Sample.unauthenticated))))
        console.paste("half-a-value")
        console.expect("•••")
        console.act(.idled)
        #expect(console.state.isSignedOut)
        console.expectNot("•••")
    }

    @Test("the result of a deletion that was running is shown after the lock")
    func deletion() {
        var console = TestConsole.loaded()
        let target = DeletionTarget(id: Sample.agentID(1), name: "appointment-bot-prod")
        console.act(.idled)
        console.answer(.agents(.deletion(target, .failed(Sample.forbidden))))
        console.press("x")
        console.answer(.account(.user(.success(Sample.admin))))
        console.answerRefresh()
        console.expect("not permitted")
    }
}
