/// The exit statuses of the commands, in words. The help, the manual page and docs/scripting.md have them from here.
enum ExitStatus {
    static let meanings: [(status: Int, meaning: String)] = [
        (0, "done"), (1, "failed"), (2, "bad usage or no usable terminal"), (3, "not found"), (4, "sign-in needed"), (5, "not permitted"),
        (6, "too many requests"), (7, "the server was not reached, and nothing was sent"),
    ]

    /// All of them in one sentence.
    static var sentence: String {
        "Exit status: " + meanings.map { "\($0.status) \($0.meaning)" }.joined(separator: ", ") + "."
    }
}
