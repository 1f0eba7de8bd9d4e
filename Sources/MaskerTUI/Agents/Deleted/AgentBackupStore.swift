import FoundationEssentials
import Glibc
import MaskerAPI

/// Keeps the configurations of agents whose deletion was asked for here, because the service restores nothing: one file
/// an agent, for the user alone.
package struct AgentBackupStore: Sendable {
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
    func keep(_ detail: AgentDetail, by login: String?, at date: Date) throws(Problem) -> BackupOutcome {
        guard directory != nil else { return .nowhere(reason: "nothing is written to disk") }
        guard let name = Self.fileName(detail.agent.id) else { throw Problem(sentence: "its id makes no file name") }
        let record = DeletionRecord(outcome: .unknown, host: host, by: login, at: date)
        let old = try replaceable(name)
        do {
            let agent = try JSON(parsing: Array(try Self.encoder.encode(AgentBackup(detail: detail, deletion: record))))
            try write(AgentBackup.file(agent, over: old), as: name)
        } catch {
            throw error as? Problem ?? Problem(sentence: "\(error)")
        }
        return .file(name)
    }

    /// Writes down what became of a deletion; nothing else in the file changes.
    func record(_ id: Identifier<Agent>, _ outcome: DeletionRecord.Outcome) {
        guard directory != nil, let name = Self.fileName(id), let old = (try? contents(name))?.json,
            let file = AgentBackup.file(old, with: outcome)
        else { return }
        // What cannot be written stays as it is, with an outcome that is not known.
        try? write(file, as: name)
    }

    /// The server refused: the agent is there, and its configuration with it.
    func discard(_ id: Identifier<Agent>) {
        if directory != nil, let name = Self.fileName(id) { unlink(path(name)) }
    }

    /// What an earlier deletion of the same agent has left, to be written over; nil where there is nothing.
    /// - Throws: where that is not understood: it may be a later version's, or somebody's own, and is not written over.
    private func replaceable(_ name: String) throws(Problem) -> JSON? {
        do throws(Problem) {
            guard let (json, saved) = try contents(name) else { return nil }
            guard let field = saved.malformedFields.first else { return json }
            throw Problem(sentence: "“\(field)” in it is not what it should be")
        } catch {
            throw Problem(sentence: "\(name) is there already, and is not written over: \(error.sentence)")
        }
    }

    private func write(_ file: JSON, as name: String) throws(Problem) {
        do {
            try PrivateFile.replace(path(name), with: Array(try Self.encoder.encode(file)) + Array("\n".utf8))
        } catch {
            throw Problem(sentence: "\(error)")
        }
    }

    private static var encoder: JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .custom { date, encoder in
            var container = encoder.singleValueContainer()
            try container.encode(Timestamp.format(date))
        }
        return encoder
    }

    private func path(_ name: String) -> String { "\(directory ?? "")/\(name)" }

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
        let agents = names.filter { $0.hasSuffix(".json") }.compactMap(archived)
        func date(_ agent: ArchivedAgent) -> Date { (try? agent.content.get())?.deletion?.at ?? .distantPast }
        return agents.filter { ((try? $0.content.get())?.deletion?.host).map { $0 == host } ?? true }
            .sorted { (date($0), $0.file) > (date($1), $1.file) }
    }

    /// Nil when it has gone meanwhile.
    private func archived(_ name: String) -> ArchivedAgent? {
        do throws(Problem) {
            guard let saved = try contents(name)?.saved else { return nil }
            return ArchivedAgent(file: name, content: .success(saved))
        } catch {
            return ArchivedAgent(file: name, content: .failure(error))
        }
    }

    /// Nil when there is no such file.
    private func contents(_ name: String) throws(Problem) -> (json: JSON, saved: AgentBackup)? {
        let bytes: [UInt8]?
        do { bytes = try PrivateFile.read(path(name), limit: Self.largestFile) } catch { throw Problem(sentence: error.description) }
        guard let bytes else { return nil }
        guard let json = try? JSON(parsing: bytes) else { throw Problem(sentence: "it is no JSON, or not all of it") }
        guard let saved = AgentBackup(json) else { throw Problem(sentence: "it holds no agent") }
        return (json, saved)
    }
}

/// One file of the archive.
struct ArchivedAgent: Sendable, Equatable, Identifiable {
    /// Its name in the directory.
    var file: String
    var content: Result<AgentBackup, AgentBackupStore.Problem>

    var id: String { file }
}
