import Foundation
import MaskerAPI

/// A request, freed of the server library's types.
struct MockRequest: Sendable {
    var method: String
    var path: String
    var query: [String: String]
    /// Names in lower case.
    var headers: [String: String]
    var body: Data

    /// The value of a cookie.
    func cookie(_ name: String) -> String? {
        (headers["cookie"] ?? "").split(separator: ";").lazy
            .map { $0.trimmingCharacters(in: .whitespaces) }
            .first { $0.hasPrefix(name + "=") }
            .map { String($0.dropFirst(name.count + 1)) }
    }
}

/// An answer, freed of the server library's types.
struct MockAnswer: Sendable {
    var status = 200
    var headers: [(name: String, value: String)] = []
    var body = Data()
    /// Sent piece by piece instead of `body`.
    var stream: [String]?

    static func json(_ value: some Encodable, status: Int = 200) -> MockAnswer {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .custom { date, encoder in
            var container = encoder.singleValueContainer()
            try container.encode(Timestamp.format(date))
        }
        // Models hold nothing that cannot be encoded.
        let body = (try? encoder.encode(value)) ?? Data()
        return MockAnswer(status: status, headers: [("Content-Type", "application/json")], body: body)
    }

    static func html(_ title: String, _ body: String) -> MockAnswer {
        let page = """
            <!doctype html><html lang="en"><meta charset="utf-8"><title>\(title)</title>
            <style>body{font:16px/1.5 system-ui;max-width:40rem;margin:3rem auto;padding:0 1rem}
            button{font:inherit;padding:.4rem 1rem}code{background:#eee;padding:0 .3rem}</style>
            <h1>\(title)</h1>\(body)</html>
            """
        return MockAnswer(headers: [("Content-Type", "text/html; charset=utf-8")], body: Data(page.utf8))
    }

    static func redirect(to target: String) -> MockAnswer { MockAnswer(status: 302, headers: [("Location", target)]) }
    static let noContent = MockAnswer(status: 204)
}

/// An error of the contract.
struct MockError: Error, Sendable {
    var status: Int
    var code: String
    var message: String
    var retryAfter: String?

    static let unauthenticated = MockError(status: 401, code: "unauthenticated", message: "Sign in to continue.")
    static let agentNotFound = MockError(status: 404, code: "agent_not_found", message: "No such agent.")
    static let sessionNotFound = MockError(status: 404, code: "session_not_found", message: "No such session.")

    static func invalid(_ message: String) -> MockError { unprocessable("validation_failed", message) }
    static func unprocessable(_ code: String, _ message: String) -> MockError {
        MockError(status: 422, code: code, message: message)
    }

    func answer(requestID: String) -> MockAnswer {
        struct Envelope: Encodable { var error: [String: String] }
        var answer = MockAnswer.json(
            Envelope(error: ["code": code, "message": message, "request_id": requestID]), status: status)
        if let retryAfter { answer.headers.append(("Retry-After", retryAfter)) }
        return answer
    }
}
