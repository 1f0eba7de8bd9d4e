import Glibc

/// Reads and writes small amounts of data by file descriptor, again when a signal interrupts it. The API layer has similar loops in
/// `PrivateFile`, because neither layer depends on the other.
public enum Descriptor {
    /// Reads at most `limit` bytes from the descriptor's position; nil when reading fails, with the reason in `errno`.
    public static func read(_ descriptor: Int32, limit: Int) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: limit)
        var filled = 0
        while filled < limit {
            let count = bytes.withUnsafeMutableBytes { buffer in
                Glibc.read(descriptor, buffer.baseAddress.map { $0 + filled }, limit - filled)
            }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { return nil }
            if count == 0 { break }
            filled += count
        }
        return Array(bytes.prefix(filled))
    }

    /// Writes all the bytes; false when that fails, with the reason in `errno`.
    public static func write(_ descriptor: Int32, _ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    /// Writes to standard error; a failure is ignored, because it cannot be reported anywhere else.
    public static func writeToStandardError(_ text: String) { _ = write(STDERR_FILENO, Array(text.utf8)) }
}
