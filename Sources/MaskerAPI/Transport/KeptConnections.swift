/// What is known about the connections that libcurl keeps for later requests.
///
/// A kept connection can die without a sign: a firewall or a NAT router forgets it, or the network changes. What is sent over it
/// then gets no answer and no error.
struct KeptConnections {
    /// How long it took until each connection was ready, the latest last. The local port tells connections apart.
    private var connectTimes: [(port: Int, time: Duration)] = []
    /// When a kept connection was last found silent, by libcurl's clock.
    private var foundSilentAt: ContinuousClock.Instant?

    /// More than libcurl keeps.
    private static let mostTimes = 16
    /// libcurl itself does not use a connection again that was idle for 118 s.
    private static let idleLimit = Duration.seconds(120)

    mutating func note(port: Int, connectTime: Duration) {
        connectTimes.removeAll { $0.port == port }
        connectTimes.append((port, connectTime))
        if connectTimes.count > Self.mostTimes { connectTimes.removeFirst() }
    }

    /// How long a read on this connection may wait for the first byte: the time of four connects, so that a slow link is not
    /// taken for a dead one. For an unknown connection, the slowest that is known counts.
    /// - Parameter least: the shortest wait.
    func patience(port: Int, least: Duration) -> Duration {
        let time = connectTimes.last { $0.port == port }?.time ?? connectTimes.map(\.time).max() ?? .zero
        return max(least, time * 4)
    }

    /// From now on, connections that were opened before are not used again: what has ended one of them has probably ended the
    /// others, too.
    mutating func retire(at now: ContinuousClock.Instant) { foundSilentAt = now }

    /// The age in seconds from which a connection is not used again; nil when each may be used. It is at most one second more
    /// than the time since `retire`. A connection that was found silent is at least 3 s older than that.
    func longestAge(at now: ContinuousClock.Instant) -> Int? {
        guard let foundSilentAt, now - foundSilentAt < Self.idleLimit else { return nil }
        return Int((now - foundSilentAt).components.seconds) + 1
    }
}
