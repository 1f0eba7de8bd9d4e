/// An error of the contract.
struct MockError: Error, Sendable {
    var status: Int
    var code: String
    var message: String
    /// Which field of the request it is about.
    var field: String?
    var headers: [(name: String, value: String)] = []

    static let unauthenticated = MockError(status: 401, code: "unauthenticated", message: "Sign in to continue.")
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
        struct Details: Encodable { var field: String }
        struct Body: Encodable { var code: String, message: String, details: Details?, request_id: String }
        struct Envelope: Encodable { var error: Body }
        let body = Body(code: code, message: message, details: field.map(Details.init), request_id: requestID)
        var answer = MockAnswer.json(Envelope(error: body), status: status)
        answer.headers += headers
        return answer
    }
}
