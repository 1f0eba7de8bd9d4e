import ArgumentParser
import Foundation
import MaskerMock

/// Serves until a signal ends it.
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Serve until interrupted. The first line shows the address, the others the users who can sign in.")

    @OptionGroup var server: ServerOptions
    @Flag(help: "End when standard input ends, as a pipe does when the other program ends.") var untilInputEnds = false

    func run() async throws {
        let options = try server.parsed()
        let mock = try MockServer(options)
        let origin = try await StartProblem.explained(options.port) { try await mock.start() }
        let users = options.users.map { "\($0.login) (\($0.role)): \($0.cookie)" }
        let tokens = options.tokens.map { "\($0.login) (\($0.scopes.map(\.rawValue).sorted().joined(separator: ","))): \($0.value)" }
        let lines = ["listening on \(origin)"] + users + tokens
        // Without stdio's buffer, in one write: a program may be waiting for the first line in a pipe.
        FileHandle.standardOutput.write(Data((lines.joined(separator: "\n") + "\n").utf8))
        guard untilInputEnds else { while true { try await Task.sleep(for: .seconds(3_600)) } }
        await withCheckedContinuation { continuation in
            Thread {
                while let bytes = try? FileHandle.standardInput.read(upToCount: 4_096), !bytes.isEmpty {}
                continuation.resume()
            }.start()
        }
    }
}

/// Explains why the server did not start.
enum StartProblem {
    static func explained<Value>(_ port: UInt16, _ start: () async throws -> Value) async throws -> Value {
        do { return try await start() } catch {
            throw ValidationError("cannot listen on 127.0.0.1:\(port): \(error.localizedDescription)")
        }
    }
}
