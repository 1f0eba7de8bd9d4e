import MaskerAPI

extension Result where Failure == APIError {
    /// The result of one API call. The client throws only `APIError`, but the type of an async closure cannot say so yet.
    init(_ priority: RequestPriority = .current, _ call: () async throws -> Success) async {
        do {
            self = .success(try await RequestPriority.$current.withValue(priority) { try await call() })
        } catch let error as APIError {
            self = .failure(error)
        } catch {
            self = .failure(APIError(kind: .unexpectedResponse, message: "\(error)"))
        }
    }
}
