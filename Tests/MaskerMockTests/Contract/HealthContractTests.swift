import Foundation
import MaskerMock
import TestSupport
import Testing

/// Literal JSON, written from the contract: *Health*.
@Suite("The mock's health", .ownThread)
struct HealthContractTests {
    @Test("both forms, ok and degraded; degraded has status 503 and the same fields", arguments: MockOptions.Health.allCases)
    func forms(form: MockOptions.Health) async throws {
        try await PlainHTTP.with({ $0.health = form }) { http in
            let answer = try await http.send("GET", "/health", cookie: nil)
            let isDegraded = form == .degraded || form == .flatDegraded
            #expect(answer.status == (isDegraded ? 503 : 200) && answer.headers["content-type"] == "application/json")
            #expect(answer.json["status"] as? String == (isDegraded ? "degraded" : "ok") && answer.json["version"] is String)
            let components: [String: Any]
            if form == .ok || form == .degraded {
                #expect(Set(answer.json.keys) == ["status", "version", "uptime_seconds", "components", "build"])
                #expect(answer.json["uptime_seconds"] is Int)
                #expect(Set(answer.object("build").keys) == ["commit", "built_at"])
                components = answer.object("components")
                #expect(Set(components.keys) == ["db", "vault", "audit_log", "upstream", "ner_model"])
            } else {
                #expect(Set(answer.json.keys) == ["status", "version", "db", "vault", "upstream"])
                components = answer.json.filter { !["status", "version"].contains($0.key) }
            }
            #expect(components.values.allSatisfy { $0 is String })
            #expect(components.values.contains { $0 as? String != "ok" } == isDegraded)
        }
    }
}
