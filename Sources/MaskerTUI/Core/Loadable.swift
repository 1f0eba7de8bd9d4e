import MaskerAPI

/// Something asked of the API: what is known of it, and why it is not newer.
struct Loadable<Value: Sendable>: Sendable {
    private(set) var value: Value?
    private(set) var failure: APIError?

    init() {}

    /// A failure leaves the value that was known.
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
