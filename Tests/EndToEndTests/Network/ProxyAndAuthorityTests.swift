import Foundation
import TestSupport
import Testing

@Suite("Behind a proxy, and with a private authority", .ownThread)
struct ProxyAndAuthorityTests {
    private typealias Case = (command: String, status: Int, connects: Int, sentence: String)

    private func expect(_ cases: [Case]) async throws {
        let outcomes = try await NetworkScene.run(cases.map(\.command))
        for (expected, outcome) in zip(cases, outcomes) {
            #expect(outcome.status == expected.status && outcome.connects == expected.connects, "\(expected.command): \(outcome)")
            #expect(outcome.output.contains(expected.sentence), "\(expected.command): \(outcome.output)")
            #expect(!outcome.output.contains("cONNECT") && !outcome.output.contains("corpuser") && !outcome.output.contains("s3c"), "\(outcome.output)")
        }
    }

    @Test("promise 8: a real proxy: one try with a wrong password, none without a usable address, and none for what no_proxy excepts")
    func proxy() async throws {
        let wrong = "the proxy wants another user name or password than https_proxy has", unusable = "the proxy in https_proxy cannot be used"
        let ca = "--url $S --ca-file ca.pem"
        let allowed = "https_proxy=http://corpuser:p%2Ess-1@$P"
        try await expect([
            ("\(allowed) $T whoami \(ca)", 0, 1, "ada"), ("HTTPS_PROXY=corpuser:p.ss-1@$P $T agents \(ca)", 0, 1, "agt_"),
            ("https_proxy=http://corpuser:s3cret@$P $T agents \(ca)", 7, 1, wrong), ("https_proxy=http://$P $T health \(ca)", 7, 1, wrong),
            ("https_proxy=http://corpuser:s3cret@$P $T overview \(ca)", 7, 1, wrong),
            ("https_proxy=http://corpuser:s3cret@$P $T report sess_1 sess_2 \(ca)", 7, 1, wrong),
            ("https_proxy=http://corpuser:s3cret@$P $T agents delete agt_1 --yes-delete x \(ca)", 7, 1, wrong),
            ("https_proxy=http://corpuser:s3c@ret@$P $T health \(ca)", 7, 0, unusable), ("https_proxy=http://corpuser:s3c#ret@$P $T agents \(ca)", 7, 0, unusable),
            ("https_proxy=http://corpuser:s3c/ret@$P $T sessions \(ca)", 7, 0, unusable), ("https_proxy=http://corpuser:s3cret@127.0.0.1:99999 $T whoami \(ca)", 7, 0, "percent-encoded (%40 for @)"),
            ("\(allowed) $T health --ca-file ca.pem --url https://127.0.0.2:1", 7, 1, "does not let the console through to 127.0.0.2:1 (403)"),
            ("https_proxy=http://corpuser:s3cret@127.0.0.1:1 $T health \(ca)", 7, 0, "no connection to the proxy 127.0.0.1:1 (https_proxy)"),
            ("\(allowed) no_proxy=127.0.0.0/8 $T health \(ca)", 0, 0, "status"), ("\(allowed) no_proxy=\"10.0.0.0/8 127.0.0.2\" $T health \(ca)", 0, 0, "status"),
            ("\(allowed) no_proxy=x.example,${S#https://} $T health \(ca)", 0, 0, "status"), ("\(allowed) no_proxy= NO_PROXY=\\* $T health \(ca)", 0, 0, "status"),
            ("\(allowed) no_proxy=128.0.0.0/8,127.0.0.2:1 $T health \(ca)", 0, 1, "status"),
        ])
    }

