import FoundationEssentials
import Glibc

/// A model that can be read from an object of the API, field by field.
///
/// `CodingKeys` are the API's field names; they are used for reading and for encoding.
public protocol JSONObjectReadable: Sendable {
    associatedtype CodingKeys: CodingKey
    /// Reads a record; nil when a field without which the record is useless (its id) is missing.
    init?(_ fields: inout JSONFields<CodingKeys>)
}

extension JSONObjectReadable {
    /// Reads a record; nil when `json` is not an object or a necessary field is missing.
    public init?(json: JSON) {
        guard var fields = JSONFields<CodingKeys>(json) else { return nil }
        self.init(&fields)
    }
}

/// Typed access to an object's fields. A field of the wrong type reads as nil and is named in `malformed`, so that one
/// bad value does not hide the record, and the user still learns of it.
public struct JSONFields<Key: CodingKey> {
    /// The object itself, for fields without a fixed name.
    public let object: JSON
    /// The names of the fields that were read and whose values were not of the documented type.
    public private(set) var malformed: [String] = []

    init?(_ json: JSON) {
        guard case .object = json else { return nil }
        object = json
    }

    public mutating func string(_ key: Key) -> String? {
        read(key) { if case .string(let text) = $0 { text } else { nil } }
    }

    public mutating func bool(_ key: Key) -> Bool? {
        read(key) { if case .bool(let flag) = $0 { flag } else { nil } }
    }

    /// A finite number.
    public mutating func double(_ key: Key) -> Double? { read(key, JSON.finite) }

    /// A whole number; `12.0` counts, `1.5` does not.
    public mutating func int(_ key: Key) -> Int? { read(key) { JSON.finite($0).flatMap { Int(exactly: $0) } } }

    /// An ISO 8601 timestamp, with or without fractions of a second.
    public mutating func date(_ key: Key) -> Date? { read(key) { $0.stringValue.flatMap(Timestamp.parse) } }

    public mutating func id<Entity>(_ key: Key) -> Identifier<Entity>? {
        read(key) { $0.stringValue.flatMap { $0.isEmpty ? nil : Identifier($0) } }
    }

    public mutating func record<Model: JSONObjectReadable>(_ key: Key, as type: Model.Type = Model.self) -> Model? {
        read(key) { Model(json: $0) }
    }

    /// A version: the server may send a number or a string.
    public mutating func version(_ key: Key) -> String? {
        read(key) { json in
            json.stringValue ?? JSON.finite(json).map { Int(exactly: $0).map(String.init) ?? String($0) }
        }
    }

    /// A string; a value of another type is returned as JSON text.
    public mutating func text(_ key: Key) -> String? {
        read(key) { $0.stringValue ?? $0.compactText }
    }

    /// The elements that `element` could read; if it cannot read one, the field counts as malformed.
    public mutating func list<Element>(_ key: Key, _ element: (JSON) -> Element?) -> [Element]? {
        guard let values = read(key, { if case .array(let values) = $0 { values } else { nil } }) else { return nil }
        let elements = values.compactMap(element)
        if elements.count < values.count { mark(key) }
        return elements
    }

    /// An object whose keys are not fixed, such as `redactions_by_kind`. If `value` cannot read a member, the field counts as
    /// malformed.
    public mutating func dictionary<Value>(_ key: Key, _ value: (JSON) -> Value?) -> [String: Value]? {
        guard let members = read(key, { if case .object(let members) = $0 { members } else { nil } }) else { return nil }
        var result: [String: Value] = [:]
        for member in members {
            if let value = value(member.value) { result[member.key] = value } else { mark(key) }
        }
        return result
    }

    private mutating func read<Value>(_ key: Key, _ convert: (JSON) -> Value?) -> Value? {
        guard let json = object[key.stringValue], json != .null else { return nil }
        if let value = convert(json) { return value }
        mark(key)
        return nil
    }

    private mutating func mark(_ key: Key) {
        if !malformed.contains(key.stringValue) { malformed.append(key.stringValue) }
    }
}

extension JSON {
    /// The number; nil when this is not a finite number.
    static func finite(_ json: JSON) -> Double? {
        guard case .number(let value) = json, value.isFinite else { return nil }
        return value
    }

    /// The whole number; nil when this is not one.
    static func whole(_ json: JSON) -> Int? { finite(json).flatMap { Int(exactly: $0) } }
}
