/// An error of the contract.
struct MockError: Error, Sendable {
    var status: Int
    var code: String
    var message: String
    /// Which field of the request it is about.
    var field: String?
    /// Which scope an API token lacks.
    var scope: MockScope?
    var headers: [(name: String, value: String)] = []

    static let unauthenticated = MockError(status: 401, code: "unauthenticated", message: "Sign in to continue.")
    static let tokenRefused = MockError(status: 401, code: "unauthenticated", message: "This API token is not valid.")

    /// OPEN: how a missing scope is said.
    static func missing(_ scope: MockScope) -> MockError {
        MockError(status: 403, code: "missing_scope", message: "This API token lacks the scope \(scope.rawValue).", scope: scope)
    }

    static let agentNotFound = MockError(status: 404, code: "agent_not_found", message: "No such agent.")
    static let sessionNotFound = MockError(status: 404, code: "session_not_found", message: "No such session.")
    static let noSuchAddress = MockError(status: 404, code: "not_found", message: "No such address.")

    static func invalid(_ field: String?, _ message: String) -> MockError {
        unprocessable("validation_failed", message, field: field)
    }

    static func unprocessable(_ code: String, _ message: String, field: String?) -> MockError {
        MockError(status: 422, code: code, message: message, field: field)
    }

    func answer(requestID: String) -> MockAnswer {
        struct Details: Encodable { var field: String?, scope: String? }
        struct Body: Encodable { var code: String, message: String, details: Details?, request_id: String }
        struct Envelope: Encodable { var error: Body }
        let details = field == nil && scope == nil ? nil : Details(field: field, scope: scope?.rawValue)
        let body = Body(code: code, message: message, details: details, request_id: requestID)
        var answer = MockAnswer.json(Envelope(error: body), status: status)
        answer.headers += headers
        return answer
    }
}
