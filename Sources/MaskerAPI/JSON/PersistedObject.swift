/// What a file holds that outlives a version: an object, of whose keys this version knows some (docs/architecture.md,
/// *Files that outlive a version*).
///
/// A key that is missing, or `null`, reads as nil: it has its default. A value of another type is an error that says where: such a
/// file is not understood, and whoever does not understand it does not write over it.
package struct PersistedObject {
    private let object: JSON
    /// Where it stands in the file: empty for all of it, otherwise with a point at its end.
    private let place: String

    /// - Throws: where the file is no object.
    package init(_ json: JSON) throws(Misfit) { try self.init(json, at: "") }

    private init(_ json: JSON, at place: String) throws(Misfit) {
        guard case .object = json else { throw Misfit(clause: place.isEmpty ? "it is no object" : "“\(place)” is no object") }
        object = json
        self.place = place.isEmpty ? "" : place + "."
    }

    /// Why a file is not understood.
    package struct Misfit: Error, Equatable {
        /// `“agents.sort” is no object`.
        package let clause: String
    }

    package func text(_ key: some CodingKey) throws(Misfit) -> String? { try value(key, "no text", \.stringValue) }

    package func flag(_ key: some CodingKey) throws(Misfit) -> Bool? {
        try value(key, "neither true nor false") { if case .bool(let flag) = $0 { flag } else { nil } }
    }

    package func whole(_ key: some CodingKey) throws(Misfit) -> Int? { try value(key, "no whole number", JSON.whole) }

    package func object(_ key: some CodingKey) throws(Misfit) -> PersistedObject? {
        guard let json = member(key) else { return nil }
        return try PersistedObject(json, at: place + key.stringValue)
    }

    /// A list of texts.
    package func texts(_ key: some CodingKey) throws(Misfit) -> [String]? {
        try value(key, "no list of texts") { json in
            guard case .array(let elements) = json else { return nil }
            let texts = elements.compactMap(\.stringValue)
            return texts.count == elements.count ? texts : nil
        }
    }

    /// A list of objects.
    package func objects(_ key: some CodingKey) throws(Misfit) -> [PersistedObject]? {
        guard let elements = try value(key, "no list", { if case .array(let elements) = $0 { elements } else { nil } }) else { return nil }
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
    /// What is written over `old`: the members of this object, and those of the old one that this version does not know. `null`
    /// takes a key away. So it goes on in objects within objects.
    package func keepingUnknown(of old: JSON?) -> JSON {
        guard case .object(let known) = self else { return self }
        let oldMembers: [Member] = if case .object(let members)? = old { members } else { [] }
        let written = known.compactMap { member in
            member.value == .null ? nil : Member(key: member.key, value: member.value.keepingUnknown(of: old?[member.key]))
        }
        return .object(written + oldMembers.filter { member in !known.contains { $0.key == member.key } })
    }

    /// Of an array: the first object that has this member.
    func element(with member: Member) -> JSON? {
        guard case .array(let elements) = self else { return nil }
        return elements.first { $0[member.key] == member.value }
    }

    /// With `null` for each of these keys that it lacks.
    package func withNull(for keys: some Sequence<some CodingKey>) -> JSON {
        guard case .object(let members) = self else { return self }
        return .object(members + keys.filter { self[$0.stringValue] == nil }.map { $0.member(nil) })
    }

    /// The same in the object that it has at `key`.
    package func withNull(for keys: some Sequence<some CodingKey>, in key: some CodingKey) -> JSON {
        guard case .object(let members) = self else { return self }
        return .object(members.map { $0.key == key.stringValue ? key.member($0.value.withNull(for: keys)) : $0 })
    }
}

extension CodingKey {
    /// This key with a value; nil takes the key away.
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

    /// A key of any name.
    private struct Name: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }
}
