import CCurl

/// Translates libcurl's results into the console's errors.
enum CurlFailure {
    /// - Parameters:
    ///   - text: the contents of libcurl's error buffer; it can be empty.
    ///   - wasConnected: whether the request could have been sent.
    static func error(
        _ code: CURLcode, text: String, connectTimeout: Duration, timeout: Duration, wasConnected: Bool
    ) -> TransportError {
        let detail = text.isEmpty ? String(cString: masker_curl_easy_strerror(code)) : text
        switch code {
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY:
            return TransportError(.resolve, detail: "the server's name is not known: \(clause(detail))")
        case CURLE_COULDNT_CONNECT:
            return TransportError(.connect, detail: "no connection\(withoutRepetition(detail))")
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER,
            CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_INVALIDCERTSTATUS, CURLE_USE_SSL_FAILED:
            return TransportError(.tls, detail: "the connection is not safe: \(detail)")
        case CURLE_ABORTED_BY_CALLBACK:
            return TransportError(.tls, detail: "the connection is not safe: the certificate has no subjectAltName, so it names no host")
        case CURLE_OPERATION_TIMEDOUT where detail.hasPrefix("Resolving timed out"):
            return TransportError(.resolve, detail: "the server's name was not resolved within \(connectTimeout.components.seconds) s")
        case CURLE_OPERATION_TIMEDOUT where !wasConnected:
            return TransportError(.connect, detail: "no connection within \(connectTimeout.components.seconds) s")
        case CURLE_RECV_ERROR where !wasConnected:
            return TransportError(.connect, detail: "no connection: \(clause(detail))")
        case CURLE_OPERATION_TIMEDOUT where detail.hasPrefix("Operation too slow"):
            return TransportError(.timeout, detail: "the server stopped answering")
        case CURLE_OPERATION_TIMEDOUT:
            return TransportError(.timeout, detail: "no complete answer in time (\(timeout.components.seconds) s at most)")
        case CURLE_GOT_NOTHING:
            return TransportError(.connectionLost, detail: "the server closed the connection without an answer")
        case CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_PARTIAL_FILE:
            return TransportError(.connectionLost, detail: "the connection was lost: \(clause(detail))")
        case CURLE_WEIRD_SERVER_REPLY, CURLE_UNSUPPORTED_PROTOCOL, CURLE_BAD_CONTENT_ENCODING, CURLE_HTTP2:
            return TransportError(.malformed, detail: "the answer is not HTTP: \(clause(detail))")
        case CURLE_TOO_LARGE_ANSWER:
            return TransportError(.tooLarge, detail: detail)
        case CURLE_URL_MALFORMAT, CURLE_LOGIN_DENIED:
            return TransportError(.refused, detail: clause(detail))
        default:
            return TransportError(.connectionLost, detail: clause(detail))
        }
    }

    /// libcurl names this error after files, but it applies to any answer that is too large.
    private static let CURLE_TOO_LARGE_ANSWER = CURLE_FILESIZE_EXCEEDED

    /// Shortens “Failed to connect to HOST port 443 after 0 ms: Couldn't connect to server” to “ to HOST port 443”.
    private static func withoutRepetition(_ text: String) -> String {
        let prefix = "Failed to connect to "
        guard text.hasPrefix(prefix), let end = text.firstRange(of: " after ") else { return ": " + clause(text) }
        return " to " + text[..<end.lowerBound].dropFirst(prefix.count)
    }

    /// libcurl's sentence as a part of another one. Its first word is a name when it has further capitals: `CONNECT`, `OpenSSL`.
    static func clause(_ text: String) -> String {
        let word = text.prefix { $0.isLetter }
        return word.dropFirst().contains(where: \.isUppercase) ? text : text.prefix(1).lowercased() + text.dropFirst()
    }
}
