import ArgumentParser

/// `masker-mock`: a Masker server to try the console with.
@main
struct MaskerMockCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "masker-mock", abstract: "A Masker server with a made-up account, on this machine only.",
        subcommands: [Serve.self, Exec.self])
}
