import Settings

/// The environment that agents and other children get.
enum ChildEnvironment {
    /// Variables that hold what settings keep secret.
    private static let secrets = Set(AnySettingKey.all.filter(\.isSecret).flatMap(\.environmentNames))

    /// `environment` and, where it lacks a name, `dotEnv`; without our own variables, Telegram's, and those that hold
    /// what settings keep secret.
    static func make(_ environment: [String: String], dotEnv: [String: String]) -> [String: String] {
        all(environment, dotEnv).filter { name, _ in isForChildren(name) && !secrets.contains(name) }
    }

    /// `environment` for the person's own programs: without Telegram's variables, those of the service manager, and those
    /// that hold what settings keep secret.
    static func withoutSecrets(_ environment: [String: String]) -> [String: String] {
        environment.filter { name, _ in
            !name.hasPrefix("TELEGRAM_") && !serviceNames.contains(name) && !secrets.contains(name)
        }
    }

    /// The variables with the provider's key, under the names that the provider's own programs know.
    ///
    /// They are for Codex alone: its configuration may name them, and nobody else needs them to reach a model.
    static func providerKeys(_ environment: [String: String], dotEnv: [String: String]) -> [String: String] {
        let names = Set(AnySettingKey(.providerAPIKey).environmentNames)
        return all(environment, dotEnv).filter { name, _ in isForChildren(name) && names.contains(name) }
    }

    private static func all(_ environment: [String: String], _ dotEnv: [String: String]) -> [String: String] {
        environment.merging(dotEnv) { own, _ in own }
    }

    /// By which the service manager is spoken to, for this process alone.
    private static let serviceNames: Set<String> = ["NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID"]

    private static func isForChildren(_ name: String) -> Bool {
        !name.hasPrefix("CM_") && !name.hasPrefix("TELEGRAM_") && !serviceNames.contains(name)
    }
}
