import MaskerAPI

/// Turns errors into words: the one place that does.
enum Wording {
    /// One clause that says what happened, with the request id where there is one.
    static func failure(_ error: APIError) -> PrintableText {
        let text = PrintableText(clause(error))
        guard let id = error.requestID, !id.isEmpty else { return text }
        return text + PrintableText(" · \(id)")
    }

    /// A refusal with what would be needed.
    static func forbidden(_ error: APIError, needs: String?) -> PrintableText {
        let text = PrintableText("not permitted" + (needs.map { ": needs \($0)" } ?? (error.message.isEmpty ? "" : ": \(error.message)")))
        guard let id = error.requestID, !id.isEmpty else { return text }
        return text + PrintableText(" · \(id)")
    }

    static let accountAdmin = "an account admin"

    private static func clause(_ error: APIError) -> String {
        switch error.kind {
        case .unauthenticated: return "the login session is not valid any more"
        case .forbidden: return error.message.isEmpty ? "not permitted" : "not permitted: \(error.message)"
        case .notFound: return error.message.isEmpty ? "not found" : error.message
        case .conflict, .validation: return error.message
        case .rateLimited(let pause):
            return "too many requests" + (pause.map { "; the server asks to wait \($0.components.seconds) s" } ?? "")
        case .server: return "the server failed (\(error.status.map(String.init) ?? "5xx")): \(error.message)"
        case .redirected(let target):
            return "the server answers with a redirect\(target.map { " to \($0)" } ?? ""); is the address right?"
        case .transport(let failure): return transport(failure)
        case .unexpectedResponse: return "unexpected answer\(error.status.map { " (\($0))" } ?? ""): \(error.message)"
        }
    }

    private static func transport(_ failure: TransportError) -> String {
        switch failure.reason {
        case .resolve, .connect, .tls, .timeout, .connectionLost, .tooLarge, .malformed, .refused: failure.detail
        case .cancelled: "cancelled"
        }
    }

    /// The line under an agent's row.
    static func note(_ deletion: Deletion) -> Notice {
        switch deletion {
        case .deleting: Notice(.done, "deleting…")
        case .looking: Notice(.refused, "the answer was lost: unknown whether it was deleted; looking…")
        case .refused(let error) where error.kind == .forbidden:
            Notice(.failed, "⊘ " + forbidden(error, needs: accountAdmin))
        case .refused(let error): Notice(.failed, "✗ not deleted: " + failure(error))
        case .notSent(let error): Notice(.failed, "✗ not deleted, its configuration could not be kept: " + failure(error))
        case .notKept(let reason):
            Notice(.failed, PrintableText("✗ not deleted, its configuration could not be kept: \(reason)"))
        case .stillThere: Notice(.failed, "✗ still there: the deletion was not carried out; d asks again")
        case .unknown(let error):
            Notice(.failed, "✗ could not find out whether it was deleted: " + failure(error) + "; r looks again")
        }
    }

    /// The line about a session's report.
    static func note(_ report: ReportSaving, _ settings: Settings) -> Notice {
        switch report {
        case .saving(received: 0): Notice(.done, "saving the report: the server is making it…")
        case .saving(let received): Notice(.done, PrintableText("saving the report: \(Format.bytes(received)) received…"))
        case .cancelling: Notice(.refused, "saving the report: cancelling…")
        case .saved(let report): saved(report, settings)
        case .failed(let error) where error.kind == .forbidden:
            Notice(.failed, "⊘ report not saved: " + forbidden(error, needs: nil))
        case .failed(let error): Notice(.failed, "✗ report not saved: " + failure(error))
        case .notWritten(let reason): Notice(.failed, PrintableText("✗ report not saved: " + reason))
        }
    }

    private static func saved(_ report: SavedReport, _ settings: Settings) -> Notice {
        let path = settings.shown("\(settings.reportsDirectory ?? "")/\(report.name)")
        let text = PrintableText("saved to \(path) · \(Format.bytes(report.size)) · ")
        return switch report.root {
        case .matches: Notice(.done, "✓ " + text + "merkle root matches")
        case .notReadable: Notice(.done, "✓ " + text + "its merkle root cannot be read here")
        case .notCompared: Notice(.done, "✓ " + text + "the session's merkle root is not known")
        case .differs(let found):
            Notice(.failed, "⚠ " + text + PrintableText("its merkle root is NOT the session's: \(found)"))
        }
    }
}
