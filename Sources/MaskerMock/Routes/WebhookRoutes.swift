import Foundation
import MaskerAPI

/// `/vapi/webhook/{agent_id}`.
enum WebhookRoutes {
    static func answer(_ path: [String], _ request: MockRequest, _ account: MockAccount) throws -> MockAnswer? {
        guard path.count == 3, path[1] == "webhook" else { return nil }
        if let secret = account.options.webhookSecret {
            guard WebhookSignature.verifies(request.headers["x-vapi-signature"] ?? "", request.body, secret: secret) else {
                throw MockError(status: 401, code: "unauthenticated", message: "The signature does not match.")
            }
        }
        guard let agent = account.agent(Identifier(path[2])) else { throw MockError.agentNotFound }
        guard let body = try? JSONSerialization.jsonObject(with: request.body) as? [String: Any] else {
            throw MockError.invalid("The body is no JSON object.")
        }
        guard body["type"] as? String == "assistant-request" else {
            throw MockError.unprocessable("unsupported_event", "Only assistant-request is answered.")
        }
        struct Model: Encodable { var provider: String, url: String, model: String }
        struct Assistant: Encodable { var name: String, model: Model }
        struct Body: Encodable { var assistant: Assistant }
        let url = (agent.proxyURL ?? "").replacing("/chat/completions", with: "")
        let model = Model(provider: "custom-llm", url: url, model: agent.upstream?.rawValue ?? "")
        return .json(Body(assistant: Assistant(name: agent.name ?? "", model: model)))
    }
}
