import MaskerAPI
import TerminalKit

/// The host to which the check of an agent's URL goes, and a sentence about it when that is not the URL's own host.
struct CheckDestination: Sendable {
    private let sentence: String?

    init(_ url: String?, _ settings: ConsoleSettings) {
        guard let url, let server = try? APIHost(settings.origin),
            let route = try? CheckRoute(url, server: server, publicHost: settings.publicOrigin.flatMap { try? APIHost($0) })
        else {
            sentence = nil
            return
        }
        switch route {
        case .server: sentence = nil
        case .publicHost: sentence = "The check goes to that host (public_url), without cookie or token."
        case .pathOnServer(_, let host):
            sentence = "The check goes to this path on \(settings.host), because public_url in the configuration does not name \(host)."
        }
    }

    func add(to document: inout Document) {
        if let sentence { document.paragraph(PrintableText(sentence), .warning) }
    }
}
