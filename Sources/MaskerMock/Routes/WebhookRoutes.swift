import Foundation
import MaskerAPI

/// `/vapi/webhook/{agent_id}`.
enum WebhookRoutes {
    static func answer(_ id: String, _ request: MockRequest, _ account: MockAccount) throws -> MockAnswer {
        if account.options.webhookSecret != nil, !account.options.accepts(request.headers["x-vapi-signature"] ?? "", request.body) {
            throw MockError(status: 401, code: "unauthenticated", message: "The signature does not match.")
        }
        guard let agent = account.agent(Identifier(id)) else { throw MockError.agentNotFound }
        guard let body = try? JSONSerialization.jsonObject(with: request.body) as? [String: Any] else {
            throw MockError.invalid(nil, "The body is no JSON object.")
        }
        guard let type = body["type"] as? String else { throw MockError.invalid("type", "type is required.") }
        guard type == "assistant-request" else {
            throw MockError.unprocessable("unsupported_event", "Only assistant-request is answered.", field: "type")
        }
        guard body["call"] is [String: Any] else { throw MockError.invalid("call", "call is required.") }
        struct Model: Encodable { var provider = "custom-llm", url: String, model: String }
        struct Assistant: Encodable { var name: String, model: Model }
        struct Body: Encodable { var assistant: Assistant }
        // The caller adds the last two parts of the path itself, as every OpenAI client does.
        let url = (agent.proxyURL ?? "").replacing("/chat/completions", with: "")
        let model = Model(url: url, model: agent.upstreamModel ?? "stub")
        return .json(Body(assistant: Assistant(name: agent.name ?? "", model: model)))
    }
}
