import MaskerAPI
import TerminalKit

/// Everything that says how the console is to be. Kept while it runs, since another profile can be chosen.
package struct ConfigurationSources: Sendable {
    /// By key, as everywhere here.
    var options: [String: ConfiguredValue] = [:]
    /// `--profile`.
    var profileOption: String?
    var environment: [String: String] = [:]
    /// The user's own; nil in restricted mode.
    var file: ConfigurationFile?
    /// What the administrator has fixed for restricted mode.
    var fixed: [String: ConfiguredValue] = [:]
    var fixedKeys: [KeySetting] = []
    /// Whether nothing of the user's counts.
    var isRestricted = false

    var refusesColors: Bool { environment["NO_COLOR"]?.isEmpty == false }

    /// Puts it together: an option comes before the environment, that before the profile, that before the top of the
    /// file. A profile that an option names is as good as an option, so it comes before the environment.
    /// - Parameter chosen: a profile chosen while the console runs: the options that name a server count no more then.
    /// - Throws: `CommandFailure` with every problem, exit status 2.
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
        // A variable of ncurses: what it would make of it is nobody's fault here.
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
        var clause = "there is no profile “\(named.text)”" + Suggestion.clause(for: named.text, among: names)
        if isRestricted { clause = "there are no profiles in restricted mode" }
        throw CommandFailure([ConfigurationProblem(origin: named.origin, clause: clause)])
    }

    /// What follows from other values.
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
