import Foundation
import MaskerMock
import TestSupport
import Testing

/// A server on which one part does not work, and the real console.
@Suite("A server on which one part fails", .ownThread)
struct PartialFailureEndToEndTests {
    @Test("requests for the user fail: new agents and sessions still come in, and the header shows the problem", arguments: [500, 403, 404])
    func user(status: Int) async throws {
        var setup = RawTerminal.Setup()
        setup.arguments = ["--refresh", "2"]
        setup.mock.faults = ["/api/v1/me", "/api/v1/auth/me"].map { MockFault(path: $0, status: status) }
        try await RawTerminal.with(setup) { raw in
            try await raw.terminal.expect("appointment-bot-prod")
            await expectDrawn("user unknown (\(status))", raw)
            #expect(!raw.terminal.text.contains("signed out"))
            raw.mock.addAgent("came-in-later")
            await expectDrawn("came-in-later", raw)
            raw.terminal.send("3")
            await expectDrawn("tries again", raw)
            raw.mock.setFaults([])
            raw.terminal.send("r")
            await expectDrawn("ada@example.org", raw)
            raw.terminal.send("q")
            #expect(try await raw.terminal.expectEnd() == 0)
        }
    }

    /// Has the whole screen drawn again until the text is on it, because otherwise only changes are written.
    private func expectDrawn(_ text: String, _ raw: RawTerminal, sourceLocation: SourceLocation = #_sourceLocation) async {
        let isDrawn = await Patience.wait(until: {
            raw.terminal.forgetOutput()
            raw.terminal.send("\u{0C}")
            await raw.terminal.rest()
            return raw.terminal.text.contains(text)
        }, unless: { raw.terminal.status != nil })
        #expect(isDrawn, "\(text)", sourceLocation: sourceLocation)
    }

    @Test("a command that asks for more than the retention is warned, and prints what there is")
    func retention() async throws {
        try await RawTerminal.with { raw in
            let script = "$T sessions --since 100d --limit 3 2>$XDG_STATE_HOME/said; echo $?; cat $XDG_STATE_HOME/said"
            try FileManager.default.createDirectory(atPath: raw.directory + "/state", withIntermediateDirectories: true)
            let cookie = try #require(raw.mock.cookie(of: "ada"))
            let result = try await Program.run("/bin/sh", ["-c", script], environment: [
                "MASKER_URL": raw.origin, "MASKER_SESSION": cookie, "XDG_STATE_HOME": raw.directory + "/state",
                "T": try #require(Program.built("masker-tui")),
            ])
            #expect(result.output.contains("sess_") && result.output.contains("\n0\n") && result.output.contains("sessions are kept for 90 days"))
        }
    }
}
