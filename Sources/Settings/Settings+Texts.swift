/// A setting that a variable of the environment sets.
public struct EnvironmentSetting: Hashable, Sendable {
    /// Its path; `executors` for the list of them.
    public let path: String
    /// The name of the variable.
    public let variable: String

    /// That `variable` sets what is at `path`.
    public init(path: String, variable: String) {
        self.path = path
        self.variable = variable
    }
}

extension Settings {
    /// What ``texts(of:)`` calls the list of executors.
    public static let executorsPath = "executors"
    /// What it calls the path of the user's file.
    public static let filePath = "conf.toml"

    /// The settings of `keys` as a file would have them, by their paths, the executors in their order and the path of
    /// the user's file; nil for what is not set.
    ///
    /// Secrets are left out. What is long is cut.
    public func texts(of keys: [AnySettingKey]) -> [String: String?] {
        var texts: [String: String?] = [:]
        for key in keys where !key.isSecret {
            texts.updateValue(key.text(entry(at: key).value).map(Shown.plain), forKey: key.path)
        }
        let enabled = executors.filter(\.isEnabled).map { "\($0.name)\($0.role == .none ? "" : " (\($0.role))")" }
        let list = enabled.isEmpty ? nil : Shown.plain(enabled.joined(separator: ", "))
        texts.updateValue(list, forKey: Self.executorsPath)
        texts.updateValue(confPath.map(Shown.plain), forKey: Self.filePath)
        return texts
    }

    /// Which of `keys`, in their order, and of the executors come from a variable of the environment.
    public func fromEnvironment(_ keys: [AnySettingKey]) -> [EnvironmentSetting] {
        let places = keys.filter { !$0.isSecret }.map { ($0.path, entry(at: $0).origin) }
        let list = executors.first.map { [(Self.executorsPath, $0.origin)] } ?? []
        return (places + list).compactMap { path, origin in
            guard case .environment(let name) = origin else { return nil }
            return EnvironmentSetting(path: path, variable: name)
        }
    }
}
