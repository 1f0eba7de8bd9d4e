import Foundation
import TestSupport
import Testing

@testable import MaskerTUI
import TerminalKit

@Suite("The configuration file", .ownThread)
struct ConfigurationFileTests {
    private func read(_ text: String) -> ConfigurationReader {
        var reader = ConfigurationReader(path: "c.yaml", home: "/home/ada")
        reader.read(text)
        return reader
    }

    @Test("every setting is read at the top and in a profile, with its place")
    func all() throws {
        let text = """
            # For the people on call.
            url: https://masker.example.org
            name: "on call"
            color: blue
            read_only: on
            refresh: 30
            idle_lock: 5
            theme: color-blind
            time_zone: local
            time_format: relative
            confirm: id
            ca_file: ~/ca.pem
            connect_timeout: 45
            reports: off
            no_store: true
            escape_delay: 50
            plain: on
            pace: 5
            profile: staging
            profiles:
              production:
                url: https://prod.example.org
              staging:
            """
        let reader = read(text)
        #expect(reader.problems == [])
        let file = reader.file
        let known = Set(ConfigurationKey.all.map(\.name))
        #expect(known.subtracting(file.top.keys).subtracting(["mouse", "public_url"]) == [])
        #expect(file.top["refresh"] == ConfiguredValue(text: "30", origin: .file("c.yaml", .init(line: 6, column: 10))))
        #expect(file.top["ca_file"]?.text == "/home/ada/ca.pem")
        #expect(file.profiles.map(\.name) == ["production", "staging"])
        #expect(file.profiles[0].values["url"]?.origin.description == "c.yaml:22:10")
        #expect(file.chosen?.text == "staging" && file.profiles[1].values.isEmpty)
    }

    @Test("an empty file sets nothing", arguments: ["", "# only words\n", "---\n", "{}"])
    func empty(text: String) {
        let reader = read(text)
        #expect(reader.problems == [] && reader.file == ConfigurationFile(path: "c.yaml"))
    }

    @Test("a mistake is reported with line, column and the possible values", arguments: [
        ("refesh: 3", "c.yaml:1:1: “refesh” is not a setting; did you mean “refresh”?"),
        ("zzzzzz: 3", "c.yaml:1:1: “zzzzzz” is not a setting"),
        ("refresh: 1", "c.yaml:1:10: refresh takes 0, or 2 to 86400 seconds, not “1”"),
        ("\nidle_lock:  ten", "c.yaml:2:13: idle_lock takes 1 to 60 minutes, not “ten”"),
        ("color: orange", "c.yaml:1:8: color takes red, green, yellow, blue, magenta, cyan or none, not “orange”"),
        ("theme: dark", "c.yaml:1:8: theme takes default, high-contrast, monochrome or color-blind, not “dark”"),
        ("confirm: none", "c.yaml:1:10: confirm takes name or id, not “none”"),
        ("read_only: maybe", "c.yaml:1:12: read_only takes on or off, not “maybe”"),
        ("time_zone: CET", "c.yaml:1:12: time_zone takes utc or local, not “CET”"),
        ("url: http://masker.example.org", "c.yaml:1:6: “http://masker.example.org” uses plain http"),
        ("url: https://ada:x@h", "holds a user name or password"), ("url:", "c.yaml:1:5: an empty address is not a URL"),
        ("ca_file: ca.pem", "c.yaml:1:10: ca_file takes a path that begins with / or ~/, not “ca.pem”"),
        ("reports: ./x", "c.yaml:1:10: reports takes a path that begins with / or ~/"),
        ("name: \"a\\u001b]0;\"", "c.yaml:1:7: name takes 1 to 24 printable characters"),
        ("refresh: [1, 2]", "c.yaml:1:10: refresh takes one value"),
        ("refresh: 3\nrefresh: 4", "c.yaml:2:1: “refresh” is already in line 1"),
        ("profiles:\n  a b:\n    refresh: 3", "c.yaml:2:3: “a b” is not a name for a profile"),
        ("profiles:\n  a:\n    refrsh: 3", "c.yaml:3:5: “refrsh” is not a setting; did you mean “refresh”?"),
        ("profiles:\n  a:\n    profile: b", "c.yaml:3:5: “profile” is not a setting"),
        ("profiles:\n  a: https://x", "c.yaml:2:6: the profile “a” takes its own settings"),
        ("profiles: [a]", "c.yaml:1:11: profiles takes names"),
        ("profile: prd\nprofiles:\n  prod: {}", "c.yaml:1:10: there is no profile “prd”; did you mean “prod”?"),
        ("- a\n- b", "c.yaml:1:1: a configuration consists of lines “key: value”"), ("https", "a configuration consists of lines"),
        ("a: b: c", "c.yaml:1:5: this is not YAML: mapping values are not allowed"), ("a: [", "this is not YAML"), ("refresh: 3\n---\nb: 2", "c.yaml:2:1: there is a second document here"), ("refresh: *b", "c.yaml:1:10: aliases (*name) are not supported"),
        ("refresh: [[[[[[[[[", "this is nested too deeply"),
        ("? [a]\n: 1", "c.yaml:1:3: a name must be a word"), ("url: \u{7}", "c.yaml:1:6: this is not YAML: control characters are not allowed"),
    ])
    func mistakes(text: String, sentence: String) {
        let problems = read(text).problems
        #expect(problems.count == 1 && problems.first?.sentence.contains(sentence) == true, "\(problems.map(\.sentence))")
    }

