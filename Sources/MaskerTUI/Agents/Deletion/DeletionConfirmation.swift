import MaskerAPI
import TerminalKit

/// What has to be typed before an agent is deleted, and how the dialog says it.
struct DeletionConfirmation: Sendable {
    private let accepted: [String]
    /// Above the field.
    let instruction: PrintableText
    /// Below it, when something else was typed.
    let refusal: PrintableText

    /// A field takes no more than this.
    static let longest = 200
    private static let end = 8

    /// The name, or the id where that is configured. A name that not every keyboard has, or that does not look like what
    /// it is, must not make an agent undeletable: the end of the id will do, too.
    init(of agent: Agent, by style: ConfirmStyle) {
        let name = agent.name ?? "", id = agent.id.rawValue
        if style == .id {
            self.init([id], "To delete it, type its id:", "That is not its id yet.")
        } else if Self.isTypable(name) {
            self.init([name], "To delete it, type its full name:", "That is not its name yet.")
        } else if Self.showsItself(name) {
            self.init(
                [name, String(id.suffix(Self.end))], "Type its name, or the last \(Self.end) characters of its id:",
                "That is neither its name nor the end of its id yet.")
        } else {
            self.init(
                [id, String(id.suffix(Self.end))], "To delete it, type its id, or its last \(Self.end) characters:",
                "That is neither its id nor the end of it yet.")
        }
    }

    private init(_ accepted: [String], _ instruction: PrintableText, _ refusal: PrintableText) {
        // An empty field confirms nothing.
        self.accepted = accepted.filter { !$0.isEmpty }
        self.instruction = instruction
        self.refusal = refusal
    }

    func accepts(_ typed: String) -> Bool { accepted.contains(typed) }

    /// Whether a name is what it looks like, and can be seen.
    static func showsItself(_ name: String) -> Bool {
        name.contains { $0 != " " } && !PrintableText(name, columns: .max).wasAltered
    }

    /// Printable ASCII, with single spaces between its words.
    private static func isTypable(_ name: String) -> Bool {
        !name.isEmpty && name.utf8.count <= longest && name.utf8.allSatisfy { 0x20..<0x7F ~= $0 } && !PrintableText.hasOddSpaces(name)
    }
}
