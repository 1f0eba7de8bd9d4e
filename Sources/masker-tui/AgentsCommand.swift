import ArgumentParser
import FoundationEssentials
import Glibc
import MaskerAPI
import MaskerTUI
import TerminalKit

/// `masker-tui agents …`
struct AgentsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "agents", abstract: "List, show, create and delete agents.",
        subcommands: [List.self, Show.self, Create.self, Delete.self], defaultSubcommand: List.self)

    static let fields: [OutputField<Agent>] = [
        OutputField("id") { $0.id.rawValue }, OutputField("name", rank: 1, shortest: 20) { $0.name },
        OutputField("upstream", rank: 2, shortest: 18) { $0.upstream?.rawValue },
        OutputField("tokenization", rank: 6, shortest: 12) { $0.tokenization?.rawValue },
        OutputField("policy_name", rank: 5, shortest: 12) { $0.policyName },
        OutputField("policy_version", rank: 7, shortest: 6) { $0.policyVersion },
        OutputField("session_count_24h", rank: 3) { $0.sessionCount24h.map(String.init) },
        OutputField("created_at", rank: 4) { $0.createdAt.map(Timestamp.uniform) },
    ]

    struct List: ScriptCommand {
        static let configuration = CommandConfiguration(commandName: "list", abstract: "List the agents, newest first (the default).")

        @OptionGroup var connection: ConnectionOptions
        @OptionGroup var list: ListOptions
        @OptionGroup var output: FormatOptions
        @Option(help: ArgumentHelp("Only agents whose names contain this text, in upper or lower case.", valueName: "text"))
        var name: String?

        func run() throws {
            let limit = list.limit, name = name, format = output.format
            try withClient { client in
                var writer = RecordWriter(AgentsCommand.fields, format)
                try await ListOptions.readAll(limit) { size, cursor in
                    try await client.agents(nameContains: name, limit: size, cursor: cursor)
                } write: { try writer.write($0) }
                try writer.finish()
            }
        }
    }

    struct Show: ScriptCommand {
        static let configuration = CommandConfiguration(commandName: "show", abstract: "Show one agent with its figures and policy.")

        @OptionGroup var connection: ConnectionOptions
        @OptionGroup var output: FormatOptions
        @Argument(help: "The agent's id, its name, or a part of its name.", transform: OptionValue.agent) var agent: String

        func run() throws {
            let reference = AgentReference(agent)
            let agent = try withClient { try await AgentLookup($0).detail(reference) }
            try RecordWriter.writeOne(agent, Self.fields, output.format)
        }

        private static let fields = AgentsCommand.fields.map { $0.of(\AgentDetail.agent) } + details

        private static let details: [OutputField<AgentDetail>] = [
            OutputField("proxy_url") { $0.agent.proxyURL }, OutputField("webhook_url") { $0.agent.webhookURL },
            OutputField("session_count_7d") { $0.stats?.sessionCount7d.map(String.init) },
            OutputField("redaction_count_24h") { $0.stats?.redactionCount24h.map(String.init) },
            OutputField("p50_latency_ms") { $0.stats?.p50LatencyMS.map(Output.number) },
            OutputField("p95_latency_ms") { $0.stats?.p95LatencyMS.map(Output.number) },
            OutputField("policy_yaml") { $0.policyYAML },
        ]
    }

    struct Create: ScriptCommand {
        static let configuration = CommandConfiguration(commandName: "create", abstract: "Create an agent. If the answer is lost, check whether the agent exists.")

        @OptionGroup var connection: ConnectionOptions
        @OptionGroup var output: FormatOptions
        @Argument(help: "The agent's name: 1 to 64 characters, not in use yet.") var name: String
        @Option(
            help: "The upstream, such as openai:gpt-4o-mini, openai:gpt-4o or stub.",
            completion: .list(["openai:gpt-4o-mini", "openai:gpt-4o", "stub"]), transform: OptionValue.upstream)
        var upstream: String
        @Option(
            help: "The tokenization: vault-deterministic (the server's default) or reversible-aead.",
            completion: .list(["vault-deterministic", "reversible-aead"]))
        var tokenization: String?
        @Option(help: ArgumentHelp("The name of the policy.", valueName: "name"), transform: OptionValue.name) var policy: String?
        @Option(help: ArgumentHelp("A file with the policy as YAML, instead of --policy.", valueName: "path"), completion: .file(), transform: OptionValue.path)
        var policyFile: String?

        func validate() throws {
            if policy != nil, policyFile != nil { throw ValidationError("--policy and --policy-file cannot be used together.") }
        }

        func run() throws {
            // As in the form of the console.
            guard policyFile == nil || !connection.restricted else {
                throw CommandFailure.usage("restricted mode opens no files; use --policy instead of --policy-file")
            }
            let named = AgentDraft.Policy.named(policy)
            let draft = AgentDraft(
                name: name, upstream: Upstream(rawValue: upstream), tokenization: tokenization.map(Tokenization.init),
                policy: policyFile.map(AgentDraft.Policy.file) ?? named)
            let created = try withConnection { parts in
                try parts.checkThatChangesAreAllowed()
                return try await AgentCreation(client: parts.client, home: nil).outcome(of: draft)
            }
            if !created.isConfirmed {
                Descriptor.writeToStandardError(PrintableText("no answer confirmed the creation, but the agent exists now: \(created.agent.id.rawValue)").string + "\n")
            }
            try RecordWriter.writeOne(created.agent, AgentsCommand.fields + Self.urls, output.format)
        }

        private static let urls: [OutputField<Agent>] = [
            OutputField("proxy_url") { $0.proxyURL }, OutputField("webhook_url") { $0.webhookURL },
        ]
    }

    struct Delete: ScriptCommand {
        static let configuration = CommandConfiguration(
            commandName: "delete",
            abstract: "Delete an agent permanently; account admins only. A backup of it is kept on this machine.")

        @OptionGroup var connection: ConnectionOptions
        @OptionGroup var output: FormatOptions
        @Argument(help: "The agent's id, or its whole name.", transform: OptionValue.wholeAgent) var agent: String
        @Option(help: ArgumentHelp("The agent's full name, to confirm the deletion.", valueName: "name"), transform: OptionValue.name)
        var yesDelete: String

        func run() throws {
            let agent = agent, name = yesDelete
            let (sentence, id) = try withConnection { parts in
                try parts.checkThatChangesAreAllowed()
                let archive = AgentBackupStore(directory: parts.archiveDirectory, host: parts.client.host.authority)
                let deletion = AgentDeletion(client: parts.client, archive: archive)
                let target = try await AgentLookup(parts.client).deletionTarget(agent, confirmedName: name)
                return (try await deletion.outcome(of: target), target.id)
            }
            Descriptor.writeToStandardError(PrintableText(sentence).string + "\n")
            guard output.format.isJSON else { return }
            try Output.object(OutcomeRecord(outcome: "deleted", id: id.rawValue, name: name), output.format)
        }
    }
}

