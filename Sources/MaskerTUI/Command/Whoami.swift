import ArgumentParser
import Foundation
import MaskerAPI
import Synchronization

/// Says who is signed in, for scripts: `login<TAB>role`.
struct Whoami: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Print who is signed in, and as what.")

    @OptionGroup var connection: ConnectionOptions

    func run() throws {
        let parts = try connection.connect(environment: ProcessInfo.processInfo.environment)
        defer { parts.transport.shutDown() }
        let client = parts.client
        switch Self.waitFor({ await Result { try await client.currentUser() } }) {
        case .success(let user):
            print(PrintableText(user.login ?? user.id ?? "?").string, PrintableText(AccountScreen.role(user)).string, separator: "\t")
        case .failure(let error) where error.kind == .unauthenticated:
            throw CommandFailure.signInNeeded("sign-in needed: open masker-tui in a terminal, or set MASKER_SESSION; see \(client.host.signInURL)")
        case .failure(let error):
            throw CommandFailure.failed(Wording.failure(error).string)
        }
    }

    /// Waits for an asynchronous call on this thread, which has nothing else to do.
    private static func waitFor<Value: Sendable>(_ call: @escaping @Sendable () async -> Value) -> Value {
        let done = DispatchSemaphore(value: 0)
        let box = ResultBox<Value>()
        Task.detached {
            let value = await call()
            box.value.withLock { $0 = value }
            done.signal()
        }
        while true {
            done.wait()
            if let value = box.value.withLock({ $0 }) { return value }
        }
    }
}

/// Carries one value from a task to a waiting thread.
private final class ResultBox<Value: Sendable>: Sendable {
    let value = Mutex<Value?>(nil)
}
