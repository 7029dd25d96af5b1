/// Makes the profiles of all layers one, and finds what is wrong only when they are seen together.
struct ProfileRegistry {
    /// By their names in lower case.
    private(set) var profiles: [String: ProfileSetting] = [:]
    /// What is said about roles outside of any profile.
    private(set) var agents: [RoleKey: RoleSetting] = [:]
    /// The profile that is always there.
    private(set) var always = ProfileSetting(name: ProfileList.always, origin: .default)
    /// What is wrong with each layer, in their order.
    private(set) var problems: [[SettingsError.Problem]] = []

    /// The most names in one message.
    private static let shownNames = 20

    /// Merges the profiles of `layers`, the first one strongest.
    init(_ layers: [Layer]) {
        for layer in layers {
            problems.append(layer.profiles.compactMap { add($0) })
            agents.merge(layer.agents) { $0.over($1) }
        }
        always = self[ProfileList.always] ?? always
        profiles[ProfileList.always] = always
        for (index, layer) in layers.enumerated() {
            let unknown = layer.entries.compactMap { unknownName($0, base: layer.base) }
            problems[index] += unknown
        }
    }

    /// The profile called `name`, in any case of letters.
    subscript(name: String) -> ProfileSetting? { profiles[name.lowercased()] }

    private mutating func add(_ profile: ProfileSetting) -> SettingsError.Problem? {
        guard let stronger = self[profile.name] else {
            profiles[profile.name.lowercased()] = profile
            return nil
        }
        profiles[profile.name.lowercased()] = stronger.over(profile)
        guard stronger.name != profile.name else { return nil }
        return SettingsError.Problem(
            .invalid, at: profile.origin, key: TOMLText.key(["profiles", profile.name]),
            "differs only in case from \(stronger.name) at \(stronger.origin); each profile needs its own name")
    }

    private func unknownName(_ entry: Layer.Entry, base: PathBase) -> SettingsError.Problem? {
        let key = SettingKey.profileDefault
        // What is no name at all is found where all settings are checked.
        guard entry.path == key.path, let name = key.form.read(entry.written, base), self[name] == nil else {
            return nil
        }
        let names = profiles.values.map(\.name).sorted()
        let rest = names.count > Self.shownNames ? " and \(names.count - Self.shownNames) more" : ""
        let known = names.prefix(Self.shownNames).joined(separator: ", ") + rest
        let hint = Suggestion.text(for: name, among: names)
        return SettingsError.Problem(
            .invalid, at: entry.origin, key: key.path,
            "found \(entry.written.found(secret: false)), expected one of \(known)\(hint)")
    }
}
