import MaskerAPI

/// What the overview asks the API for, in the console and without a screen.
enum OverviewFetch {
    static func page(_ request: PageRequest<SessionFilter>, from client: MaskerClient) async -> Result<Page<CallSession>, APIError> {
        await Result(request.priority) { try await client.sessions(request.filter, cursor: request.cursor) }
    }

    /// How long one session took. Payloads go no further than this.
    static func timing(of id: Identifier<CallSession>, for purpose: SamplePurpose, from client: MaskerClient) async -> Result<CallTiming, APIError> {
        await Result(purpose == .overview ? .bulk : .interactive) { CallTiming(try await client.session(id)) }
    }
}
