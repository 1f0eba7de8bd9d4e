import Foundation
import Synchronization

/// A signal to this process alone ends the command, and this process with it.
///
/// It begins before the command does: what comes in between is kept for it.
final class SignalForwarding: Sendable {
    private struct State {
        var command: pid_t?
        var waiting: [Int32] = []
    }

    private let state = Mutex(State())

    /// Returns when the signals are caught; they are for as long as the sources are kept.
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

    /// From now on signals go to this process.
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
