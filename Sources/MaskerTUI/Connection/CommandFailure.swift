import TerminalKit

/// Why a command ends without success: the exit status and one sentence, unless all has been said on the screen.
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

/// What the program says on standard error, with its name.
package enum ErrorOutput {
    package static func write(_ sentence: String) { Descriptor.writeToStandardError("masker-tui: " + PrintableText.plain(sentence) + "\n") }
}
