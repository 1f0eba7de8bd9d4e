import Testing

@testable import MaskerAPI

@Suite("The proxy that the environment names", .ownThread)
struct ProxyChoiceTests {
    @Test("promise 8: proxies of the environment are used for https, and never for loopback", arguments: [
        ("https://h", ["https_proxy": "http://p:3128"], "http://p:3128"), ("https://h", ["ALL_PROXY": "socks5h://p:1"], "socks5h://p:1"),
        ("https://h", ["HTTPS_PROXY": "p:3128", "https_proxy": ""], "http://p:3128"), ("https://h", ["all_proxy": "HTTPS://p"], "https://p"),
        ("https://h", ["http_proxy": "http://p:3128"], ""), ("https://h", ["https_proxy": "http://p", "no_proxy": "x, h"], ""),
        ("https://a.h", ["https_proxy": "http://p", "NO_PROXY": ".h"], ""), ("https://h", ["https_proxy": "ftp://p"], ""),
        ("https://h", ["https_proxy": "http://p", "no_proxy": "", "NO_PROXY": "h"], ""),
        ("http://127.0.0.1:1", ["http_proxy": "http://p", "ALL_PROXY": "http://p", "https_proxy": "http://p"], ""),
        ("http://localhost", ["ALL_PROXY": "http://p"], ""),
    ])
    func proxies(address: String, environment: [String: String], proxy: String) throws {
        #expect(ProxyChoice(for: try APIHost(address), environment: environment).url == proxy)
    }

    @Test("promise 8: user name and password are apart from the address, as they are written in the variable", arguments: [
        ("http://me:pw@p:3128", "p:3128", "me:pw"), ("http://me:p%40s%2Fs%23@p:3128/", "p:3128", "me:p%40s%2Fs%23"),
        ("me:a:b@p", "p", "me:a:b"), ("socks5://CORP\\me:pw@[::1]:1080", "[::1]:1080", "CORP\\me:pw"), ("http://me@p", "p", "me"),
        ("http://me:50%@p", "p", "me:50%"), ("http://@p", "p", nil), ("http://p:3128/x?y#z", "p:3128", nil), ("p:", "p", nil),
    ])
    func credentials(text: String, shown: String, credentials: String?) throws {
        let choice = ProxyChoice(for: try APIHost("https://h"), environment: ["https_proxy": text])
        #expect(choice.shown == shown && choice.address?.credentials == credentials && choice.problem == nil)
        #expect(!choice.url.contains("@"))
    }

    @Test("promise 8: a proxy that cannot be used is told by its variable and with percent-encoding, and nothing of it is shown", arguments: [
        "http://corpuser:s3c@ret@127.0.0.1:9", "http://corpuser:s3c#ret@127.0.0.1:9", "http://corpuser:s3c/ret@127.0.0.1:9",
        "http://corpuser:s3c?ret@127.0.0.1:9", "http://corpuser:s3cret@127.0.0.1:65536", "http://corpuser:s3cret@127.0.0.1:0",
        "http://corpuser:s3cret@127.0.0.1:port", "http://corpuser:s3cret@127.0.0.1:+80", "http://corpuser:s3cret@", "http://corpuser:s3cret",
        "corpuser:s3c@ret@p", "socks5://corpuser:s3cret@[::1", "http://corpuser:s3c ret@p", "http://corpuser:s3crét@p", "http://corpuser:s3cret@p\r\n",
        "ftp://corpuser:s3cret@p", "s3cret://p", "http://corpuser:s3cret%00@p", "http://corpuser:s3cret@:3128", "\"http://corpuser:s3cret@p\"",
    ])
    func unusable(text: String) throws {
        for variable in ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"] {
            let choice = ProxyChoice(for: try APIHost("https://h"), environment: [variable: text])
            let problem = try #require(choice.problem)
            #expect(problem.contains("the proxy in \(variable) cannot be used") && problem.contains("percent-encoded (%40 for @)"))
            #expect(!problem.contains("corpuser") && !problem.contains("s3c") && !problem.contains("ret@") && choice.url.isEmpty)
        }
    }
}
