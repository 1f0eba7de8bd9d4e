/// The `details` of an error as clauses. The contract does not say what they look like, so a string, an object, and lists of
/// them at any depth are read.
struct ErrorDetails: Equatable {
    /// The request's field that the first detail with a field is about, under the API's name.
    private(set) var field: String?
    /// One clause for each detail. A clause about a field begins with the field's name.
    private(set) var clauses: [String] = []

    /// The most clauses, and the most characters of one, so that the message stays readable.
    private static let most = 5, longest = 200
    /// Members that name the request's field.
    private static let fieldNames = ["field", "param", "loc", "path", "pointer"]
    /// Members that hold the detail's sentence.
    private static let sentenceNames = ["message", "msg", "reason", "problem", "detail", "description", "error"]
    /// Members that hold further details.
    private static let listNames = ["errors", "fields", "details", "problems", "violations", "issues"]
    /// Members that hold a place in a text.
    private static let placeNames = ["line", "column"]
    /// Members that are meant for programs and are not shown.
    private static let silentNames = ["code", "type", "rule", "value"]

    init(_ json: JSON?) {
        if let json { read(json, about: nil) }
    }

    private mutating func read(_ json: JSON, about field: String?) {
        switch json {
        case .null: break
        case .string(let text): add(text, about: field)
        case .bool, .number: add(json.compactText, about: field)
        case .array(let list): for element in list { read(element, about: field) }
        case .object(let members): read(members, about: field)
        }
    }

    private mutating func read(_ members: [JSON.Member], about outer: String?) {
        let own = Self.fieldNames.lazy.compactMap { name in members.last { $0.key == name }.flatMap { Self.name($0.value) } }.first
        let field = own ?? outer
        if self.field == nil { self.field = field }
        let sentence = Self.sentenceNames.lazy.compactMap { name in members.last { $0.key == name }?.value.stringValue }.first
        if let sentence {
            let place = Self.placeNames.compactMap { name in
                members.last { $0.key == name }.flatMap { JSON.whole($0.value) }.map { "\(name) \($0)" }
            }
            add(sentence + (place.isEmpty ? "" : " (" + place.joined(separator: ", ") + ")"), about: field)
        }
        // Each other member is a list of details, or its key is the name of the field.
        for member in members where !Self.fieldNames.contains(member.key) && !Self.silentNames.contains(member.key) {
            let isSaid = sentence != nil && (Self.sentenceNames + Self.placeNames).contains(member.key)
            if isSaid { continue }
            let isTransparent = (Self.listNames + Self.sentenceNames).contains(member.key)
            switch member.value {
            case .bool, .number, .string:
                // `{"field": "name", "max": 64}`
                if own != nil, !isTransparent {
                    add("\(member.key) " + (member.value.stringValue ?? member.value.compactText), about: field)
                } else {
                    read(member.value, about: isTransparent ? field : member.key)
                }
            case .null, .array, .object: read(member.value, about: isTransparent || own != nil ? field : member.key)
            }
        }
    }

    /// `name`, or the last part of `["body", "name"]`.
    private static func name(_ json: JSON) -> String? {
        if case .array(let parts) = json { return parts.last { $0.stringValue != nil }?.stringValue }
        return json.stringValue.flatMap { $0.isEmpty ? nil : $0 }
    }

    private mutating func add(_ text: String, about field: String?) {
        if self.field == nil { self.field = field }
        let text = text.trimmed
        guard !text.isEmpty, clauses.count < Self.most else { return }
        let short = text.count > Self.longest ? text.prefix(Self.longest) + "…" : text
        let clause = field.map { "\($0): \(short)" } ?? short
        if !clauses.contains(clause) { clauses.append(clause) }
    }

    /// The message, with the clauses that it does not contain added.
    func completing(_ message: String) -> String {
        let new = clauses.filter { clause in
            !message.contains(clause) && !(field.map { clause.hasPrefix($0 + ": ") && message.contains(clause.dropFirst($0.count + 2)) } ?? false)
        }
        guard !new.isEmpty else { return message }
        let start = message.hasSuffix(".") ? String(message.dropLast()) : message
        return (start.isEmpty ? "" : start + ": ") + new.joined(separator: "; ")
    }
}
