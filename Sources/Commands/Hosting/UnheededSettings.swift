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

    /// What of it a core does not do that goes by `inForce`.
    ///
    /// An older host does not tell, nil: then only what guards people is worth a word. Of a setting that it does not know,
    /// nothing is said.
    func differences(beside inForce: [String: String?]?) -> Differences {
        guard let inForce else {
            return .possible(asked.filter { SettingsInForce.guards.contains($0.path) }.map(\.variable))
        }
        return .found(
            asked.compactMap { setting in
                guard let wanted = own[setting.path], let found = inForce[setting.path], wanted != found else {
                    return nil
                }
                return "\(setting.variable) asks for \(Self.words(wanted)), and \(setting.path) is \(Self.words(found))"
            })
    }

    private static func words(_ text: String?) -> String { text ?? "not set" }
}

extension UnheededSettings {
    /// What does not count with a core elsewhere.
    enum Differences: Hashable, Sendable {
        /// Phrases.
        case found([String])
        /// Variables that may count or not.
        case possible([String])

        /// What to say of them when `host` has the core; nil when all is as it was asked for.
        func warning(of host: String) -> String? {
            switch self {
            case .found([]), .possible([]): nil
            case .found(let phrases):
                """
                the environment does not count, since \(host) hosts the core by its own settings: \
                \(phrases.joined(separator: "; ")). Set it in .env or in the settings file, or end that cm first
                """
            case .possible(let names):
                """
                \(names.joined(separator: " and ")) of the environment may not count: \(host) hosts the core by its own \
                settings, and is too old to tell them; end it to be sure
                """
            }
        }
    }
}
