import MaskerMock
import Synchronization
import TestSupport
import Testing

@testable import MaskerAPI

@Suite("Lines of the diagnostic log", .ownThread)
struct RequestRecordTests {
    private final class Records: Sendable {
        private let kept = Mutex<[RequestRecord]>([])
        var all: [RequestRecord] { kept.withLock { $0 } }
        func take(_ record: RequestRecord) { kept.withLock { $0.append(record) } }
    }

    private func client(_ service: TestService, _ records: Records, retry: RetryPolicy = .none) throws -> MaskerClient {
        MaskerClient(
            host: service.host, transport: PatientTransport(host: service.host), login: try service.login(), retry: retry,
            log: records.take)
    }

    @Test("each request has one line with its path template, also a refused one: no id, no query value, no cookie")
    func records() async throws {
        try await TestService.with { service in
            let records = Records()
            let client = try client(service, records)
            let id = try #require(try await client.agents(nameContains: "refill", limit: 3).data.first?.id)
            _ = try await client.agent(id)
            _ = try? await client.agent(Identifier("agt_marker"))
            try await client.deleteAgent(id)
            let told = records.all.map { "\($0.method.rawValue) \($0.template) \($0.outcome)" }
            #expect(told == [
                "GET /agents status(200)", "GET /agents/{id} status(200)", "GET /agents/{id} status(404)",
                "DELETE /agents/{id} status(204)",
            ])
            #expect(records.all.allSatisfy { $0.requestID?.hasPrefix("req_") == true && $0.duration > .zero })
            let everything = "\(records.all)"
            for secret in [id.rawValue, "marker", "refill", TestService.admin] { #expect(!everything.contains(secret)) }
        }
    }

    @Test("each try has a line, and a failed connection its reason")
    func failures() async throws {
        let change: (inout MockOptions) -> Void = { $0.faults = [MockFault(path: "/api/v1/sessions", times: 2, drop: .before)] }
        try await TestService.with(change) { service in
            let records = Records()
            var retry = RetryPolicy.standard
            retry.sleep = { _ in }
            _ = try await client(service, records, retry: retry).sessions(limit: 1)
            #expect(records.all.map(\.outcome) == [.failure(.connectionLost), .failure(.connectionLost), .status(200)])
        }
    }
}
