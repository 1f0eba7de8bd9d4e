import Foundation
import TestSupport
import Testing

@Suite("The console over TLS", .serialized, .ownThread)
struct TLSTests {
    /// Runs the console with a real TLS server whose certificate is made for `name`.
    private func onTLS(
        certificateFor name: String, trusted: Bool = true, _ body: (TmuxTerminal) async throws -> Void
    ) async throws {
        let directory = NSTemporaryDirectory() + "masker-tls-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let made = try await Program.run(
            "openssl",
            ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30", "-keyout", directory + "/key.pem",
             "-out", directory + "/cert.pem", "-subj", "/CN=\(name)", "-addext", "subjectAltName=DNS:\(name)"])
        #expect(made.status == 0)
        let console = try #require(Program.built("masker-tui"))
        // socat writes its port to its log.
        let script = """
            cd \(directory)
            socat -d -d -lf log OPENSSL-LISTEN:0,bind=127.0.0.1,fork,cert=cert.pem,key=key.pem,verify=0 TCP:${MASKER_URL#http://} &
            until port=$(grep -o 'listening on .*' log | grep -o '[0-9]*$'); do sleep 0.05; done
            '\(console)' --url https://localhost:$port \(trusted ? "--ca-file cert.pem" : "")
            status=$?
            kill %1
            exit $status
            """
        try Data(script.utf8).write(to: URL(fileURLWithPath: directory + "/run.sh"))
        var setup = TmuxTerminal.Setup()
        setup.command = "'\(try #require(Program.built("masker-mock")))' exec --traffic 0 -- bash \(directory)/run.sh"
        try await TmuxTerminal.with(setup, body)
    }

    @Test("with a trusted certificate the account shows the TLS version, the subject and the end of validity")
    func trusted() async throws {
        try await onTLS(certificateFor: "localhost") { terminal in
            try await terminal.expect("12 · end")
            try await terminal.press("3")
            try await terminal.expect("TLSv1.3")
            let screen = try await terminal.expect("CN = localhost")
            #expect(screen.contains("valid until"))
            try await terminal.press("q")
            try await terminal.expectEnd(status: 0)
        }
    }

    @Test("promise 9: an unknown authority and a certificate for another host are refused with the reason, and no agent is shown",
        arguments: [("localhost", false, "self-signed"), ("elsewhere.example", true, "no alternative certificate subject name")])
    func refused(name: String, trusted: Bool, reason: String) async throws {
        try await onTLS(certificateFor: name, trusted: trusted) { terminal in
            let screen = try await terminal.expect("the connection is not safe")
            #expect(screen.contains(reason) && !screen.contains("appointment-bot"))
            try await terminal.press("q")
            try await terminal.expectEnd(status: 0)
        }
    }
}
