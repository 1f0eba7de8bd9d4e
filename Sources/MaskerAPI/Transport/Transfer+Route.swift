import CCurl

/// The proxy and the certificates of a transfer.
extension Transfer {
    func setProxyCredentials(_ proxy: ProxyChoice, _ handle: UnsafeMutableRawPointer) -> Bool {
        guard let credentials = proxy.address?.credentials else { return true }
        // libcurl decodes both parts.
        return masker_curl_set_string(handle, CURLOPT_PROXYUSERPWD, credentials) == CURLE_OK
    }

    /// Sets the authorities, for the server and for a proxy that is reached over TLS.
    func setAuthorities(_ authorities: TrustedAuthorities, _ handle: UnsafeMutableRawPointer) -> Bool {
        var isReady = true
        if let file = authorities.file {
            isReady = [CURLOPT_CAINFO, CURLOPT_PROXY_CAINFO].allSatisfy { masker_curl_set_string(handle, $0, file) == CURLE_OK }
        }
        // Debian's libcurl also trusts the system's certificate directory unless CURLOPT_CAPATH is unset.
        if authorities.isFileAlone || authorities.directory != nil {
            isReady = isReady && [CURLOPT_CAPATH, CURLOPT_PROXY_CAPATH].allSatisfy {
                masker_curl_set_string(handle, $0, authorities.directory) == CURLE_OK
            }
        }
        return isReady
    }

    /// What is known about a failed connection through the proxy; nil without a proxy.
    func proxyFailure(_ code: CURLcode, _ text: String, _ route: Route) -> ProxyFailure? {
        guard route.proxy.address != nil else { return nil }
        return ProxyFailure(
            proxy: route.proxy, server: route.server, code: code, text: text, status: number(CURLINFO_HTTP_CONNECTCODE),
            signIns: number(CURLINFO_PROXYAUTH_AVAIL), refusal: CURLproxycode(UInt32(clamping: number(CURLINFO_PROXY_ERROR))))
    }

    /// The error for a certificate that no trusted authority has issued, or authorities that cannot be read; nil for other errors.
    func trustFailure(_ code: CURLcode, _ text: String, _ route: Route) -> TransportError? {
        let authorities = route.authorities
        if code == CURLE_SSL_CACERT_BADFILE, let file = authorities.file, let origin = authorities.fileOrigin {
            return TransportError(.tls, detail: "the file “\(file)” of \(origin) has no certificate that can be read; name a PEM file")
        }
        guard code == CURLE_PEER_FAILED_VERIFICATION else { return nil }
        let isProxy = Self.unknownIssuer.contains(number(CURLINFO_PROXY_SSL_VERIFYRESULT))
        guard isProxy || Self.unknownIssuer.contains(number(CURLINFO_SSL_VERIFYRESULT)) else { return nil }
        let connection = isProxy ? "the connection to the proxy \(route.proxy.shown ?? "") is not safe" : "the connection is not safe"
        let cure = authorities.isFileAlone
            ? "the file of --ca-file does not have the authority that issued it"
            : "if you trust the authority that issued it, name its PEM file with --ca-file"
        return TransportError(.tls, detail: "\(connection): \(text.isEmpty ? "the certificate is not trusted" : text); \(cure)")
    }

    /// OpenSSL's results for a certificate whose issuer is not among the trusted authorities (X509_V_ERR_…).
    private static let unknownIssuer: Set = [
        2 /* UNABLE_TO_GET_ISSUER_CERT */, 18 /* DEPTH_ZERO_SELF_SIGNED_CERT */, 19 /* SELF_SIGNED_CERT_IN_CHAIN */,
        20 /* UNABLE_TO_GET_ISSUER_CERT_LOCALLY */, 21 /* UNABLE_TO_VERIFY_LEAF_SIGNATURE */, 27 /* CERT_UNTRUSTED */,
    ]

    private func number(_ info: CURLINFO) -> Int {
        var value = 0
        guard let handle, masker_curl_get_long(handle, info, &value) == CURLE_OK else { return 0 }
        return value
    }
}
