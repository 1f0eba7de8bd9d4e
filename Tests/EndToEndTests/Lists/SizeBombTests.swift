import Foundation
import TestSupport
import Testing

@Suite("Answers that are too large", .ownThread)
struct SizeBombTests {
    private func agents(of server: ScriptedServer, _ arguments: [String] = []) async throws -> (status: Int32, output: String, peakKiB: Int) {
        let console = try #require(Program.built("masker-tui"))
        let environment = ["MASKER_URL": server.origin, "MASKER_SESSION": "x", "XDG_STATE_HOME": "/proc/none", "PATH": "/usr/bin:/bin"]
        return try await Program.measure(
            "/bin/sh", ["-c", "exec \"$0\" agents \"$@\" 2>&1", console] + arguments, environment: environment)
    }

    @Test("promise 11: an answer that is too large ends with a sentence and takes less than 64 MiB", arguments: [
        "body", "headers", "gzip", "nesting", "string",
    ])
    func bombs(kind: String) async throws {
        let usual = try await agents(of: ScriptedServer([.send(ScriptedServer.answer(#"{"data":[]}"#))]))
        #expect(usual.status == 0)
        let step: ScriptedServer.Step =
            switch kind {
            case "body": .endless("HTTP/1.1 200 OK\r\n\r\n", String(repeating: "[", count: 65_536))
            case "headers": .endless("HTTP/1.1 200 OK\r\n", "X-Filling: \(String(repeating: "y", count: 900))\r\n")
            // The client does not ask for compression, so it unpacks nothing: the answer is not JSON.
            case "gzip": .endless("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n", String(repeating: "\u{1F}\u{08}", count: 32_768))
            case "nesting": .send(ScriptedServer.answer(#"{"data":"# + String(repeating: "[", count: 100_000)))
            default: .send(ScriptedServer.answer(#"{"data":[{"id":"agt_1","name":""# + String(repeating: "n", count: 5 << 20) + "\"}]}"))
            }
        let result = try await agents(of: ScriptedServer([step]), ["--limit", "1"])
        if kind == "string" {
            #expect(result.status == 0 && result.output.utf8.count < 10_000, "cut where no line is that long")
        } else {
            #expect(result.status == 1 && result.output.hasPrefix("masker-tui: ") && result.output.utf8.count < 300)
        }
        #expect(result.peakKiB - usual.peakKiB < 64 << 10, "\(result.peakKiB - usual.peakKiB) KiB more than for an empty list")
    }

    @Test("promise 11: 8 MiB of tiny elements take less than 64 MiB, too", arguments: ["0", "{}", "[0]", "{\"a\":0}"], [true, false])
    func tinyElements(element: String, isList: Bool) async throws {
        let console = try #require(Program.built("masker-tui"))
        let usual = try await agents(of: ScriptedServer([.send(ScriptedServer.answer(#"{"data":[]}"#))]))
        let elements = String(repeating: element + ",", count: (8 << 20) / (element.utf8.count + 1) - 100) + element
        let body = isList ? "{\"data\":[\(elements)]}" : "{\"session\":{\"id\":\"sess_1\",\"events\":[\(elements)]}}"
        let server = try ScriptedServer([.send(ScriptedServer.answer(body))])
        let environment = ["MASKER_URL": server.origin, "MASKER_SESSION": "x", "XDG_STATE_HOME": "/proc/none", "PATH": "/usr/bin:/bin"]
        let result = try await Program.measure(
            "/bin/sh", ["-c", "exec \"$0\" \(isList ? "agents" : "sessions show sess_1") 2>&1", console], environment: environment)
        #expect(result.status == 1 && result.output.contains(isList ? "the list is incomplete" : "more than 200000 values"), "\(result.output.prefix(300))")
        #expect(result.peakKiB - usual.peakKiB < 64 << 10, "\(result.peakKiB - usual.peakKiB) KiB more than for an empty list")
    }

    @Test("promise 11, 33: pages that never end are given up")
    func endlessPages() async throws {
        let page = #"{"data":[{"id":"agt_1"}],"next_cursor":"again"}"#
        let result = try await agents(of: ScriptedServer([.send(ScriptedServer.answer(page))]), ["--limit", "all"])
        #expect(result.status == 1 && result.output.contains("pages do not end"))
    }
}
