import Foundation

/// The second server (Tests/ContractServer) as a separate process. It shares no code with the mock server.
public final class PythonServer: Sendable {
    private let process: ServerProcess

    /// - Parameter options: options of `server.py`, such as the variants of the contract.
    public init(_ options: [String] = []) {
        let script = Repository.tests
            .appendingPathComponent("ContractServer/server.py").path
        // Python writes no bytecode beside the sources, and does not read the user's environment and packages.
        process = ServerProcess("server.py", ["python3", "-B", "-E", "-s", script, "--until-input-ends"] + options)
    }

    /// Starts the server and returns its origin, `http://127.0.0.1:PORT`, when it listens.
    public func start() throws -> String { try process.start() }
    public func stop() { process.stop() }

    /// The body that a control route returns: `requests`, `audit`, `users/LOGIN/cookie`.
    public func look(_ path: String) -> Data { process.control("GET", path) }
}
