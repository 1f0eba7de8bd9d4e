import Foundation
import MaskerAPI

/// Keeps the configurations of deleted agents, because the service restores nothing: one file an agent.
struct ConfigurationArchive: Sendable {
    /// Nil: nothing is written to disk.
    let directory: String?

    /// Writes an agent's configuration, readable by the user only.
    func keep(_ detail: AgentDetail) -> KeptConfiguration {
        guard let directory else { return .nowhere(reason: "nothing is written to disk with --no-store") }
        let id = detail.agent.id.rawValue
        // The id comes from the server and becomes a file name.
        guard id.wholeMatch(of: /[a-z]+_[0-9A-Za-z]{1,64}/) != nil else {
            return .nowhere(reason: "its id makes no file name")
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .custom { date, encoder in
            var container = encoder.singleValueContainer()
            try container.encode(Timestamp.format(date))
        }
        do {
            let name = "\(id).json"
            try PrivateFile.replace("\(directory)/\(name)", with: Array(try encoder.encode(detail)) + Array("\n".utf8))
            return .file(name)
        } catch {
            return .nowhere(reason: "\(error)")
        }
    }
}
