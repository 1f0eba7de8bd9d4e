import CCurl
import Testing

@testable import MaskerAPI

@Suite("Why a proxy did not let a request through", .ownThread)
struct ProxyFailureTests {
    private func failure(
        _ code: CURLcode, _ text: String = "", status: Int = 0, signIns: Int = 0, refusal: CURLproxycode = CURLPX_OK
    ) throws -> ProxyFailure {
        let proxy = ProxyChoice(for: try APIHost("https://h"), environment: ["https_proxy": "http://me:pw@p:3128"])
        return ProxyFailure(proxy: proxy, server: "h:8443", code: code, text: text, status: status, signIns: signIns, refusal: refusal)
    }

    @Test("a refused password is told in one way, whatever the kind of proxy, and is no reason to try again")
    func signIn() throws {
        let tunnel = "CONNECT tunnel failed, response 407"
        let refusals = [
            try failure(CURLE_RECV_ERROR, tunnel, status: 407), try failure(CURLE_COULDNT_CONNECT, tunnel, status: 407, signIns: 1),
            try failure(CURLE_RECV_ERROR, status: 401), try failure(CURLE_RECV_ERROR, status: 407, signIns: 1 | 8),
            try failure(CURLE_PROXY, "User was rejected by the SOCKS5 server (1 1).", refusal: CURLPX_USER_REJECTED),
            try failure(CURLE_PROXY, "No authentication method was acceptable.", refusal: CURLPX_NO_AUTH),
        ]
        for refusal in refusals {
            let error = try #require(refusal.error)
            #expect(refusal.wantsSignIn && error.reason == .proxy && !error.mayHaveReachedServer)
            #expect(error.detail.hasPrefix("the proxy wants another user name or password than https_proxy has: p:3128 "))
            #expect(!RetryPolicy.isWorthATry(APIError(error), answeredPartly: false))
        }
    }

    @Test("a proxy that takes no password says so")
    func otherSignIn() throws {
        let error = try #require(try failure(CURLE_RECV_ERROR, status: 407, signIns: 4 | 8).error)
        #expect(error.reason == .proxy && error.detail.hasPrefix("the proxy wants a kind of sign-in that the console does not have"))
    }

    @Test("every other failure names the proxy and its variable, and is tried again only if that can help", arguments: [
        (CURLE_RECV_ERROR, "CONNECT tunnel failed, response 403", 403, TransportError.Reason.proxy, "does not let the console through to h:8443 (403)"),
        (CURLE_RECV_ERROR, "CONNECT tunnel failed, response 302", 302, .proxy, "does not let the console through to h:8443 (302)"),
        (CURLE_RECV_ERROR, "CONNECT tunnel failed, response 502", 502, .connect, "did not reach h:8443 (502)"),
        (CURLE_RECV_ERROR, "CONNECT tunnel failed, response 429", 429, .connect, "did not reach h:8443 (429)"),
        (CURLE_RECV_ERROR, "Proxy CONNECT aborted", 0, .connect, "no connection through the proxy p:3128 (https_proxy): proxy CONNECT aborted"),
        (CURLE_PROXY, "SOCKS4 reply has wrong version, version should be 0.", 0, .connect, ": SOCKS4 reply"), (CURLE_GOT_NOTHING, "", 0, .connect, "no connection"),
        (CURLE_COULDNT_CONNECT, "Failed to connect to p port 3128 after 0 ms: Couldn't connect to server", 0, .connect, "no connection to the proxy p:3128 ("),
        (CURLE_COULDNT_RESOLVE_PROXY, "Could not resolve proxy: p", 0, .resolve, "the name of the proxy p:3128 (https_proxy) is not known"),
        (CURLE_OPERATION_TIMEDOUT, "Resolving timed out after 5000 milliseconds", 0, .resolve, "was not resolved in time"),
        (CURLE_OPERATION_TIMEDOUT, "Connection timed out after 5000 milliseconds", 0, .connect, "no connection through the proxy p:3128"),
    ])
    func others(code: CURLcode, text: String, status: Int, reason: TransportError.Reason, sentence: String) throws {
        let failure = try failure(code, text, status: status)
        let error = try #require(failure.error)
        #expect(!failure.wantsSignIn && error.reason == reason && error.detail.contains(sentence), "\(error)")
        #expect(error.detail.contains("p:3128 (https_proxy)") && !error.detail.contains("pw"))
    }

