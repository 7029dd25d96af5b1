/// The settings in force: for each key the value of the first layer that has it, with the place it comes from.
public struct Settings: Sendable {
    /// What is suspicious but does no harm, one line each, in the order of the layers; shows no secret.
    public let warnings: [String]
    /// The variables of all `.env` files, for child processes; of one name the first file's.
    ///
    /// The real environment must win over them.
    public let dotEnv: [String: String]
    /// The absolute path of the user's file; nil when there is none.
    public let confPath: String?

    /// The agents that may be given work, in their order; empty when nobody lists any.
    ///
    /// They come from one source as a whole: the variable `EXECUTORS`, else the project's file.
    public let executors: [ExecutorSetting]
    /// The profiles of all files, with what is said about roles outside of any.
    public let profiles: ProfileList

    /// What is put in the place of prompts of the program, by their names; the rest are as they are built in.
    public let prompts: [String: Placed<PromptSetting>]
    /// The prompt files that were read, absolute paths, as they were just before.
    public let promptFiles: [String: FileStamp?]

    /// The settings that can be asked for.
    let keys: [AnySettingKey]
    private let values: [String: (value: any Sendable, origin: Origin)]

    /// Merges `layers`, the first one strongest; `keys` are those that can be asked for.
    ///
    /// Every value is checked, also one that a stronger layer hides. Throws what is wrong with all layers together.
    package init(
        layers: [Layer], keys: [AnySettingKey] = AnySettingKey.all, dotEnv: [String: String] = [:],
        confPath: String? = nil
    ) throws(SettingsError) {
        let byPath = Dictionary(uniqueKeysWithValues: keys.map { ($0.path, $0) })
        var values = byPath.mapValues { (value: $0.defaultValue, origin: Origin.default) }
        var problems: [SettingsError.Problem] = []
        let registry = ProfileRegistry(layers)
        for (layer, profileProblems) in zip(layers, registry.problems) {
            var wrong = layer.problems + profileProblems
            for entry in layer.entries {
                guard let key = byPath[entry.path] else { continue }
                guard let value = key.read(entry.written, layer.base) else {
                    wrong.append(Self.problem(with: entry, of: key))
                    continue
                }
                if values[key.path]?.origin == .default { values[key.path] = (value, entry.origin) }
            }
            problems += wrong.sorted { $0.origin.line < $1.origin.line }
        }
        guard problems.isEmpty else { throw SettingsError(problems: problems) }
        self.keys = keys
        self.values = values
        self.dotEnv = dotEnv
        self.confPath = confPath
        profiles = ProfileList(registry, standard: values[SettingKey.profileDefault.path]?.value as? String)
        executors = layers.lazy.compactMap(\.executors).first ?? []
        prompts = layers.reduce(into: [:]) { $0.merge($1.prompts) { stronger, _ in stronger } }
        promptFiles = Self.promptFiles(of: layers)
        warnings = layers.flatMap(\.warnings)
    }

    /// The prompt files that `layers` have looked for.
    static func promptFiles(of layers: [Layer]) -> [String: FileStamp?] {
        layers.reduce(into: [:]) { $0.merge($1.promptFiles) { earlier, _ in earlier } }
    }

    /// The value of `key`.
    ///
    /// A key that was not among the listed ones is a mistake in the program and ends it.
    public subscript<Value>(key: SettingKey<Value>) -> Value {
        guard let value = values[key.path]?.value as? Value else {
            preconditionFailure("the setting \(key.path) is missing in the list of all settings")
        }
        return value
    }

    /// Where the value of `key` comes from.
    public func origin<Value>(of key: SettingKey<Value>) -> Origin { values[key.path]?.origin ?? .default }

    /// The value at the path of `key`, without its type, and where it comes from.
    func entry(at key: AnySettingKey) -> (value: any Sendable, origin: Origin) {
        values[key.path] ?? (key.defaultValue, .default)
    }

    private static func problem(with entry: Layer.Entry, of key: AnySettingKey) -> SettingsError.Problem {
        // An address may hold a password, or a key behind its question mark.
        let text = entry.written.string ?? ""
        let isPrivate = key.isSecret || text.contains("://") && text.contains { "@?".contains($0) }
        let found = entry.written.found(secret: isPrivate)
        return SettingsError.Problem(
            .invalid, at: entry.origin, key: key.path, "found \(found), expected \(key.expected)")
    }
}

extension Origin {
    /// For sorting what one file has; 0 where there are no lines.
    fileprivate var line: Int {
        switch self {
        case .file(_, let line): line ?? 0
        case .flag, .environment, .default: 0
        }
    }
}
