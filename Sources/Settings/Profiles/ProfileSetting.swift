/// A way to work that a conversation can choose by its name.
///
/// When both files have a profile of one name, the project's file wins in each key: in each field of a role, each
/// variable of `env` and each path of `overrides` alike. A prompt and a prompt file are one key in that.
public struct ProfileSetting: Hashable, Sendable {
    /// What people call it, as written; no two have the same, in any case of letters.
    public let name: String
    /// Where it is written first; `default` for the profile that is always there.
    public let origin: Origin
    /// What it is for, as written.
    public internal(set) var description: String?
    /// The model its agents use; nil for what the settings of the agent say, else the agent's own.
    public internal(set) var model: Placed<String>?
    /// Where its agents work, an absolute path; nil for the usual one.
    ///
    /// Nobody has checked that there is such a directory.
    public internal(set) var workingDirectory: Placed<String>?
    /// What it says about roles; ``Settings/role(_:in:mode:)`` finds what counts.
    public internal(set) var agents: [RoleKey: RoleSetting] = [:]
    /// What it changes for the whole process.
    public internal(set) var process = ProfileProcess()

    /// A profile of which no more is known.
    init(name: String, origin: Origin) {
        self.name = name
        self.origin = origin
    }

    /// Each key of this one, else that of `weaker`; name and origin stay.
    func over(_ weaker: ProfileSetting) -> ProfileSetting {
        var result = self
        result.description = description ?? weaker.description
        result.model = model ?? weaker.model
        result.workingDirectory = workingDirectory ?? weaker.workingDirectory
        result.agents.merge(weaker.agents) { $0.over($1) }
        result.process = process.over(weaker.process)
        return result
    }
}
