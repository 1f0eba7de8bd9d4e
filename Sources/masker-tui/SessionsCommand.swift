import ArgumentParser
import FoundationEssentials
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
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "List the sessions of the last 30 days, newest first (the default).")

        @OptionGroup var connection: ConnectionOptions
        @OptionGroup var list: ListOptions
        @OptionGroup var output: FormatOptions
        @Option(
            help: ArgumentHelp(
                "Only sessions since then: 90m, 2h, 30d, 1w, yesterday, \"yesterday 14:05\", \"mon 9:00\", \"Nov 26\", 14:00 (the latest one), 2026-11-26T14:00. Times are UTC, unless an offset follows (default: 30d).",
                valueName: "time"),
            completion: .list(["1h", "24h", "7d", "30d", "today", "yesterday"]), transform: OptionValue.time)
        var since: String?
        @Option(
            help: ArgumentHelp(
                "Only sessions until then, in the same forms; a day, minute or second is included. Newer sessions are read and passed over.",
                valueName: "time"),
            completion: .list(["today", "yesterday"]), transform: OptionValue.time)
        var until: String?
        @Option(
            help: "Only sessions with this status: ok, error or partial.", completion: .list(["ok", "error", "partial"]),
            transform: OptionValue.status)
        var status: CallStatus?
        @Option(help: ArgumentHelp("Only sessions of the agent with this id, name, or part of a name.", valueName: "agent"), transform: OptionValue.agent)
        var agent: String?
        @Option(help: ArgumentHelp("Only sessions with at least this many redactions.", valueName: "count"), transform: OptionValue.redactions)
        var minRedactions: Int?

        func run() throws {
            let filter = try filter(.utc(now: Date())), agent = agent.map { AgentReference($0) }
            if since == nil, isatty(STDERR_FILENO) == 1 { ErrorOutput.write("the sessions of the last 30 days; --since TIME asks for others") }
            if Retention.isExceeded(by: filter.since) { ErrorOutput.write("--since \(since ?? "") goes back further than sessions are kept: \(Retention.sentence)") }
            let limit = list.limit, format = output.format
            try withClient { client in
                var writer = RecordWriter(SessionsCommand.fields, format)
                var filter = filter
                if let agent { filter.agentID = agent.isID ? Identifier(agent.text) : try await AgentLookup(client).agent(agent).id }
                // Lines of JSON are made from the bytes of the answer, which a million sessions need.
                let areLines = format == .jsonLines && limit.rows == nil && filter.until == nil
                let count = try await areLines
                    ? Self.readLines(filter, client) : Self.read(filter, limit, client) { try writer.write($0) }
                // An id without sessions: the agent may not exist, or be an agent that has such a name.
                if count == 0, let agent, let id = filter.agentID, agent.isID, await AgentLookup(client).exists(id) == false {
                    filter.agentID = try await AgentLookup(client).agent(agent).id
                    try await Self.read(filter, limit, client) { try writer.write($0) }
                }
                try writer.finish()
            }
        }

        private func filter(_ clock: Clock) throws(CommandFailure) -> SessionFilter {
            var filter = SessionFilter(since: SessionFilter.initial.since, status: status, minRedactions: minRedactions)
            do throws(TypedTime.Problem) {
                if let since { filter.since = try TypedTime.since(since, clock) }
            } catch {
                throw .usage("--since: " + error.sentence(isQuoted: true))
            }
            do throws(TypedTime.Problem) {
                if let until { filter.until = try TypedTime.until(until, clock) }
            } catch {
                throw .usage("--until: " + error.sentence(isQuoted: true))
            }
            if let refusal = filter.windowRefusal(clock) { throw .usage("--until: " + refusal) }
            return filter
        }

        /// Prints all sessions of the filter, each as a line of JSON.
        /// - Returns: the number of sessions.
        private static func readLines(_ filter: SessionFilter, _ client: MaskerClient) async throws -> Int {
            let all = client.sessionPages(filter)
            return try await ListOptions.readAll(RowLimit(rows: nil)) { _, _ in
                try await all.nextLines() ?? Page(data: [])
            } write: { try Output.lines($0) }
        }

        /// - Returns: the number of sessions.
        @discardableResult
        private static func read(
            _ filter: SessionFilter, _ limit: RowLimit, _ client: MaskerClient, write: ([CallSession]) throws -> Void
        ) async throws -> Int {
            // With --limit all, the next page is requested while this one is written.
            let all = limit.rows == nil ? client.sessionPages(filter) : nil
            return try await ListOptions.readAll(limit) { size, cursor in
                if let page = try await all?.next() { return page.passingOver(from: filter.until) }
                // Of a list that ends in the past, many pages may have to be passed over, so they are large.
                let size = filter.until == nil ? size : Endpoint.largestPage
                return try await client.sessions(filter, limit: size, cursor: cursor).passingOver(from: filter.until)
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
