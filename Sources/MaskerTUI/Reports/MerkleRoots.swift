/// The audit root of a session as each source tells it, and whether they agree.
package struct MerkleRoots: Sendable, Hashable {
    package enum Source: Sendable, CaseIterable { case detail, json, pdf }

    package enum Reading: Sendable, Hashable {
        case notFetched
        /// It was looked at and tells none, or, as a PDF can, not in a way that can be read.
        case notReadable
        case root(String)

        /// What a session's detail says.
        init(detail root: String?) { self = root.flatMap { $0.isEmpty ? nil : .root($0) } ?? .notReadable }

        package var root: String? {
            if case .root(let root) = self { return root }
            return nil
        }
    }

    private var readings: [Source: Reading]

    init(detail: Reading = .notFetched) { readings = [.detail: detail] }

    package subscript(_ source: Source) -> Reading { readings[source] ?? .notFetched }

    /// Takes what was found in a source; of several, as a PDF can have, the one that others tell too.
    mutating func read(_ found: [String], in source: Source) {
        let known = reference?.root
        let root = found.first { Self.areSame($0, known) } ?? found.first { !$0.isEmpty }
        readings[source] = root.map { .root($0) } ?? .notReadable
    }

    /// Whether a source tells what the first that tells any does; nil where there is nothing to compare.
    func agrees(_ source: Source) -> Bool? {
        guard let root = self[source].root, let reference else { return nil }
        guard source == reference.source else { return Self.areSame(root, reference.root) }
        return Source.allCases.contains { $0 != source && Self.areSame(self[$0].root, root) } ? true : nil
    }

    /// Whether all that could be read agree; nil while that is one at most.
    package var agree: Bool? {
        let others = Source.allCases.filter { $0 != reference?.source }.compactMap { agrees($0) }
        return others.isEmpty ? nil : !others.contains(false)
    }

    /// The session's own root counts, where it is known.
    private var reference: (source: Source, root: String)? {
        Source.allCases.lazy.compactMap { source in self[source].root.map { (source, $0) } }.first
    }

    private static func areSame(_ one: String?, _ other: String?) -> Bool {
        guard let one, let other else { return false }
        return one.lowercased() == other.lowercased()
    }
}