    @Test("all mistakes are reported together, in the order of the file, as one failure with exit status 2")
    func several() {
        let problems = read("profiles:\n  a:\n    theme: x\nrefresh: 1\nurls: x\n").problems
        #expect(problems.map { $0.sentence.prefix(9) } == ["c.yaml:3:", "c.yaml:4:", "c.yaml:5:"])
        let failure = CommandFailure(problems)
        #expect(failure.status == 2 && failure.sentence?.split(separator: "\n").count == 3)
    }

    @Test("no text ends the program", arguments: [
        String(repeating: "[", count: 60_000), String(repeating: "a: {", count: 20_000), "&a [*a]", "a: *b", "%YAML 9.9\n---\na: b", "\u{FEFF}refresh: 3",
        "a: !!binary x", "<<: {refresh: 3}", "\t", String(repeating: "- ", count: 30_000), "? ", "!<", "\"", "'", "|", ">", "@", "`",
    ])
    func strange(text: String) { _ = read(text) }

    @Test("any bytes are read or refused without a crash")
    func random() {
        let seed = SeededGenerator.newSeed()
        var random = SeededGenerator(seed)
        let pieces = ["refresh", ":", " ", "\n", "profiles:", "  ", "[", "]", "{", "}", "&a", "*a", "- ", "\"", "'", "|", "#", "!", "\t", "é", "url: https://x"]
        for _ in 0..<2_000 { _ = read((0..<20).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()) }
    }

    // MARK: The file itself

    private func withFile(_ text: String, mode: mode_t = 0o600, _ body: (_ path: String) throws -> Void) throws {
        let path = NSTemporaryDirectory() + "masker-config-\(UUID().uuidString).yaml"
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        chmod(path, mode)
        defer { unlink(path) }
        try body(path)
    }

    @Test("its directory: below XDG_CONFIG_HOME, or below ~/.config")
    func place() {
        #expect(ConfigurationFile.directory(["XDG_CONFIG_HOME": "/c", "HOME": "/h"]) == "/c/masker-tui")
        #expect(ConfigurationFile.directory(["XDG_CONFIG_HOME": "relative", "HOME": "/h"]) == "/h/.config/masker-tui")
    }

    @Test("a missing file is no mistake, unless the environment names it; a file that others can write is refused")
    func access() throws {
        #expect(try ConfigurationFile.read(["HOME": "/usr/none"]) == nil)
        #expect(throws: CommandFailure.self) { try ConfigurationFile.read(["MASKER_TUI_CONFIG": "/usr/none"]) }
        try withFile("refresh: 3\n", mode: 0o664) { path in
            let file = try ConfigurationFile.read(["MASKER_TUI_CONFIG": path])
            #expect(file?.top["refresh"]?.text == "3")
        }
        for (text, mode) in [("refresh: 3\n", mode_t(0o666)), (String(repeating: "#", count: 300_000), 0o600), ("refresh: 1", 0o600)] {
            try withFile(text, mode: mode) { path in
                #expect { try ConfigurationFile.read(["MASKER_TUI_CONFIG": path]) } throws: { ($0 as? CommandFailure)?.status == 2 }
            }
        }
    }

    @Test("suggestions differ by a few letters only", arguments: [
        ("refesh", "refresh"), ("idlelock", "idle_lock"), ("colour", "color"), ("tiem_zone", "time_zone"), ("URL", "url"), ("zone", nil), ("", nil),
        (String(repeating: "x", count: 5_000), nil),
    ])
    func suggestions(word: String, meant: String?) {
        #expect(Suggestion.nearest(to: word, among: ConfigurationKey.all.map(\.name)) == meant)
    }
}
