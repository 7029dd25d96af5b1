import Settings

/// What the environment of a process asks for that is attached to a core elsewhere, which goes by its own settings.
struct UnheededSettings {
    /// What this process would go by.
    private let own: [String: String?]
    /// What of that its environment names.
    private let asked: [EnvironmentSetting]

    /// Takes `settings`, made in `environment`; those at `chosen` were given on the command line.
    init(_ settings: Settings, in environment: [String: String], besides chosen: Set<String> = []) {
        own = settings.texts(of: SettingsInForce.keys)
        let file = "CODEX_CONF_PATH"
        let isFileNamed = environment[file]?.isEmpty == false
        let named = isFileNamed ? [EnvironmentSetting(path: Settings.filePath, variable: file)] : []
        asked = (named + settings.fromEnvironment(SettingsInForce.keys)).filter { !chosen.contains($0.path) }
    }

    /// Whether the environment asks for nothing.
    var isEmpty: Bool { asked.isEmpty }

    /// What to say of those that do not count with `host`, which goes by `inForce`; nil when all is as it was asked for.
    ///
    /// An older host does not tell: then only what guards people is worth a word. Of a setting that it does not know, it
    /// says nothing.
    func warning(beside inForce: [String: String?]?, of host: String) -> String? {
        guard let inForce else {
            let names = asked.filter { SettingsInForce.guards.contains($0.path) }.map(\.variable)
            guard !names.isEmpty else { return nil }
            return """
                \(names.joined(separator: " and ")) of the environment may not count: \(host) hosts the core by its own \
                settings, and is too old to tell them; end it to be sure
                """
        }
        let differences = asked.compactMap { setting -> String? in
            guard let wanted = own[setting.path], let found = inForce[setting.path], wanted != found else { return nil }
            return "\(setting.variable) asks for \(Self.words(wanted)), and \(setting.path) is \(Self.words(found))"
        }
        guard !differences.isEmpty else { return nil }
        return """
            the environment does not count, since \(host) hosts the core by its own settings: \
            \(differences.joined(separator: "; ")). Set it in .env or in the settings file, or end that cm first
            """
    }

    private static func words(_ text: String?) -> String { text ?? "not set" }
}
