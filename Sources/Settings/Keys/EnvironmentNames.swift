/// The variables this program knows, and what to say of those it does not.
package struct EnvironmentNames: Sendable {
    /// The path of each setting with its variables, the winning one first.
    let candidates: [(path: String, names: [String])]
    private let known: Set<String>

    /// Variables that steer the program itself, not a setting.
    private static let own: Set = ["CM_STATE_DIR", "CODEX_CONF_PATH"]
    /// Where an unknown name is likely to be a slip.
    private static let prefixes = ["CM_", "CODEX_MONITOR_", "FAILOVER_", "EXECUTOR"]

    /// The names of `keys`; `others` are known to other parts of the program.
    package init(keys: [AnySettingKey], others: Set<String> = []) {
        candidates = keys.map { ($0.path, $0.environmentNames) }
        known = Self.own.union(Layer.executorVariables).union(others).union(keys.flatMap(\.environmentNames))
    }

    /// What to tell about a variable called `name`; nil when it is known or none of our business.
    package func warning(about name: String) -> String? {
        guard !known.contains(name), Self.prefixes.contains(where: name.hasPrefix) else { return nil }
        if UnusedSettings.names.contains(name) { return "\(name) is not used by this version" }
        return "unknown name \(Shown.plain(name))" + Suggestion.text(for: name, among: known)
    }
}
