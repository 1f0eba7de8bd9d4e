import ArgumentParser
import FoundationEssentials
import Glibc
import MaskerAPI
import MaskerTUI
import TerminalKit

/// `masker-tui overview`: prints the figures of the console's overview as text or as JSON.
struct OverviewCommand: ScriptCommand {
    static let configuration = CommandConfiguration(
        commandName: "overview", abstract: "Print the figures of the account: sessions, errors, latencies, redactions.")

    @OptionGroup var connection: ConnectionOptions
    @Option(help: "The time window: 1h, 24h or 7d.") var since = OverviewWindow.day
    @OptionGroup var output: FormatOptions

    func run() throws {
        let window = since, format = output.format
        try withClient { client in
            var agents = AgentListing(filter: AgentFilter())
            let overview = try await RequestPriority.$current.withValue(.bulk) {
                let overview = try await Self.read(window, client)
                try await Self.readAgents(&agents, client)
                return overview
            }
            let summary = OverviewSummary(overview, agents: agents, now: client.serverTime, .utc(now: client.serverTime))
            if let sentence = Wording.clockDifference(client.loginStatus.serverClockOffset) { ErrorOutput.write(sentence) }
            guard !format.isJSON else { return try Output.object(OverviewRecord(summary), format) }
            for (index, line) in OverviewLines(summary).lines.enumerated() {
                if line.isHeading, index > 0 { try Output.line("") }
                let text = PrintableText(line.text)
                for part in format == .table ? text.wrapped(to: TerminalWidth.current) : [text] { try Output.line(part.string) }
            }
        }
    }

    /// Reads as the console does: all pages of sessions, then the sample of session details, two requests at a time.
    private static func read(_ window: OverviewWindow, _ client: MaskerClient) async throws -> Overview {
        let showsProgress = isatty(STDERR_FILENO) == 1
        defer { if showsProgress { Descriptor.writeToStandardError("\r\u{1B}[K") } }
        var overview = Overview(window, generation: 0, now: client.serverTime)
        while true {
            let requests = overview.requests(now: client.serverTime)
            guard !requests.isEmpty else { return overview }
            async let second = answer(requests.dropFirst().first, client)
            for answer in [await answer(requests.first, client), await second].compactMap({ $0 }) {
                overview.receive(answer, now: client.serverTime)
            }
            if let failure = overview.failure { throw failure }
            if showsProgress { Descriptor.writeToStandardError("\rreading the last \(window.name): \(Int(overview.progress(now: client.serverTime) * 100)) % ") }
        }
    }

    private static func answer(_ request: OverviewFeature.Effect?, _ client: MaskerClient) async -> OverviewFeature.Answer? {
        guard let request else { return nil }
        return await OverviewFeature.run(request, client)
    }

    private static func readAgents(_ agents: inout AgentListing, _ client: MaskerClient) async throws {
        var next = agents.refresh()
        while let request = next {
            let page = try await client.agents(cursor: request.cursor)
            next = agents.receive(request, .success(page))
            if next == nil, agents.items.count < Overview.mostAgents { next = agents.loadMore(.bulk) }
        }
    }
}

extension OverviewWindow: ExpressibleByArgument {}
