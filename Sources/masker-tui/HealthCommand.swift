import ArgumentParser
import MaskerAPI
import MaskerTUI
import TerminalKit

/// `masker-tui health`: prints the health of the service. Needs no sign-in.
struct HealthCommand: ScriptCommand {
    static let configuration = CommandConfiguration(
        commandName: "health", abstract: "Print the health of the service.",
        discussion: "Prints the status, the version and the failing components, one per line. Exit status: 0 ok, 1 degraded, 7 not reached.")

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: FormatOptions

    func run() throws {
        let health = try withClient { try await $0.health() }
        if output.format.isJSON {
            try Output.object(health, output.format)
        } else {
            for (name, value) in Self.facts(health) { try Output.line(PrintableText(name).string + "\t" + PrintableText(value).string) }
        }
        guard health.isDegraded else { return }
        let failing = health.failing.map { "\($0.name) is \($0.state)" }.joined(separator: ", ")
        throw CommandFailure.failed("the service is \(health.status)" + (failing.isEmpty ? "; it does not say why" : ": \(failing)"))
    }

    static func facts(_ health: ServiceHealth) -> [(name: String, value: String)] {
        [("status", health.status)] + (health.version.map { [("version", $0)] } ?? []) + health.failing.map { ($0.name, $0.state) }
    }
}
