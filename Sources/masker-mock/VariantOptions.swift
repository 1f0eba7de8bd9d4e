import ArgumentParser
import MaskerMock

/// The variants of the contract; each default is the documented form.
struct VariantOptions: ParsableArguments {
    @Option(help: "How the current user is returned: \(names(MockOptions.Me.self)).") var me = "documented"
    @Option(help: "Permissions of users that are not admins: a list with commas, none, or untold.")
    var permissions = "agents:read,agents:write,sessions:read,reports:read"
    @Option(help: "The form of the health: \(names(MockOptions.Health.self)).") var health = "ok"
    @Option(help: "The field of a report's audit root: \(names(MockOptions.ReportRoot.self)).") var reportRoot = "merkle"
    @Option(help: "The form of a report's coverage: \(names(MockOptions.Coverage.self)).") var coverage = "documented"
    @Flag(help: "Reports have a signature.") var reportSignature = false
    @Option(help: "The format of a report if the request names none: \(names(MockOptions.ReportFormat.self)).") var defaultReportFormat = "pdf"
    @Flag(help: "The policy in a report is a later version than that of its session.") var policyDrift = false
    @Flag(help: "The audit chain does not verify, so no report is generated.") var auditBroken = false
    @Option(help: "The answer to a second log-out: \(names(MockOptions.DeadLogOut.self)).") var logoutDead = "204"
    @Option(help: "Limit of the account's requests: none, documented, or RATE:BURST.") var rateLimit = "none"
    @Option(help: "Limit of the account's requests per day (default: no limit).") var dailyLimit: Int?
    @Option(
        name: .customLong("public-url"), help: ArgumentHelp("The origin in proxy_url and webhook_url.", valueName: "url"))
    var publicURL: String?

    func apply(to options: inout MockOptions) throws {
        options.me = try Self.read(me, "--me")
        options.health = try Self.read(health, "--health")
        options.reportRoot = try Self.read(reportRoot, "--report-root")
        options.coverage = try Self.read(coverage, "--coverage")
        options.defaultReportFormat = try Self.read(defaultReportFormat, "--default-report-format")
        options.logOutDead = try Self.read(logoutDead, "--logout-dead")
        options.reportSignature = reportSignature
        options.policyDrift = policyDrift
        options.auditBroken = auditBroken
        guard let permissions = MockOptions.Permissions(parsing: self.permissions) else {
            throw ValidationError("--permissions takes a list with commas, none, or untold.")
        }
        options.permissions = permissions
        guard let rateLimit = MockOptions.RateLimit(parsing: self.rateLimit) else {
            throw ValidationError("--rate-limit takes none, documented, or RATE:BURST.")
        }
        options.rateLimit = rateLimit
        guard dailyLimit.map({ (0...1_000_000_000).contains($0) }) ?? true else { throw ValidationError("--daily-limit takes 0 to 1000000000.") }
        options.dailyLimit = dailyLimit
        options.publicURL = publicURL.map { $0.hasSuffix("/") ? String($0.dropLast()) : $0 }
    }

    private static func read<Variant: RawRepresentable<String> & CaseIterable>(_ text: String, _ option: String) throws -> Variant {
        guard let variant = Variant(rawValue: text) else { throw ValidationError("\(option) takes \(names(Variant.self)).") }
        return variant
    }
}

/// The values that an option takes, for its help: `ok, degraded or flat`.
private func names<Variant: RawRepresentable<String> & CaseIterable>(_ type: Variant.Type) -> String {
    let all = Variant.allCases.map(\.rawValue)
    return all.dropLast().joined(separator: ", ") + " or " + (all.last ?? "")
}
