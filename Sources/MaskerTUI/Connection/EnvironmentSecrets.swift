import CTerminal
import Glibc
import MaskerAPI

/// Secrets from the environment. They are removed from it, because other programs of the same user could read them there.
struct EnvironmentSecrets {
    /// The API token, or else the login session. The token takes precedence.
    var login: EnvironmentCredential?
    /// The secret for signing webhook requests.
    var webhook: WebhookSecret?

    static let names = ["MASKER_TOKEN", "MASKER_SESSION", "MASKER_VAPI_WEBHOOK_SECRET"]

    init() {}

    /// Takes all secrets out of the environment, also when one of them is not valid.
    /// - Throws: `CommandFailure` when a secret cannot be used.
    static func take() throws -> EnvironmentSecrets {
        let texts = names.map { ($0, text($0)) }
        var secrets = EnvironmentSecrets()
        for (name, text) in texts {
            guard let text = try text.get(), !text.isEmpty else { continue }
            do {
                switch name {
                case "MASKER_TOKEN": secrets.login = .token(try APIToken(text))
                case "MASKER_SESSION":
                    let value = try CookieValue(pasted: text)
                    if secrets.login == nil { secrets.login = .session(value) }
                default: secrets.webhook = WebhookSecret(text)
                }
            } catch {
                throw CommandFailure.usage("\(name): \(error)")
            }
        }
        return secrets
    }

    /// Overwrites the secrets in memory, for restricted mode, which does not use them.
    static func discard() {
        for name in names { environment_take(name, nil, 0) }
    }

    private static func text(_ name: String) -> Result<String?, CommandFailure> {
        var buffer = [CChar](repeating: 0, count: 8_192)
        defer { explicit_bzero(&buffer, buffer.count) }
        let length = environment_take(name, &buffer, buffer.count)
        guard length >= 0 else { return .failure(.usage("\(name) is too long")) }
        return .success(length == 0 ? nil : String(decoding: buffer.prefix(length).map(UInt8.init(bitPattern:)), as: UTF8.self))
    }
}
