/// The profiles of all files, and what holds for every one of them.
public struct ProfileList: Hashable, Sendable {
    /// The profile that is always there, also when nobody wrote it.
    public static let always = "default"

    /// All of them by name; at least the one called ``always``.
    public let all: [ProfileSetting]
    /// The profile of new conversations.
    public let standard: ProfileSetting
    /// What is said about roles outside of any profile.
    let agents: [RoleKey: RoleSetting]

    private let byName: [String: ProfileSetting]

    /// What `registry` has; new conversations get the profile called `standard`, if there is one.
    init(_ registry: ProfileRegistry, standard: String?) {
        byName = registry.profiles
        all = byName.sorted { $0.key < $1.key }.map(\.value)
        agents = registry.agents
        self.standard = standard.flatMap { registry[$0] } ?? registry.always
    }

    /// The profile called `name`, in any case of letters; nil when there is none.
    public subscript(name: String) -> ProfileSetting? { byName[name.lowercased()] }
}
