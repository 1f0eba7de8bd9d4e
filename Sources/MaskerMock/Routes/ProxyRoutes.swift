import Foundation
import MaskerAPI

/// `/proxy/{agent_id}/v1/chat/completions`: answers as OpenAI's API does, and records a session.
enum ProxyRoutes {
    static func answer(
        _ id: String, _ request: MockRequest, _ account: inout MockAccount, now: Date
    ) throws -> MockAnswer {
        guard let agent = account.agent(Identifier(id)) else { throw MockError.agentNotFound }
        // OPEN: a request without a signature is served, one with a wrong signature is not.
        if let signature = request.headers["x-vapi-signature"],
            !account.options.accepts(signature, request.body)
        {
            throw MockError.badSignature
        }
        try account.limits.take(.calls, now)
        guard let body = try? JSONSerialization.jsonObject(with: request.body) as? [String: Any],
            let messages = body["messages"] as? [[String: Any]], !messages.isEmpty
        else { throw MockError.invalid("messages", "messages is required: a list of objects.") }
        let stream = body["stream"].flatMap { $0 is NSNull ? nil : $0 } ?? false
        guard let isStream = stream as? Bool else { throw MockError.invalid("stream", "stream must be true or false.") }
        let model = agent.upstreamModel ?? "stub"
        let asked = body["model"].flatMap { $0 is NSNull ? nil : $0 }
        guard asked == nil || asked is String else { throw MockError.invalid("model", "model must be a text.") }
        if let wanted = asked as? String, wanted != model, wanted != agent.upstream?.rawValue {
            throw MockError.unprocessable("model_not_allowed", "This agent's model is \(model).", field: "model")
        }
        let session = account.recordCall(of: agent, endedAt: now)
        let id = "chatcmpl-\(session.id.rawValue.dropFirst("sess_".count))"
        let completion = Completion(id: id, created: Int(now.timeIntervalSince1970), model: model)
        return isStream ? pieces(completion) : whole(completion)
    }

    private static let words = ["Of", " course,", " I", " can", " help", " with", " that."]

    private struct Completion: Encodable {
        struct Message: Encodable { var role: String?, content: String? }
        struct Choice: Encodable {
            var index = 0, message: Message?, delta: Message?, finish_reason: String?
        }
        struct Usage: Encodable { var prompt_tokens = 24, completion_tokens = 7, total_tokens = 31 }
        var id: String, object = "chat.completion", created: Int, model: String, choices: [Choice] = []
        var usage: Usage?
    }

    private static func whole(_ completion: Completion) -> MockAnswer {
        var completion = completion
        let message = Completion.Message(role: "assistant", content: words.joined())
        completion.choices = [Completion.Choice(message: message, finish_reason: "stop")]
        completion.usage = Completion.Usage()
        return .json(completion)
    }

    private static func pieces(_ completion: Completion) -> MockAnswer {
        var deltas = [Completion.Choice(delta: Completion.Message(role: "assistant"))]
        deltas += words.map { Completion.Choice(delta: Completion.Message(content: $0)) }
        deltas.append(Completion.Choice(delta: Completion.Message(), finish_reason: "stop"))
        let events = deltas.map { delta in
            var chunk = completion
            chunk.object = "chat.completion.chunk"
            chunk.choices = [delta]
            return Data("data: ".utf8) + MockAnswer.json(chunk).body + Data("\n\n".utf8)
        }
        var answer = MockAnswer(headers: [("Content-Type", "text/event-stream"), ("Cache-Control", "no-cache")])
        answer.stream = events + [Data("data: [DONE]\n\n".utf8)]
        return answer
    }
}