    @Test("certificates and the server's name are not about the proxy", arguments: [CURLE_PEER_FAILED_VERIFICATION, CURLE_COULDNT_RESOLVE_HOST])
    func notTheProxy(code: CURLcode) throws { #expect(try failure(code).error == nil) }

    @Test("libcurl's sentences go on in lower case, but names in them keep their capitals", arguments: [
        ("CONNECT tunnel failed, response 407", "CONNECT tunnel failed, response 407"), ("OpenSSL SSL_read: error", "OpenSSL SSL_read: error"),
        ("Recv failure: Connection reset by peer", "recv failure: Connection reset by peer"), ("SSL_ERROR_SYSCALL", "SSL_ERROR_SYSCALL"),
        ("HTTP/2 stream was not closed", "HTTP/2 stream was not closed"), ("SOCKS5: no", "SOCKS5: no"), ("Couldn't connect", "couldn't connect"),
        ("A value", "a value"), ("transfer closed", "transfer closed"), ("", ""), ("TLS connect error", "TLS connect error"),
    ])
    func clauses(text: String, clause: String) { #expect(CurlFailure.clause(text) == clause) }
}

@Suite("Which requests may ask a proxy", .ownThread)
struct ProxyGateTests {
    private func gate(_ proxy: String = "http://p") throws -> ProxyGate {
        ProxyGate(ProxyChoice(for: try APIHost("https://h"), environment: ["https_proxy": proxy]))
    }

    private func failure(wantsSignIn: Bool) -> ProxyGate.Failure {
        ProxyGate.Failure(error: TransportError(wantsSignIn ? .proxy : .connect, detail: "x"), wantsSignIn: wantsSignIn)
    }

    @Test("without a proxy all requests go at once; with one, a single request until the proxy has let one through")
    func opening() throws {
        #expect(try gate("").admits(beside: 3))
        var gate = try gate()
        #expect(gate.admits(beside: 0) && !gate.admits(beside: 1))
        gate.open()
        #expect(gate.admits(beside: 3))
    }

    @Test("those that wait share a failure; later ones ask again, except after a refused password")
    func failures() throws {
        var gate = try gate()
        #expect(gate.isShared(failure(wantsSignIn: false)) && gate.refusal == nil)
        gate.open()
        #expect(!gate.isShared(failure(wantsSignIn: false)) && gate.admits(beside: 3))
        #expect(gate.isShared(failure(wantsSignIn: true)) && gate.refusal?.reason == .proxy)
        // A request over a connection that the proxy had let through before.
        gate.open()
        gate.askAgain()
        #expect(gate.refusal == nil && gate.admits(beside: 0) && !gate.admits(beside: 1))
    }
}

@Suite("The authorities that are trusted", .ownThread)
struct TrustedAuthoritiesTests {
    @Test("--ca-file comes before the variables and excludes them; each variable replaces its part of the system's authorities")
    func sources() {
        let both = ["SSL_CERT_FILE": "/f", "SSL_CERT_DIR": "/d:/e"]
        let file = TrustedAuthorities(caFile: "/ca", environment: both)
        #expect(file.file == "/ca" && file.directory == nil && file.isFileAlone && file.fileOrigin == "--ca-file")
        let variables = TrustedAuthorities(caFile: nil, environment: both)
        #expect(variables.file == "/f" && variables.directory == "/d:/e" && !variables.isFileAlone && variables.fileOrigin == "SSL_CERT_FILE")
        #expect(TrustedAuthorities(caFile: nil, environment: ["SSL_CERT_FILE": "", "SSL_CERT_DIR": ""]) == .system)
        #expect(TrustedAuthorities(caFile: nil, environment: ["CURL_CA_BUNDLE": "/x"]) == .system)
    }
}
