import Foundation
import MaskerAPI

/// `/vapi/webhook/{agent_id}`.
enum WebhookRoutes {
    static func answer(_ id: String, _ request: MockRequest, _ account: inout MockAccount, now: Date) throws -> MockAnswer {
        if account.options.webhookSecret != nil, !account.options.accepts(request.headers["x-vapi-signature"] ?? "", request.body) {
            throw MockError.badSignature
        }
        guard let agent = account.agent(Identifier(id)) else { throw MockError.agentNotFound }
        try account.limits.take(.calls, now)
        guard let body = try? JSONSerialization.jsonObject(with: request.body) as? [String: Any] else {
            throw MockError.invalid(nil, "The body is not a JSON object.")
        }
        guard let type = body["type"] as? String else { throw MockError.invalid("type", "type is required.") }
        guard type == "assistant-request" else {
            throw MockError.unprocessable("unsupported_event", "Only assistant-request is answered.", field: "type")
        }
        guard body["call"] is [String: Any] else { throw MockError.invalid("call", "call is required.") }
        guard body["timestamp"] == nil || body["timestamp"] is NSNumber else {
            throw MockError.invalid("timestamp", "timestamp must be in milliseconds.")
        }
        account.log("call_started", at: now, agent: agent.id)
        return .reply(["assistant": assistant(agent)])
    }

    private static func assistant(_ agent: Agent) -> MockJSON {
        [
            "model": ["provider": "custom-llm", "url": .text(agent.proxyURL ?? ""), "model": .text(agent.upstreamModel ?? "stub")],
            // OPEN: the content of these.
            "voice": ["provider": "11labs", "voiceId": "sample"],
            "firstMessage": "Hello, how can I help you?",
            "transcriber": ["provider": "deepgram", "model": "nova-2"],
        ]
    }
}
