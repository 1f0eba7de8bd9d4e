import CTerminal
import Glibc
import MaskerAPI

/// The secrets that come in the environment, taken out of it, where other programs of the same user could read them.
struct EnvironmentSecrets {
    /// Who the console is; an API token comes before a login session.
    var login: EnvironmentCredential?
    /// What webhook requests are signed with.
    var webhook: WebhookSecret?

    static let names = ["MASKER_TOKEN", "MASKER_SESSION", "MASKER_VAPI_WEBHOOK_SECRET"]

    init() {}

    /// Takes them all, so that none is left behind whichever is wrong.
    /// - Throws: `CommandFailure` for one that cannot be used.
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

    /// Overwrites them, not only forgets them: for who may not bring any.
    static func discard() {
        for name in names { environment_take(name, nil, 0) }
    }

    private static func text(_ name: String) -> Result<String?, CommandFailure> {
        var buffer = [CChar](repeating: 0, count: 8_192)
        defer { explicit_bzero(&buffer, buffer.count) }
        let length = environment_take(name, &buffer, buffer.count)
        guard length >= 0 else { return .failure(.usage("\(name) is too long for what it is to hold")) }
        return .success(length == 0 ? nil : String(decoding: buffer.prefix(length).map(UInt8.init(bitPattern:)), as: UTF8.self))
    }
}
