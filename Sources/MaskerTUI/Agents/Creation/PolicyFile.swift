import Glibc
import TerminalKit

/// Reads a file with a policy's YAML.
enum PolicyFile {
    /// Why the file cannot be used, in one clause.
    struct Problem: Error, Equatable {
        var sentence: String
    }

    static let largest = 256 << 10

    /// The text of the file, which must be a plain file of 1 byte to 256 KiB in UTF-8.
    /// - Throws: `Problem` when the file cannot be read or is none of that.
    static func read(_ path: String) throws(Problem) -> String {
        // O_NONBLOCK, because opening a pipe without a writer would block for ever.
        let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Problem(sentence: "it cannot be read: \(String(cString: strerror(errno)))") }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { throw Problem(sentence: "it is not a plain file") }
        guard status.st_size <= largest else { throw Problem(sentence: "it is larger than 256 KiB") }
        guard let bytes = Descriptor.read(descriptor, limit: largest + 1) else {
            throw Problem(sentence: "it cannot be read: \(String(cString: strerror(errno)))")
        }
        // The file may have grown since fstat.
        guard bytes.count <= largest else { throw Problem(sentence: "it is larger than 256 KiB") }
        guard !bytes.isEmpty else { throw Problem(sentence: "it is empty") }
        guard let text = String(validating: bytes, as: UTF8.self) else { throw Problem(sentence: "it is not UTF-8 text") }
        return text
    }
}
