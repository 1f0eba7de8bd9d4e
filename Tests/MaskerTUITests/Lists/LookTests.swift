import Foundation
import MaskerAPI
import TestSupport
import Testing

@testable import MaskerTUI
import TerminalKit

@Suite("The list layouts are kept for the next console", .ownThread)
struct LookTests {
    private static let settings: ConsoleSettings = {
        var settings = Sample.settings
        settings.layoutsPath = "/home/ada/.local/state/masker-tui/view.json"
        return settings
    }()

    private func loaded() -> TestConsole {
        var console = TestConsole(settings: Self.settings)
        #expect(console.effects.last == .lists(.read))
        console.answerRefresh()
        console.takeEffects()
        return console
    }

    private static let byCount = ListLayout(sort: ListLayout.Sort(column: "24h", isDescending: true), columns: ["24h", "name"])

    @Test("the stored layouts are used, unless the user has changed one meanwhile")
    func taken() {
        var console = loaded()
        console.answer(.lists(.layouts(ListLayouts(agents: Self.byCount))))
        #expect(console.lines[3] == "    24H ↓  NAME")
        console = loaded()
        console.press("s", "1")
        console.answer(.lists(.layouts(ListLayouts(agents: Self.byCount))))
        console.expect("NAME ↑")
        // The columns of the file are used all the same, and so is the other list.
        #expect(console.state.data.lists.layouts.agents == ListLayout(sort: ListLayout.Sort(column: "name"), columns: Self.byCount.columns))
    }

    @Test("each change is written; without a file nothing is read or written")
    func kept() {
        var console = loaded()
        console.press("s", "1")
        #expect(console.takeEffects() == [.lists(.keep(ListLayouts(agents: ListLayout(sort: ListLayout.Sort(column: "name"))), insteadOf: ListLayouts()))])
        console.press("s")
        console.press(.escape)
        #expect(console.takeEffects().isEmpty)
        console = TestConsole()
        #expect(!console.effects.contains(.lists(.read)))
        console.answerRefresh()
        console.press("s", "1")
        #expect(console.takeEffects().isEmpty)
    }

    @Test("an unusable file is reported once, and the lists have the default layout")
    func trouble() {
        var console = loaded()
        console.answer(.lists(.trouble("view.json cannot be understood")))
        console.expect("view.json cannot be understood")
        console.expect("NAME")
    }

    @Test("unknown and repeated columns, and a sort by an unknown column, are ignored")
    func unknown() {
        var console = loaded()
        console.answer(.lists(.layouts(ListLayouts(agents: ListLayout(sort: ListLayout.Sort(column: "shoe-size"), columns: ["name", "x", "name"])))))
        #expect(console.lines[3].trimmingCharacters(in: .whitespaces) == "NAME" && console.lines[4].contains("appointment-bot-prod"))
        console.answer(.lists(.layouts(ListLayouts())))
    }

    @Test("the file is complete, readable by its owner only and replaced as a whole; a broken, a foreign and a missing file")
    func file() async throws {
        try await withDirectory { directory in try check(directory) }
    }

    private func check(_ directory: String) throws {
        let file = ListLayoutFile(path: directory + "/state/view.json"), layouts = ListLayouts(agents: Self.byCount)
        #expect(try file.read() == nil)
        try file.change(from: ListLayouts(), to: layouts)
        try file.change(from: layouts, to: ListLayouts(agents: Self.byCount, sessions: Self.byCount))
        #expect(try file.read() == ListLayouts(agents: Self.byCount, sessions: Self.byCount))
        let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory + "/state").sorted() == ["view.json", "view.json.write"])
        for broken in ["", "{", "[]", #"{"agents":5}"#, #"{"agents":{"columns":[1]},"sessions":{}}"#] {
            try KeptFiles.place(text: broken, at: file.path)
            #expect(throws: ListLayoutFile.Problem.self) { try file.read() }
        }
        chmod(file.path, 0o644)
        let problem = #expect(throws: ListLayoutFile.Problem.self) { try file.read() }
        #expect(problem?.sentence.contains("can be read by other users") == true)
    }
}
