/// Decides which requests may ask a proxy for a connection. A directory service locks an account after a few wrong passwords, so
/// one request goes alone until the proxy has let one through, and none after the proxy has refused the password.
struct ProxyGate {
    /// Why no connection through the proxy came about.
    struct Failure {
        var error: TransportError
        /// Whether the proxy wants another user name or password.
        var wantsSignIn: Bool
    }

    private var isOpen: Bool
    /// The error for all further requests.
    private(set) var refusal: TransportError?

    init(_ proxy: ProxyChoice) { isOpen = proxy.address == nil }

    /// - Parameter running: the number of requests that are being sent.
    func admits(beside running: Int) -> Bool { isOpen || running == 0 }

    /// The proxy has let a request through.
    mutating func open() { isOpen = refusal == nil }

    /// The proxy has not let a request through. Returns whether this is the answer to the waiting requests, too.
    mutating func isShared(_ failure: Failure) -> Bool {
        if failure.wantsSignIn {
            isOpen = false
            refusal = failure.error
        }
        return !isOpen
    }

    /// Lets one request ask the proxy again.
    mutating func askAgain() { refusal = nil }
}
