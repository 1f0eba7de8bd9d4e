import Foundation
import Synchronization

/// Passes signals that are sent only to this process on to the command. When they end the command, this process ends as well.
///
/// It begins before the command is started: signals that arrive earlier are kept for the command.
final class SignalForwarding: Sendable {
    private struct State {
        var command: pid_t?
        var waiting: [Int32] = []
    }

    private let state = Mutex(State())

    /// Begins to catch signals, and returns when they are caught. They are caught as long as the sources exist.
    func begin(_ numbers: [Int32]) async -> [any DispatchSourceSignal] {
        var sources: [any DispatchSourceSignal] = []
        for number in numbers {
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { [self] in pass(number) }
            await withCheckedContinuation { continuation in
                source.setRegistrationHandler { continuation.resume() }
                source.resume()
            }
            sources.append(source)
        }
        return sources
    }

    /// Passes kept and future signals on to this process.
    func forward(to command: pid_t) {
        state.withLock { state in
            state.command = command
            for number in state.waiting { kill(command, number) }
        }
    }

    private func pass(_ number: Int32) {
        state.withLock { state in
            if let command = state.command { kill(command, number) } else { state.waiting.append(number) }
        }
    }
}
