import Foundation
import TestSupport
import Testing

@Suite("The bytes that reach the terminal", .serialized)
struct RawTerminalTests {
    @Test("SIGTERM, SIGHUP, SIGINT and SIGQUIT : attributes as before, main screen again", arguments: [SIGTERM, SIGHUP, SIGINT, SIGQUIT])
    func signals(number: Int32) async throws {
        try await RawTerminal.with { raw in
            let before = raw.terminal.attributes
            try await raw.terminal.expect("\u{1B}[?1049h")
            kill(raw.terminal.process, number)
            #expect(try await raw.terminal.expectEnd() == 128 + number)
            #expect(raw.terminal.attributes == before)
            #expect(raw.terminal.text.contains("\u{1B}[?1049l"))
        }
    }
}
