import MaskerAPI

extension SessionFilter {
    /// What the list of sessions shows until somebody filters it.
    static let initial = SessionFilter(since: "30d")

    /// `last 7d · status error · agent refill-line-west · 2 or more redactions`.
    func text(agents: [Agent]) -> PrintableText {
        var parts: [String] = []
        if let since { parts.append(since.first?.isNumber == true && since.count > 4 ? "since \(since)" : "last \(since)") }
        if let status { parts.append("status \(status)") }
        if let agentID { parts.append("agent \(agents.first { $0.id == agentID }?.name ?? agentID.rawValue)") }
        if let minRedactions { parts.append("\(minRedactions) or more redactions") }
        return PrintableText(parts.joined(separator: " · "))
    }
}
