import MaskerAPI
import TerminalKit

extension AgentsScreen {
    /// The columns of the list. A narrow window hides the policy first, then the tokenization, the creation date, the upstream
    /// and the number of sessions.
    static func columns(_ clock: Clock) -> [ListColumn<AgentRows>] {
        [
            ListColumn(name: "name", Column(title: "NAME", width: 28, minimum: 20, givesWay: nil, maximum: 48) { agent in
                Span(CellText.name(agent.name, id: agent.id.rawValue, malformed: agent.malformedFields))
            }) { _ in .texts { $0[$1].name } },
            ListColumn(name: "upstream", Column(title: "UPSTREAM", width: 20, minimum: 18, givesWay: 2) {
                CellText.optional($0.upstream?.rawValue)
            }) { _ in .texts { $0[$1].upstream?.rawValue } },
            ListColumn(name: "tokenization", Column(title: "TOKENIZATION", width: 19, minimum: 19, givesWay: 4) {
                CellText.optional($0.tokenization?.rawValue)
            }) { _ in .texts { $0[$1].tokenization?.rawValue } },
            ListColumn(name: "policy", Column(title: "POLICY", width: 24, minimum: 22, givesWay: 5) {
                CellText.optional(CellText.policy($0.policyName, $0.policyVersion))
            }) { _ in .texts { CellText.policy($0[$1].policyName, $0[$1].policyVersion) } },
            ListColumn(
                name: "24h",
                Column(title: "24H", width: 7, minimum: 6, givesWay: 1, alignment: .right) {
                    CellText.optional($0.sessionCount24h.map(Format.count))
                }, beginsDescending: true
            ) { _ in .numbers { RowKeys<AgentRows>.number($0[$1].sessionCount24h.map(Double.init)) } },
            ListColumn(
                name: "created",
                Column(title: "CREATED", width: 10, minimum: 10, givesWay: 3) { CellText.optional($0.createdAt.map(clock.day)) },
                beginsDescending: true
            ) { _ in .numbers { RowKeys<AgentRows>.number($0[$1].createdAt?.timeIntervalSince1970) } },
            ListColumn(
                name: "id", Column(title: "ID", width: 31, minimum: 30, givesWay: 6) { Span(PrintableText($0.id.rawValue)) },
                isExtra: true
            ) { _ in .texts { $0[$1].id.rawValue } },
        ]
    }
}