    @Test("promise 9: SSL_CERT_FILE and SSL_CERT_DIR are honoured, --ca-file comes before them, and a certificate that is not trusted names it")
    func authorities() async throws {
        let unknown = "unable to get local issuer certificate; if you trust the authority that issued it, name its PEM file with --ca-file"
        let notThere = "; the file of --ca-file does not have the authority that issued it"
        let configured = "printf 'ca_file: %s\\n' $D/other.pem > config.yaml; MASKER_TUI_CONFIG=$D/config.yaml"
        try await expect([
            ("$T health --url $S", 7, 0, unknown), ("SSL_CERT_FILE=ca.pem $T health --url $S", 0, 0, "status"),
            ("SSL_CERT_DIR=hashed $T health --url $S", 0, 0, "status"), ("SSL_CERT_DIR=missing:hashed $T whoami --url $S", 0, 0, "ada"),
            ("SSL_CERT_FILE=other.pem SSL_CERT_DIR=hashed $T health --url $S", 0, 0, "status"), ("SSL_CERT_FILE=other.pem $T agents --url $S", 7, 0, unknown),
            ("SSL_CERT_FILE= SSL_CERT_DIR= $T health --url $S", 7, 0, unknown), ("SSL_CERT_FILE=$D/missing $T health --url $S --ca-file ca.pem", 0, 0, "status"),
            ("SSL_CERT_FILE=ca.pem $T health --url $S --ca-file other.pem", 7, 0, notThere),
            ("SSL_CERT_DIR=hashed $T health --url $S --ca-file other.pem", 7, 0, notThere), ("\(configured) SSL_CERT_FILE=ca.pem $T health --url $S", 7, 0, notThere),
            ("SSL_CERT_FILE=$D/missing $T health --url $S", 2, 0, "/missing” cannot be read"),
            ("SSL_CERT_FILE=pipe $T health --url $S", 2, 0, "SSL_CERT_FILE: the file “pipe” is not a plain file; name a PEM file"),
            ("SSL_CERT_DIR=missing:ca.pem $T health --url $S", 2, 0, "SSL_CERT_DIR: “missing:ca.pem” is not a directory that can be read"),
            ("SSL_CERT_FILE=empty $T health --url $S", 7, 0, "the file “empty” of SSL_CERT_FILE has no certificate that can be read"),
            ("$T health --url $S --ca-file empty", 7, 0, "the file “empty” of --ca-file has no certificate that can be read"),
        ])
    }

    @Test("the console asks a proxy with a wrong password once, and once more with r")
    func console() async throws {
        let proxy = try ScriptedServer([.sendAndClose("HTTP/1.1 407 No\r\nContent-Length: 0\r\n\r\n")])
        var setup = TmuxTerminal.Setup()
        setup.environment = ["https_proxy=http://corpuser:s3cret@127.0.0.1:\(proxy.port)", "MASKER_SESSION=x"]
        setup.command = "'\(try #require(Program.built("masker-tui")))' --url https://masker.invalid --refresh 2"
        try await TmuxTerminal.with(setup) { terminal in
            let screen = try await terminal.expect("another user name or password")
            #expect(!screen.contains("corpuser") && !screen.contains("s3cret"))
            #expect(proxy.requests.count == 1)
            try await terminal.press("r")
            #expect(await proxy.eventually { $0.requests.count == 2 })
            try await terminal.press("3")
            try await terminal.expect("another user name or password")
            try await terminal.press("q")
            try await terminal.expectEnd(status: 0)
            #expect(proxy.requests.count == 2)
        }
    }

    @Test("commands tell a web page, a redirect to a portal and a compressed answer as such", arguments: [
        ("HTTP/1.1 200 OK\r\nContent-Type: text/html", "<html>Sign in</html>", 1, "a web page came instead of the API's answer"),
        ("HTTP/1.1 403 Forbidden\r\nContent-Type: text/html", "<html>Blocked</html>", 5, "captive portal"),
        ("HTTP/1.1 302 Found\r\nLocation: http://portal.example/", "", 1, "redirect to http://portal.example/: is the address right, or is a proxy"),
        ("HTTP/1.1 200 OK\r\nContent-Encoding: gzip", "\u{1F}\u{8}", 1, "the answer is compressed (gzip)"),
    ])
    func foreign(head: String, body: String, status: Int32, sentence: String) async throws {
        let server = try ScriptedServer([.sendAndClose(head + "\r\nContent-Length: \(body.utf8.count)\r\n\r\n" + body)])
        for command in ["agents", "sessions", "whoami", "health", "overview", "report sess_1"] {
            let environment = ["PATH": "/usr/bin:/bin", "MASKER_URL": server.origin, "MASKER_SESSION": "x", "XDG_STATE_HOME": "/nonexistent"]
            let console = try #require(Program.built("masker-tui"))
            let result = try await Program.run("/bin/sh", ["-c", "cd /tmp; exec \(console) \(command) 2>&1"], environment: environment)
            #expect(result.status == status && result.output.contains(sentence), "\(command): \(result)")
            #expect(!result.output.contains("rights") && !result.output.contains("not permitted"), "\(command): \(result)")
        }
    }
}
