import MaskerAPI
import TerminalKit

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

    /// - Parameter isHinted: Whether the hint line shows the keys with normal priority. Lists have more important keys.
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

    /// The API's URL of a session.
    static func url(of session: Identifier<CallSession>, _ settings: ConsoleSettings) -> String {
        settings.origin + Endpoint.session(session).target
    }

    /// The notice shows the copied text at once, because a terminal does not confirm that it has copied a text. tmux does.
    static func intents(_ text: CopiedText?, _ context: Context) -> [Intent] {
        guard let text else { return [] }
        return switch context.settings.clipboard {
        case .tmux?: [.run(.terminal(.copy(text)))]
        case .terminal?, .screen?:
            [.notify(Notice(.done, PrintableText("\(text.name) sent to the terminal's clipboard: \(text.text)"))), .run(.terminal(.copy(text)))]
        case nil: []
        }
    }

    /// The notice for the answer of tmux.
    static func notice(_ text: CopiedText, isTaken: Bool) -> Notice {
        let sentence = isTaken ? "\(text.name) copied by tmux: " : "tmux did not copy the \(text.name): "
        return Notice(isTaken ? .done : .failed, PrintableText(sentence + text.text))
    }

    private static func binding<Command>(
        _ action: KeyAction, _ name: String, _ value: String?, _ context: Context, _ isHinted: Bool, _ command: (CopiedText?) -> Command
    ) -> Binding<Command> {
        let text = value.flatMap { CopiedText(name, $0) }
        var refusal: String?
        if context.settings.clipboard == nil {
            refusal = "this terminal offers no clipboard to programs"
        } else if value == nil {
            refusal = "there is no \(name) to copy"
        } else if text == nil {
            refusal = "the \(name) has characters that are not visible ASCII, so it is not copied"
        }
        return Binding(
            action, hint: "copy \(name)", priority: isHinted ? .normal : .low, "Copy the \(name)", refusal: refusal, command(text))
    }
}
