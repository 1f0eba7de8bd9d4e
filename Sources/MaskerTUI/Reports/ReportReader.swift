import MaskerAPI

/// Fetches a JSON report for reading in the console.
struct ReportReader: Sendable {
    let client: MaskerClient

    /// - Parameter progress: called with the bytes received and, if the server names it, the expected size.
    func read(_ session: Identifier<CallSession>, progress: (_ received: Int, _ expected: Int?) -> Void) async throws -> Report {
        var received = 0, expected: Int?
        var gate = ProgressGate()
        for try await piece in client.report(session, as: .json) {
            switch piece {
            case .start(let length):
                expected = length
                progress(0, length)
            case .bytes(let bytes):
                received += bytes.count
                if gate.opens() { progress(received, expected) }
            case .complete(let whole):
                if let report = whole.report { return report }
            }
        }
        throw APIError(kind: .transport(TransportError(.cancelled, detail: "cancelled")), message: "cancelled")
    }
}
