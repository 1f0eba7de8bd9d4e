import Foundation
import MaskerMock
import TestSupport
import Testing

/// The console in a pseudo-terminal that keeps every byte, on a mock of this process.
struct RawTerminal {
    let terminal: PseudoTerminal
    let mock: MockServer
    /// The console's `XDG_STATE_HOME` and home, gone afterwards.
    let directory: String

    struct Setup {
        var columns = 100, rows = 30
        var arguments: [String] = []
        var environment: [String: String] = [:]
        var mock = MockOptions()
        /// The login of the user that the console starts as.
        var login = "ada"
    }

    static func with(_ setup: Setup = Setup(), _ body: (RawTerminal) async throws -> Void) async throws {
        let directory = NSTemporaryDirectory() + "masker-raw-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let mock = try MockServer(setup.mock)
        let origin = try await mock.start()
        let console = try #require(Program.built("masker-tui"))
        let cookie = try #require(setup.mock.users.first { $0.login == setup.login }).cookie
        let environment = [
            "PATH": "/usr/bin:/bin", "HOME": directory, "XDG_STATE_HOME": directory + "/state", "LC_ALL": "C.UTF-8",
            "TERM": "xterm-256color", "MASKER_URL": origin, "MASKER_SESSION": cookie,
        ].merging(setup.environment) { $1 }
        var failure: (any Error)?
        do {
            let terminal = try PseudoTerminal(
                [console] + setup.arguments, environment: environment, columns: setup.columns, rows: setup.rows)
            do { try await body(RawTerminal(terminal: terminal, mock: mock, directory: directory)) } catch { failure = error }
            terminal.stop()
        } catch { failure = error }
        await mock.stop()
        if let failure { throw failure }
    }
}
