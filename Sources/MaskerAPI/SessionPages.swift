import Synchronization

/// Reads a list of sessions to its end, page after page. While the caller decodes and uses a page, at most two further pages
/// are requested, one after the other.
public final class SessionPages: Sendable {
    private let client: MaskerClient
    private let answers: BoundedChannel<Result<HTTPResponse, APIError>>
    private let reading: Task<Void, Never>
    private let lines = Mutex(SessionLineReader())

    /// Requests a page; `cursor` is nil for the first one.
    typealias Fetch = @Sendable (_ cursor: String?) async throws(APIError) -> HTTPResponse

    init(_ client: MaskerClient, executor: (any TaskExecutor)?, fetch: @escaping Fetch) {
        self.client = client
        let answers = BoundedChannel<Result<HTTPResponse, APIError>>(room: 2)
        self.answers = answers
        reading = Task(executorPreference: executor) {
            await RequestPriority.$current.withValue(.bulk) { await Self.read(fetch, into: answers) }
            answers.end()
        }
    }

    deinit {
        reading.cancel()
        answers.end()
    }

    /// Returns the next page; nil after the last one, and after an error.
    public func next() async throws(APIError) -> Page<CallSession>? {
        try await answer().map { answer throws(APIError) in try client.sessionPage(answer.get()) }
    }

    /// Returns the next page as lines of JSON; nil after the last one, and after an error.
    public func nextLines() async throws(APIError) -> Page<SessionLine>? {
        try await answer().map { answer throws(APIError) in
            let response = try answer.get()
            return try MaskerClient.page(response) { body throws(JSONSyntaxError) in
                try lines.withLock { lines throws(JSONSyntaxError) in try lines.read(body) }
            }
        }
    }

    private func answer() async throws(APIError) -> Result<HTTPResponse, APIError>? {
        let answer = await withTaskCancellationHandler { await answers.take() } onCancel: { reading.cancel() }
        guard !Task.isCancelled else { throw .cancelled }
        return answer
    }

    private static func read(_ fetch: Fetch, into answers: BoundedChannel<Result<HTTPResponse, APIError>>) async {
        var cursor: String?
        repeat {
            do throws(APIError) {
                let response = try await fetch(cursor)
                cursor = PageEnd.cursor(response.body)
                await answers.give(.success(response))
            } catch {
                return await answers.give(.failure(error))
            }
        } while cursor != nil && !Task.isCancelled
    }
}
