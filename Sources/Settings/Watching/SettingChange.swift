/// What became of one setting, for people; shows no secret.
public struct SettingChange: Hashable, Sendable, CustomStringConvertible {
    /// The path of the setting, or what it is and a name: `executor mine`, `profile work`.
    public let key: String
    /// Where the new value comes from; the place of the old one when there is none.
    public let origin: Origin
    /// What happened, to follow a colon.
    public let what: String

    /// `codex.sandbox (~/.config/cm/conf.toml:12): "read-only" → "workspace-write"`.
    public var description: String { "\(key) (\(origin)): \(what)" }
}

extension Settings {
    /// What is different from `earlier`: settings in their order, then executors, profiles, roles and
    /// prompts.
    ///
    /// The same value from another place is no change.
    public func changes(since earlier: Settings) -> [SettingChange] {
        let changes = keys.compactMap { key -> SettingChange? in
            let (old, new) = (earlier.entry(at: key), entry(at: key))
            guard !key.isSame(old.value, new.value) else { return nil }
            return SettingChange(
                key: key.path, origin: new.origin,
                what: "\(Self.text(of: old, key)) → \(Self.text(of: new, key))")
        }
        return changes + executorChanges(since: earlier) + profileChanges(since: earlier)
            + promptChanges(since: earlier)
    }

    private static func text(of entry: (value: any Sendable, origin: Origin), _ key: AnySettingKey) -> String {
        if key.isSecret { return entry.origin == .default ? "not set" : "(hidden)" }
        return key.text(entry.value).map(Shown.plain) ?? "not set"
    }

    private func executorChanges(since earlier: Settings) -> [SettingChange] {
        func change(_ executor: ExecutorSetting, _ what: String) -> SettingChange {
            SettingChange(key: "executor \(Shown.plain(executor.name))", origin: executor.origin, what: what)
        }
        let old = Dictionary(earlier.executors.map { ($0.name, $0) }) { first, _ in first }
        let names = Set(executors.map(\.name))
        let changes = executors.compactMap { executor -> SettingChange? in
            guard let old = old[executor.name] else { return change(executor, "new") }
            return executor.isSame(as: old) ? nil : change(executor, "changed")
        }
        let gone = earlier.executors.filter { !names.contains($0.name) }.map { change($0, "gone") }
        let isReordered = changes.isEmpty && gone.isEmpty && executors.map(\.name) != earlier.executors.map(\.name)
        let order = executors.first.map { SettingChange(key: "executors", origin: $0.origin, what: "in another order") }
        return changes + gone + (isReordered ? [order].compactMap(\.self) : [])
    }

    private func promptChanges(since earlier: Settings) -> [SettingChange] {
        let (old, new) = (earlier.promptTexts, promptTexts)
        return Set(old.keys).union(new.keys).sorted().compactMap { name in
            func change(_ prompt: Placed<String?>, _ what: String) -> SettingChange {
                SettingChange(key: "prompt \(name)", origin: prompt.origin, what: what)
            }
            switch (old[name], new[name]) {
            case (nil, nil): return nil
            case (nil, let new?): return change(new, "new")
            case (let old?, nil): return change(old, "gone")
            case (let old?, let new?): return old.value == new.value ? nil : change(new, "changed")
            }
        }
    }

    /// The texts of the user's prompts and of those of roles, by their names; nil for one as it is built in.
    private var promptTexts: [String: Placed<String?>] {
        var texts = prompts.mapValues { Placed(value: $0.value.text, origin: $0.origin, key: $0.key) }
        for roles in profiles.all.map(\.agents) + [profiles.agents] {
            for prompt in roles.values.compactMap(\.prompt) {
                texts[Shown.plain(prompt.key)] = Placed(value: prompt.value, origin: prompt.origin, key: prompt.key)
            }
        }
        return texts
    }
}

extension ExecutorSetting {
    /// Whether it is the same, wherever it is written.
    fileprivate func isSame(as other: Self) -> Bool {
        var moved = other
        moved.origin = origin
        return self == moved
    }
}
