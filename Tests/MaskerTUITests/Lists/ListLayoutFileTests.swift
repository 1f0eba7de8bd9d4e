import Foundation
import TerminalKit
import TestSupport
import Testing

@testable import MaskerTUI

@Suite("The file of the list layouts outlives a version", .ownThread)
struct ListLayoutFileTests {
    private static let byCount = ListLayout.Sort(column: "24h", isDescending: true)

    private func withFile(_ body: @escaping (ListLayoutFile) throws -> Void) async throws {
        try await withDirectory { try body(ListLayoutFile(path: $0 + "/view.json")) }
    }

    private func problem(_ body: () throws -> Void) -> String? {
        do { try body() } catch { return (error as? ListLayoutFile.Problem)?.sentence ?? "\(error)" }
        return nil
    }

    @Test("the file of 0.1.0 is read, and written again without a change")
    func old() async throws {
        try await withFile { file in
            try KeptFiles.place("view.json", at: file.path)
            let layouts = ListLayouts(
                agents: ListLayout(sort: Self.byCount, columns: ["name", "upstream", "24h"]), sessions: ListLayout(sort: ListLayout.Sort(column: "agent")))
            #expect(try file.read() == layouts)
            let before = try KeptFiles.text(file.path)
            try file.change(from: ListLayouts(), to: layouts)
            #expect(try KeptFiles.text(file.path) == before)
        }
    }

    @Test("unknown keys are kept when the file is written, also in nested objects")
    func unknownKeys() async throws {
        try await withFile { file in
            try KeptFiles.place(text: """
                {"version":2,"reports":{"columns":["a/b","é\\u0007"]},"agents":{"group":["upstream",{"open":true}],
                "sort":{"column":"name","isDescending":false,"then":null,"ratio":0.5}}}
                """, at: file.path)
            #expect(try file.read() == ListLayouts(agents: ListLayout(sort: ListLayout.Sort(column: "name"))))
            let changed = ListLayouts(agents: ListLayout(sort: Self.byCount), sessions: ListLayout(columns: ["id"]))
            try file.change(from: ListLayouts(), to: changed)
            #expect(try KeptFiles.object(file.path) == [
                "version": 2, "reports": ["columns": ["a/b", "é\u{7}"]], "sessions": ["columns": ["id"]],
                "agents": ["group": ["upstream", ["open": true]], "sort": ["column": "24h", "isDescending": true, "then": NSNull(), "ratio": 0.5]],
            ])
            // A layout that was reset is no longer in the file; the rest still is.
            try file.change(from: changed, to: ListLayouts())
            #expect(try KeptFiles.object(file.path) == [
                "version": 2, "reports": ["columns": ["a/b", "é\u{7}"]], "sessions": NSDictionary(), "agents": ["group": ["upstream", ["open": true]]],
            ])
        }
    }

    @Test("a key that is missing or null has its default", arguments: [
        ("{}", ListLayouts()), (#"{"agents":null}"#, ListLayouts()), (#"{"sessions":{}}"#, ListLayouts()), (#"{"agents":{"sort":{}}}"#, ListLayouts()),
        (#"{"agents":{"sort":{"column":"name"}}}"#, ListLayouts(agents: ListLayout(sort: ListLayout.Sort(column: "name")))),
        (#"{"sessions":{"columns":["id"],"sort":null}}"#, ListLayouts(sessions: ListLayout(columns: ["id"]))),
    ])
    func missing(text: String, layouts: ListLayouts) async throws {
        try await withFile { file in
            try KeptFiles.place(text: text, at: file.path)
            #expect(try file.read() == layouts)
        }
    }

    @Test("a value of another type is reported in one sentence, and the file is not overwritten", arguments: [
        (#"{"agents":[]}"#, "“agents” is not an object in "), (#"{"sessions":{"sort":"name"}}"#, "“sessions.sort” is not an object in "),
        (#"{"agents":{"sort":{"column":7}}}"#, "“agents.sort.column” is not a string in "),
        (#"{"agents":{"sort":{"column":"name","isDescending":1}}}"#, "“agents.sort.isDescending” is neither true nor false in "),
        (#"{"agents":{"columns":["name",7]}}"#, "“agents.columns” is not a list of strings in "), ("[]", " is not a JSON object; "), ("", " is not a JSON object; "),
    ])
    func wrongType(text: String, clause: String) async throws {
        try await withFile { file in
            try KeptFiles.place(text: text, at: file.path)
            let told = try #require(problem { _ = try file.read() })
            #expect(told.contains(clause) && told.contains(file.path) && told.hasSuffix("; correct it or remove it"))
            #expect(problem { try file.change(from: ListLayouts(), to: ListLayouts()) } == told)
            #expect(try KeptFiles.text(file.path) == text)
        }
    }

    /// The layouts that a console has read, and its layouts after a change of the user.
    private static let changes: [(from: ListLayouts, to: ListLayouts)] = [
        (ListLayouts(), ListLayouts(sessions: ListLayout(sort: ListLayout.Sort(column: "agent")))),
        (ListLayouts(), ListLayouts(sessions: ListLayout(columns: ["id"]))), (ListLayouts(), ListLayouts(agents: ListLayout(columns: ["name"]))),
        (ListLayouts(sessions: ListLayout(columns: ["id"])), ListLayouts(sessions: ListLayout(sort: byCount, columns: ["id"]))),
        (ListLayouts(sessions: ListLayout(columns: ["id"])), ListLayouts()),
    ]

    @Test("a console that has read the file before another one changed it changes only what its user changes", arguments: changes.indices)
    func stale(place: Int) async throws {
        try await withFile { file in
            let (old, new) = Self.changes[place], other = ListLayouts(agents: ListLayout(sort: Self.byCount), sessions: old.sessions)
            try file.change(from: ListLayouts(), to: old)
            // The other console sorts the agents.
            try file.change(from: old, to: other)
            try file.change(from: old, to: new)
            let agents = ListLayout(sort: Self.byCount, columns: new.agents.columns)
            #expect(try file.read() == ListLayouts(agents: agents, sessions: new.sessions))
        }
    }

    @Test("consoles that change the file at the same time undo none of each other's changes")
    func together() async throws {
        try await withDirectory { directory in
            let file = ListLayoutFile(path: directory + "/view.json"), sort = ListLayout.Sort(column: "agent")
            let changes = [
                ListLayouts(agents: ListLayout(sort: Self.byCount)), ListLayouts(agents: ListLayout(columns: ["name"])),
                ListLayouts(sessions: ListLayout(sort: sort)), ListLayouts(sessions: ListLayout(columns: ["id"])),
            ]
            for _ in 0..<20 {
                unlink(file.path)
                await withTaskGroup(of: Void.self) { group in
                    for change in changes { group.addTask { try? file.change(from: ListLayouts(), to: change) } }
                }
                let all = try file.read()
                #expect(all == ListLayouts(agents: ListLayout(sort: Self.byCount, columns: ["name"]), sessions: ListLayout(sort: sort, columns: ["id"])))
            }
        }
    }
}
