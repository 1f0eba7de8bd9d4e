import Foundation
import Yams

/// Reads a policy and checks it by the rules of the contract (*Policies*).
struct PolicyRules {
    /// An error in a policy; `path` is its place, such as `passes[1]` or `entities.PHONE.action`.
    struct Problem: Sendable, Equatable {
        var path: String
        /// One of the three codes of the contract, or one of the mock's: `required`, `type`, `range`, `unknown_value`, `syntax`.
        var reason: String
        var message: String
    }

    private var problems: [Problem] = []

    /// Reads a policy. Returns it, or all errors in the text.
    static func read(_ text: String) -> (policy: MockPolicy?, problems: [Problem]) {
        let root: Node?
        do { root = try Yams.compose(yaml: text) } catch {
            return (nil, [Problem(path: "", reason: "syntax", message: "The policy is not valid YAML: \(error)")])
        }
        guard let root, let fields = root.mapping else {
            return (nil, [Problem(path: "", reason: "type", message: "The policy is not a YAML mapping.")])
        }
        var rules = PolicyRules()
        let policy = rules.policy(fields)
        return rules.problems.isEmpty ? (policy, []) : (nil, rules.problems)
    }

    private mutating func policy(_ fields: Node.Mapping) -> MockPolicy {
        let name = text(fields, "name", isRequired: true) ?? ""
        let version = whole(fields, "version", 1...1_000_000, isRequired: true) ?? 1
        _ = text(fields, "description")
        let kid = text(fields, "kid", isRequired: true) ?? ""
        if !kid.isEmpty, !MockPolicy.knownKeys.contains(kid) { report("kid", "unknown_kid", "The server has no key with the id \(kid).") }
        number(fields, "epsilon", 0...1_000)
        if let way = text(fields, "tokenization", isRequired: true), !MockPolicy.tokenizations.contains(way) {
            report("tokenization", "unknown_value", "tokenization must be one of \(MockPolicy.tokenizations.joined(separator: ", ")).")
        }
        let passes = passes(fields), entities = entities(fields)
        var policy = MockPolicy(name: name, version: version, kid: kid, passes: passes, entities: entities)
        if let audit = map(fields, "audit", at: "audit") {
            policy.logsEvents = flag(audit, "log_events", "audit.") ?? true
            policy.logsPayloads = flag(audit, "log_payloads", "audit.") ?? false
            _ = whole(audit, "retention_days", 0...1_000_000, "audit.")
        }
        return policy
    }

    private mutating func passes(_ fields: Node.Mapping) -> [MockPolicy.Pass] {
        guard let value = value(fields, "passes", isRequired: true) else { return [] }
        guard let list = value.sequence else {
            report("passes", "type", "passes must be a list.")
            return []
        }
        if list.isEmpty { report("passes", "range", "passes must name at least one pass.") }
        return list.enumerated().compactMap { index, node in
            let pass = node.scalar.flatMap { MockPolicy.Pass(rawValue: $0.string) }
            if pass == nil { report("passes[\(index)]", "invalid_pass", "A pass is regex, gemma or diarize.") }
            return pass
        }
    }

    private mutating func entities(_ fields: Node.Mapping) -> [String: MockPolicy.Rule] {
        guard value(fields, "entities", isRequired: true) != nil, let map = map(fields, "entities", at: "entities") else { return [:] }
        if map.isEmpty { report("entities", "missing_entity", "The policy declares no entity.") }
        var rules: [String: MockPolicy.Rule] = [:]
        for (key, value) in map {
            guard let kind = key.scalar?.string, !kind.isEmpty else {
                report("entities", "type", "The name of an entity must be a text.")
                continue
            }
            let place = "entities.\(kind)"
            // A kind without fields has the default rule.
            if value.isNull {
                rules[kind] = MockPolicy.Rule()
            } else if let fields = value.mapping {
                rules[kind] = rule(fields, place + ".")
            } else {
                report(place, "type", "\(place) must be a mapping.")
            }
        }
        return rules
    }

    private mutating func rule(_ fields: Node.Mapping, _ place: String) -> MockPolicy.Rule {
        var rule = MockPolicy.Rule()
        rule.isEnabled = flag(fields, "enabled", place) ?? true
        rule.regex = flag(fields, "regex", place) ?? true
        rule.ner = flag(fields, "ner", place) ?? true
        rule.threshold = number(fields, "confidence_threshold", 0...1, place) ?? 0.6
        if let text = text(fields, "action", place) {
            if let action = MockPolicy.Action(rawValue: text) {
                rule.action = action
            } else {
                report(place + "action", "unknown_value", "\(place)action must be tokenize, redact or passthrough.")
            }
        }
        return rule
    }

    // MARK: Values

    private mutating func report(_ path: String, _ reason: String, _ message: String) {
        problems.append(Problem(path: path, reason: reason, message: message))
    }

    /// The value of a key; nil also when the value is null.
    private mutating func value(_ fields: Node.Mapping, _ name: String, _ place: String = "", isRequired: Bool = false) -> Node? {
        let value = fields[Node(name)].flatMap { $0.isNull ? nil : $0 }
        if value == nil, isRequired { report(place + name, "required", "\(place)\(name) is required.") }
        return value
    }

    private mutating func text(_ fields: Node.Mapping, _ name: String, _ place: String = "", isRequired: Bool = false) -> String? {
        guard let value = value(fields, name, place, isRequired: isRequired) else { return nil }
        guard let scalar = value.scalar, value.tag == Tag(.str) || scalar.style != .plain else {
            report(place + name, "type", "\(place)\(name) must be a text.")
            return nil
        }
        if isRequired, scalar.string.isEmpty { report(place + name, "range", "\(place)\(name) must not be empty.") }
        return scalar.string
    }

    private mutating func whole(
        _ fields: Node.Mapping, _ name: String, _ range: ClosedRange<Int>, _ place: String = "", isRequired: Bool = false
    ) -> Int? {
        guard let value = value(fields, name, place, isRequired: isRequired) else { return nil }
        return limited(value, value.int, "a whole number", range, place + name)
    }

    @discardableResult
    private mutating func number(_ fields: Node.Mapping, _ name: String, _ range: ClosedRange<Double>, _ place: String = "") -> Double? {
        guard let value = value(fields, name, place) else { return nil }
        return limited(value, value.float, "a number", range, place + name)
    }

    private mutating func limited<Number>(
        _ value: Node, _ number: Number?, _ kind: String, _ range: ClosedRange<Number>, _ path: String
    ) -> Number? {
        guard value.scalar?.style == .plain, let number else {
            report(path, "type", "\(path) must be \(kind).")
            return nil
        }
        guard range.contains(number) else {
            report(path, "range", "\(path) must be \(range.lowerBound) to \(range.upperBound).")
            return nil
        }
        return number
    }

    private mutating func flag(_ fields: Node.Mapping, _ name: String, _ place: String) -> Bool? {
        guard let value = value(fields, name, place) else { return nil }
        guard value.scalar?.style == .plain, let flag = value.bool else {
            report(place + name, "type", "\(place)\(name) must be true or false.")
            return nil
        }
        return flag
    }

    private mutating func map(_ fields: Node.Mapping, _ name: String, at place: String) -> Node.Mapping? {
        guard let value = value(fields, name) else { return nil }
        guard let map = value.mapping else {
            report(place, "type", "\(place) must be a mapping.")
            return nil
        }
        return map
    }
}

extension Node {
    fileprivate var isNull: Bool { scalar?.style == .plain && null != nil }
}
