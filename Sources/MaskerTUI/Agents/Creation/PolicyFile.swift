import Glibc

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
        var bytes = [UInt8](repeating: 0, count: largest + 1)
        var filled = 0
        while filled < bytes.count {
            let count = bytes.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress.map { $0 + filled }, $0.count - filled) }
            guard count >= 0 else { throw Problem(sentence: "it cannot be read: \(String(cString: strerror(errno)))") }
            if count == 0 { break }
            filled += count
        }
        // The file may have grown since fstat.
        guard filled <= largest else { throw Problem(sentence: "it is larger than 256 KiB") }
        guard filled > 0 else { throw Problem(sentence: "it is empty") }
        guard let text = String(validating: bytes.prefix(filled), as: UTF8.self) else { throw Problem(sentence: "it is not UTF-8 text") }
        return text
    }
}
