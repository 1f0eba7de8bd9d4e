import MaskerAPI
import TerminalKit

/// All sources of settings. They are kept while the console runs, since another profile can be chosen.
package struct ConfigurationSources: Sendable {
    /// The values of options, by the keys of the settings.
    var options: [String: ConfiguredValue] = [:]
    /// The value of `--profile`.
    var profileOption: String?
    var environment: [String: String] = [:]
    /// The user's configuration file; nil in restricted mode.
    var file: ConfigurationFile?
    /// The settings that the administrator fixes for restricted mode.
    var fixed: [String: ConfiguredValue] = [:]
    var fixedKeys: [KeySetting] = []
    /// Whether the settings of the user are ignored.
    var isRestricted = false

    var refusesColors: Bool { environment["NO_COLOR"]?.isEmpty == false }

    /// Merges all sources. Options take precedence over the environment, that over the profile, and that over the top of the file.
    /// A profile chosen with `--profile` counts like an option, so it takes precedence over the environment.
    /// - Parameter chosen: A profile chosen while the console runs. Then options that name a server are ignored.
    /// - Throws: `CommandFailure` with all problems and exit status 2.
    package func configuration(profile chosen: String? = nil) throws(CommandFailure) -> Configuration {
        var configuration = Configuration()
        configuration.profiles = file?.profiles.map(\.name) ?? []
        configuration.profile = try profile(chosen)
        let layers = layers(configuration.profile, isChosen: chosen != nil)
        var problems: [ConfigurationProblem] = []
        for key in ConfigurationKey.all {
            guard let given = layers.lazy.compactMap({ $0[key.name] }).first else { continue }
            do throws(ConfigurationProblem) { try key.take(given, into: &configuration) } catch { problems.append(error) }
        }
        guard problems.isEmpty else { throw CommandFailure(problems) }
        let own = file?.profiles.first { $0.name == configuration.profile?.text }?.keys ?? []
        configuration.keys = KeySetting.merged(fixedKeys, file?.keys ?? [], own)
        applyDependentDefaults(to: &configuration)
        return configuration
    }

    private func layers(_ profile: ConfiguredValue?, isChosen: Bool) -> [[String: ConfiguredValue]] {
        let own = file?.profiles.first { $0.name == profile?.text }?.values ?? [:]
        let options = isChosen ? options.filter { !["url", "ca_file"].contains($0.key) } : options
        let isAsked = isChosen || profileOption != nil
        return [options] + (isAsked ? [own, variables] : [variables, own]) + [file?.top ?? [:], fixed]
    }

    private var variables: [String: ConfiguredValue] {
        var found: [String: ConfiguredValue] = [:]
        for key in ConfigurationKey.all {
            if let given = key.given(in: environment) { found[key.name] = given }
        }
        // `ESCDELAY` belongs to ncurses, so other values of it are not reported but changed to the nearest valid value.
        if let delay = found["escape_delay"] {
            found["escape_delay"]?.text = Int(delay.text).map { "\(min(max($0, 25), 1_000))" } ?? "100"
        }
        return found
    }

    private func profile(_ chosen: String?) throws(CommandFailure) -> ConfiguredValue? {
        let variable = environment["MASKER_PROFILE"].flatMap { $0.isEmpty ? nil : ConfiguredValue(text: $0, origin: .environment("MASKER_PROFILE")) }
        let option = profileOption.map { ConfiguredValue(text: $0, origin: .option("--profile")) }
        let named = chosen.map { ConfiguredValue(text: $0, origin: .option(":profile")) } ?? option ?? variable ?? file?.chosen
        guard let named else { return nil }
        let names = file?.profiles.map(\.name) ?? []
        guard !names.contains(named.text) else { return named }
        let hint = Suggestion.clause(for: named.text, among: names)
        let listed = names.isEmpty ? "; the configuration file has no profiles" : "; the profiles are " + names.joined(separator: ", ")
        var clause = "there is no profile “\(named.text)”" + (hint.isEmpty ? listed : hint)
        if isRestricted { clause = "there are no profiles in restricted mode" }
        throw CommandFailure([ConfigurationProblem(origin: named.origin, clause: clause)])
    }

    /// Sets the defaults that depend on other settings.
    private func applyDependentDefaults(to configuration: inout Configuration) {
        let name = configuration.profile?.text.lowercased()
        if configuration.origins["color"] == nil, name == "production" || name == "prod" { configuration.color = .red }
        if configuration.origins["reports"] == nil, configuration.noStore || isRestricted { configuration.reports = nil }
        if refusesColors {
            configuration.theme = .monochrome
            configuration.origins["theme"] = .environment("NO_COLOR")
        }
    }
}
