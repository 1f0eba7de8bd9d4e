import FoundationEssentials
import Glibc
import MaskerAPI

/// Stores backups of the agents that this console deletes, because the service cannot restore them. Each agent has one
/// file, which only the user can read.
package struct AgentBackupStore: Sendable {
    /// The directory of the files; nil when nothing may be written to disk.
    package let directory: String?
    /// The server of the agents, as `host[:port]`.
    let host: String

    package init(directory: String?, host: String) {
        self.directory = directory
        self.host = host
    }

    /// Why a backup could not be written or read, in one clause.
    struct Problem: Error, Equatable {
        var sentence: String
    }

    /// The maximum size of a backup in bytes. A policy has at most 256 KiB, so a larger file is not a backup.
    private static let largestFile = 1 << 20

    // MARK: Writing

    /// Writes an agent's backup before its deletion is sent.
    /// - Parameter login: the login of the user who deletes it; nil when it is not known.
    func keep(_ detail: AgentDetail, by login: String?, at date: Date) throws(Problem) -> BackupOutcome {
        guard directory != nil else { return .nowhere(reason: "nothing is written to disk") }
        guard let name = Self.fileName(detail.agent.id) else { throw Problem(sentence: "its id cannot be a file name") }
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

    /// Records the outcome of a deletion; nothing else in the file changes.
    func record(_ id: Identifier<Agent>, _ outcome: DeletionRecord.Outcome) {
        guard directory != nil, let name = Self.fileName(id), let old = (try? contents(name))?.json,
            let file = AgentBackup.file(old, with: outcome)
        else { return }
        // When the write fails, the file keeps the outcome "unknown".
        try? write(file, as: name)
    }

    /// Removes the backup of an agent that the server refused to delete: the agent still exists.
    func discard(_ id: Identifier<Agent>) {
        if directory != nil, let name = Self.fileName(id) { unlink(path(name)) }
    }

    /// The backup of an earlier deletion of the same agent, which will be overwritten; nil when there is none.
    /// - Throws: `Problem` when that file cannot be understood. It is not overwritten, because a later version or the user may
    ///   have written it.
    private func replaceable(_ name: String) throws(Problem) -> JSON? {
        do throws(Problem) {
            guard let (json, saved) = try contents(name) else { return nil }
            guard let field = saved.malformedFields.first else { return json }
            throw Problem(sentence: "“\(field)” in it has the wrong type")
        } catch {
            throw Problem(sentence: "\(name) exists already and is not overwritten: \(error.sentence)")
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

    /// The file name of an id, which comes from the server; nil when the id cannot be a file name.
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

    /// All backups of agents of this server, the latest deletion first; unreadable files are last.
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

    /// Nil when the file has been removed meanwhile.
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
        guard let json = try? JSON(parsing: bytes) else { throw Problem(sentence: "it is not valid JSON, or incomplete") }
        guard let saved = AgentBackup(json) else { throw Problem(sentence: "it contains no agent") }
        return (json, saved)
    }
}

/// One backup file, readable or not.
struct ArchivedAgent: Sendable, Equatable, Identifiable {
    /// The name of the file in the directory.
    var file: String
    var content: Result<AgentBackup, AgentBackupStore.Problem>

    var id: String { file }
}
