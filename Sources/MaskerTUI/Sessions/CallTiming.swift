import MaskerAPI

/// How long a call session and its stages took: all that a sample keeps of it.
package struct CallTiming: Sendable, Equatable {
    /// Milliseconds.
    var duration: Double?
    var status: CallStatus?
    var stages: StageDurations?

    init(_ detail: CallSessionDetail) {
        duration = detail.session.durationMS
        status = detail.session.status
        stages = detail.stageDurations
    }

    /// Payloads go no further than this function.
    static func read(_ id: Identifier<CallSession>, _ priority: RequestPriority, _ client: MaskerClient) async -> Result<CallTiming, APIError> {
        await Result(priority) { CallTiming(try await client.session(id)) }
    }
}
