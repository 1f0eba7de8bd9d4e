import FoundationEssentials
import MaskerAPI

/// The manifest: the list of the files that a report job has saved, with one entry for each file.
package enum ReportManifest {
    static let name = "manifest", fileExtension = "json"

    package struct Entry: Encodable, Sendable {
        var sessionID: String
        package var file: String
        var format: String
        var bytes: Int
        var sha256: String
        /// The audit root in this file; nil when it has none that can be read.
        var merkleRootHex: String?
        /// Whether all readable roots of the session agree; nil when there are fewer than two.
        var rootsAgree: Bool?
        var fetchedAt: String

        enum CodingKeys: String, CodingKey {
            case file, format, bytes, sha256
            case sessionID = "session_id"
            case merkleRootHex = "merkle_root_hex"
            case rootsAgree = "roots_agree"
            case fetchedAt = "fetched_at"
        }

        package func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(sessionID, forKey: .sessionID)
            try container.encode(file, forKey: .file)
            try container.encode(format, forKey: .format)
            try container.encode(bytes, forKey: .bytes)
            try container.encode(sha256, forKey: .sha256)
            // Every entry has every key, so missing values are written as null.
            try container.encode(merkleRootHex, forKey: .merkleRootHex)
            try container.encode(rootsAgree, forKey: .rootsAgree)
            try container.encode(fetchedAt, forKey: .fetchedAt)
        }
    }

    package static func entries(_ sessions: [SessionReports]) -> [Entry] {
        sessions.flatMap { session in
            session.files.map { file in
                Entry(
                    sessionID: session.session.rawValue, file: file.name, format: file.format.rawValue, bytes: file.size,
                    sha256: file.sha256, merkleRootHex: file.merkleRoot, rootsAgree: session.roots.agree,
                    fetchedAt: Timestamp.uniform(file.fetchedAt))
            }
        }
    }

    /// Writes the manifest; nil when no file was saved.
    static func write(_ sessions: [SessionReports], in directory: String) -> ManifestOutcome? {
        let entries = entries(sessions)
        guard !entries.isEmpty else { return nil }
        do {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            let file = try ReportFile(in: directory)
            defer { file.discard() }
            try file.write(Array(try encoder.encode(entries)) + Array("\n".utf8))
            return .file(name: try file.keep(as: name, fileExtension))
        } catch {
            return .notWritten(reason: "\(error)")
        }
    }
}
