/// An error answer of the API.
struct MockError: Error, Sendable {
    var status: Int
    var code: String
    var message: String
    /// OPEN: the form of the details.
    var details: MockJSON?
    var headers: [(name: String, value: String)] = []

    static let unauthenticated = MockError(status: 401, code: "unauthenticated", message: "Sign in to continue.")
    static let tokenRefused = MockError(status: 401, code: "unauthenticated", message: "This API token is not valid.")
    static let badSignature = MockError(status: 401, code: "bad_signature", message: "The signature does not match.")

    static func forbidden(_ message: String) -> MockError { MockError(status: 403, code: "forbidden", message: message) }

    /// OPEN: the error for a missing scope.
    static func missing(_ scope: MockScope) -> MockError {
        MockError(
            status: 403, code: "missing_scope", message: "This API token lacks the scope \(scope.rawValue).",
            details: ["scope": .text(scope.rawValue)])
    }

    static let agentNotFound = MockError(status: 404, code: "agent_not_found", message: "No such agent.")
    static let sessionNotFound = MockError(status: 404, code: "session_not_found", message: "No such session.")
    static let noSuchAddress = MockError(status: 404, code: "not_found", message: "No such address.")

    static func invalid(_ field: String?, _ message: String) -> MockError {
        unprocessable("validation_failed", message, field: field)
    }

    /// - Parameter field: the name of the wrong field of the request.
    static func unprocessable(_ code: String, _ message: String, field: String?) -> MockError {
        MockError(status: 422, code: code, message: message, details: field.map { ["field": .text($0)] })
    }

    static func rateLimited(seconds: Double) -> MockError {
        let whole = max(Int(seconds.rounded(.up)), 1)
        return MockError(
            status: 429, code: "rate_limited", message: "Too many requests; try again in \(whole) s.",
            headers: [("Retry-After", "\(whole)")])
    }

    /// The error as JSON, in the form of the service, or at the proxy in the form of OpenAI's API.
    func answer(requestID: String, isOpenAI: Bool = false) -> MockAnswer {
        var error: [String: MockJSON] = ["code": .text(code), "message": .text(message), "request_id": .text(requestID)]
        if isOpenAI {
            error["type"] = .text(openAIType)
            error["param"] = details?.field ?? MockJSON.null
        } else {
            error["details"] = details
        }
        var answer = MockAnswer.reply(["error": .object(error)], status: status)
        answer.headers += headers
        return answer
    }

    private var openAIType: String {
        switch status {
        case 401: "authentication_error"
        case 429: "rate_limit_error"
        case 500...: "server_error"
        default: "invalid_request_error"
        }
    }
}

extension MockJSON {
    /// The member with this name.
    fileprivate var field: MockJSON? {
        guard case .object(let members) = self else { return nil }
        return members["field"]
    }
}
