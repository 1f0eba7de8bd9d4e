import ArgumentParser
import Glibc
import MaskerAPI
import MaskerTUI

/// `masker-tui sessions …`
struct SessionsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sessions", abstract: "List and show call sessions.",
        subcommands: [List.self, Show.self], defaultSubcommand: List.self)

    static let fields: [OutputField<CallSession>] = [
        OutputField("id") { $0.id.rawValue }, OutputField("started_at", rank: 1) { $0.startedAt.map(Timestamp.uniform) },
        OutputField("agent_id", rank: 8) { $0.agentID?.rawValue },
        OutputField("agent_name", rank: 3, shortest: 20) { $0.agentName },
        OutputField("status", rank: 2, shortest: 7) { $0.status?.rawValue },
        OutputField("duration_ms", rank: 4) { $0.durationMS.map(Output.number) },
        OutputField("redaction_count", rank: 5) { $0.redactionCount.map(String.init) },
        OutputField("redactions_by_kind", rank: 6, shortest: 18) { session in
            session.redactionsByKind.map { kinds in
                kinds.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ",")
            }
        },
        OutputField("upstream_model", rank: 7, shortest: 12) { $0.upstreamModel },
    ]

    struct List: ScriptCommand {
        static let configuration = CommandConfiguration(commandName: "list", abstract: "List the sessions, newest first (the default).")

        @OptionGroup var connection: ConnectionOptions
        @OptionGroup var list: ListOptions
        @OptionGroup var output: FormatOptions
        @Option(
            help: "Only sessions since then: 1h, 24h, 7d, 30d, a date, or an ISO 8601 time (the server's default is 24h).",
            completion: .list(["1h", "24h", "7d", "30d"]), transform: OptionValue.since)
        var since: String?
        @Option(
            help: "Only sessions with this status: ok, error or partial.", completion: .list(["ok", "error", "partial"]),
            transform: OptionValue.status)
        var status: CallStatus?
        @Option(help: ArgumentHelp("Only sessions of the agent with this id, name, or part of a name.", valueName: "agent"), transform: OptionValue.agent)
        var agent: String?
        @Option(help: ArgumentHelp("Only sessions with at least this many redactions.", valueName: "count"), transform: OptionValue.redactions)
        var minRedactions: Int?

        func run() throws {
            let filter = SessionFilter(since: since, status: status, minRedactions: minRedactions), agent = agent.map { AgentReference($0) }
            if Retention.isExceeded(by: since) { ErrorOutput.write("--since \(since ?? "") goes back further than sessions are kept: \(Retention.sentence)") }
            let limit = list.limit, format = output.format
            try withClient { client in
                var writer = RecordWriter(SessionsCommand.fields, format)
                var filter = filter
                if let agent { filter.agentID = agent.isID ? Identifier(agent.text) : try await AgentLookup(client).agent(agent).id }
                let count = try await Self.read(filter, limit, client) { try writer.write($0) }
                // An id without sessions: the agent may not exist, or be an agent that has such a name.
                if count == 0, let agent, let id = filter.agentID, agent.isID, await AgentLookup(client).exists(id) == false {
                    filter.agentID = try await AgentLookup(client).agent(agent).id
                    try await Self.read(filter, limit, client) { try writer.write($0) }
                }
                try writer.finish()
            }
        }

        /// - Returns: the number of sessions.
        @discardableResult
        private static func read(
            _ filter: SessionFilter, _ limit: RowLimit, _ client: MaskerClient, write: ([CallSession]) throws -> Void
        ) async throws -> Int {
            // With --limit all, the next page is requested while this one is written.
            let all = limit.rows == nil ? client.sessionPages(filter) : nil
            return try await ListOptions.readAll(limit) { size, cursor in
                if let page = try await all?.next() { return page }
                return try await client.sessions(filter, limit: size, cursor: cursor)
            } write: { try write($0) }
        }
    }

    struct Show: ScriptCommand {
        static let configuration = CommandConfiguration(commandName: "show", abstract: "Show one session with its stages and events.")

        @OptionGroup var connection: ConnectionOptions
        @OptionGroup var output: FormatOptions
        @Flag(help: "Also print the payloads, if they are logged. They can hold PHI.") var payloads = false
        @Argument(help: "The session's id.", transform: OptionValue.session) var id: String

        func run() throws {
            let id = Identifier<CallSession>(id)
            var session = try withClient { try await $0.session(id) }
            if !payloads { session.payloads = nil }
            try RecordWriter.writeOne(session, Self.fields + (payloads ? Self.payloadFields : []), output.format)
        }

        private static let fields = SessionsCommand.fields.map { $0.of(\CallSessionDetail.session) } + details

        private static let details: [OutputField<CallSessionDetail>] = [
            OutputField("ended_at") { $0.session.endedAt.map(Timestamp.uniform) },
            OutputField("policy_name") { $0.policyName }, OutputField("policy_version") { $0.policyVersion },
            OutputField("stage_durations_ms") { detail in
                detail.stageDurations?.stages.map { "\($0.name)=\($0.milliseconds.map(Output.number) ?? "")" }
                    .joined(separator: ",")
            },
            OutputField("merkle_root_hex") { $0.merkleRootHex },
            OutputField("events") { $0.events.map { "\($0.count)" } },
        ]

        private static let payloadFields: [OutputField<CallSessionDetail>] = [
            OutputField("payload_request") { $0.payloads?.request },
            OutputField("payload_masked") { $0.payloads?.masked },
            OutputField("payload_response") { $0.payloads?.response },
        ]
    }
}
