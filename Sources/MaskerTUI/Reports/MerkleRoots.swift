/// The audit root of a session in each source (detail, JSON report, PDF report), and whether they agree.
package struct MerkleRoots: Sendable, Hashable {
    package enum Source: Sendable, CaseIterable { case detail, json, pdf }

    package enum Reading: Sendable, Hashable {
        case notFetched
        /// The source was read but has no root, or, as a PDF can, none that the console can read.
        case notReadable
        case root(String)

        /// The root in a session's detail.
        package init(detail root: String?) { self = root.flatMap { $0.isEmpty ? nil : .root($0) } ?? .notReadable }

        package var root: String? {
            if case .root(let root) = self { return root }
            return nil
        }
    }

    private var readings: [Source: Reading]

    package init(detail: Reading = .notFetched) { readings = [.detail: detail] }

    package subscript(_ source: Source) -> Reading { readings[source] ?? .notFetched }

    /// Notes the root of a source. When several texts of a PDF may be the root, takes the one that another source has, too.
    package mutating func read(_ found: [String], in source: Source) {
        let known = reference?.root
        let root = found.first { Self.areSame($0, known) } ?? found.first { !$0.isEmpty }
        readings[source] = root.map { .root($0) } ?? .notReadable
    }

    /// Whether the root of a source is the reference root; nil when there is no second root to compare with.
    func agrees(_ source: Source) -> Bool? {
        guard let root = self[source].root, let reference else { return nil }
        guard source == reference.source else { return Self.areSame(root, reference.root) }
        return Source.allCases.contains { $0 != source && Self.areSame(self[$0].root, root) } ? true : nil
    }

    /// Whether all roots that could be read agree; nil when there are fewer than two.
    package var agree: Bool? {
        let others = Source.allCases.filter { $0 != reference?.source }.compactMap { agrees($0) }
        return others.isEmpty ? nil : !others.contains(false)
    }

    /// The root that the others are compared with: the session detail's, if it is known, or else the first report's.
    private var reference: (source: Source, root: String)? {
        Source.allCases.lazy.compactMap { source in self[source].root.map { (source, $0) } }.first
    }

    private static func areSame(_ one: String?, _ other: String?) -> Bool {
        guard let one, let other else { return false }
        return one.lowercased() == other.lowercased()
    }
}
