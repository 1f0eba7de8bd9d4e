import FoundationEssentials
import MaskerAPI

/// Keeps how the lists are arranged for the next console.
struct LookFile: Sendable {
    let path: String

    struct Problem: Error {
        var sentence: String
    }

    /// Nil when there is none yet.
    func read() throws(Problem) -> ListLooks? {
        let bytes: [UInt8]?
        do { bytes = try PrivateFile.read(path) } catch { throw Problem(sentence: error.description) }
        guard let bytes else { return nil }
        guard let looks = try? JSONDecoder().decode(ListLooks.self, from: Data(bytes)) else {
            throw Problem(sentence: "\(path) cannot be understood")
        }
        return looks
    }

    func write(_ looks: ListLooks) throws(Problem) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        guard let data = try? encoder.encode(looks) else { return }
        do { try PrivateFile.replace(path, with: Array(data) + Array("\n".utf8)) } catch { throw Problem(sentence: error.description) }
    }
}
