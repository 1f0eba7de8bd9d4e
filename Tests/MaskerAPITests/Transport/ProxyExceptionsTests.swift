import Testing

@testable import MaskerAPI

@Suite("no_proxy", .ownThread)
struct ProxyExceptionsTests {
    @Test("a name stands for itself and all names below it, in any case, with a dot before or after it", arguments: [
        ("https://example.com", "example.com"), ("https://www.example.com", "example.com"), ("https://www.example.com", ".example.com"),
        ("https://example.com", ".example.com"), ("https://example.com", "example.com."), ("https://example.com.", "example.com"),
        ("https://a.example.com.", ".EXAMPLE.com."), ("https://example.com", "a,b , example.com"), ("https://example.com", "a b\texample.com"),
        ("https://example.com", "a,,example.com,"), ("https://example.com", " example.com "), ("https://example.com", "a\nexample.com\n"),
        ("https://example.com", "*"), ("https://example.com", "a, *"), ("https://10.1.2.3", "*"),
    ])
    func names(host: String, list: String) throws { #expect(ProxyExceptions(list).contains(try APIHost(host))) }

    @Test("another name is not meant", arguments: [
        ("https://nonexample.com", "example.com"), ("https://example.com", "www.example.com"), ("https://example.com", "example"),
        ("https://example.com", ""), ("https://example.com", "."), ("https://example.com", ","), ("https://example.com", "example.com/8"),
        ("https://example.com", "*.example.com"), ("https://example.com", "10.0.0.0/8"), ("https://example.community", "example.com"),
    ])
    func otherNames(host: String, list: String) throws { #expect(!ProxyExceptions(list).contains(try APIHost(host))) }

    @Test("an IP address stands for itself or, with bits, for its network", arguments: [
        ("https://127.0.0.2", "127.0.0.0/8"), ("https://10.1.2.3", "10.0.0.0/8"), ("https://10.1.2.3", "10.1.2.3"), ("https://10.1.2.3", "10.1.2.3/32"),
        ("https://172.31.255.255", "172.16.0.0/12"), ("https://192.168.3.129", "192.168.3.128/25"), ("https://192.168.3.1", "x, 192.168.0.0/16"),
        ("https://10.1.2.3", "10.1.2.3/0"), ("https://[fd00::1]", "fd00::/8"), ("https://[fd00::1]", "fd00::1"), ("https://[fd00::1]", "[fd00::1]"),
        ("https://[fd00::1]", "fd00:0:0::1/128"), ("https://[2001:db8:8000::1]", "2001:db8:8000::/33"), ("https://[fd00::1]", "[fd00::]/8"),
    ])
    func networks(host: String, list: String) throws { #expect(ProxyExceptions(list).contains(try APIHost(host))) }

    @Test("an address outside of the network is not meant, nor is a network that makes no sense", arguments: [
        ("https://11.1.2.3", "10.0.0.0/8"), ("https://172.32.0.1", "172.16.0.0/12"), ("https://192.168.3.127", "192.168.3.128/25"),
        ("https://10.1.2.3", "10.1.2.4"), ("https://10.1.2.3", "10.0.0.0/33"), ("https://10.1.2.3", "10.0.0.0/-1"), ("https://10.1.2.3", "10.0.0.0/x"),
        ("https://10.1.2.3", "10.0.0.0/0"), ("https://10.1.2.3", "10.0.0"), ("https://10.1.2.3", "2.3"), ("https://10.1.2.3", ".2.3"),
        ("https://10.1.2.3", "::/1"), ("https://[fe00::1]", "fd00::/8"), ("https://[2001:db8:0::1]", "2001:db8:8000::/33"),
        ("https://[fd00::1]", "fd00::/129"), ("https://[fd00::1]", "10.0.0.0/8"),
    ])
    func otherNetworks(host: String, list: String) throws { #expect(!ProxyExceptions(list).contains(try APIHost(host))) }

    @Test("a port limits the entry to that port", arguments: [
        ("https://example.com:8443", "example.com:8443", true), ("https://example.com", "example.com:443", true),
        ("https://a.example.com:8443", ".example.com.:8443", true), ("https://10.1.2.3:8443", "10.1.2.3:8443", true),
        ("https://[fd00::1]:8443", "[fd00::1]:8443", true), ("https://example.com:8443", "example.com", true),
        ("https://example.com", "example.com:8443", false), ("https://example.com:8443", "example.com:443", false),
        ("https://10.1.2.3:8443", "10.1.2.3:443", false), ("https://[fd00::1]:8443", "[fd00::1]:443", false), ("https://example.com", "example.com:", false),
        ("https://example.com", "example.com:x", false),
    ])
    func ports(host: String, list: String, isMeant: Bool) throws { #expect(ProxyExceptions(list).contains(try APIHost(host)) == isMeant) }
}
