import MaskerAPI
import MaskerTUI

/// Reads the values of options and arguments. Whatever is refused, the sentence says which values are taken.
enum OptionValue {
    /// A value that is refused. The parser puts the value and the option's name before the description.
    struct Problem: Error, CustomStringConvertible {
        var takes: String
        var description: String { "it takes \(takes)" }
    }

    static func status(_ text: String) throws -> CallStatus {
        guard let status = SessionFilterText.status(text) else { throw Problem(takes: SessionFilterText.statusNames) }
        return status
    }

    static func redactions(_ text: String) throws -> Int {
        guard let count = SessionFilterText.redactions(text) else { throw Problem(takes: "a whole number from 0") }
        return count
    }

    static func rows(_ text: String) throws -> RowLimit {
        guard let limit = RowLimit(argument: text) else { throw Problem(takes: "a whole number from 1, or all") }
        return limit
    }

    static func agent(_ text: String) throws -> String { try notEmpty(text, "the id of an agent, its name, or a part of its name") }
    static func wholeAgent(_ text: String) throws -> String { try notEmpty(text, "the id of an agent, or its whole name") }
    static func session(_ text: String) throws -> String { try notEmpty(text, "the id of a session, such as sess_…") }
    static func name(_ text: String) throws -> String { try notEmpty(text, "a name") }
    /// Only the empty text is refused here: a time that cannot be read has a sentence of its own.
    static func time(_ text: String) throws -> String { try notEmpty(text, "a time, such as 2h or 2026-05-03") }
    static func path(_ text: String) throws -> String { try notEmpty(text, "a path") }

    static func upstream(_ text: String) throws -> String { try notEmpty(text, "an upstream, such as " + upstreams) }

    static let upstreams = listed(Upstream.known.map(\.rawValue))

    private static func listed(_ words: [String]) -> String { words.dropLast().joined(separator: ", ") + " or " + (words.last ?? "") }

    private static func notEmpty(_ text: String, _ takes: String) throws -> String {
        guard !text.isEmpty else { throw Problem(takes: takes) }
        return text
    }
}
