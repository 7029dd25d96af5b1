extension Settings {
    /// What is different from `earlier` in profiles and roles: first the profiles, then what holds for all of them.
    ///
    /// What profiles say about the whole process does not count: it applies at no change. Nor do prompts, which are told
    /// of as such.
    func profileChanges(since earlier: Settings) -> [SettingChange] {
        let now = profiles.all.compactMap { profile -> SettingChange? in
            guard let old = earlier.profiles[profile.name] else { return profile.change("new") }
            return profile.isSame(as: old) ? nil : profile.change("changed")
        }
        let gone = earlier.profiles.all.filter { profiles[$0.name] == nil }.map { $0.change("gone") }
        return now + gone + roleChanges(since: earlier)
    }

    private func roleChanges(since earlier: Settings) -> [SettingChange] {
        let (old, new) = (earlier.profiles.agents.choices, profiles.agents.choices)
        return RoleKey.all.compactMap { key in
            guard old[key]?.values != new[key]?.values else { return nil }
            let what = old[key] == nil ? "new" : new[key] == nil ? "gone" : "changed"
            let name = [key.mode?.rawValue, key.role.rawValue].compactMap(\.self).joined(separator: ".")
            let origin = (new[key] ?? old[key])?.origin ?? .default
            return SettingChange(key: "role \(name) of all profiles", origin: origin, what: what)
        }
    }
}

extension ProfileSetting {
    fileprivate func change(_ what: String) -> SettingChange {
        SettingChange(key: "profile \(name)", origin: origin, what: what)
    }

    /// Whether conversations get the same from it, wherever it is written.
    fileprivate func isSame(as other: Self) -> Bool {
        description == other.description && model?.value == other.model?.value
            && workingDirectory?.value == other.workingDirectory?.value
            && agents.choices.mapValues(\.values) == other.agents.choices.mapValues(\.values)
    }
}

/// Who plays a role.
private struct RoleChoice {
    /// The model and the agent, without their places.
    let values: [String?]
    let origin: Origin
}

extension [RoleKey: RoleSetting] {
    /// Who plays each role for which somebody says so.
    fileprivate var choices: [RoleKey: RoleChoice] {
        compactMapValues { role in
            guard let origin = role.model?.origin ?? role.executor?.origin else { return nil }
            return RoleChoice(values: [role.model?.value, role.executor?.value], origin: origin)
        }
    }
}

extension RoleKey {
    /// Those of the short form, then those of each mode.
    fileprivate static var all: [RoleKey] {
        ([nil] + Mode.allCases).flatMap { mode in Role.allCases.map { RoleKey(mode, $0) } }
    }
}
