import CTerminal

/// The command line as the process was started with it. Not `CommandLine.arguments`: Swift finds those through /proc and
/// from where the environment lies, and where either is not as usual the list is empty, and no option counts.
package enum ProcessArguments {
    /// - Throws: `CommandFailure` where there is nothing, not even the program's own name: options may have been lost.
    package static func given() throws(CommandFailure) -> [String] {
        let count = process_argument_count()
        guard count > 0 else {
            throw .usage("started without its own name, so it cannot know whether it was given options; start it from a shell")
        }
        return (0..<count).map { process_argument($0).map { String(cString: $0) } ?? "" }
    }
}
