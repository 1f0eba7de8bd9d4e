import Foundation
import TestSupport
import Testing

/// A real TLS server with certificates of all kinds, and `masker-tui health` as its client.
@Suite("Certificates", .ownThread)
struct CertificateTests {
    enum Case: String, CaseIterable, Sendable {
        case good, expired, selfSigned, wrongHost, unknownAuthority, oldTLS, noAlternativeName

        var sentence: String {
            switch self {
            case .good: "ok"
            case .expired: "certificate has expired"
            case .selfSigned: "self-signed certificate"
            case .wrongHost: "no alternative certificate subject name"
            case .unknownAuthority: "unable to get local issuer certificate"
            case .oldTLS: "protocol version"
            case .noAlternativeName: "the certificate has no subjectAltName"
            }
        }
    }

    @Test("promise 9: every certificate that does not prove the host is refused with the reason; the valid one is accepted", arguments: Case.allCases)
    func certificates(kind: Case) async throws {
        let console = try #require(Program.built("masker-tui"))
        let directory = NSTemporaryDirectory() + "masker-cert-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let name = kind == .wrongHost ? "elsewhere.example" : "localhost"
        let script = """
            cd \(directory); exec 2>log
            openssl req -x509 -newkey rsa:2048 -nodes -days 30 -keyout ca.key -out ca.pem -subj '/CN=Test Authority'
            openssl req -newkey rsa:2048 -nodes -keyout key.pem -out req.pem -subj '/CN=\(name)'
            mkdir -p demoCA/newcerts; touch demoCA/index.txt; echo 01 > demoCA/serial
            printf '[ca]\\ndefault_ca=d\\n[d]\\ndir=demoCA\\nnew_certs_dir=demoCA/newcerts\\ndatabase=demoCA/index.txt\\nserial=demoCA/serial\\ndefault_md=sha256\\npolicy=p\\nx509_extensions=v\\n[p]\\ncommonName=supplied\\n[v]\\n\(kind == .noAlternativeName ? "basicConstraints=CA:FALSE" : "subjectAltName=DNS:\(name)")\\n' > ca.cnf
            start="\(kind == .expired ? "-startdate 20200101000000Z -enddate 20200201000000Z" : "-days 30")"
            openssl ca -config ca.cnf -batch -cert ca.pem -keyfile ca.key $start -in req.pem -out cert.pem
            \(kind == .selfSigned ? "openssl req -x509 -key key.pem -days 30 -out cert.pem -subj /CN=localhost -addext subjectAltName=DNS:localhost" : "")
            echo '{"status":"ok"}' > health
            openssl s_server -WWW -accept 127.0.0.1:0 -cert cert.pem -key key.pem \(kind == .oldTLS ? "-tls1_1 -cipher ALL:@SECLEVEL=0" : "") > server.log &
            until port=$(grep -o 'ACCEPT 127.0.0.1:[0-9]*' server.log | grep -o '[0-9]*$'); do sleep 0.05; kill -0 $! || exit 99; done
            '\(console)' health --url https://localhost:$port \(kind == .selfSigned || kind == .unknownAuthority ? "" : "--ca-file ca.pem") 2>&1
            status=$?
            kill $!
            exit $status
            """
        let result = try await Program.run("/bin/bash", ["-c", script])
        #expect(result.status == (kind == .good ? 0 : 7))
        #expect(result.output.contains(kind.sentence), "\(result.output)")
        #expect(result.output.split(separator: "\n").count == 1)
    }

    private func withDirectory(_ body: (String) async throws -> Void) async throws {
        let directory = NSTemporaryDirectory() + "masker-cert-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        try await body(directory)
    }

    @Test("promise 9: with --ca-file the system's authorities are not trusted", .enabled("where a file system can be put over another for one process alone") {
        (try? await Program.run("/usr/bin/unshare", ["-rm", "/bin/true"]))?.status == 0
    }, arguments: [false, true])
    func onlyTheFile(isGiven: Bool) async throws {
        let console = try #require(Program.built("masker-tui"))
        try await withDirectory { directory in
            // For the console alone, this directory replaces the system's: its authority is in the bundle and under its hash.
            let script = """
                cd \(directory); exec 2>log
                openssl req -x509 -newkey rsa:2048 -nodes -days 30 -keyout key.pem -out cert.pem -subj /CN=localhost -addext subjectAltName=DNS:localhost
                openssl req -x509 -newkey rsa:2048 -nodes -days 30 -keyout other.key -out other.pem -subj /CN=other
                mkdir certs; cp cert.pem certs/ca-certificates.crt; cp cert.pem certs/$(openssl x509 -hash -noout -in cert.pem).0
                echo '{"status":"ok"}' > health
                openssl s_server -WWW -accept 127.0.0.1:0 -cert cert.pem -key key.pem > server.log &
                until port=$(grep -o 'ACCEPT 127.0.0.1:[0-9]*' server.log | grep -o '[0-9]*$'); do sleep 0.05; kill -0 $! || exit 99; done
                unshare -rm sh -c "mount --bind certs /etc/ssl/certs && exec '\(console)' health --url https://localhost:$port \(isGiven ? "--ca-file other.pem" : "") 2>&1"
                status=$?
                kill $!
                exit $status
                """
            let result = try await Program.run("/bin/bash", ["-c", script])
            #expect(result.status == (isGiven ? 7 : 0), "\(result.output)")
            #expect(result.output.contains(isGiven ? "self-signed certificate" : "ok"), "\(result.output)")
        }
    }

    @Test("promise 9: a pipe as --ca-file is refused at once", arguments: ["pipe", "."])
    func noPlainFile(name: String) async throws {
        let console = try #require(Program.built("masker-tui"))
        try await withDirectory { directory in
            mkfifo(directory + "/pipe", 0o600)
            let result = try await Program.run("/bin/sh", ["-c", "cd \(directory); '\(console)' health --url https://localhost:1 --ca-file \(name) 2>&1"])
            #expect(result.status == 2 && result.output.contains("is not a plain file"), "\(result.output)")
        }
    }
}
