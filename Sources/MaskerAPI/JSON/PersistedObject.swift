/// A JSON object from a file that earlier or later versions of the console may have written, so that it can have keys that this
/// version does not know (docs/architecture.md, *Files that outlive a version*).
///
/// A key that is missing or `null` reads as nil, which stands for its default. A value of another type throws an error that
/// names the key: this version cannot read such a file, and must not overwrite it.
package struct PersistedObject {
    private let object: JSON
    /// The path of the object in the file, with a point at its end; empty for the file's outermost object.
    private let place: String

    /// - Throws: `Misfit` when the file's content is not an object.
    package init(_ json: JSON) throws(Misfit) { try self.init(json, at: "") }

    private init(_ json: JSON, at place: String) throws(Misfit) {
        guard case .object = json else { throw Misfit(clause: (place.isEmpty ? "it" : "“\(place)”") + " is not an object") }
        object = json
        self.place = place.isEmpty ? "" : place + "."
    }

    /// The error for a value of an unexpected type.
    package struct Misfit: Error, Equatable {
        /// A clause to show to the user, such as `“agents.sort” is not an object`.
        package let clause: String
    }

    package func text(_ key: some CodingKey) throws(Misfit) -> String? { try value(key, "not a string", \.stringValue) }

    package func flag(_ key: some CodingKey) throws(Misfit) -> Bool? {
        try value(key, "neither true nor false") { if case .bool(let flag) = $0 { flag } else { nil } }
    }

    package func whole(_ key: some CodingKey) throws(Misfit) -> Int? { try value(key, "not a whole number", JSON.whole) }

    package func object(_ key: some CodingKey) throws(Misfit) -> PersistedObject? {
        guard let json = member(key) else { return nil }
        return try PersistedObject(json, at: place + key.stringValue)
    }

    /// A list of strings.
    package func texts(_ key: some CodingKey) throws(Misfit) -> [String]? {
        try value(key, "not a list of strings") { json in
            guard case .array(let elements) = json else { return nil }
            let texts = elements.compactMap(\.stringValue)
            return texts.count == elements.count ? texts : nil
        }
    }

    /// A list of objects.
    package func objects(_ key: some CodingKey) throws(Misfit) -> [PersistedObject]? {
        guard let elements = try value(key, "not a list", { if case .array(let elements) = $0 { elements } else { nil } }) else { return nil }
        var objects: [PersistedObject] = []
        for (index, element) in elements.enumerated() { objects.append(try PersistedObject(element, at: "\(place)\(key.stringValue)[\(index)]")) }
        return objects
    }

    private func member(_ key: some CodingKey) -> JSON? { object[key.stringValue].flatMap { $0 == .null ? nil : $0 } }

    private func value<Value>(_ key: some CodingKey, _ fault: String, _ convert: (JSON) -> Value?) throws(Misfit) -> Value? {
        guard let json = member(key) else { return nil }
        guard let value = convert(json) else { throw Misfit(clause: "“\(place)\(key.stringValue)” is \(fault)") }
        return value
    }
}

extension JSON {
    /// The value to write over `old`: the members of this object, and those members of the old one that this version does not
    /// know. A member whose value is `null` is removed. The same applies to nested objects.
    package func keepingUnknown(of old: JSON?) -> JSON {
        guard case .object(let known) = self else { return self }
        let oldMembers: [Member] = if case .object(let members)? = old { members } else { [] }
        let written = known.compactMap { member in
            member.value == .null ? nil : Member(key: member.key, value: member.value.keepingUnknown(of: old?[member.key]))
        }
        return .object(written + oldMembers.filter { member in !known.contains { $0.key == member.key } })
    }

    /// The first object with this member in an array; nil when there is none, or this is not an array.
    func element(with member: Member) -> JSON? {
        guard case .array(let elements) = self else { return nil }
        return elements.first { $0[member.key] == member.value }
    }

    /// This object, with `null` for each of these keys that it does not have.
    package func withNull(for keys: some Sequence<some CodingKey>) -> JSON {
        guard case .object(let members) = self else { return self }
        return .object(members + keys.filter { self[$0.stringValue] == nil }.map { $0.member(nil) })
    }

    /// This object, with `null` for each of these keys that the object at `key` does not have.
    package func withNull(for keys: some Sequence<some CodingKey>, in key: some CodingKey) -> JSON {
        guard case .object(let members) = self else { return self }
        return .object(members.map { $0.key == key.stringValue ? key.member($0.value.withNull(for: keys)) : $0 })
    }
}

extension CodingKey {
    /// This key with a value; nil makes `keepingUnknown(of:)` remove the key.
    package func member(_ value: JSON?) -> JSON.Member { JSON.Member(key: stringValue, value: value ?? .null) }
}

extension JSON: Encodable {
    public func encode(to encoder: any Encoder) throws {
        switch self {
        case .object(let members):
            var container = encoder.container(keyedBy: Name.self)
            for member in members { try container.encode(member.value, forKey: Name(stringValue: member.key)) }
        case .array(let elements):
            var container = encoder.unkeyedContainer()
            for element in elements { try container.encode(element) }
        case .null:
            var container = encoder.singleValueContainer()
            try container.encodeNil()
        case .bool(let flag): try flag.encode(to: encoder)
        case .string(let text): try text.encode(to: encoder)
        case .number(let number):
            if let whole = Int(exactly: number) { try whole.encode(to: encoder) } else { try number.encode(to: encoder) }
        }
    }

    /// A coding key with any name.
    private struct Name: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }
}
