import MaskerAPI

extension KeyAction {
    static let copyAgentID = KeyAction("agent.copy-id", .character("y"))
    static let copyProxyURL = KeyAction("agent.copy-proxy-url", .character("Y"))
    static let copyWebhookURL = KeyAction("agent.copy-webhook-url", .character("W"))
    static let copySessionID = KeyAction("session.copy-id", .character("y"))
    static let copySessionURL = KeyAction("session.copy-url", .character("Y"))
}

/// The keys that copy what a screen shows.
enum CopyKeys {
    static let agentActions: [KeyAction] = [.copyAgentID, .copyProxyURL, .copyWebhookURL]
    static let sessionActions: [KeyAction] = [.copySessionID, .copySessionURL]

    /// - Parameter isHinted: whether the hint line says it early: in the lists other keys are wanted more.
    static func agent<Command>(
        _ agent: Agent?, _ context: Context, isHinted: Bool = false, _ command: (CopiedText?) -> Command
    ) -> [Binding<Command>] {
        [
            binding(.copyAgentID, "id", agent?.id.rawValue, context, isHinted, command),
            binding(.copyProxyURL, "proxy URL", agent?.proxyURL, context, isHinted, command),
            binding(.copyWebhookURL, "webhook URL", agent?.webhookURL, context, isHinted, command),
        ]
    }

    static func session<Command>(
        _ session: Identifier<CallSession>?, _ context: Context, _ command: (CopiedText?) -> Command
    ) -> [Binding<Command>] {
        [
            binding(.copySessionID, "id", session?.rawValue, context, false, command),
            binding(.copySessionURL, "API URL", session.map { url(of: $0, context.settings) }, context, false, command),
        ]
    }

    /// Where the API has a session.
    static func url(of session: Identifier<CallSession>, _ settings: Settings) -> String {
        settings.origin + Endpoint.session(session).target
    }

    static func intents(_ text: CopiedText?) -> [Intent] { text.map { [.copy($0)] } ?? [] }

    private static func binding<Command>(
        _ action: KeyAction, _ name: String, _ value: String?, _ context: Context, _ isHinted: Bool, _ command: (CopiedText?) -> Command
    ) -> Binding<Command> {
        let text = value.flatMap { CopiedText(name, $0) }
        var refusal: String?
        if context.settings.clipboard == nil {
            refusal = "this terminal has no clipboard that can be reached"
        } else if value == nil {
            refusal = "there is no \(name) to copy"
        } else if text == nil {
            refusal = "the \(name) has more in it than visible ASCII, so it is not copied"
        }
        return Binding(
            action, hint: "copy \(name)", priority: isHinted ? .normal : .low, "Copy the \(name)", refusal: refusal, command(text))
    }
}
