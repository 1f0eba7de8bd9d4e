import Foundation

/// The second server, which shares nothing with the mock (Tests/ContractServer), in a process of its own.
public final class PythonServer: Sendable {
    private let process: ServerProcess

    /// - Parameter options: of `server.py`, such as the variants of the contract.
    public init(_ options: [String] = []) {
        let script = Repository.tests
            .appendingPathComponent("ContractServer/server.py").path
        // Nothing is written beside the sources, and nothing of the user's is loaded.
        process = ServerProcess("server.py", ["python3", "-B", "-E", "-s", script, "--until-input-ends"] + options)
    }

    /// Starts it; returns the origin, `http://127.0.0.1:PORT`, once it listens.
    public func start() throws -> String { try process.start() }
    public func stop() { process.stop() }

    /// The body of the answer of a control route: `requests`, `audit`, `users/LOGIN/cookie`.
    public func look(_ path: String) -> Data { process.control("GET", path) }
}
