import Foundation
import MaskerMock
import TestSupport
import Testing

@Suite("Reports and proxied calls of the mock", .ownThread)
struct ReportTests {
    @Test("detail, JSON report and PDF have the same audit root, which differs between sessions")
    func root() async throws {
        try await RawHTTP.with { http in
            var roots: Set<String> = []
            for id in try await http.api("/sessions?since=30d&min_redactions=1&limit=5").ids {
                let root = try #require(
                    try await http.api("/sessions/\(id)").object("session")["merkle_root_hex"] as? String)
                #expect(root.wholeMatch(of: #/[0-9a-f]{64}/#) != nil)
                #expect(
                    try await http.api("/sessions/\(id)/report?format=json").object("report")["merkle_root_hex"] as? String == root)
                #expect(try await http.api("/sessions/\(id)/report?format=pdf").text.contains("(\(root)) Tj"))
                roots.insert(root)
            }
            #expect(roots.count == 5)
        }
    }

    @Test("the table in the PDF has the positions of its objects and its own")
    func crossReferences() async throws {
        try await RawHTTP.with { http in
            let id = try #require(try await http.api("/sessions?since=30d").ids.first)
            let answer = try await http.api("/sessions/\(id)/report?format=pdf")
            #expect(answer["content-type"] == "application/pdf")
            #expect(answer["content-disposition"] == "attachment; filename=\"masker-session-\(id).pdf\"")
            let text = answer.text
            #expect(answer.body.allSatisfy { $0 < 0x80 } && text.hasSuffix("%%EOF\n"))
            let table = try #require(text.firstMatch(of: #/startxref\n(\d+)\n/#).flatMap { Int($0.1) })
            #expect(text.utf8.dropFirst(table).starts(with: "xref\n".utf8))
            let offsets = text.matches(of: #/(\d{10}) 00000 n /#).compactMap { Int($0.1) }
            #expect(offsets.count == 3 + 2 * text.components(separatedBy: "/Type /Page ").dropFirst().count)
            for (index, offset) in offsets.enumerated() {
                #expect(text.utf8.dropFirst(offset).starts(with: "\(index + 1) 0 obj\n".utf8))
            }
        }
    }

    @Test(
        "a PDF reader finds the root", .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/pdftotext")))
    func reader() async throws {
        try await RawHTTP.with { http in
            let id = try #require(try await http.api("/sessions?since=30d").ids.first)
            let root = try #require(
                try await http.api("/sessions/\(id)/report?format=json").object("report")["merkle_root_hex"] as? String)
            let file = NSTemporaryDirectory() + "masker-report-\(UUID().uuidString).pdf"
            defer { try? FileManager.default.removeItem(atPath: file) }
            try await http.api("/sessions/\(id)/report?format=pdf").body.write(to: URL(fileURLWithPath: file))
            let result = try await Program.run("pdftotext", [file, "-"])
            #expect(result.status == 0 && result.output.contains(root) && !result.output.contains("Error"))
        }
    }

    @Test("an unknown format")
    func format() async throws {
        try await RawHTTP.with { http in
            let id = try #require(try await http.api("/sessions?since=30d").ids.first)
            #expect(try await http.api("/sessions/\(id)/report?format=docx").errorCode == "validation_failed")
            #expect(try await http.api("/sessions/sess_x/report?format=pdf").errorCode == "session_not_found")
        }
    }

    @Test("a proxied call: the answer has OpenAI's form, whole or in pieces")
    func proxy() async throws {
        try await RawHTTP.with { http in
            let id = http.server.addAgent("proxied").id
            func post(_ body: String) async throws -> RawAnswer {
                try await http.send("POST", "/proxy/\(id)/v1/chat/completions", cookie: nil, body: body)
            }
            let whole = try await post(#"{"model":"stub","messages":[{"role":"user","content":"hi"}]}"#)
            let choice = try #require((whole.json["choices"] as? [[String: Any]])?.first)
            let message = try #require(choice["message"] as? [String: Any])
            #expect(
                whole.json["object"] as? String == "chat.completion" && choice["finish_reason"] as? String == "stop")
            #expect(
                whole.json["created"] is Int && whole.json["usage"] is [String: Any]
                    && message["role"] as? String == "assistant")

            let stream = try await post(#"{"messages":[{"role":"user","content":"hi"}],"stream":true}"#)
            #expect(stream["transfer-encoding"] == "chunked" && stream["content-length"] == nil)
            let events = stream.text.components(separatedBy: "\n\n").filter { !$0.isEmpty }
            #expect(events.allSatisfy { $0.hasPrefix("data: ") } && events.last == "data: [DONE]")
            let chunks = events.dropLast().compactMap {
                try? JSONSerialization.jsonObject(with: Data($0.dropFirst(6).utf8)) as? [String: Any]
            }
            #expect(
                chunks.count == events.count - 1
                    && chunks.allSatisfy { $0["object"] as? String == "chat.completion.chunk" })
            let choices = chunks.compactMap { ($0["choices"] as? [[String: Any]])?.first }
            let spoken = choices.compactMap { ($0["delta"] as? [String: Any])?["content"] as? String }.joined()
            #expect(spoken == message["content"] as? String && choices.last?["finish_reason"] as? String == "stop")

            let sessions = try await http.api("/agents/\(id)/sessions").data
            #expect(sessions.count == 2 && sessions.allSatisfy { $0["status"] as? String == "ok" })
            #expect(try await post(#"{"messages":[]}"#).errorCode == "validation_failed")
            #expect(try await post("nonsense").errorCode == "validation_failed")
            http.server.removeAgent(id)
            #expect(try await post(#"{"messages":[{}]}"#).errorCode == "agent_not_found")
        }
    }

    @Test("without a secret the webhook checks no signature, and a signed proxy call is refused")
    func noSecret() async throws {
        try await RawHTTP.with({ $0.webhookSecret = nil }) { http in
            let id = http.server.addAgent("hooked").id
            let event = #"{"type":"assistant-request","call":{"id":"c"},"timestamp":1777900000000}"#
            #expect(try await http.send("POST", "/vapi/webhook/\(id)", cookie: nil, body: event).status == 200)
            let signed = try await http.send(
                "POST", "/proxy/\(id)/v1/chat/completions", cookie: nil, body: #"{"messages":[{}]}"#,
                headers: ["X-Vapi-Signature: 00"])
            #expect(signed.status == 401)
            for body in [#"{"call":{}}"#, #"{"type":"assistant-request"}"#, "[]"] {
                #expect(
                    try await http.send("POST", "/vapi/webhook/\(id)", cookie: nil, body: body).errorCode
                        == "validation_failed")
            }
        }
    }
}
