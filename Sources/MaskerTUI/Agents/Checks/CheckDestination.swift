import MaskerAPI
import TerminalKit

/// Where the check of an agent's URL goes, for the case that it is not simply where the URL leads.
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
        case .publicHost: sentence = "It goes to that host, which public_url names, without cookie or token."
        case .pathOnServer(_, let host):
            sentence = "It goes to this path on \(settings.host): \(host) is another host, which public_url in the configuration would have to name."
        }
    }

    func add(to document: inout Document) {
        if let sentence { document.paragraph(PrintableText(sentence), .warning) }
    }
}
