extension Settings {
    /// What counts for `role` in `profile`.
    ///
    /// Each field is looked for on its own: in the profile's tables of roles, then in those outside of any profile, in
    /// each by `agents.plan.<role>`, `agents.single.<role>`, `agents.<role>`; then the model of the profile. So a
    /// profile's reviewer that only sets the model still gets the prompt that is written for all reviewers. In single
    /// mode the tables of plan mode do not count.
    public func role(_ role: RoleKey.Role, in profile: ProfileSetting, mode: RoleKey.Mode = .plan) -> RoleSetting {
        let keys = RoleKey.candidates(for: role, in: mode)
        let found = [profile.agents, profiles.agents].flatMap { agents in keys.compactMap { agents[$0] } }
        return (found + [RoleSetting(model: profile.model)]).reduce(RoleSetting()) { $0.over($1) }
    }
}
