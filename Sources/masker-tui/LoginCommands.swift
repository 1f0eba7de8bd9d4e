import ArgumentParser
import CTerminal
import Glibc
import MaskerAPI
import MaskerTUI
import TerminalKit

/// `masker-tui login`: reads a login session from standard input, never from an argument, which other users could read.
struct LoginCommand: ScriptCommand {
    static let configuration = CommandConfiguration(
        commandName: "login", abstract: "Check the login session on standard input and store it.",
        discussion: "Takes the value, masker_session=…, or a whole Cookie or Set-Cookie line; a terminal does not show the input.")

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: FormatOptions

    func run() throws {
        let parts = try connection.connect()
        guard !parts.client.loginStatus.isToken else {
            throw CommandFailure.usage("MASKER_TOKEN is used instead of a login session; unset it to sign in, and revoke it in the portal: \(parts.client.host.signInURL)")
        }
        if let refusal = parts.storageRefusal { throw CommandFailure.failed("you are not signed in here: \(refusal)") }
        guard parts.storePath != nil else { throw CommandFailure.usage("login stores a login session, but storing is off here (no_store, or the administrator's file)") }
        let cookie: CookieValue
        do {
            cookie = try CookieValue(pasted: HiddenInput.line(prompt: "masker_session: "))
        } catch {
            throw CommandFailure.usage("standard input: \(error.description)")
        }
        let user = try withConnection(on: parts, saysUnstored: false) { try await $0.client.signIn(with: cookie, store: true) }
        let name = PrintableText(user.login ?? user.id ?? "?").string
        if let reason = parts.client.loginStatus.unstoredReason {
            throw CommandFailure.failed(
                "the server has accepted the login session of \(name), but it could not be stored, so you are not signed in here: \(reason)")
        }
        guard !output.format.isJSON else { return try Output.object(UserRecord(user: user), output.format) }
        try Output.line("signed in as \(name)")
    }
}

/// `masker-tui logout`
struct LogoutCommand: ScriptCommand {
    static let configuration = CommandConfiguration(
        commandName: "logout", abstract: "End the login session on the server and forget it here.")

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: FormatOptions

    func run() throws {
        let parts = try connection.connect()
        let login = parts.client.loginStatus
        switch try withConnection(on: parts, { await $0.client.logOut() }) {
        case .signedOut: try write("logged_out", "logged out")
        case .isToken:
            throw CommandFailure.failed("MASKER_TOKEN is an API token, which cannot be logged out; revoke it in the portal: \(parts.client.host.signInURL)")
        case .alreadySignedOut:
            if login.source == nil, let problem = login.storageProblem { throw CommandFailure.failed("no login session was ended: \(problem)") }
            try write("no_login_session", "there was no login session to end")
        case .onlyHere(let error):
            throw CommandFailure(
                status: CommandFailure(error, signInURL: parts.client.host.signInURL).status,
                sentence: "the server did not confirm the log-out (" + Wording.failure(error).string
                    + "): the login session is forgotten here, but may still be valid on the server")
        }
    }
}

extension LogoutCommand {
    private func write(_ outcome: String, _ sentence: String) throws {
        guard output.format.isJSON else { return try Output.line(sentence) }
        try Output.object(OutcomeRecord(outcome: outcome), output.format)
    }
}

/// Reads one line of standard input, which a terminal does not show while it is typed.
enum HiddenInput {
    static func line(prompt: String) -> String {
        let isTerminal = hidden_input_begin(STDIN_FILENO, prompt, prompt.utf8.count) == 0
        defer {
            if isTerminal {
                hidden_input_end()
                Descriptor.writeToStandardError("\n")
            }
        }
        return readLine() ?? ""
    }
}
