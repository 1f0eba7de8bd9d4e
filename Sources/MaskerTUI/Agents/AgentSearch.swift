import MaskerAPI

extension MaskerClient {
    /// The maximum number of pages of agents that a search reads.
    fileprivate static let mostPages = 20

    /// The first agent that matches; nil when the complete list has none.
    /// - Parameter isWhole: whether the search throws when it meets unreadable records, because one of them may be the agent.
    func firstAgent(
        nameContains name: String? = nil, isWhole: Bool = false, where isMeant: (Agent) -> Bool
    ) async throws(APIError) -> Agent? {
        var cursor: String?
        for _ in 0..<Self.mostPages {
            let page = try await agents(nameContains: name, cursor: cursor)
            if let found = page.data.first(where: isMeant) { return found }
            guard !page.hasUnreadableCursor else { throw .unreadableCursor }
            guard !isWhole || page.unreadableCount == 0 else { throw .unreadableRecords }
            cursor = page.nextCursor
            if cursor == nil { return nil }
        }
        throw .endlessAgents
    }
}

extension APIError {
    fileprivate static let unreadableRecords = APIError(
        kind: .unexpectedResponse, status: 200, message: "the list of agents contains unreadable records")

    fileprivate static let endlessAgents = APIError(
        kind: .unexpectedResponse,
        message: "the list of agents goes on after \(MaskerClient.mostPages) pages of \(Endpoint.largestPage), and the search reads no more")

    /// Whether a search has ended before the end of the list.
    var saysListIsTooLong: Bool { self == .endlessAgents }
}
