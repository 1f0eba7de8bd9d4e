import Foundation

/// `/health`, in its two documented forms.
enum HealthRoutes {
    static func answer(_ request: MockRequest, _ account: MockAccount, now: Date) throws -> MockAnswer {
        try request.allow("GET")
        let form = account.options.health
        let isDegraded = form == .degraded || form == .flatDegraded
        var body: [String: MockJSON] = ["status": .text(isDegraded ? "degraded" : "ok"), "version": .text(version)]
        switch form {
        case .flat, .flatDegraded:
            body["db"] = "ok"
            body["vault"] = "ok"
            // OPEN: the value of a component that is not ok.
            body["upstream"] = .text(isDegraded ? "failing" : "ok")
        case .ok, .degraded:
            body["uptime_seconds"] = .int(Int(max(now.timeIntervalSince(account.startedAt), 0)))
            body["components"] = [
                "db": "ok", "vault": "ok", "audit_log": "ok", "upstream": "ok", "ner_model": .text(isDegraded ? "not_loaded" : "ok"),
            ]
            body["build"] = ["commit": "0000000", "built_at": "2026-05-01T00:00:00Z"]
        }
        return .reply(.object(body), status: isDegraded ? 503 : 200)
    }

    private static let version = "0.9.0-mock"
}
