import FoundationEssentials
import Glibc

/// Finds a configuration file by its name. Whatever stands there instead, such as a link without a target or a file with a similar
/// name, is reported: to ignore it silently could turn off a setting such as `read_only`.
struct ConfigurationPlace {
    let directory: String
    /// The names that are read. Only one of them may exist.
    let names: [String]

    /// Names that users mistake for the right one, in upper or lower case.
    private static let similar = ["config", "config.conf", "config.ini", "config.json", "config.toml", "config.txt", "config.yaml", "config.yml"]

    /// The path of the file; nil when there is none.
    /// - Throws: `CommandFailure` when there are two files, or something else stands in the file's place.
    func find() throws(CommandFailure) -> String? {
        if let link = Self.linkWithoutTarget(directory) ?? Self.linkWithoutTarget(Self.above(directory)) { throw .usage(link) }
        let paths = names.map { "\(directory)/\($0)" }, found = paths.filter { Self.problem(finding: $0) == 0 }
        guard let first = found.first else {
            // When the directory may not be searched, opening the file will say so.
            if let hidden = paths.first(where: { Self.problem(finding: $0) == EACCES }) { return hidden }
            if let other = similarName() { throw .usage("\(directory)/\(other) is not read: the configuration is called \(names[0]); rename it, or remove it") }
            return nil
        }
        for other in found.dropFirst() where !Self.isSameFile(first, other) {
            throw .usage("there are two configurations, \(first) and \(other); keep one of them")
        }
        return first
    }

    /// Why the file cannot be opened: the reason for the error number, or that it is a link without a target.
    static func problem(opening path: String, _ number: Int32) -> String {
        linkWithoutTarget(path) ?? "the configuration \(path) cannot be read: \(String(cString: strerror(number)))"
    }

    /// A sentence about the path when it is a symbolic link to nothing.
    private static func linkWithoutTarget(_ path: String) -> String? {
        var status = stat()
        guard stat(path, &status) != 0, errno == ENOENT, let target = try? FileManager.default.destinationOfSymbolicLink(atPath: path) else { return nil }
        return "\(path) is a link to \(target), which does not exist; correct the link, or remove it"
    }

    /// The error number of looking at the path itself, not at a link's target; 0 when it exists.
    private static func problem(finding path: String) -> Int32 {
        var status = stat()
        return lstat(path, &status) == 0 ? 0 : errno
    }

    private static func isSameFile(_ one: String, _ other: String) -> Bool {
        var first = stat(), second = stat()
        return stat(one, &first) == 0 && stat(other, &second) == 0 && first.st_dev == second.st_dev && first.st_ino == second.st_ino
    }

    private func similarName() -> String? {
        let entries = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
        return entries.sorted().first { Self.similar.contains($0.lowercased()) }
    }

    private static func above(_ path: String) -> String { path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "." }
}
