/// What a webhook has answered to Vapi's `assistant-request`.
public struct AssistantAnswer: Sendable, Equatable {
    /// Where the assistant's model is to be found; the agent's whole proxy URL, when all is well.
    public var modelURL: String?

    public init(modelURL: String? = nil) { self.modelURL = modelURL }

    /// Whether a model is at an agent's proxy. Servers of before the documentation leave the end of the path to the caller.
    public static func isProxy(_ modelURL: String, of agent: Agent) -> Bool {
        guard let proxyURL = agent.proxyURL, !modelURL.isEmpty else { return false }
        return [modelURL, modelURL + "/chat/completions"].contains(proxyURL)
    }
}

/// What a proxy has answered. The text of the completion is not kept.
public struct CompletionAnswer: Sendable, Equatable {
    public var model: String?

    public init(model: String? = nil) { self.model = model }
}

/// What is sent to find out whether an agent works. Every identifier in it is made up.
enum CheckBody {
    /// Vapi's `assistant-request` (contract, *Called by other systems*).
    static func assistantRequest(milliseconds: Int) -> [UInt8] {
        object([
            ("type", .string("assistant-request")),
            ("call", .object([
                JSON.Member(key: "id", value: .string("masker-tui-check")),
                JSON.Member(key: "customer", value: .object([JSON.Member(key: "number", value: .string("+12025550100"))])),
            ])),
            ("timestamp", .number(Double(milliseconds))),
        ])
    }

    /// A short chat completion. The numbers are kept for fiction, the dates are nobody's.
    static func completion(of agent: Agent) -> [UInt8] {
        let text = "A connection check. Patient Jane Sample, born 1900-01-01, MRN 0000000, phone 202-555-0100. Answer with the word OK."
        let message = JSON.object([JSON.Member(key: "role", value: .string("user")), JSON.Member(key: "content", value: .string(text))])
        // `openai:gpt-4o` is the model `gpt-4o` behind the proxy.
        let model = agent.upstream?.rawValue.split(separator: ":").last.map(String.init)
        return object(
            (model.map { [("model", .string($0))] } ?? [])
                + [("messages", .array([message])), ("max_tokens", .number(5)), ("stream", .bool(false))])
    }

    private static func object(_ members: [(String, JSON)]) -> [UInt8] {
        Array(JSON.object(members.map { JSON.Member(key: $0.0, value: $0.1) }).compactText.utf8)
    }
}
