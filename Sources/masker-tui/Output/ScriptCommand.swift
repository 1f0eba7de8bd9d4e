import ArgumentParser
import Dispatch
import MaskerAPI
import MaskerTUI
import Synchronization
import TerminalKit

/// A command without a screen, for scripts and cron: asks the API, prints, and says by its exit status what came of it.
protocol ScriptCommand: ParsableCommand {
    var connection: ConnectionOptions { get }
}

extension ScriptCommand {
    /// Connects, runs `body` and waits for it.
    /// - Parameter saysUnstored: whether the end of the program says that a renewed login session could not be stored.
    /// - Throws: `CommandFailure` with the sentence and the exit status that belong to what went wrong.
    func withClient<Value: Sendable>(_ body: @escaping @Sendable (MaskerClient) async throws -> Value) throws -> Value {
        try withConnection { try await body($0.client) }
    }

    func withConnection<Value: Sendable>(
        on given: Connection? = nil, saysUnstored: Bool = true, _ body: @escaping @Sendable (Connection) async throws -> Value
    ) throws -> Value {
        let parts = try given ?? connection.connect()
        defer { parts.transport.shutDown() }
        // An answer that is out may bring a new value of the cookie: it is taken before a signal ends or stops the process.
        SignalWatch.start(holding: parts) { parts.transport.shutDown() }
        parts.client.pacer.observe { until in
            if let until { Descriptor.writeToStandardError(PrintableText("masker-tui: " + Wording.waiting(until: until, .utc(now: until))).string + "\n") }
        }
        let done = DispatchSemaphore(value: 0)
        let box = ResultBox<Value>()
        // This thread has nothing else to do; the command line of a script is not asynchronous.
        Task.detached {
            let result: Result<Value, any Error>
            do { result = .success(try await body(parts)) } catch { result = .failure(error) }
            box.value.withLock { $0 = result }
            done.signal()
        }
        done.wait()
        if saysUnstored { UnstoredLogin.note(parts.client.loginStatus) }
        do {
            guard let result = box.value.withLock({ $0 }) else { throw CommandFailure.failed("nothing came of it") }
            return try result.get()
        } catch let error as APIError {
            let isUnkept = parts.storePath == nil && parts.client.loginStatus.refusedSource == .environment
            throw CommandFailure(error, signInURL: parts.client.host.signInURL, isUnkept: isUnkept)
        }
    }
}

/// That a command has got a new value of the login session and could not store it: the next one would be refused without
/// anybody knowing why. It is said when the command has printed what it has to print.
enum UnstoredLogin {
    private static let reason = Mutex<String?>(nil)

    static func note(_ status: LoginStatus) { reason.withLock { $0 = status.unstoredReason } }

    /// What is to be said at the end; nil when all is well.
    static var sentence: String? {
        reason.withLock { $0 }.map { "the server has replaced the login session, and the new one could not be stored; sign in again: \($0)" }
    }
}

/// Carries one value from a task to a waiting thread.
private final class ResultBox<Value: Sendable>: Sendable {
    let value = Mutex<Result<Value, any Error>?>(nil)
}

extension CommandFailure {
    /// - Parameter isUnkept: what was refused is from `MASKER_SESSION`, and nothing keeps what a server replaces that with.
    init(_ error: APIError, signInURL: String, isUnkept: Bool = false) {
        switch error.kind {
        case .unauthenticated where !error.asksForSignIn: self = .failed(Wording.failure(error).string)
        case .unauthenticated where error.isOfToken:
            self = .signInNeeded("MASKER_TOKEN: \(Wording.failure(error).string); make a new one in the portal: \(signInURL)")
        case .unauthenticated where isUnkept:
            self = .signInNeeded("sign-in needed: MASKER_SESSION was refused; the server may have replaced its value, and with --no-store the new one is not kept: set a fresh one, or leave --no-store out; see \(signInURL)")
        case .unauthenticated:
            self = .signInNeeded("sign-in needed: open masker-tui in a terminal, or set MASKER_SESSION or MASKER_TOKEN; see \(signInURL)")
        case .forbidden: self.init(status: 5, sentence: Wording.forbidden(error, needs: nil).string)
        case .notFound: self.init(status: 3, sentence: Wording.failure(error).string)
        case .rateLimited: self.init(status: 6, sentence: Wording.failure(error).string)
        // Nothing was sent, so a script may simply try again.
        case .transport(let failure) where !failure.mayHaveReachedServer: self.init(status: 7, sentence: Wording.failure(error).string)
        default: self.init(status: 1, sentence: Wording.failure(error).string)
        }
    }
}
