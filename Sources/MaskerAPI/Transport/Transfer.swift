import CCurl

/// One request that is being sent. Only the network thread uses it after it was submitted.
///
/// Sendable because it is passed through a locked queue and no other thread keeps a reference.
final class Transfer: @unchecked Sendable {
    let id: UInt64
    let request: HTTPRequest
    /// Nil after it was called.
    private var onHead: (@Sendable (HTTPResponseHead) -> Void)?
    private let onBody: (@Sendable ([UInt8]) -> Void)?
    private var continuation: CheckedContinuation<Result<HTTPResponse, TransportError>, Never>?

    private(set) var handle: UnsafeMutableRawPointer?
    private var headerList: UnsafeMutablePointer<curl_slist>?
    private let errorText = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))

    private var status = 0
    private var headers: [(name: String, value: String)] = []
    private var headerBytes = 0
    private var headIsComplete = false
    private var body: [UInt8] = []
    private var bodyBytes = 0
    private var tlsVersion: String?
    /// The reason why the console ended the transfer; it takes precedence over libcurl's error.
    private var ownFailure: TransportError?
    /// When the transfer was handed to libcurl.
    private var begun = ContinuousClock.now
    /// Milliseconds from `begun` to the end of the exchange.
    private var timeLimit = 0
    /// Whether the time limit counts from when the connection was ready.
    private var isConnectionReady = false
    /// When the connection counts as silent, by `Settings.now`. Nil while the request is not a read that waits on a kept
    /// connection for its first byte.
    private(set) var silentAt: ContinuousClock.Instant?
    /// Whether `onSilence` was called.
    private(set) var isSilent = false
    /// When a cancelled transfer ends even if its head has not arrived. Nil while the caller waits for the transfer.
    private(set) var leavesBy: ContinuousClock.Instant?

    /// The way to the server, for messages.
    private var route = Route()
    /// Set when no connection through the proxy came about.
    private(set) var proxyFailure: ProxyGate.Failure?

    struct Route {
        var server = ""
        var proxy = ProxyChoice.none
        var authorities = TrustedAuthorities.system
    }

    /// An answer of the contract has a dozen headers.
    private static let headerLimit = 64 << 10, headerLines = 100
    private static let headTooLarge = TransportError(.tooLarge, detail: "the server's headers are larger than any answer needs")
    /// Seconds without a byte that end a transfer.
    private var silenceSeconds = 20

    /// Whether the server may stay silent until the head arrives, as it does while it makes a report. Once the head
    /// has arrived, the limit for silence applies.
    private var isLong: Bool { request.timeout > .seconds(30) }

    init(
        id: UInt64, request: HTTPRequest, onHead: (@Sendable (HTTPResponseHead) -> Void)?,
        onBody: (@Sendable ([UInt8]) -> Void)?,
        continuation: CheckedContinuation<Result<HTTPResponse, TransportError>, Never>
    ) {
        self.id = id
        self.request = request
        self.onHead = onHead
        self.onBody = onBody
        self.continuation = continuation
        errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    }

    deinit {
        cleanUp()
        errorText.deallocate()
    }

    // MARK: Preparing

    /// Creates the easy handle and sets every option that the console depends on. Returns false if that fails.
    /// - Parameter longestAge: the age in seconds from which a kept connection is not used; nil when each may be used.
    func prepare(host: APIHost, settings: CurlTransport.Settings, proxy: ProxyChoice, longestAge: Int?) -> Bool {
        // A target that does not begin with “/” could change the host.
        guard request.target.hasPrefix("/"), let handle = masker_curl_easy_init() else { return false }
        self.handle = handle
        route = Route(server: host.authority, proxy: proxy, authorities: settings.authorities)
        silenceSeconds = max(settings.silenceTimeout.milliseconds / 1_000, 1)
        begun = .now
        timeLimit = settings.connectTimeout.milliseconds + request.timeout.milliseconds
        let schemes = host.isSecure ? "https" : "http"
        let strings: [(CURLoption, String)] = [
            (CURLOPT_URL, host.origin + request.target), (CURLOPT_PROTOCOLS_STR, schemes),
            (CURLOPT_REDIR_PROTOCOLS_STR, schemes), (CURLOPT_PROXY, proxy.url), (CURLOPT_NOPROXY, ""),
            (CURLOPT_USERAGENT, settings.userAgent), (CURLOPT_CUSTOMREQUEST, request.method.rawValue),
        ]
        var numbers: [(CURLoption, Int)] = [
            (CURLOPT_FOLLOWLOCATION, 0), (CURLOPT_DISALLOW_USERNAME_IN_URL, 1), (CURLOPT_PATH_AS_IS, 1),
            (CURLOPT_SSL_VERIFYPEER, 1), (CURLOPT_SSL_VERIFYHOST, 2), (CURLOPT_SSLVERSION, 6 /* TLS 1.2 or later */),
            (CURLOPT_PROXY_SSLVERSION, 6),
            (CURLOPT_NETRC, 0), (CURLOPT_HTTPAUTH, 0), (CURLOPT_UNRESTRICTED_AUTH, 0), (CURLOPT_NOSIGNAL, 1),
            (CURLOPT_CONNECTTIMEOUT_MS, settings.connectTimeout.milliseconds), (CURLOPT_LOW_SPEED_LIMIT, 1),
            (CURLOPT_LOW_SPEED_TIME, isLong ? 0 : silenceSeconds),
            (CURLOPT_TIMEOUT_MS, timeLimit), (CURLOPT_QUICK_EXIT, 1), (CURLOPT_CERTINFO, 1),
            (CURLOPT_HTTP_VERSION, 2 /* HTTP/1.1 */),
            // A page of 100 sessions is 32 KB and fits into one buffer.
            (CURLOPT_BUFFERSIZE, 64 << 10),
            // The request's headers are not sent to the proxy, and the proxy's headers are not taken for the server's.
            (CURLOPT_HEADEROPT, Int(CURLHEADER_SEPARATE)), (CURLOPT_SUPPRESS_CONNECT_HEADERS, 1),
        ]
        if request.needsFreshConnection {
            // libcurl resends a request if a reused connection is dead; a write or a report must be sent only once.
            numbers += [(CURLOPT_FRESH_CONNECT, 1), (CURLOPT_FORBID_REUSE, 1)]
        } else if request.opensNewConnection {
            numbers += [(CURLOPT_FRESH_CONNECT, 1)]
        }
        if let longestAge { numbers += [(CURLOPT_MAXLIFETIME_CONN, longestAge)] }
        var isReady = strings.allSatisfy { masker_curl_set_string(handle, $0, $1) == CURLE_OK }
            && numbers.allSatisfy { masker_curl_set_long(handle, $0, $1) == CURLE_OK }
        isReady = isReady && setProxyCredentials(proxy, handle) && setAuthorities(settings.authorities, handle)
        if host.isSecure { isReady = isReady && masker_curl_require_alternative_name(handle) == CURLE_OK }
        if let body = request.body {
            isReady = isReady && masker_curl_set_offset(handle, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.count)) == CURLE_OK
            isReady = isReady && body.withUnsafeBytes {
                masker_curl_set_pointer(handle, CURLOPT_COPYPOSTFIELDS, UnsafeMutableRawPointer(mutating: $0.baseAddress)) == CURLE_OK
            }
        }
        return isReady && setHeaders(handle) && setCallbacks(handle)
    }

    private func setHeaders(_ handle: UnsafeMutableRawPointer) -> Bool {
        // "Expect:" keeps libcurl from waiting for a 100 that most servers do not send.
        for line in request.headers.map({ "\($0.name): \($0.value)" }) + ["Expect:"] {
            guard line.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }), let list = masker_curl_slist_append(headerList, line) else {
                return false
            }
            headerList = list
        }
        return masker_curl_set_list(handle, CURLOPT_HTTPHEADER, headerList) == CURLE_OK
    }

    private func setCallbacks(_ handle: UnsafeMutableRawPointer) -> Bool {
        let context = Unmanaged.passUnretained(self).toOpaque()
        let onHeaderLine: masker_curl_data_callback = { bytes, size, count, context in
            guard let bytes, let context else { return 0 }
            let transfer = Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
            return transfer.takeHeaderLine(UnsafeRawBufferPointer(start: bytes, count: size * count)) ? size * count : 0
        }
        let onBytes: masker_curl_data_callback = { bytes, size, count, context in
            guard let bytes, let context else { return 0 }
            let transfer = Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
            return transfer.takeBody(UnsafeRawBufferPointer(start: bytes, count: size * count)) ? size * count : 0
        }
        return masker_curl_set_data_callback(handle, CURLOPT_HEADERFUNCTION, onHeaderLine) == CURLE_OK
            && masker_curl_set_pointer(handle, CURLOPT_HEADERDATA, context) == CURLE_OK
            && masker_curl_set_data_callback(handle, CURLOPT_WRITEFUNCTION, onBytes) == CURLE_OK
            && masker_curl_set_pointer(handle, CURLOPT_WRITEDATA, context) == CURLE_OK
            && masker_curl_set_pointer(handle, CURLOPT_PRIVATE, context) == CURLE_OK
            && masker_curl_set_pointer(handle, CURLOPT_ERRORBUFFER, errorText) == CURLE_OK
    }

    // MARK: Receiving

    private var head: HTTPResponseHead {
        var head = HTTPResponseHead(status: status, headers: headers)
        head.endsWithConnection = head["content-length"] == nil && head["transfer-encoding"] == nil
        return head
    }

    private func takeHeaderLine(_ bytes: UnsafeRawBufferPointer) -> Bool {
        headerBytes += bytes.count
        guard headerBytes <= Self.headerLimit, headers.count <= Self.headerLines else {
            return fail(Self.headTooLarge)
        }
        // Lines after the head are trailers; the contract does not use them.
        guard !headIsComplete else { return true }
        let line = HeaderLine(bytes)
        if let status = line.status {
            self.status = status
            headers = []
        } else if line.isEmpty {
            guard status >= 200 else { return true }
            headIsComplete = true
            if let handle {
                tlsVersion = masker_curl_tls_version(handle).map { String(cString: $0) }
                if isLong { masker_curl_set_long(handle, CURLOPT_LOW_SPEED_TIME, silenceSeconds) }
            }
            let head = self.head
            let length = head["content-length"].flatMap { Int($0) } ?? 0
            // Reserves 256 KiB at most, because the header may be wrong.
            if onBody == nil { body.reserveCapacity(min(max(length, 0), request.bodyLimit, 256 << 10)) }
            onHead?(head)
            onHead = nil
            // A cancelled transfer only waited for its head.
            guard leavesBy == nil else { return fail(.cancelled) }
        } else if let field = line.field {
            headers.append(field)
        }
        return true
    }

    private func takeBody(_ bytes: UnsafeRawBufferPointer) -> Bool {
        bodyBytes += bytes.count
        guard bodyBytes <= request.bodyLimit else {
            return fail(TransportError(.tooLarge, detail: "the answer is larger than \(request.bodyLimit >> 20) MiB"))
        }
        if let onBody, (200..<300).contains(status) { onBody(Array(bytes)) } else { body.append(contentsOf: bytes) }
        return true
    }

    private func fail(_ error: TransportError) -> Bool {
        ownFailure = error
        return false
    }

    // MARK: Waiting for the first byte

    /// Looks at how far libcurl is. Called after each of its turns, until the head is complete.
    func look(_ kept: KeptConnections, _ settings: CurlTransport.Settings) {
        guard !headIsComplete, wasConnected else { return }
        if !isConnectionReady {
            isConnectionReady = true
            timeLimit = (ContinuousClock.now - begun).milliseconds + request.timeout.milliseconds
            if let handle { masker_curl_set_long(handle, CURLOPT_TIMEOUT_MS, timeLimit) }
        }
        guard request.onSilence != nil, !isSilent, leavesBy == nil, isOnKeptConnection, time(CURLINFO_STARTTRANSFER_TIME_T) == 0 else {
            silentAt = nil
            return
        }
        guard silentAt == nil else { return }
        let patience = kept.patience(port: localPort, least: settings.leastSilence)
        silentAt = settings.now() + patience
        wait(atLeast: patience.milliseconds * 2)
    }

    /// Extends the time limits: on a slow link, they must not end the transfer before its connection counts as silent.
    private func wait(atLeast milliseconds: Int) {
        guard let handle else { return }
        let least = (ContinuousClock.now - begun).milliseconds + milliseconds
        if timeLimit < least {
            timeLimit = least
            masker_curl_set_long(handle, CURLOPT_TIMEOUT_MS, timeLimit)
        }
        if !isLong, silenceSeconds < milliseconds / 1_000 { masker_curl_set_long(handle, CURLOPT_LOW_SPEED_TIME, milliseconds / 1_000) }
    }

    /// Tells the caller that the connection is silent.
    func reportSilence() {
        isSilent = true
        silentAt = nil
        // The caller sends the request again itself.
        if let handle { masker_curl_send_no_more(handle) }
        request.onSilence?()
    }

    /// Whether libcurl did not open a connection for this transfer. It may open one later, when the kept one was closed.
    private var isOnKeptConnection: Bool {
        var opened = 1
        guard let handle, masker_curl_get_long(handle, CURLINFO_NUM_CONNECTS, &opened) == CURLE_OK else { return false }
        return opened == 0
    }

    private var localPort: Int {
        var port = 0
        guard let handle, masker_curl_get_long(handle, CURLINFO_LOCAL_PORT, &port) == CURLE_OK else { return 0 }
        return port
    }

    /// Microseconds since the transfer began, 0 when it did not get there yet; nil when libcurl does not say.
    private func time(_ info: CURLINFO) -> Int? {
        var microseconds: curl_off_t = 0
        guard let handle, masker_curl_get_offset(handle, info, &microseconds) == CURLE_OK else { return nil }
        return Int(microseconds)
    }

    /// Notes how long the connection took to be ready, without the time for its name, when this transfer has opened it and
    /// libcurl keeps it.
    func noteConnection(in kept: inout KeptConnections) {
        guard !request.needsFreshConnection, headIsComplete, !isOnKeptConnection,
            let ready = time(CURLINFO_PRETRANSFER_TIME_T), let named = time(CURLINFO_NAMELOOKUP_TIME_T)
        else { return }
        kept.note(port: localPort, connectTime: .microseconds(max(ready - named, 0)))
    }

    // MARK: After cancellation

    /// Whether the request may have been sent and its head, which can contain a new value of the cookie, has not arrived.
    var awaitsHead: Bool { onHead != nil && !headIsComplete && wasConnected }

    /// Whether the head is still outstanding.
    var hasNoHead: Bool { onHead != nil && !headIsComplete }

    /// Answers the caller with `.cancelled` at once. The transfer goes on until its head is complete, so that
    /// `onHead` is called, or until `deadline`.
    func letGo(until deadline: ContinuousClock.Instant) {
        leavesBy = min(leavesBy ?? deadline, deadline)
        continuation?.resume(returning: .failure(.cancelled))
        continuation = nil
    }

    /// Extends the time limit by the time for which the process was suspended: the server was not slow then, and bytes that
    /// arrived in the meantime are still in the socket.
    func forgive(_ pause: Duration) {
        guard let handle else { return }
        timeLimit += pause.milliseconds
        silentAt = silentAt.map { $0 + pause }
        masker_curl_set_long(handle, CURLOPT_TIMEOUT_MS, timeLimit)
        // libcurl cannot restart its timer for silence, so that limit is removed.
        masker_curl_set_long(handle, CURLOPT_LOW_SPEED_TIME, 0)
    }

    // MARK: Ending

    /// Answers the caller after libcurl has ended the transfer. Returns the details of the connection.
    /// - Parameter limit: the longest time to connect.
    func finish(_ code: CURLcode, lastConnection: ConnectionInfo, limit: Duration) -> ConnectionInfo {
        var connection = lastConnection
        if let handle {
            connection.tlsVersion = tlsVersion ?? connection.tlsVersion
            let subject = masker_curl_certificate_field(handle, "Subject").map { String(cString: $0) }
            let expiry = masker_curl_certificate_field(handle, "Expire date").map { String(cString: $0) }
            connection.certificateSubject = subject ?? connection.certificateSubject
            connection.certificateExpiry = expiry ?? connection.certificateExpiry
        }
        if let ownFailure {
            end(.failure(ownFailure))
        } else if code == CURLE_ABORTED_BY_CALLBACK, isSilent {
            end(.failure(TransportError(.connectionLost, detail: "the server closed the connection without an answer")))
        } else if code == CURLE_OUT_OF_MEMORY, !headIsComplete, wasConnected {
            // libcurl returns this code for a header line that is longer than it accepts.
            end(.failure(Self.headTooLarge))
        } else if code != CURLE_OK {
            end(.failure(failure(code, limit)))
        } else if !headIsComplete {
            // libcurl calls an answer that ends inside its headers a success.
            end(.failure(TransportError(.connectionLost, detail: "the connection ended inside the answer's headers")))
        } else {
            let head = self.head
            end(.success(HTTPResponse(head: head, body: body, connection: connection)))
        }
        return connection
    }

    private func failure(_ code: CURLcode, _ limit: Duration) -> TransportError {
        let text = String(cString: errorText)
        if let error = trustFailure(code, text, route) { return error }
        if !wasConnected, let failure = proxyFailure(code, text, route), let error = failure.error {
            proxyFailure = ProxyGate.Failure(error: error, wantsSignIn: failure.wantsSignIn)
            return error
        }
        return CurlFailure.error(code, text: text, connectTimeout: limit, timeout: request.timeout, wasConnected: wasConnected)
    }

    /// Whether a connection was established: if so, part of the request may have been sent.
    var wasConnected: Bool { time(CURLINFO_PRETRANSFER_TIME_T) != 0 }

    /// Answers the caller, unless it was answered before, and releases the handle.
    func end(_ result: Result<HTTPResponse, TransportError>) {
        // `onHead` must not be called after the caller continues.
        onHead = nil
        continuation?.resume(returning: result)
        continuation = nil
        cleanUp()
    }

    private func cleanUp() {
        if let handle { masker_curl_easy_cleanup(handle) }
        handle = nil
        masker_curl_slist_free_all(headerList)
        headerList = nil
    }
}

extension Duration {
    var milliseconds: Int { Int(components.seconds) * 1_000 + Int(components.attoseconds / 1_000_000_000_000_000) }
}
