import MaskerAPI
import TerminalKit

/// Formats values for table cells.
enum CellText {
    private static let none = Span("—", .faint)
    private static let ok = Span("✓ ok", .good), error = Span("✗ error", .bad), partial = Span("○ partial", .warning)

    /// The value, or a dash when the server sent none.
    static func optional(_ value: String?) -> Span {
        value.map { Span(PrintableText($0)) } ?? none
    }

    static func optional(name: String?) -> Span { name.map { Span(PrintableText.name($0)) } ?? none }

    /// A record's name, or its id where it has none; marked when part of the record could not be read.
    static func name(_ name: String?, id: String, malformed: [String]) -> PrintableText {
        let shown = PrintableText.name(name ?? id)
        return malformed.isEmpty ? shown : "⚠ " + shown
    }

    /// `healthcare-default v3`.
    static func policy(_ name: String?, _ version: String?) -> String? {
        guard let name else { return nil }
        guard let version else { return name }
        return version.hasPrefix("v") ? "\(name) \(version)" : "\(name) v\(version)"
    }

    /// A status with a sign, since colour alone must not carry a meaning.
    static func status(_ status: CallStatus?) -> Span {
        switch status {
        case .ok?: ok
        case .error?: error
        case .partial?: partial
        case let other?: Span("· " + PrintableText(other.rawValue))
        case nil: none
        }
    }
}
