import Foundation
import Synchronization

/// A server as a separate process. The first line of its output ends with its origin: `listening on http://127.0.0.1:PORT`.
final class ServerProcess: Sendable {
    private let command: [String]
    /// The name of the server in messages.
    private let name: String
    private let state = Mutex(State())

    private struct State {
        var child: ChildProcess?
        /// The server ends when this pipe is closed, so also when the tests are killed.
        var input: Pipe?
        var port: UInt16 = 0
    }

    /// - Parameter command: a command that ends at the end of its standard input.
    init(_ name: String, _ command: [String]) {
        self.name = name
        self.command = command
    }

    deinit { stop() }

    /// Starts the server and returns its origin, `http://127.0.0.1:PORT`, when it listens.
    func start(environment: [String: String] = [:]) throws -> String {
        let input = Pipe(), output = Pipe()
        let child = try ChildProcess(command, environment: environment) { files in
            posix_spawn_file_actions_adddup2(&files, input.fileHandleForReading.fileDescriptor, 0)
            posix_spawn_file_actions_adddup2(&files, output.fileHandleForWriting.fileDescriptor, 1)
            posix_spawn_file_actions_adddup2(&files, 2, 2)
        }
        try output.fileHandleForWriting.close()
        try input.fileHandleForReading.close()
        state.withLock { state in
            state.child = child
            state.input = input
        }
        let line = firstLine(output.fileHandleForReading)
        guard let origin = line.split(separator: " ").last, let port = origin.split(separator: ":").last.flatMap({ UInt16($0) }) else {
            stop()
            throw PseudoTerminal.Failure(description: "\(name) does not serve: \(line.debugDescription)")
        }
        state.withLock { $0.port = port }
        return String(origin)
    }

    private func firstLine(_ output: FileHandle) -> String {
        var line = Data()
        while let byte = try? output.read(upToCount: 1), let first = byte.first, first != UInt8(ascii: "\n") { line += byte }
        return String(decoding: line, as: UTF8.self)
    }

    /// Ends the server and all its connections.
    func stop() {
        let (child, input) = state.withLock { state in
            defer { (state.child, state.input) = (nil, nil) }
            return (state.child, state.input)
        }
        guard let child else { return }
        kill(child.process, SIGKILL)
        _ = child.waitForEnd()
        try? input?.fileHandleForWriting.close()
    }

    /// The body that a control route returns. An error is written to standard error, because no test can continue after it.
    func control(_ method: String, _ path: String, _ body: Data? = nil) -> Data {
        let port = state.withLock { $0.port }
        var request = "\(method) /__mock/\(path) HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
        if let body { request += "Content-Length: \(body.count)\r\n" }
        do {
            let bytes = try SocketExchange.send(Data((request + "\r\n").utf8) + (body ?? Data()), port: port)
            guard let blank = bytes.range(of: Data("\r\n\r\n".utf8)) else { throw PseudoTerminal.Failure(description: "no answer") }
            let head = String(decoding: bytes[..<blank.lowerBound], as: UTF8.self)
            guard head.hasPrefix("HTTP/1.1 20") else { throw PseudoTerminal.Failure(description: head) }
            return Data(bytes[blank.upperBound...])
        } catch {
            let isRunning = state.withLock { $0.child != nil }
            if isRunning { FileHandle.standardError.write(Data("\(name), \(method) \(path): \(error)\n".utf8)) }
            return Data()
        }
    }
}
