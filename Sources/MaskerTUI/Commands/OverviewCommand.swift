import ArgumentParser
import FoundationEssentials
import Glibc
import MaskerAPI

/// `masker-tui overview`: the figures of the console's overview, as words or as JSON.
struct OverviewCommand: ScriptCommand {
    static let configuration = CommandConfiguration(
        commandName: "overview", abstract: "Print how the account is doing: sessions, errors, latencies, redactions.")

    @OptionGroup var connection: ConnectionOptions
    @Option(help: "How far back: 1h, 24h or 7d.") var since = OverviewWindow.day
    @Flag(help: "Print one JSON object.") var json = false

    func run() throws {
        let window = since, json = json
        try withClient { client in
            var data = AccountData()
            let overview = try await RequestPriority.$current.withValue(.bulk) {
                let overview = try await Self.read(window, client)
                try await Self.readAgents(&data, client)
                return overview
            }
            let words = OverviewWords(overview, data, Clock(style: TimeStyle(), now: Date()))
            guard !json else { return try Output.line(try Output.json(OverviewRecord(words), pretty: true)) }
            for (index, line) in OverviewText(words).lines.enumerated() {
                if line.isHeading, index > 0 { try Output.line("") }
                try Output.line(PrintableText(line.text).string)
            }
        }
    }

    /// Reads as the console does: page after page, and then the sample, two at a time.
    private static func read(_ window: OverviewWindow, _ client: MaskerClient) async throws -> Overview {
        let showsProgress = isatty(STDERR_FILENO) == 1
        defer { if showsProgress { Descriptor.complain("\r\u{1B}[K") } }
        func now() -> Date { Date().addingTimeInterval(client.loginStatus.serverClockOffset) }
        var overview = Overview(window, generation: 0, now: now())
        while true {
            let requests = overview.requests(now: now())
            guard !requests.isEmpty else { return overview }
            async let second = answer(requests.dropFirst().first, client)
            for answer in [await answer(requests.first, client), await second] {
                switch answer {
                case .overview(let page, let result): overview.receive(page, result, now: now())
                case .stages(let id, _, let result): overview.receive(id, result)
                default: break
                }
            }
            if let failure = overview.failure { throw failure }
            if showsProgress { Descriptor.complain("\rreading the last \(window.name): \(Int(overview.progress(now: now()) * 100)) % ") }
        }
    }

    private static func answer(_ request: Request?, _ client: MaskerClient) async -> Answer? {
        switch request {
        case .overview(let page)?: .overview(page, await OverviewFetch.page(page, from: client))
        case .stages(let id, let purpose)?: .stages(id, purpose, await OverviewFetch.timing(of: id, for: purpose, from: client))
        default: nil
        }
    }

    private static func readAgents(_ data: inout AccountData, _ client: MaskerClient) async throws {
        var next = data.agents.refresh()
        while let request = next {
            let page = try await client.agents(cursor: request.cursor)
            next = data.agents.receive(request, .success(page))
            if next == nil, data.agents.items.count < Overview.mostAgents { next = data.agents.loadMore(.bulk) }
        }
    }
}

extension OverviewWindow: ExpressibleByArgument {}
