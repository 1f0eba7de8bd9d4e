/// Reads the output of a program to a terminal, and finds bytes that the console must not write.
public enum TerminalOutput {
    /// Everything except printable text and the sequences that ncurses writes for the screen.
    /// - Parameter isUTF8: whether the locale is UTF-8; if not, only ASCII is allowed.
    public static func foreign(in bytes: [UInt8], isUTF8: Bool = true) -> [String] {
        var found: [String] = []
        var reader = Reader(bytes)
        while let byte = reader.next() {
            switch byte {
            case 0x1B: reader.sequence().map { found.append($0) }
            // Cursor movement, and the alternate character set of terminals without UTF-8.
            case 0x08, 0x0A, 0x0D, 0x0E, 0x0F: break
            case 0x20..<0x7F: break
            case 0x80...: reader.scalar(byte, isUTF8: isUTF8).map { found.append($0) }
            default: found.append("byte \(byte)")
            }
        }
        return found
    }

    /// The text without sequences.
    public static func text(in bytes: [UInt8]) -> String {
        var reader = Reader(bytes)
        var text: [UInt8] = []
        while let byte = reader.next() {
            if byte == 0x1B { _ = reader.sequence() } else if byte >= 0x20 { text.append(byte) }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The sequences that have changed the terminal and were not undone: private modes, the keypad, another character set,
    /// attributes, a saved title.
    public static func modesLeft(in bytes: [UInt8]) -> Set<String> {
        var left: Set<String> = [], titles = 0
        let text = String(decoding: bytes, as: UTF8.self)
        for match in text.matches(of: /\u{1B}(?:\[(\??)([0-9;]*)([hlmt])|([=>])|\(([0B]))|([\u{0E}\u{0F}])/) {
            let (_, isPrivate, parameters, final, keypad, characters, shift) = match.output
            switch (final, keypad, characters, shift) {
            case ("h", _, _, _), ("l", _, _, _):
                for mode in parameters?.split(separator: ";") ?? [] {
                    let name = "\(isPrivate ?? "")\(mode)"
                    // These modes are on by default.
                    let usual: Substring = ["?7", "?25", "?12", "34"].contains(name) ? "h" : "l"
                    if final == usual || name == "?12" { left.remove(name) } else { left.insert(name) }
                }
            case ("m", _, _, _): if parameters?.isEmpty == false, parameters != "0" { left.insert("m") } else { left.remove("m") }
            case ("t", _, _, _): titles += parameters?.hasPrefix("22") == true ? 1 : parameters?.hasPrefix("23") == true ? -1 : 0
            case (_, "=", _, _): left.insert("=")
            case (_, ">", _, _): left.remove("=")
            case (_, _, "0", _): left.insert("(0")
            case (_, _, "B", _): left.remove("(0")
            case (_, _, _, "\u{0E}"): left.insert("SO")
            case (_, _, _, "\u{0F}"): left.remove("SO")
            default: break
            }
        }
        if titles != 0 { left.insert("title") }
        return left
    }

    /// The attributes and colours that the themes use. Others, such as blinking and hidden, are not allowed.
    private static let attributes: Set<Int> = Set([0, 1, 2, 4, 7, 22, 23, 24, 25, 27, 39, 49] + Array(30...37) + Array(90...97))
    private static let privateModes: Set<String> = ["?1", "?7", "?12", "?25", "?34", "?1049", "?2004", "?2026", "4", "?47", "?5", "?8", "?3", "?4", "?6"]

    private struct Reader {
        private let bytes: [UInt8]
        private var at = 0

        init(_ bytes: [UInt8]) { self.bytes = bytes }

        mutating func next() -> UInt8? {
            guard at < bytes.count else { return nil }
            defer { at += 1 }
            return bytes[at]
        }

        /// Reads the sequence after ESC. Returns nil when the console may write it.
        mutating func sequence() -> String? {
            guard let kind = next() else { return nil }
            switch kind {
            case UInt8(ascii: "["): return control()
            case UInt8(ascii: "]"): return operatingSystem()
            case UInt8(ascii: "("), UInt8(ascii: ")"):
                guard let set = next(), "B0".utf8.contains(set) else { return "ESC ( ?" }
                return nil
            case UInt8(ascii: "7"), UInt8(ascii: "8"), UInt8(ascii: "="), UInt8(ascii: ">"), UInt8(ascii: "M"), UInt8(ascii: "D"), UInt8(ascii: "E"):
                return nil
            default: return "ESC " + String(decoding: [kind], as: UTF8.self)
            }
        }

        private mutating func control() -> String? {
            var parameters = ""
            while let byte = next() {
                if (0x30...0x3F).contains(byte) || byte == 0x21 || byte == 0x24 {
                    parameters.unicodeScalars.append(Unicode.Scalar(byte))
                    continue
                }
                let final = Character(Unicode.Scalar(byte))
                let shown = "CSI \(parameters)\(final)"
                switch final {
                case "m" where parameters == ">4;0": return nil
                case "m":
                    let values = parameters.split(separator: ";", omittingEmptySubsequences: false).map { Int($0) ?? ($0.isEmpty ? 0 : -1) }
                    return values.allSatisfy(TerminalOutput.attributes.contains) ? nil : shown
                case "h", "l": 
                    let isCleaning = final == "l" && parameters == "?9;1000;1002;1003;1004;1005;1006;1015"
                    return TerminalOutput.privateModes.contains(parameters) || parameters == "?12;25" || isCleaning ? nil : shown
                case "A", "B", "C", "D", "G", "d", "H", "J", "K", "L", "M", "P", "S", "T", "X", "@", "r", "b", "I", "Z":
                    return parameters.allSatisfy { $0.isNumber || $0 == ";" } ? nil : shown
                // Terminfo saves and restores the title with the alternate screen.
                case "t" where parameters == "22;0;0" || parameters == "23;0;0": return nil
                case "p" where parameters == "!": return nil
                // The console turns off what another program may have left on.
                case "u" where parameters == "=0": return nil
                default: return shown
                }
            }
            return nil
        }

        /// Reads an OSC sequence. The console may write links only.
        private mutating func operatingSystem() -> String? {
            var text: [UInt8] = []
            while let byte = next(), byte != 0x07 {
                if byte == 0x1B {
                    at += 1
                    break
                }
                text.append(byte)
            }
            let string = String(decoding: text, as: UTF8.self)
            return string.hasPrefix("8;;") && text.allSatisfy { (0x21..<0x7F).contains($0) } ? nil : "OSC \(string)"
        }

        /// Reads the scalar that begins with `first`. Returns nil when it is printable.
        mutating func scalar(_ first: UInt8, isUTF8: Bool) -> String? {
            guard isUTF8 else { return "byte \(first)" }
            let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
            let piece = [first] + (1..<length).compactMap { _ in next() }
            guard let string = String(validating: piece, as: UTF8.self), let scalar = string.unicodeScalars.first else {
                return "broken UTF-8 \(piece)"
            }
            let isHidden = [.control, .format, .surrogate, .lineSeparator, .paragraphSeparator].contains(scalar.properties.generalCategory)
            return isHidden ? "U+\(String(scalar.value, radix: 16))" : nil
        }
    }
}