extension AgentCreation {
    /// How many seconds the two clocks may differ: without a `Date` header the difference to the server's clock is unknown.
    private static let clockTolerance = 120.0

    /// Creates the agent; if no answer confirms that, looks for it on the server. Throws when it is not certain that the
    /// new agent exists.
    fileprivate func outcome(of draft: AgentDraft) async throws -> (agent: Agent, isConfirmed: Bool) {
        let began = Date()
        switch await create(draft) {
        case .created(let agent): return (agent, true)
        case .notRead(let reason):
            guard case .file(let path) = draft.policy else { throw CommandFailure.failed(reason) }
            throw CommandFailure.usage("the file “\(path)” given with --policy-file: \(reason)")
        case .failed(let error):
            if error.kind == .validation, error.field == "upstream" {
                throw CommandFailure.usage(Wording.failure(error).string + "; --upstream takes, for example, \(OptionValue.upstreams)")
            }
            guard error.leavesOutcomeUnknown else { throw error }
            let why = Wording.failure(error).string
            switch await find(draft) {
            case .success(let agent?):
                // An older agent has the name, so the server has refused the new one.
                let began = began.addingTimeInterval(client.loginStatus.serverClockOffset - Self.clockTolerance)
                guard agent.createdAt.map({ $0 >= began }) ?? true else {
                    throw CommandFailure.failed("not created (\(why)): an agent with this name existed before, \(agent.id.rawValue)")
                }
                return (agent, false)
            case .success(nil): throw CommandFailure.failed("not created: no agent has this name (\(why))")
            case .failure(let second):
                throw CommandFailure.failed(
                    "unknown whether the agent was created (\(why)); looking for it failed, too: " + Wording.failure(second).string)
            }
        }
    }
}

extension AgentDeletion {
    /// Deletes the agent; if the answer is lost, checks whether the agent still exists. Returns the sentence to print;
    /// throws when it is not certain that the agent is gone.
    fileprivate func outcome(of target: DeletionTarget) async throws -> String {
        // The backup names the user, and a missing permission is announced before the request. The server decides.
        let user = try? await client.currentUser()
        if let sentence = Wording.foretold(user, lacking: .writeAgents) { ErrorOutput.write(sentence) }
        let outcome = await delete(target, by: user?.login)
        let sentence = DeletionWording.sentence(outcome, target, directory: archive.directory)
        switch outcome {
        case .deleted: return sentence
        case .alreadyGone, .goneOrHidden: throw CommandFailure(status: 3, sentence: sentence)
        case .renamed: throw CommandFailure.usage(sentence)
        // A 404 from a gateway says nothing about the agent.
        case .notSent(let error) where error.kind != .notFound: throw error
        case .notSent, .notKept: throw CommandFailure.failed(sentence)
        case .failed(let error):
            guard error.leavesOutcomeUnknown else { throw error }
            let presence = await presence(of: target)
            let sentence = DeletionWording.sentence(presence, after: error)
            guard presence == .gone else { throw CommandFailure.failed(sentence) }
            return sentence
        }
    }
}
