import FoundationEssentials
import Glibc
import MaskerAPI

/// Keeps the configurations of agents whose deletion was asked for here, because the service restores nothing: one file
/// an agent, for the user alone.
package struct ConfigurationArchive: Sendable {
    /// Nil: nothing is written to disk.
    package let directory: String?
    /// The server that the agents are of, as `host[:port]`.
    let host: String

    package init(directory: String?, host: String) {
        self.directory = directory
        self.host = host
    }

    /// Why nothing could be kept, in one clause.
    struct Problem: Error, Equatable {
        var sentence: String
    }

    /// Larger files are none of these: a policy has 256 KiB at most.
    private static let largestFile = 1 << 20

    // MARK: Writing

    /// Writes an agent's configuration before its deletion is sent.
    /// - Parameter login: who asks for the deletion, as far as that is known.
    func keep(_ detail: AgentDetail, by login: String?, at date: Date) throws(Problem) -> KeptConfiguration {
        guard directory != nil else { return .nowhere(reason: "nothing is written to disk") }
        guard let name = Self.fileName(detail.agent.id) else { throw Problem(sentence: "its id makes no file name") }
        let record = DeletionRecord(outcome: .unknown, host: host, by: login, at: date)
        try write(SavedAgent(detail: detail, deletion: record), as: name)
        return .file(name)
    }

    /// Writes down what became of a deletion.
    func settle(_ id: Identifier<Agent>, _ outcome: DeletionRecord.Outcome) {
        guard let directory, let name = Self.fileName(id), case .success(var saved) = read("\(directory)/\(name)") else { return }
        saved.deletion?.outcome = outcome
        // What cannot be written stays as it is, with an outcome that is not known.
        try? write(saved, as: name)
    }

    /// The server refused: the agent is there, and its configuration with it.
    func discard(_ id: Identifier<Agent>) {
        if let directory, let name = Self.fileName(id) { unlink("\(directory)/\(name)") }
    }

    private func write(_ saved: SavedAgent, as name: String) throws(Problem) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .custom { date, encoder in
            var container = encoder.singleValueContainer()
            try container.encode(Timestamp.format(date))
        }
        do {
            try PrivateFile.replace("\(directory ?? "")/\(name)", with: Array(try encoder.encode(saved)) + Array("\n".utf8))
        } catch {
            throw Problem(sentence: "\(error)")
        }
    }

    /// The id comes from the server; nil when it makes no file name.
    private static func fileName(_ id: Identifier<Agent>) -> String? {
        let isPlain = id.rawValue.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "_"), UInt8(ascii: "-"):
                true
            default: false
            }
        }
        return isPlain && (1...100).contains(id.rawValue.utf8.count) ? id.rawValue + ".json" : nil
    }

    // MARK: Reading

    /// Everything that was kept for this server, the latest deletion first; what cannot be read is last.
    func all() throws(Problem) -> [ArchivedAgent] {
        guard let directory else { return [] }
        guard access(directory, F_OK) == 0 else { return [] }
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: directory)
        } catch {
            throw Problem(sentence: "\(directory) cannot be read")
        }
        let agents = names.filter { $0.hasSuffix(".json") }.map { ArchivedAgent(file: $0, content: read("\(directory)/\($0)")) }
        func date(_ agent: ArchivedAgent) -> Date { (try? agent.content.get())?.deletion?.at ?? .distantPast }
        return agents.filter { ((try? $0.content.get())?.deletion?.host).map { $0 == host } ?? true }
            .sorted { (date($0), $0.file) > (date($1), $1.file) }
    }

    private func read(_ path: String) -> Result<SavedAgent, Problem> {
        do {
            guard let bytes = try PrivateFile.read(path, limit: Self.largestFile), let json = try? JSON(parsing: bytes) else {
                return .failure(Problem(sentence: "it is no JSON, or not all of it"))
            }
            guard let saved = SavedAgent(json) else { return .failure(Problem(sentence: "it holds no agent")) }
            return .success(saved)
        } catch {
            return .failure(Problem(sentence: error.description))
        }
    }
}

/// One file of the archive.
struct ArchivedAgent: Sendable, Equatable, Identifiable {
    /// Its name in the directory.
    var file: String
    var content: Result<SavedAgent, ConfigurationArchive.Problem>

    var id: String { file }
}
