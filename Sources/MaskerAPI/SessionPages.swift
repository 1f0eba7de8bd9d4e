/// Reads a list of sessions to its end, page after page. While a page is decoded and used, the next ones are on their way:
/// two of them at most, one after the other.
public final class SessionPages: Sendable {
    private let client: MaskerClient
    private let answers: BoundedChannel<Result<HTTPResponse, APIError>>
    private let reading: Task<Void, Never>

    /// Where a page is asked for: `cursor` is nil for the first one.
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

    /// The next page; nil behind the last one, and behind an error.
    public func next() async throws(APIError) -> Page<CallSession>? {
        let answer = await withTaskCancellationHandler { await answers.take() } onCancel: { reading.cancel() }
        guard !Task.isCancelled else { throw .cancelled }
        return try answer.map { answer throws(APIError) in try client.sessionPage(answer.get()) }
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
