import ArgumentParser
import MaskerAPI

/// `masker-tui health`: whether the service is alive. Nobody needs to be signed in.
struct HealthCommand: ScriptCommand {
    static let configuration = CommandConfiguration(commandName: "health", abstract: "Say whether the service is alive.")

    @OptionGroup var connection: ConnectionOptions

    func run() throws {
        try withClient { try await $0.health() }
        try Output.line("ok")
    }
}
