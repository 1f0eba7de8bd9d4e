import TerminalKit

/// Reads the text of a configuration file. It collects all problems with their places and does not stop at the first one.
struct ConfigurationReader {
    private(set) var file: ConfigurationFile
    private var noted: [(place: ConfigurationFile.Place, problem: ConfigurationProblem)] = []
    /// The home directory, for `~`.
    private let home: String

    init(path: String, home: String) {
        file = ConfigurationFile(path: path)
        self.home = home
    }

    /// All problems, in the order of the file.
    var problems: [ConfigurationProblem] { noted.sorted { $0.place < $1.place }.map(\.problem) }

    mutating func read(_ text: String) {
        let root: YAMLNode?
        do throws(YAMLNode.Failure) {
            root = try YAMLNode.read(text)
        } catch {
            note(error.place, error.clause)
            return
        }
        // The file contains only comments.
        guard let root, root.text?.isEmpty != true else { return }
        guard let pairs = root.pairs else {
            note(root.place, "a configuration consists of lines “key: value”")
            return
        }
        for (name, key, value) in named(pairs) {
            switch name {
            case "profile": file.chosen = scalar(value, for: "profile")
            case "profiles": readProfiles(value)
            case "keys": file.keys = readKeys(value)
            default:
                if let given = setting(name, at: key, value, others: ["keys", "profile", "profiles"]) { file.top[name] = given }
            }
        }
        checkChosen()
        checkKeys()
    }

    private mutating func readProfiles(_ node: YAMLNode) {
        guard let pairs = node.pairs else {
            note(node.place, "profiles takes names, each with its own settings")
            return
        }
        for (name, key, value) in named(pairs) {
            guard Self.isProfileName(name) else {
                note(key.place, "“\(name)” is not a name for a profile; use 1 to 32 letters, digits, dots, dashes and underscores")
                continue
            }
            var profile = ConfigurationFile.Profile(name: name, values: [:])
            if let pairs = value.pairs {
                for (name, key, value) in named(pairs) {
                    if name == "keys" {
                        profile.keys = readKeys(value)
                    } else if let given = setting(name, at: key, value, others: ["keys"]) { profile.values[name] = given }
                }
            } else if value.text?.isEmpty != true {
                note(value.place, "the profile “\(name)” takes its own settings")
            }
            file.profiles.append(profile)
        }
    }

    static func isProfileName(_ name: String) -> Bool {
        (1...32).contains(name.utf8.count)
            && name.unicodeScalars.allSatisfy { $0.isASCII && ($0.properties.isAlphabetic || ("0"..."9").contains($0) || "._-".unicodeScalars.contains($0)) }
    }

    private mutating func checkChosen() {
        guard let chosen = file.chosen, !file.profiles.contains(where: { $0.name == chosen.text }) else { return }
        guard case .file(_, let place?) = chosen.origin else { return }
        note(place, "there is no profile “\(chosen.text)”" + Suggestion.clause(for: chosen.text, among: file.profiles.map(\.name)))
    }

    // MARK: Values

    private mutating func setting(_ name: String, at key: YAMLNode, _ value: YAMLNode, others: [String]) -> ConfiguredValue? {
        guard let setting = ConfigurationKey.named(name) else {
            let names = ConfigurationKey.all.map(\.name) + others
            note(key.place, "“\(name)” is not a setting" + Suggestion.clause(for: name, among: names))
            return nil
        }
        guard var given = scalar(value, for: name) else { return nil }
        if setting.isPath, given.text.hasPrefix("~/") { given.text = home + given.text.dropFirst(1) }
        do {
            var nowhere = Configuration()
            try setting.take(given, into: &nowhere)
        } catch {
            note(value.place, error.clause, key: name)
            return nil
        }
        // A relative path would mean a path beside the file, not in the working directory, so only absolute paths are allowed.
        if setting.isPath, given.text != "off", !given.text.hasPrefix("/") {
            note(value.place, "takes a path that begins with / or ~/, not “\(given.text)”", key: name)
            return nil
        }
        return given
    }

    private mutating func scalar(_ node: YAMLNode, for name: String) -> ConfiguredValue? {
        guard let text = node.text else {
            note(node.place, "takes one value", key: name)
            return nil
        }
        return ConfiguredValue(text: text, origin: .file(file.path, node.place))
    }

    /// The pairs whose keys are words. A word that occurs twice is reported.
    mutating func named(_ pairs: [YAMLPair]) -> [(name: String, key: YAMLNode, value: YAMLNode)] {
        var lines: [String: Int] = [:]
        var found: [(name: String, key: YAMLNode, value: YAMLNode)] = []
        for pair in pairs {
            if let name = pair.key.text {
                if let line = lines[name] {
                    note(pair.key.place, "“\(name)” is already in line \(line)")
                } else {
                    lines[name] = pair.key.place.line
                    found.append((name, pair.key, pair.value))
                }
            } else {
                note(pair.key.place, "a name must be a word")
            }
        }
        return found
    }

    mutating func note(_ place: ConfigurationFile.Place, _ clause: String, key: String? = nil) {
        noted.append((place, ConfigurationProblem(origin: .file(file.path, place), clause: clause, key: key)))
    }
}
