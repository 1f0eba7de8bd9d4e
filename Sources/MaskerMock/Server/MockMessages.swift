import Foundation
import MaskerAPI

/// A request, without the types of the server library.
struct MockRequest: Sendable {
    var method: String
    var path: String
    var query: [String: String]
    /// The headers; names are in lower case.
    var headers: [String: String]
    var body: Data

    /// The value of a cookie.
    func cookie(_ name: String) -> String? {
        (headers["cookie"] ?? "").split(separator: ";").lazy
            .map { $0.trimmingCharacters(in: .whitespaces) }
            .first { $0.hasPrefix(name + "=") }
            .map { String($0.dropFirst(name.count + 1)) }
    }

    /// The value of the API token. OPEN: the header in which it is sent.
    var token: String? {
        headers["authorization"].flatMap { $0.hasPrefix("Bearer ") ? String($0.dropFirst("Bearer ".count)) : nil }
    }

    /// Throws 405 for a method that the address does not have, and 404 for `HEAD`.
    func allow(_ methods: String...) throws {
        if method == "HEAD" { throw MockError.noSuchAddress }
        guard methods.contains(method) else {
            throw MockError(
                status: 405, code: "method_not_allowed", message: "The method \(method) is not allowed here.",
                headers: [("Allow", methods.joined(separator: ", "))])
        }
    }

    /// Reads a query like a form: percent-encoded, `+` is a space. If a name occurs twice, the last value is used.
    static func query(_ text: String) -> [String: String] {
        let pairs = text.split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (decoded(parts[0]), parts.count > 1 ? decoded(parts[1]) : "")
        }
        return Dictionary(pairs, uniquingKeysWith: { $1 })
    }

    private static func decoded(_ text: Substring) -> String {
        let spaced = text.replacing("+", with: " ")
        return spaced.removingPercentEncoding ?? String(spaced)
    }
}

/// An answer, without the types of the server library.
struct MockAnswer: Sendable {
    var status = 200
    var headers: [(name: String, value: String)] = []
    var body = Data()
    /// The body in pieces, sent one by one instead of `body`.
    var stream: [Data]?

    static func reply(_ value: MockJSON, status: Int = 200) -> MockAnswer {
        MockAnswer(status: status, headers: [("Content-Type", "application/json")], body: value.bytes)
    }

    static func json(_ value: some Encodable, status: Int = 200) -> MockAnswer {
        // Sorted, so that the same request always has the same answer, byte by byte.
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .custom { date, encoder in
            var container = encoder.singleValueContainer()
            try container.encode(Timestamp.format(date))
        }
        // Every model can be encoded.
        let body = (try? encoder.encode(value)) ?? Data()
        return MockAnswer(status: status, headers: [("Content-Type", "application/json")], body: body)
    }

    static func html(_ title: String, _ body: String) -> MockAnswer {
        let page = """
            <!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
            <title>\(title)</title><style>
            body{font:16px/1.5 system-ui,sans-serif;max-width:40rem;margin:3rem auto;padding:0 1rem;color:#222}
            button,.button{font:inherit;padding:.4rem 1rem;border:1px solid #888;border-radius:.3rem;background:#f4f4f4;
            color:inherit;text-decoration:none;cursor:pointer}form{margin:.6rem 0}
            code{background:#eee;padding:0 .3rem}.note{border-left:.3rem solid #c90;padding-left:.7rem}</style>
            <h1>\(title)</h1>\(body)</html>

            """
        return MockAnswer(headers: [("Content-Type", "text/html; charset=utf-8")], body: Data(page.utf8))
    }

    static func redirect(to target: String) -> MockAnswer { MockAnswer(status: 302, headers: [("Location", target)]) }
    static let noContent = MockAnswer(status: 204)
}
