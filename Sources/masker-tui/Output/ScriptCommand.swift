import ArgumentParser
import Dispatch
import MaskerAPI
import MaskerTUI
import Synchronization
import TerminalKit

/// A command without a screen, for scripts and cron: sends requests, prints the result, and reports the outcome by its
/// exit status.
protocol ScriptCommand: ConnectingCommand {}

extension ScriptCommand {
    /// Connects, runs `body` and waits for it.
    /// - Parameter saysUnstored: whether the program reports at its end that a new value of the login session could not be
    ///   stored.
    /// - Throws: `CommandFailure` with the sentence and the exit status for the error.
    func withClient<Value: Sendable>(_ body: @escaping @Sendable (MaskerClient) async throws -> Value) throws -> Value {
        try withConnection { try await body($0.client) }
    }

    func withConnection<Value: Sendable>(
        on given: Connection? = nil, saysUnstored: Bool = true, _ body: @escaping @Sendable (Connection) async throws -> Value
    ) throws -> Value {
        let parts = try given ?? connection.connect()
        defer { parts.transport.shutDown() }
        // An answer on its way may bring a new cookie value: it is read before a signal ends or stops the process.
        SignalWatch.start(holding: parts) { parts.transport.shutDown() }
        parts.client.pacer.observe { until in
            if let until { Descriptor.writeToStandardError(PrintableText("masker-tui: " + Wording.waiting(until: until, .utc(now: until))).string + "\n") }
        }
        let done = DispatchSemaphore(value: 0)
        let box = ResultBox<Value>()
        // The main thread waits for the task: `run()` of a command is synchronous.
        Task.detached {
            let result: Result<Value, any Error>
            do { result = .success(try await body(parts)) } catch { result = .failure(error) }
            box.value.withLock { $0 = result }
            done.signal()
        }
        done.wait()
        if saysUnstored { UnstoredLogin.note(parts.client.loginStatus) }
        do {
            guard let result = box.value.withLock({ $0 }) else { throw CommandFailure.failed("internal error: no result") }
            let value = try result.get()
            let login = parts.client.loginStatus
            if let refusal = parts.storageRefusal, login.source == .environment, login.unstoredReason == nil { ErrorOutput.write(refusal) }
            return value
        } catch let error as APIError {
            let login = parts.client.loginStatus
            let isUnkept = parts.storePath == nil && login.refusedSource == .environment
            var unused = login.source == nil && login.refusedSource == nil ? login.storageProblem : nil
            if isUnkept { unused = parts.storageRefusal.map { "MASKER_SESSION was refused; the server may have replaced its value, but \($0)" } }
            throw CommandFailure(error, signInURL: parts.client.host.signInURL, isUnkept: isUnkept, unused: unused)
        }
    }
}

/// Remembers that a command has got a new value of the login session and could not store it, so that the server would
/// refuse the next command. The program reports this after the output of the command.
enum UnstoredLogin {
    private static let reason = Mutex<String?>(nil)

    static func note(_ status: LoginStatus) { reason.withLock { $0 = status.unstoredReason } }

    /// The sentence for the end of the program; nil when there was no new value, or it is stored.
    static var sentence: String? {
        reason.withLock { $0 }.map { "the server has replaced the login session, and the new one could not be stored; sign in again: \($0)" }
    }
}

/// Carries one value from a task to a waiting thread.
private final class ResultBox<Value: Sendable>: Sendable {
    let value = Mutex<Result<Value, any Error>?>(nil)
}

extension CommandFailure {
    /// - Parameter isUnkept: whether the refused value is from `MASKER_SESSION`, and new values from the server are not
    ///   stored.
    /// - Parameter unused: why a stored login session is not used, in one sentence; nil when there is none, or it is used.
    init(_ error: APIError, signInURL: String, isUnkept: Bool = false, unused: String? = nil) {
        switch error.kind {
        case .unauthenticated where !error.asksForSignIn: self = .failed(Wording.failure(error).string)
        case .unauthenticated where error.isOfToken:
            self = .signInNeeded("MASKER_TOKEN: \(Wording.failure(error).string); create a new one in the portal: \(signInURL)")
        case .unauthenticated where unused != nil: self = .signInNeeded("sign-in needed: \(unused ?? "")")
        case .unauthenticated where isUnkept:
            self = .signInNeeded("sign-in needed: MASKER_SESSION was refused; the server may have replaced its value, and with --no-store the new one is not kept: set a new value, or leave --no-store out; see \(signInURL)")
        case .unauthenticated:
            self = .signInNeeded("sign-in needed: open masker-tui in a terminal, or set MASKER_SESSION or MASKER_TOKEN; see \(signInURL)")
        case .forbidden: self.init(status: 5, sentence: Wording.forbidden(error, needs: nil).string)
        case .notFound: self.init(status: 3, sentence: Wording.failure(error).string)
        // The server has refused a value and names it, so it is the user's to change. A cursor is not.
        case .validation where error.field != nil && error.field != "cursor": self = .usage(Wording.failure(error).string)
        case .rateLimited: self.init(status: 6, sentence: Wording.failure(error).string)
        // Nothing was sent, so a script can safely try again.
        case .transport(let failure) where !failure.mayHaveReachedServer: self.init(status: 7, sentence: Wording.failure(error).string)
        default: self.init(status: 1, sentence: Wording.failure(error).string)
        }
    }
}
