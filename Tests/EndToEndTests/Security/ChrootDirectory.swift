import Foundation
import TestSupport

/// A file system with only the console and a shell, for sshd's `ChrootDirectory`: without /proc and /etc. Only root can use
/// one.
struct ChrootDirectory {
    /// The path of the directory, and the console's path inside it.
    let path: String, console = "/usr/bin/masker-tui"

    /// sshd requires that every directory of the path belongs to root and only root can write it. /tmp does not meet this.
    static func with(_ body: (ChrootDirectory) async throws -> Void) async throws {
        let directory = ChrootDirectory(path: "/run/masker-chroot-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(atPath: directory.path) }
        try await directory.fill()
        try await body(directory)
    }

    private func fill() async throws {
        guard let console = Program.built("masker-tui") else { throw PseudoTerminal.Failure(description: "masker-tui is not built") }
        let libraries = try await Self.libraries([console, "/bin/bash", try await Self.libcurl()])
        let terminals = ["/lib", "/usr/share", "/etc"].map { $0 + "/terminfo/x/xterm-256color" }.filter(FileManager.default.fileExists)
        let script = """
            set -e
            umask 022
            mkdir -p "$1/usr/bin" "$1/bin" "$1/dev" "$1/lib/terminfo/x" "$1/root"
            cp "$2" "$1\(self.console)"
            cp /bin/bash "$1/bin/bash"
            cp \(terminals.first ?? "") "$1/lib/terminfo/x/"
            mknod -m 666 "$1/dev/null" c 1 3
            shift 2
            for library; do cp --parents -L "$library" "\(path)"; done
            """
        let made = try await Program.run("/bin/sh", ["-c", "exec 2>&1; " + script, "sh", path, console] + libraries)
        guard made.status == 0 else { throw PseudoTerminal.Failure(description: "no chroot: \(made.output)") }
    }

    /// The paths of the loader, and of the shared libraries that programs and libraries need.
    private static func libraries(_ files: [String]) async throws -> [String] {
        var found = Set(files.filter { $0.contains(".so") })
        for file in files {
            for word in try await Program.run("ldd", [file]).output.split(whereSeparator: \.isWhitespace) where word.hasPrefix("/") {
                found.insert(String(word))
            }
        }
        return found.sorted()
    }

    /// The console loads this library by name while it runs.
    private static func libcurl() async throws -> String {
        let list = try await Program.run("/sbin/ldconfig", ["-p"]).output
        let line = list.split(separator: "\n").first { $0.contains("libcurl.so.4 ") }
        guard let path = line?.split(separator: " ").last else { throw PseudoTerminal.Failure(description: "there is no libcurl") }
        return String(path)
    }
}
