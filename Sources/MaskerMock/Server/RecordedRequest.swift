/// A request that the mock has received.
public struct RecordedRequest: Sendable, Codable, Equatable {
    public var method: String
    public var path: String
    public var query: [String: String]
    /// The value of the cookie `masker_session` in the request.
    public var cookie: String?
    /// The API token in the request.
    public var token: String?
    /// The status of the answer; nil while there is none, and when the connection was dropped.
    public var status: Int?
}

/// The requests of a server, in the order of their arrival.
struct RequestLog: Sendable {
    private struct Entry: Sendable {
        var number: Int
        var request: RecordedRequest
        var isAnswered = false
    }

    private var entries: [Entry] = []
    private var next = 0

    /// The largest number of recorded requests; the oldest are removed.
    private static let most = 100_000

    /// The requests that were answered or dropped.
    var done: [RecordedRequest] { entries.filter(\.isAnswered).map(\.request) }
    /// The requests without an answer yet.
    var underWay: [RecordedRequest] { entries.filter { !$0.isAnswered }.map(\.request) }

    /// Records a new request; returns its number.
    mutating func begin(_ request: RecordedRequest) -> Int {
        if entries.count >= Self.most { entries.removeFirst(Self.most / 10) }
        next += 1
        entries.append(Entry(number: next, request: request))
        return next
    }

    mutating func end(_ number: Int, status: Int?) {
        guard let index = entries.lastIndex(where: { $0.number == number }) else { return }
        entries[index].request.status = status
        entries[index].isAnswered = true
    }

    mutating func clear() { entries.removeAll() }
}
