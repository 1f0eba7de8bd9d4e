import MaskerAPI
import TerminalKit

/// The text that the user must type before an agent is deleted, and the sentences of the dialog about it.
struct DeletionConfirmation: Sendable {
    private let accepted: [String]
    /// The line above the field.
    let instruction: PrintableText
    /// The remark below the field when another text was typed.
    let refusal: PrintableText

    /// The largest number of characters in the field.
    static let longest = 200
    private static let end = 8

    /// The remark when the button is pressed before the text is typed.
    let reminder: PrintableText

    /// The name, or the id when that is configured. When the name has characters that not every keyboard can type, or that look
    /// like others, the end of the id is accepted, too, so that every agent can be deleted.
    init(of agent: Agent, by style: ConfirmStyle) {
        let name = agent.name ?? "", id = agent.id.rawValue
        if style == .id {
            self.init([id], "To delete it, type its id:", "The text is not its id yet.", "Type its id first.")
        } else if Self.isTypable(name) {
            self.init([name], "To delete it, type its full name:", "The text is not its name yet.", "Type its name first.")
        } else if Self.showsItself(name) {
            self.init(
                [name, String(id.suffix(Self.end))], "Type its name, or the last \(Self.end) characters of its id:",
                "The text is neither its name nor the end of its id yet.", "Type one of them first.")
        } else {
            self.init(
                [id, String(id.suffix(Self.end))], "To delete it, type its id, or its last \(Self.end) characters:",
                "The text is neither its id nor the end of it yet.", "Type its id first.")
        }
    }

    private init(_ accepted: [String], _ instruction: PrintableText, _ refusal: PrintableText, _ reminder: PrintableText) {
        // An empty field confirms nothing.
        self.accepted = accepted.filter { !$0.isEmpty }
        self.instruction = instruction
        self.refusal = refusal
        self.reminder = reminder
    }

    func accepts(_ typed: String) -> Bool { accepted.contains(typed) }

    /// Whether all characters of a name are visible and unambiguous.
    static func showsItself(_ name: String) -> Bool {
        name.contains { $0 != " " } && !PrintableText(name, columns: .max).wasAltered
    }

    /// Printable ASCII, with single spaces between its words.
    private static func isTypable(_ name: String) -> Bool {
        !name.isEmpty && name.utf8.count <= longest && name.utf8.allSatisfy { 0x20..<0x7F ~= $0 } && !PrintableText.hasOddSpaces(name)
    }
}
