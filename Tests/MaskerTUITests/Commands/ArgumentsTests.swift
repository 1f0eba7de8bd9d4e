import ArgumentParser
import TestSupport
import Testing

@testable import MaskerTUI
@testable import masker_tui

@Suite("The command line's arguments", .ownThread)
struct ArgumentsTests {
    @Test("the console's own are read without the other commands, as the whole parser reads them", arguments: [
        [], ["--no-store"], ["--url", "https://h", "--refresh", "0"], ["--url=https://h", "--read-only", "--ca-file", "x"], ["--restricted"],
    ])
    func console(arguments: [String]) throws {
        let short = try #require(MaskerCommand.console(arguments) as? OpenConsole)
        let whole = try #require(try MaskerCommand.parseAsRoot(arguments) as? OpenConsole)
        #expect("\(short)" == "\(whole)")
    }

    @Test("commands, help and mistakes are the whole parser's", arguments: [
        ["agents"], ["console"], ["--help"], ["-h"], ["--version"], ["--generate-completion-script", "bash"], ["--url"], ["--nonsense"],
        ["--no-store", "agents"],
    ])
    func others(arguments: [String]) { #expect(MaskerCommand.console(arguments) == nil) }
}
