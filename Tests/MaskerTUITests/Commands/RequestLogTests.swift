import Foundation
import MaskerAPI
import TestSupport
import Testing

@testable import MaskerTUI

@Suite("The diagnostic log", .ownThread)
struct RequestLogTests {
    private static let record = RequestRecord(
        method: .get, template: "/agents/{id}", outcome: .status(200), duration: .milliseconds(41), requestID: "req_01HZ4T")

    private func withFile(_ body: (String) throws -> Void) throws {
        let directory = NSTemporaryDirectory() + "masker-log-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        try body(directory + "/log")
    }

    @Test("a line has time, method, path template, outcome, milliseconds and request id")
    func line() {
        #expect(RequestLog.line(Self.record, at: Sample.now) == "2026-05-04T13:06:40.000Z GET /agents/{id} 200 41ms req_01HZ4T")
        var lost = Self.record
        lost.outcome = .failure(.connectionLost)
        lost.requestID = nil
        #expect(RequestLog.line(lost, at: Sample.now) == "2026-05-04T13:06:40.000Z GET /agents/{id} connection-lost 41ms -")
    }

    @Test("promise 4: a request id of the server is made printable, and short")
    func hostileRequestID() {
        var record = Self.record
        record.requestID = "req\u{1B}[2J\u{9B}\n\u{202E}" + String(repeating: "x", count: 5_000)
        let line = RequestLog.line(record, at: Sample.now)
        #expect(line.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) && $0 != "\u{202E}" })
        #expect(line.count < 200)
    }

    @Test("the file is for the user alone, is added to, and stops with one last line at 1 MiB")
    func file() throws {
        try withFile { path in
            try Data("before\n".utf8).write(to: URL(fileURLWithPath: path))
            chmod(path, 0o644)
            let log = try RequestLog(path: path)
            for _ in 0..<20_000 { log.write(Self.record) }
            let text = try String(contentsOfFile: path, encoding: .utf8)
            #expect(text.hasPrefix("before\n") && text.utf8.count <= RequestLog.limit)
            #expect(text.utf8.count > RequestLog.limit - 200)
            #expect(text.hasSuffix("ms req_01HZ4T\nthe log ends here: it has reached 1 MiB\n"))
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(mode == 0o600)
        }
    }

    @Test("what cannot be written is bad usage: a link, a directory, a pipe, a full log")
    func refused() throws {
        try withFile { path in
            func sentence() -> String? {
                do {
                    _ = try RequestLog(path: path)
                    return nil
                } catch {
                    #expect(error.status == 2)
                    return error.sentence
                }
            }
            symlink("/etc/passwd", path)
            #expect(sentence()?.contains("cannot be written: Too many levels of symbolic links") == true)
            unlink(path)
            mkdir(path, 0o700)
            #expect(sentence()?.contains("cannot be written: Is a directory") == true)
            rmdir(path)
            mkfifo(path, 0o600)
            #expect(sentence()?.contains("cannot be written") == true)
            unlink(path)
            try Data(count: RequestLog.limit).write(to: URL(fileURLWithPath: path))
            #expect(sentence()?.contains("is full") == true)
        }
    }
}
