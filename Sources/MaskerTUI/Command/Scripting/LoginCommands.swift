import ArgumentParser
import Glibc
import MaskerAPI

/// `masker-tui login`: takes a login session from standard input, never from an argument, which others could read.
struct LoginCommand: ScriptCommand {
    static let configuration = CommandConfiguration(
        commandName: "login", abstract: "Check the login session on standard input and store it.",
        discussion: "Takes the value, masker_session=…, or a whole Cookie or Set-Cookie line; at a terminal nothing of it is shown.")

    @OptionGroup var connection: ConnectionOptions

    func run() throws {
        let parts = try connection.connect()
        guard !parts.client.loginStatus.isToken else {
            throw CommandFailure.usage("MASKER_TOKEN is used instead of a login session; unset it to sign in, and revoke it in the portal: \(parts.client.host.signInURL)")
        }
        guard parts.storePath != nil else { throw CommandFailure.usage("login stores a login session, and here none is kept (no_store, or the administrator's file)") }
        let cookie: CookieValue
        do {
            cookie = try CookieValue(pasted: HiddenInput.line(prompt: "masker_session: "))
        } catch {
            throw CommandFailure.usage("standard input: \(error.description)")
        }
        let user = try withConnection(on: parts) { try await $0.client.signIn(with: cookie, store: true) }
        print("signed in as", PrintableText(user.login ?? user.id ?? "?").string)
    }
}

/// `masker-tui logout`
struct LogoutCommand: ScriptCommand {
    static let configuration = CommandConfiguration(
        commandName: "logout", abstract: "End the login session on the server and forget it here.")

    @OptionGroup var connection: ConnectionOptions

    func run() throws {
        let parts = try connection.connect()
        switch try withConnection(on: parts, { await $0.client.logOut() }) {
        case .signedOut: print("logged out")
        case .isToken:
            throw CommandFailure.failed("MASKER_TOKEN is an API token, which cannot be logged out; revoke it in the portal: \(parts.client.host.signInURL)")
        case .alreadySignedOut: print("there was no login session to end")
        case .onlyHere(let error):
            throw CommandFailure.failed(
                "the server could not be told (" + Wording.failure(error).string
                    + "): the login session is forgotten here, and may still be valid there")
        }
    }
}

/// One line of standard input, not shown while it is typed.
enum HiddenInput {
    static func line(prompt: String) -> String {
        var before = termios()
        let isTerminal = tcgetattr(STDIN_FILENO, &before) == 0
        if isTerminal {
            Descriptor.complain(prompt)
            var hidden = before
            hidden.c_lflag &= ~tcflag_t(ECHO)
            tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden)
        }
        defer {
            if isTerminal {
                tcsetattr(STDIN_FILENO, TCSAFLUSH, &before)
                Descriptor.complain("\n")
            }
        }
        return readLine() ?? ""
    }
}
