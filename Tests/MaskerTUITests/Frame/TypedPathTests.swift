import Foundation
import TestSupport
import Testing

@testable import MaskerTUI

@Suite("Paths that are typed, pasted or dropped on the terminal", .ownThread)
struct TypedPathTests {
    /// A form of a file's path, and the file's name. `DIR` is the directory of the file, which is also the home directory.
    private static let forms: [(typed: String, name: String)] = [
        ("'DIR/a b.yaml'", "a b.yaml"), ("\"DIR/a b.yaml\"", "a b.yaml"), (#"DIR/a\ b.yaml"#, "a b.yaml"), ("DIR/a b.yaml", "a b.yaml"),
        ("file://DIR/a%20b.yaml", "a b.yaml"), ("file:DIR/a%20b.yaml", "a b.yaml"), ("file://localhostDIR/a%20b.yaml", "a b.yaml"),
        ("FILE://DIR/%c3%A9.yaml", "é.yaml"), ("'file://DIR/a%20b.yaml' ", "a b.yaml"), ("file://DIR/100%.yaml", "100%.yaml"),
        ("~/a b.yaml", "a b.yaml"), (#"~/a\ b.yaml"#, "a b.yaml"), ("'~/a b.yaml'", "a b.yaml"),
        (#"'DIR/it'\''s.yaml'"#, "it's.yaml"), (#"DIR/it\'s.yaml"#, "it's.yaml"), (#""DIR/a \"b\" \\ c.yaml""#, #"a "b" \ c.yaml"#),
        (#""DIR/a\b.yaml""#, #"a\b.yaml"#), ("  DIR/plain.yaml \n", "plain.yaml"), (#"DIR/a\ "#, "a "), ("'DIR/'tw'o parts'.yaml", "two parts.yaml"),
        (#"DIR/\(1\)\ \&\ \$x.yaml"#, "(1) & $x.yaml"),
        // Names that look like another form: the file with exactly this name comes first.
        ("DIR/'quoted'.yaml", "'quoted'.yaml"), (#"DIR/a\ c.yaml"#, #"a\ c.yaml"#), ("DIR/a%20b.txt", "a%20b.txt"), ("DIR/half'.yaml", "half'.yaml"),
    ]

    @Test("every form of a path means the file", arguments: forms.indices)
    func understood(place: Int) async throws {
        let (typed, name) = Self.forms[place]
        try await withDirectory { directory in
            try Data().write(to: URL(fileURLWithPath: directory + "/" + name))
            let path = try TypedPath(text: typed.replacingOccurrences(of: "DIR", with: directory), home: directory).path()
            #expect(try FileManager.default.contentsOfDirectory(atPath: directory) == [name])
            #expect(path == directory + "/" + name)
        }
    }

    @Test("a path that does not exist is the one that was meant; URLs of other machines, broken quotes and zero bytes are no other path", arguments: [
        ("'/none/a b'", "/none/a b"), (#"/none/a\ b"#, "/none/a b"), ("file:///none/a%20b", "/none/a b"), ("/none/a b", "/none/a b"), ("", ""),
        ("file://elsewhere.example/none", "file://elsewhere.example/none"), ("'/none/a", "'/none/a"), (#"/none/a\"#, #"/none/a\"#),
        ("file:///none/%00", "file:///none/%00"), ("file:none", "file:none"), ("~ada/x", "~ada/x"), ("file:///none/%ff", "file:///none/%ff"),
    ])
    func absent(typed: String, path: String) throws { #expect(try TypedPath(text: typed, home: "/h").path() == path) }

    @Test("several dropped files are told", arguments: ["'/none/a' '/none/b'", #"/none/a\ b /none/c"#, "\"/none/a\" /none/b"])
    func several(typed: String) {
        #expect(throws: TypedPath.Problem(sentence: "these are several paths; name one file")) { try TypedPath(text: typed, home: nil).path() }
    }
}
