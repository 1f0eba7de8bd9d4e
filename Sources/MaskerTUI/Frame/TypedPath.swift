import Glibc

/// A path as a user types it, pastes it, or drops it on the terminal. Terminals write a dropped path in quotes, with backslashes,
/// or as a `file://` URL.
struct TypedPath {
    let text: String
    /// The home directory, which replaces `~`; nil when it is not known.
    let home: String?

    /// Why the text is no path, in one clause.
    struct Problem: Error, Equatable {
        var sentence: String
    }

    /// The path that the text means. A file that has exactly the name that was typed comes first, whatever characters are in it.
    func path() throws(Problem) -> String {
        let typed = expanded(text.trimmed)
        guard access(typed, F_OK) != 0 else { return typed }
        let words = Self.words(text)
        guard words.count < 2 || !words.contains(where: \.isQuoted) else { throw Problem(sentence: "these are several paths; name one file") }
        guard words.count == 1, let word = words.first?.text else { return typed }
        return expanded(Self.pathOfURL(word) ?? word)
    }

    private func expanded(_ path: String) -> String {
        guard let home, path == "~" || path.hasPrefix("~/") else { return path }
        return home + path.dropFirst()
    }

    // MARK: Quotes and backslashes

    /// The words of the text as a shell would split it. Without words that a quote or backslash has not ended.
    private static func words(_ text: String) -> [(text: String, isQuoted: Bool)] {
        var words: [(text: String, isQuoted: Bool)] = []
        var word: (text: String, isQuoted: Bool)?
        var quote: Unicode.Scalar?, isEscaped = false
        func added(_ scalar: Unicode.Scalar, isQuoted: Bool) -> (String, Bool) {
            ((word?.text ?? "") + String(scalar), isQuoted || word?.isQuoted == true)
        }
        for scalar in text.unicodeScalars {
            if isEscaped {
                isEscaped = false
                // Within double quotes a backslash escapes these characters only.
                let isKept = quote == "\"" && !"\"\\$`".unicodeScalars.contains(scalar)
                if isKept { word = added("\\", isQuoted: true) }
                word = added(scalar, isQuoted: true)
            } else if scalar == "\\", quote != "'" {
                isEscaped = true
            } else if scalar == quote {
                quote = nil
            } else if quote == nil, scalar == "'" || scalar == "\"" {
                quote = scalar
                word = (word?.text ?? "", true)
            } else if quote == nil, " \t\r\n".unicodeScalars.contains(scalar) {
                if let word { words.append(word) }
                word = nil
            } else {
                word = added(scalar, isQuoted: false)
            }
        }
        guard quote == nil, !isEscaped else { return [] }
        return words + (word.map { [$0] } ?? [])
    }

    // MARK: URLs

    /// The path of a `file:` URL of this machine; nil for every other text.
    private static func pathOfURL(_ text: String) -> String? {
        guard text.lowercased().hasPrefix("file:") else { return nil }
        var rest = text.dropFirst(5)
        if rest.hasPrefix("//") {
            rest = rest.dropFirst(2)
            guard let slash = rest.firstIndex(of: "/"), ["", "localhost", machine].contains(rest[..<slash].lowercased()) else { return nil }
            rest = rest[slash...]
        }
        return rest.hasPrefix("/") ? decoded(String(rest)) : nil
    }

    private static var machine: String {
        var name = [CChar](repeating: 0, count: 256)
        guard gethostname(&name, name.count - 1) == 0 else { return "localhost" }
        return String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self).lowercased()
    }

    /// Replaces `%20` and the like. Nil when the bytes are not UTF-8, or one of them is 0.
    private static func decoded(_ text: String) -> String? {
        let bytes = Array(text.utf8)
        var result: [UInt8] = [], index = 0
        while index < bytes.count {
            let digits = bytes[index] == UInt8(ascii: "%") ? String(decoding: bytes[(index + 1)...].prefix(2), as: UTF8.self) : ""
            let byte = digits.utf8.count == 2 && digits.allSatisfy(\.isHexDigit) ? UInt8(digits, radix: 16) : nil
            result.append(byte ?? bytes[index])
            index += byte == nil ? 1 : 3
        }
        return result.contains(0) ? nil : String(validating: result, as: UTF8.self)
    }
}
