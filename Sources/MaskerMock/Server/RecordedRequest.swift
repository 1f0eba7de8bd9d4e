/// What the mock has seen of a request.
public struct RecordedRequest: Sendable, Codable, Equatable {
    public var method: String
    public var path: String
    public var query: [String: String]
    /// Which value of the session cookie came with it.
    public var cookie: String?
    /// Which API token came with it.
    public var token: String?
    /// Nil when the connection was dropped, and while the answer is not there yet.
    public var status: Int?
}

/// The requests of a server, in the order they came.
struct RequestLog: Sendable {
    private struct Entry: Sendable {
        var number: Int
        var request: RecordedRequest
        var isAnswered = false
    }

    private var entries: [Entry] = []
    private var next = 0

    /// Requests remembered; the oldest give way.
    private static let most = 100_000

    /// Those that were answered or dropped.
    var done: [RecordedRequest] { entries.filter(\.isAnswered).map(\.request) }
    /// Those whose answer is not there yet.
    var underWay: [RecordedRequest] { entries.filter { !$0.isAnswered }.map(\.request) }

    /// Notes a request that has come; returns its number.
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
