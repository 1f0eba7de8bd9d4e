import MaskerAPI
import Synchronization

/// Brings reports from the API to the disk while the user goes on working.
final class ReportSaver: Sendable {
    private let client: MaskerClient
    /// Nil: nothing is saved.
    private let directory: String?
    private let state = Mutex(State())

    private struct State {
        var isStopped = false
        var running: [Identifier<CallSession>: (task: Task<Void, Never>, file: ReportFile?)] = [:]
    }

    /// Bytes that have to come before progress is told again: a fast download must not keep the screen busy.
    private static let progressStep = 16 << 10

    init(client: MaskerClient, directory: String?) {
        self.client = client
        self.directory = directory
    }

    /// Starts saving; answers with the progress and, once, with what became of it.
    func save(_ order: ReportOrder, answer: @escaping @Sendable (Answer) -> Void) {
        state.withLock { state in
            guard !state.isStopped, state.running[order.session] == nil else { return }
            let task = Task { [self] in
                let outcome = await outcome(of: order) { answer(.reportProgress(order.session, $0)) }
                self.state.withLock { $0.running[order.session] = nil }
                answer(.report(order, outcome))
            }
            state.running[order.session] = (task, nil)
        }
    }

    /// Ends the download; the answer tells whether it was still in time.
    func cancel(_ session: Identifier<CallSession>) { state.withLock { $0.running[session] }?.task.cancel() }

    /// The console ends: nothing that is not whole stays on the disk.
    func stop() {
        let running = state.withLock { state in
            state.isStopped = true
            return state.running.values
        }
        for saving in running {
            saving.task.cancel()
            saving.file?.discard()
        }
    }

    private func outcome(of order: ReportOrder, progress: (Int) -> Void) async -> ReportOutcome {
        do {
            // Before the server is asked for something that is work to make.
            let file = try begin(order)
            defer { file.discard() }
            var size = 0, told = 0
            for try await piece in client.report(order.session, as: order.format) {
                switch piece {
                case .bytes(let bytes):
                    try file.write(bytes)
                    size += bytes.count
                    if size - told >= Self.progressStep || told == 0 {
                        progress(size)
                        told = size
                    }
                case .complete(let roots):
                    let name = try file.keep(as: order.name, order.format.rawValue)
                    return .saved(SavedReport(name: name, size: size, root: RootVerdict(roots, expected: order.merkleRoot)))
                }
            }
            // Cancelling ends the pieces without an error.
            return .cancelled
        } catch let error as APIError {
            return error.isCancellation ? .cancelled : .failed(error)
        } catch {
            return .notWritten(reason: "\(error)")
        }
    }

    private func begin(_ order: ReportOrder) throws -> ReportFile {
        guard let directory else { throw ReportFile.Problem("saving is off") }
        return try state.withLock { state in
            // Made under the lock, so that nothing is begun that `stop` does not see.
            guard !state.isStopped else { throw ReportFile.Problem("the console ends") }
            let file = try ReportFile(in: directory)
            state.running[order.session]?.file = file
            return file
        }
    }
}

extension APIError {
    fileprivate var isCancellation: Bool {
        if case .transport(let failure) = kind { return failure.reason == .cancelled }
        return false
    }
}
