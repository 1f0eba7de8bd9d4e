import Foundation
import MaskerAPI

/// `/proxy/{agent_id}/v1/chat/completions`: as an OpenAI endpoint answers, with a call session as the trace it leaves.
enum ProxyRoutes {
    static func answer(
        _ path: [String], _ request: MockRequest, _ account: inout MockAccount, now: Date
    ) throws -> MockAnswer? {
        guard path.count == 5, path[2...] == ["v1", "chat", "completions"] else { return nil }
        guard let agent = account.agent(Identifier(path[1])) else { throw MockError.agentNotFound }
        // OPEN: a request without a signature is served, one with a wrong signature is not.
        if let signature = request.headers["x-vapi-signature"],
            !WebhookSignature.verifies(signature, request.body, secret: account.options.webhookSecret ?? "")
        {
            throw MockError(status: 401, code: "unauthenticated", message: "The signature does not match.")
        }
        guard let body = try? JSONSerialization.jsonObject(with: request.body) as? [String: Any], body["messages"] is [Any] else {
            throw MockError.invalid("messages is required.")
        }
        let model = agent.upstream.map { $0.rawValue.replacing("openai:", with: "") } ?? "stub"
        if let wanted = body["model"] as? String, wanted != model, wanted != agent.upstream?.rawValue {
            throw MockError.unprocessable("model_not_allowed", "This agent's model is \(model).")
        }
        let session = account.record(agent, at: now, durationMS: 412, kinds: ["NAME", "PHONE"])
        return body["stream"] as? Bool == true ? stream(model, session) : whole(model, session)
    }

    private static let words = ["Of", " course,", " I", " can", " help", " with", " that."]

    private static func whole(_ model: String, _ session: CallSession) -> MockAnswer {
        struct Message: Encodable { var role = "assistant", content: String }
        struct Choice: Encodable {
            var index = 0, message: Message, finish_reason = "stop"
        }
        struct Completion: Encodable {
            var id: String, object = "chat.completion", model: String, choices: [Choice]
        }
        let choice = Choice(message: Message(content: words.joined()))
        return .json(Completion(id: "chatcmpl-\(session.id)", model: model, choices: [choice]))
    }

    private static func stream(_ model: String, _ session: CallSession) -> MockAnswer {
        let events = words.map { word in
            "data: {\"id\":\"chatcmpl-\(session.id)\",\"object\":\"chat.completion.chunk\",\"model\":\"\(model)\","
                + "\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\(word)\"}}]}\n\n"
        }
        var answer = MockAnswer(headers: [("Content-Type", "text/event-stream")])
        answer.stream = events + ["data: [DONE]\n\n"]
        return answer
    }
}
