import Foundation
import MaskerAPI
import TestSupport
import Testing

@testable import MaskerTUI

@Suite("The lock", .ownThread)
struct LockTests {
    @Test("promise 37: the timer locks once, ends after an hour, and a key starts it anew")
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

    @Test("promise 37: a machine that slept through it all ends at once, without a look at the data")
    func slept() {
        var timer = IdleTimer(lockAfter: 600, now: 0)
        #expect(timer.due(now: 8 * 3_600) == .end)
    }

    @Test("promise 37: nothing of the account stays in the state or on the screen")
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
        // The merkle root stands for the whole detail: payloads do not show in a description of the state.
        let dumped = "\(console.state)"
        for trace in ["appointment-bot-prod", "9f3a9f3a"] { #expect(!dumped.contains(trace)) }
        // An answer that was under way comes to nothing.
        console.answer(.sessions(.detail(Sample.sessionID(0), .success(Sample.sessionDetail(payloads: Payloads(request: "PHI-MARKER"))))))
        console.answer(.agents(.list(PageRequest(filter: AgentFilter(), generation: 1), .success(Page(data: Sample.agents)))))
        #expect(!"\(console.state)".contains("9f3a9f3a") && !"\(console.state)".contains("appointment-bot-prod"))
        #expect(console.state.refresh.dueAt == nil)
    }

    @Test("promise 37: any key asks the server first, and then everything is where it was")
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

    @Test("promise 37: without the server's word it stays locked; 401 means sign in")
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

    @Test("promise 37: somebody else who signs in finds nothing of the one before")
    func someoneElse() {
        var console = TestConsole.loaded()
        console.press("j", .enter)
        console.act(.idled)
        console.press("x")
        console.answer(.account(.user(.success(Sample.member))))
        #expect(console.state.stacks[.agents]?.count == 1)
    }

    @Test("promise 37: what was typed into the sign-in screen goes as well")
    func signIn() {
        var console = TestConsole.loaded()
        console.answer(.account(.user(.failure(Sample.unauthenticated))))
        console.paste("half-a-value")
        console.expect("•••")
        console.act(.idled)
        #expect(console.state.isSignedOut)
        console.expectNot("•••")
    }

    @Test("a deletion that was under way is told of after the lock")
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
