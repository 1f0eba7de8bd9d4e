import CLibYAML

/// A YAML text as libyaml reads it, with the place of every part. A scalar keeps the text as it was written.
indirect enum YAMLNode: Equatable, Sendable {
    case scalar(String, ConfigurationFile.Place)
    case mapping([YAMLPair], ConfigurationFile.Place)
    case sequence([YAMLNode], ConfigurationFile.Place)

    var place: ConfigurationFile.Place {
        switch self {
        case .scalar(_, let place), .mapping(_, let place), .sequence(_, let place): place
        }
    }

    var text: String? { if case .scalar(let text, _) = self { text } else { nil } }
    var pairs: [YAMLPair]? { if case .mapping(let pairs, _) = self { pairs } else { nil } }

    var items: [YAMLNode]? { if case .sequence(let items, _) = self { items } else { nil } }

    /// Why a text cannot be read as YAML, and where.
    struct Failure: Error, Equatable {
        var place: ConfigurationFile.Place
        var clause: String
    }

    /// Reads the only document of a text; returns nil when the text has only comments.
    static func read(_ text: String) throws(Failure) -> YAMLNode? {
        let bytes = ContiguousArray(text.utf8)
        let result: Result<YAMLNode?, Failure> = bytes.withUnsafeBufferPointer { input in
            guard let parser = masker_yaml_open(input.baseAddress, input.count) else {
                return .failure(Failure(place: ConfigurationFile.Place(line: 1, column: 1), clause: "there is not enough memory to read it"))
            }
            defer { masker_yaml_close(parser) }
            do throws(Failure) { return .success(try YAMLEvents(parser: parser, bytes: input).document()) } catch { return .failure(error) }
        }
        return try result.get()
    }
}

struct YAMLPair: Equatable, Sendable {
    var key: YAMLNode
    var value: YAMLNode
}

/// Builds nodes from libyaml's events.
private struct YAMLEvents {
    let parser: UnsafeMutablePointer<yaml_parser_t>
    let bytes: UnsafeBufferPointer<UInt8>

    private typealias Place = ConfigurationFile.Place

    /// The maximum depth. A configuration needs three levels; the limit protects the stack.
    private static let deepest = 8

    private struct Event {
        var kind: yaml_event_type_t
        var place: ConfigurationFile.Place
        var text = ""
    }

    func document() throws(YAMLNode.Failure) -> YAMLNode? {
        _ = try next()
        guard try next().kind != YAML_STREAM_END_EVENT else { return nil }
        let root = try node(from: try next(), depth: 0)
        _ = try next()
        let after = try next()
        guard after.kind == YAML_STREAM_END_EVENT else {
            throw YAMLNode.Failure(place: after.place, clause: "there is a second document here")
        }
        return root
    }

    private func node(from event: Event, depth: Int) throws(YAMLNode.Failure) -> YAMLNode {
        guard depth < Self.deepest else { throw YAMLNode.Failure(place: event.place, clause: "this is nested too deeply") }
        switch event.kind {
        case YAML_SCALAR_EVENT:
            return .scalar(event.text, event.place)
        case YAML_MAPPING_START_EVENT:
            var pairs: [YAMLPair] = []
            while true {
                let first = try next()
                if first.kind == YAML_MAPPING_END_EVENT { return .mapping(pairs, event.place) }
                let key = try node(from: first, depth: depth + 1)
                pairs.append(YAMLPair(key: key, value: try node(from: try next(), depth: depth + 1)))
            }
        case YAML_SEQUENCE_START_EVENT:
            var items: [YAMLNode] = []
            while true {
                let item = try next()
                if item.kind == YAML_SEQUENCE_END_EVENT { return .sequence(items, event.place) }
                items.append(try node(from: item, depth: depth + 1))
            }
        default:
            throw YAMLNode.Failure(place: event.place, clause: "aliases (*name) are not supported")
        }
    }

    private func next() throws(YAMLNode.Failure) -> Event {
        var event = yaml_event_t()
        guard yaml_parser_parse(parser, &event) == 1 else { throw failure }
        defer { yaml_event_delete(&event) }
        var read = Event(kind: event.type, place: Self.place(event.start_mark))
        if event.type == YAML_SCALAR_EVENT, let text = masker_yaml_scalar(&event) {
            read.text = String(decoding: UnsafeBufferPointer(start: text, count: masker_yaml_scalar_length(&event)), as: UTF8.self)
        }
        return read
    }

    private var failure: YAMLNode.Failure {
        let problem = parser.pointee.problem.map { String(cString: $0) } ?? "it cannot be read"
        guard parser.pointee.error == YAML_READER_ERROR else {
            return YAMLNode.Failure(place: Self.place(parser.pointee.problem_mark), clause: "this is not YAML: \(problem)")
        }
        // For bytes that cannot be decoded, libyaml reports only an offset.
        let lines = bytes.prefix(Int(parser.pointee.problem_offset)).split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        let column = (lines.last.map { String(decoding: $0, as: UTF8.self).unicodeScalars.count } ?? 0) + 1
        return YAMLNode.Failure(place: Place(line: max(lines.count, 1), column: column), clause: "this is not YAML: \(problem)")
    }

    private static func place(_ mark: yaml_mark_t) -> Place { Place(line: Int(mark.line) + 1, column: Int(mark.column) + 1) }
}
