import MaskerAPI

extension MaskerClient {
    /// More pages of agents than this are not looked through.
    private static let mostPages = 20

    /// The first agent of the list that is meant; nil when the whole list does not hold it.
    /// - Parameter isWhole: whether a record that cannot be read may be the one, so that nobody knows.
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
        throw .endlessAgents(pages: Self.mostPages)
    }
}

extension APIError {
    fileprivate static let unreadableRecords = APIError(
        kind: .unexpectedResponse, status: 200, message: "the list of agents holds records that cannot be read")

    /// - Parameter pages: how many were looked through.
    fileprivate static func endlessAgents(pages: Int) -> APIError {
        APIError(
            kind: .unexpectedResponse,
            message: "the list of agents goes on after \(pages) pages of \(Endpoint.largestPage), and no more are looked through")
    }
}
