import CCurl

/// What libcurl says about a connection through a proxy that did not come about.
struct ProxyFailure {
    var proxy: ProxyChoice
    /// `host[:port]` of the server.
    var server: String
    var code: CURLcode
    /// The contents of libcurl's error buffer; it can be empty.
    var text: String
    /// The status with which an HTTP proxy answered; 0 without an answer.
    var status: Int
    /// The kinds of sign-in that the proxy offers, as bits (`CURLAUTH_…`); 0 when it names none.
    var signIns: Int
    /// Why a SOCKS proxy refused.
    var refusal: CURLproxycode

    /// Whether the proxy wants another user name or password. Then nothing more may be sent: a directory service locks an account
    /// after a few wrong passwords. Some proxies answer 401 to a wrong password.
    var wantsSignIn: Bool {
        [401, 407].contains(status) || code == CURLE_PROXY && [CURLPX_NO_AUTH, CURLPX_USER_REJECTED].contains(refusal)
    }

    /// `p:3128 (https_proxy)`
    private var name: String { "\(proxy.shown ?? "") (\(proxy.variable))" }

    /// The error; nil when it is about the server or about certificates.
    var error: TransportError? {
        if wantsSignIn { return TransportError(.proxy, detail: signInClause) }
        switch status {
        case 408, 429, 500...: return TransportError(.connect, detail: "the proxy \(name) did not reach \(server) (\(status))")
        case 300...: return TransportError(.proxy, detail: "the proxy \(name) does not let the console through to \(server) (\(status))")
        default: break
        }
        switch code {
        case CURLE_COULDNT_RESOLVE_PROXY: return TransportError(.resolve, detail: "the name of the proxy \(name) is not known")
        case CURLE_OPERATION_TIMEDOUT where text.hasPrefix("Resolving timed out"):
            return TransportError(.resolve, detail: "the name of the proxy \(name) was not resolved in time")
        case CURLE_OPERATION_TIMEDOUT: return TransportError(.connect, detail: "no connection through the proxy \(name) in time")
        case CURLE_COULDNT_CONNECT: return TransportError(.connect, detail: "no connection to the proxy \(name)")
        case CURLE_PROXY, CURLE_RECV_ERROR, CURLE_SEND_ERROR, CURLE_GOT_NOTHING, CURLE_WEIRD_SERVER_REPLY, CURLE_UNSUPPORTED_PROTOCOL:
            let reason = text.isEmpty ? "" : ": " + CurlFailure.clause(text)
            return TransportError(.connect, detail: "no connection through the proxy \(name)\(reason)")
        default: return nil
        }
    }

    private var signInClause: String {
        let answer = "\(proxy.shown ?? "") \(status == 0 ? "refuses it" : "answers \(status)")"
        guard signIns == 0 || signIns & Self.basic != 0 else {
            return "the proxy wants a kind of sign-in that the console does not have: \(answer), and takes no password (Basic); "
                + "name another proxy in \(proxy.variable)"
        }
        return "the proxy wants another user name or password than \(proxy.variable) has: \(answer)"
    }

    /// `CURLAUTH_BASIC`, which Swift does not import.
    private static let basic = 1
}
