import CTerminal

/// The command line with which the process was started. `CommandLine.arguments` is not used: Swift reads it from /proc and from
/// the position of the environment. When either is unusual, that list is empty, and all options would be ignored.
package enum ProcessArguments {
    /// - Throws: `CommandFailure` when even the program's name is missing, because options may be missing, too.
    package static func given() throws(CommandFailure) -> [String] {
        let count = process_argument_count()
        guard count > 0 else {
            throw .usage("started without its own name, so it cannot know whether it was given options; start it from a shell")
        }
        return (0..<count).map { process_argument($0).map { String(cString: $0) } ?? "" }
    }
}
