/// A way of working that people switch to by its name: where, and how the roles are played.
public struct Profile: Hashable, Sendable {
    /// The name people choose it by.
    public var name: String
    /// What it is for, one line; nil when nobody said.
    public var summary: String?
    /// Where agents work, an absolute path; nil for the usual place.
    public var workingDirectory: String?
    /// How the developer is played when there is no plan.
    public var single: RoleSettings
    /// How the roles are played in plan mode.
    public var plan: [Role: RoleSettings]

    /// Creates a profile; by default one that changes nothing.
    public init(
        _ name: String, summary: String? = nil, workingDirectory: String? = nil, single: RoleSettings = RoleSettings(),
        plan: [Role: RoleSettings] = [:]
    ) {
        self.name = name
        self.summary = summary
        self.workingDirectory = workingDirectory
        self.single = single
        self.plan = plan
    }

    /// How `role` is played in `mode`.
    func settings(of role: Role, in mode: Mode) -> RoleSettings {
        switch mode {
        case .single: single
        case .plan: plan[role] ?? RoleSettings()
        }
    }
}

/// The profiles that can be chosen.
///
/// A port: the settings' side conforms. What it says may change while the core runs.
public protocol ProfileDirectory: Sendable {
    /// All profiles, in the order in which people see them; the default one is the first.
    var profiles: [Profile] { get }

    /// Why `profile` cannot be used in `mode` at the moment, one line; nil when it can.
    func obstacle(to profile: Profile, in mode: Mode) -> String?
}

extension ProfileDirectory {
    /// The profile of new sessions.
    var initial: Profile { profiles.first ?? Profile("default") }

    /// The profile called `name`: exactly so, else in any case; nil for none.
    func profile(called name: String) -> Profile? {
        let profiles = profiles
        return profiles.first { $0.name == name } ?? profiles.first { $0.name.lowercased() == name.lowercased() }
    }
}

/// Profiles that do not change.
public struct FixedProfiles: ProfileDirectory {
    /// The profiles; the default one is the first.
    public let profiles: [Profile]

    /// Takes `profiles`; by default there is one that changes nothing.
    public init(_ profiles: [Profile] = [Profile("default")]) { self.profiles = profiles }

    /// There is none.
    public func obstacle(to profile: Profile, in mode: Mode) -> String? { nil }
}
