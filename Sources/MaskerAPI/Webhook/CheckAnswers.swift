/// A webhook's answer to an `assistant-request`.
public struct AssistantAnswer: Sendable, Equatable {
    /// The URL of the assistant's model. It must be the agent's proxy URL (`isProxy`).
    public var modelURL: String?

    public init(modelURL: String? = nil) { self.modelURL = modelURL }

    /// Whether the URL of a model is that of an agent's proxy. Servers that are older than the documentation leave out the end
    /// of the path.
    public static func isProxy(_ modelURL: String, of agent: Agent) -> Bool {
        guard let proxyURL = agent.proxyURL, !modelURL.isEmpty else { return false }
        return [modelURL, modelURL + "/chat/completions"].contains(proxyURL)
    }
}

/// A proxy's answer to a chat completion. The text of the completion is not kept.
public struct CompletionAnswer: Sendable, Equatable {
    public var model: String?

    public init(model: String? = nil) { self.model = model }
}

/// The bodies of the requests that check whether an agent works. All identifiers in them are made up.
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

    /// A short chat completion. The phone number is one of those that are reserved for fiction; the other data is made up.
    static func completion(of agent: Agent) -> [UInt8] {
        let text = "A connection check. Patient Jane Sample, born 1900-01-01, MRN 0000000, phone 202-555-0100. Answer with the word OK."
        let message = JSON.object([JSON.Member(key: "role", value: .string("user")), JSON.Member(key: "content", value: .string(text))])
        // The upstream `openai:gpt-4o` is the model `gpt-4o`.
        let model = agent.upstream?.rawValue.split(separator: ":").last.map(String.init)
        return object(
            (model.map { [("model", .string($0))] } ?? [])
                + [("messages", .array([message])), ("max_tokens", .number(5)), ("stream", .bool(false))])
    }

    private static func object(_ members: [(String, JSON)]) -> [UInt8] {
        Array(JSON.object(members.map { JSON.Member(key: $0.0, value: $0.1) }).compactText.utf8)
    }
}
