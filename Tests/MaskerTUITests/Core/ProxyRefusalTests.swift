import MaskerAPI
import TestSupport
import Testing

@testable import MaskerTUI

/// A proxy that has refused its password is not asked again by itself: a directory service locks an account after a few tries.
@Suite("A proxy that has refused the password", .ownThread)
struct ProxyRefusalTests {
    private static let refusal = APIError(
        kind: .transport(TransportError(.proxy, detail: "the proxy wants another user name or password than https_proxy has")), message: "x")

    /// A console whose user could not be read.
    private func refused() -> TestConsole {
        var console = TestConsole.loaded()
        let status = ClientStatus(login: console.state.data.account.login, isRefusedByProxy: true)
        console.press("r")
        console.takeEffects()
        console.act(.answered(.account(.user(.failure(Self.refusal))), status))
        return console
    }

    @Test("r asks it again before the requests; an automatic refresh does not")
    func refresh() {
        var console = refused()
        console.answer(.account(.user(.failure(Self.refusal))))
        #expect(!console.takeEffects().contains(.account(.askProxyAgain)))
        console = refused()
        console.act(.woke)
        #expect(!console.takeEffects().contains(.account(.askProxyAgain)))
        console.press("r")
        #expect(console.takeEffects().first == .account(.askProxyAgain))
    }

    @Test("without a refusal, r asks no proxy")
    func usual() {
        var console = TestConsole.loaded()
        console.press("r")
        #expect(!console.takeEffects().contains(.account(.askProxyAgain)))
    }

    @Test("unlocking asks it again")
    func unlocking() {
        var console = refused()
        console.act(.idled)
        console.takeEffects()
        console.press("x")
        #expect(console.takeEffects() == [.account(.askProxyAgain), .account(.user)])
    }
}
