import MaskerAPI

/// The duration of a session and of its stages. A sample keeps nothing else of a session.
package struct CallTiming: Sendable, Equatable {
    /// In milliseconds; nil when the server gives none.
    var duration: Double?
    var status: CallStatus?
    var stages: StageDurations?

    init(_ detail: CallSessionDetail) {
        duration = detail.session.durationMS
        status = detail.session.status
        stages = detail.stageDurations
    }

    /// Reads a session's detail and returns its durations only, so that payloads do not leave this function.
    static func read(_ id: Identifier<CallSession>, _ priority: RequestPriority, _ client: MaskerClient) async -> Result<CallTiming, APIError> {
        await Result(priority) { CallTiming(try await client.session(id)) }
    }
}
