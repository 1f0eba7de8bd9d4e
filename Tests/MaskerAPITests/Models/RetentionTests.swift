import Foundation
import TestSupport
import Testing

@testable import MaskerAPI

@Suite("Retention", .ownThread)
struct RetentionTests {
    private static let now = Timestamp.parse("2026-05-03T21:14:00Z") ?? .distantPast

    @Test("a filter that reaches back further than the retention is recognised", arguments: [
        (nil, false), ("24h", false), ("90d", false), ("91d", true), ("2160h", false), ("2161h", true), ("2026-02-02T22:00:00Z", false),
        ("2026-02-02T21:00:00Z", true), ("1999-01-01T00:00:00Z", true), ("", false), ("d", false), ("rubbish", false),
    ] as [(String?, Bool)])
    func since(text: String?, isExceeded: Bool) {
        #expect(Retention.isExceeded(by: text, now: Self.now) == isExceeded)
    }

    @Test("a session's age is read from its ULID; another id has none")
    func ids() {
        // The first ten characters of a ULID are milliseconds: these are of 2016-07-30 and of 2027.
        #expect(Retention.isOver(Identifier("sess_01ARYZ6S41TSV4RRFFQ69G5FAV"), now: Self.now))
        #expect(!Retention.isOver(Identifier("sess_01N0000000TSV4RRFFQ69G5FAV"), now: Self.now))
        #expect(!Retention.isOver(Identifier("sess_1"), now: Self.now))
    }

    @Test("the error for a missing session names the retention only when the session is too old")
    func sentence() {
        let error = APIError(kind: .notFound, status: 404, code: "session_not_found", message: "No such session.", requestID: "req_1")
        #expect(error.namingRetention(of: Identifier("sess_01ARYZ6S41TSV4RRFFQ69G5FAV"), now: Self.now).message
            == "No such session; sessions are kept for 90 days, and this one is older")
        #expect(error.namingRetention(of: Identifier("sess_1"), now: Self.now) == error)
        let other = APIError(kind: .notFound, status: 404, code: "not_found", message: "No.")
        #expect(other.namingRetention(of: Identifier("sess_01ARYZ6S41TSV4RRFFQ69G5FAV"), now: Self.now) == other)
    }
}
