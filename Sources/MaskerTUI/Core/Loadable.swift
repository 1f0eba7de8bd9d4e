import MaskerAPI

/// A value requested from the API: the last value received, and why it is not newer.
struct Loadable<Value: Sendable>: Sendable {
    private(set) var value: Value?
    private(set) var failure: APIError?

    init() {}

    /// Stores a result. A failure keeps the last value.
    mutating func receive(_ result: Result<Value, APIError>) {
        switch result {
        case .success(let newValue):
            value = newValue
            failure = nil
        case .failure(let error):
            failure = error
        }
    }
}
