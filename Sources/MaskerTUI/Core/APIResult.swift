import MaskerAPI

extension Result where Failure == APIError {
    /// What came of a call of the API. The client throws nothing but `APIError`; closures do not carry that yet.
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
