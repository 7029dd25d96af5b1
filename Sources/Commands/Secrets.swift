import Locking
import Redaction
import Settings

/// The redactor of the process: knows the secrets of its settings, the earlier ones as well when these change.
///
/// A class with a lock: all that writes asks for it while the settings are followed.
final class Secrets: Sendable {
    private static let endings = ["TOKEN", "KEY", "SECRET", "PASSWORD"]

    private let state: Locked<(known: Set<String>, redactor: Redactor)>

    /// Knows the secrets of `settings`, which were read with this environment.
    init(_ settings: ChatSettings, environment: [String: String]) {
        let known = Self.values(of: environment).union(Self.values(of: settings))
        state = Locked((known, Redactor(secrets: Array(known))))
    }

    /// The redactor of the moment.
    var redactor: Redactor { state.withLock(\.redactor) }

    /// Knows the secrets of `settings` from now on, too: what was a secret stays one.
    func follow(_ settings: ChatSettings) {
        let new = Self.values(of: settings)
        let known = state.withLock(\.known)
        guard !new.isSubset(of: known) else { return }
        let all = known.union(new)
        let redactor = Redactor(secrets: Array(all))
        state.withLock { $0 = (all, redactor) }
    }

    private static func values(of settings: ChatSettings) -> Set<String> {
        Set(settings.values.secrets.map(\.value)).union(values(of: settings.values.dotEnv))
    }

    /// The values of variables that are named like a secret; those of paths only say where one is.
    private static func values(of environment: [String: String]) -> Set<String> {
        let named = environment.filter { name, value in
            endings.contains(String(name.uppercased().split(separator: "_").last ?? "")) && !value.hasPrefix("/")
        }
        return Set(named.values)
    }
}
