import TerminalKit

/// Why a command fails: the exit status and one sentence; nil when the screen has already said everything.
package struct CommandFailure: Error {
    package var status: Int32
    package var sentence: String?

    package init(status: Int32, sentence: String? = nil) {
        self.status = status
        self.sentence = sentence
    }

    package static func usage(_ sentence: String) -> CommandFailure { CommandFailure(status: 2, sentence: sentence) }
    package static func signInNeeded(_ sentence: String) -> CommandFailure { CommandFailure(status: 4, sentence: sentence) }
    package static func failed(_ sentence: String) -> CommandFailure { CommandFailure(status: 1, sentence: sentence) }
}

/// Writes messages to standard error, after the name of the program.
package enum ErrorOutput {
    package static func write(_ sentence: String) { Descriptor.writeToStandardError("masker-tui: " + PrintableText.plain(sentence) + "\n") }
}
