import TerminalKit

/// The keys of text fields, for help and documents. `keys:` of the configuration file does not change them.
enum FieldKeys {
    static let all: [(keys: [Key], help: String)] = [
        ([.left, .control("b")], "One character to the left"),
        ([.right, .control("f")], "One character to the right"),
        ([.home, .control("a")], "To the beginning"),
        ([.end, .control("e")], "To the end"),
        ([.alt(.character("b")), .controlLeft], "To the beginning of the word"),
        ([.alt(.character("f")), .controlRight], "To the end of the word"),
        ([.backspace], "Delete the character to the left"),
        ([.delete, .control("d")], "Delete the character under the cursor"),
        ([.alt(.backspace)], "Cut the word to the left"),
        ([.control("w")], "Cut what is to the left, up to a blank"),
        ([.alt(.character("d"))], "Cut the word to the right"),
        ([.control("u")], "Cut everything to the left"),
        ([.control("k")], "Cut everything to the right"),
        ([.control("y")], "Put back what was cut in this field"),
    ]
}
