import FoundationEssentials
import Glibc
import Synchronization
import TerminalKit

/// A report that is being written to disk. The file gets its final name only when it is complete.
///
/// Until then its bytes are in a hidden file of the same directory that only the user can read. All file operations are
/// relative to the opened directory, follow no symbolic link and overwrite nothing.
final class ReportFile: Sendable {
    /// Why a report could not be written, in one clause.
    struct Problem: Error, Equatable, CustomStringConvertible {
        let description: String
        init(_ description: String) { self.description = description }

        fileprivate static func failed(_ what: String) -> Problem {
            Problem("\(what): \(String(cString: strerror(errno)))")
        }
    }

    /// The descriptors while the file is being written; nil after `keep` or `discard`.
    private let open: Mutex<Open?>

    private struct Open {
        let directory: Int32, file: Int32
        let temporaryName: String
    }

    /// The age in seconds after which the next report removes the hidden file of a console that was killed.
    private static let staleAfter = 86_400
    private static let prefix = ".masker-", suffix = ".part"
    /// The maximum number of files with the same name and different numbers.
    private static let mostNames = 99

    /// Creates the hidden file in `directory`, which must exist.
    init(in directory: String) throws(Problem) {
        let folder = Glibc.open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { throw .failed("the directory \(directory) cannot be used") }
        Self.removeStale(folder, directory)
        let name = Self.prefix + String(UInt64.random(in: .min ... .max), radix: 36) + Self.suffix
        let file = openat(folder, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard file >= 0 else {
            let problem = Problem.failed("no file can be created in \(directory)")
            Glibc.close(folder)
            throw problem
        }
        // The umask of the process may have removed the user's own permissions.
        fchmod(file, 0o600)
        open = Mutex(Open(directory: folder, file: file, temporaryName: name))
    }

    deinit { discard() }

    func write(_ bytes: [UInt8]) throws(Problem) {
        let failure = open.withLock { open -> Problem? in
            guard let open else { return Self.over }
            guard Descriptor.write(open.file, bytes) else { return .failed("it could not be written") }
            return nil
        }
        if let failure { throw failure }
    }

    /// Gives the complete file the name `name.extension`, or a numbered name if that exists already. Returns the name.
    func keep(as name: String, _ fileExtension: String) throws(Problem) -> String {
        try keep(under: (1...Self.mostNames).lazy.map { Self.numbered(name, $0, fileExtension) })
    }

    /// Gives the complete file exactly this name.
    func keep(exactly name: String) throws(Problem) { _ = try keep(under: [name]) }

    private func keep(under names: some Sequence<String>) throws(Problem) -> String {
        let result = open.withLock { open -> Result<String, Problem> in
            guard let kept = open else { return .failure(Self.over) }
            guard fsync(kept.file) == 0 else { return .failure(.failed("it could not be written")) }
            var taken = ""
            for final in names {
                // linkat, unlike renameat, does not overwrite a file.
                if linkat(kept.directory, kept.temporaryName, kept.directory, final, 0) == 0 {
                    unlinkat(kept.directory, kept.temporaryName, 0)
                    fsync(kept.directory)
                    Self.close(&open)
                    return .success(final)
                }
                guard errno == EEXIST else { return .failure(.failed("\(final) could not be created")) }
                taken = final
            }
            return .failure(Problem("\(taken) exists already"))
        }
        return try result.get()
    }

    private static func numbered(_ name: String, _ number: Int, _ fileExtension: String) -> String {
        "\(name)\(number == 1 ? "" : "-\(number)").\(fileExtension)"
    }

    /// The numbered name that `keep` would give now; nil when `name.extension` is free, or when that cannot be checked.
    static func freeName(in directory: String, _ name: String, _ fileExtension: String) -> String? {
        var status = stat()
        let number = (1...mostNames).first { lstat("\(directory)/\(numbered(name, $0, fileExtension))", &status) != 0 }
        return number.flatMap { $0 == 1 ? nil : numbered(name, $0, fileExtension) }
    }

    /// Removes the hidden file; does nothing after `keep`.
    func discard() {
        open.withLock { open in
            guard let discarded = open else { return }
            unlinkat(discarded.directory, discarded.temporaryName, 0)
            Self.close(&open)
        }
    }

    private static let over = Problem("saving was cancelled")

    private static func close(_ open: inout Open?) {
        guard let closed = open else { return }
        Glibc.close(closed.file)
        Glibc.close(closed.directory)
        open = nil
    }

    private static func removeStale(_ folder: Int32, _ directory: String) {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
        for name in names where name.hasPrefix(prefix) && name.hasSuffix(suffix) {
            var status = stat()
            guard fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0, status.st_mode & S_IFMT == S_IFREG,
                status.st_uid == geteuid(), time(nil) - status.st_mtim.tv_sec > staleAfter
            else { continue }
            unlinkat(folder, name, 0)
        }
    }
}
