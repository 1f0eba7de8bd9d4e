import Glibc
import MaskerAPI

extension TrustedAuthorities {
    /// Checks that libcurl will be able to read the file or the directory.
    /// - Throws: `CommandFailure` with a sentence that names the option or the variable.
    func check(for configuration: Configuration) throws(CommandFailure) {
        // The variables are for https alone. They are often set for all programs of a user.
        guard isFileAlone || configuration.url.isSecure || configuration.publicURL?.isSecure == true else { return }
        if let file, let problem = Self.problem(ofFile: file) {
            let variable = ValueSource.environment(Self.fileVariable)
            let origin = isFileAlone ? configuration.origins["ca_file"] ?? .standard : variable
            throw CommandFailure([ConfigurationProblem(origin: origin, clause: "the file “\(file)” \(problem)")])
        }
        if let directory, !directory.split(separator: ":").contains(where: { Self.isDirectory(String($0)) }) {
            let origin = ValueSource.environment(Self.directoryVariable)
            throw CommandFailure([ConfigurationProblem(origin: origin, clause: "“\(directory)” is not a directory that can be read")])
        }
    }

    /// Why libcurl could not read this file each time it needs it. A pipe, for example, would block its thread for ever.
    private static func problem(ofFile path: String) -> String? {
        var status = stat()
        guard stat(path, &status) == 0, access(path, R_OK) == 0 else { return "cannot be read" }
        return status.st_mode & S_IFMT == S_IFREG ? nil : "is not a plain file; name a PEM file"
    }

    private static func isDirectory(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR && access(path, X_OK) == 0
    }
}
