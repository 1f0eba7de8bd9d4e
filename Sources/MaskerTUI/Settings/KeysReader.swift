import TerminalKit

/// Reads `keys:`: actions with their keys, and screens with actions.
extension ConfigurationReader {
    mutating func readKeys(_ node: YAMLNode) -> [KeySetting] {
        guard let pairs = node.pairs else {
            if node.text?.isEmpty != true { note(node.place, "keys takes lines “action: key”") }
            return []
        }
        var settings: [KeySetting] = []
        for (name, key, value) in named(pairs) {
            guard let inner = value.pairs else {
                settings += setting(name, at: key, value, on: nil)
                continue
            }
            do throws(KeyProblem) {
                let screen = try KeySetting.screen(name, at: key.place)
                for (name, key, value) in named(inner) { settings += setting(name, at: key, value, on: screen) }
            } catch { note(error.place, error.clause) }
        }
        return settings
    }

    /// Returns one setting, or none when there is a problem.
    private mutating func setting(_ name: String, at key: YAMLNode, _ value: YAMLNode, on screen: ScreenKeys?) -> [KeySetting] {
        do throws(KeyProblem) {
            // The name of a screen with a value instead of lines.
            if screen == nil, Screens.keys.contains(where: { $0.name == name }) {
                throw KeyProblem(place: value.place, clause: "the screen \(name) takes lines “action: key”")
            }
            let action = try KeySetting.action(name, on: screen, at: key.place)
            return [KeySetting(action: action, screen: screen?.name, strokes: try strokes(value, name), path: file.path, place: value.place)]
        } catch {
            note(error.place, error.clause)
            return []
        }
    }

    private func strokes(_ value: YAMLNode, _ name: String) throws(KeyProblem) -> [KeySetting.Stroke] {
        if let text = value.text {
            return text == KeySetting.none ? [] : [try KeySetting.stroke(text, at: value.place)]
        }
        var strokes: [KeySetting.Stroke] = []
        for item in value.items ?? [] {
            guard let text = item.text else { throw KeyProblem(place: item.place, clause: "a key is a word") }
            let stroke = try KeySetting.stroke(text, at: item.place)
            if !strokes.contains(where: { $0.key == stroke.key }) { strokes.append(stroke) }
        }
        return strokes
    }

    /// Checks the keys at the top of the file, and those together with the keys of each profile.
    mutating func checkKeys() {
        var reported: [KeyProblem] = []
        for keys in [file.keys] + file.profiles.filter({ !$0.keys.isEmpty }).map({ KeySetting.merged(file.keys, $0.keys) }) {
            for problem in KeyCheck.problems(keys) where !reported.contains(problem) {
                reported.append(problem)
                note(problem.place, problem.clause)
            }
        }
    }
}
