extension ProfileReader {
    private static let fields = ["model", "system_prompt", "system_prompt_file", "system_prompt_path", "executor"]
    private static let roles = RoleKey.Role.allCases.map(\.rawValue)
    private static let modes = RoleKey.Mode.allCases.map(\.rawValue)

    /// Whether `name` in a table of roles means something there, right or wrong.
    static func isOfRoles(_ name: String) -> Bool { (fields + roles + modes).contains(name) }

    /// Reads one key of the table `agents` outside of any profile.
    mutating func readRole(_ key: WrittenKey) { agents.merge(roles(in: [key])) { earlier, _ in earlier } }

    /// Reads what stands in a table `agents`: roles, and modes with roles in them.
    mutating func roles(in members: [WrittenKey]) -> [RoleKey: RoleSetting] {
        var result: [RoleKey: RoleSetting] = [:]
        for key in members {
            if let mode = RoleKey.Mode(rawValue: key.name) {
                for inner in self.members(of: key) ?? [] { read(inner, in: mode, into: &result) }
            } else {
                read(key, in: nil, into: &result)
            }
        }
        return result
    }

    private mutating func read(
        _ key: WrittenKey, in mode: RoleKey.Mode?, into result: inout [RoleKey: RoleSetting]
    ) {
        if let role = RoleKey.Role(rawValue: key.name) {
            guard let members = members(of: key) else { return }
            result[RoleKey(mode, role)] = setting(of: members)
        } else if Self.fields.contains(key.name) {
            // Beside the tables of roles it could mean all of them or none.
            let example = Shown.plain(TOMLText.key(Array(key.parts.dropLast()) + [RoleKey.Role.developer.rawValue]))
            problem(key, "belongs in the table of a role, such as \(example)")
        } else {
            let known = Self.roles + (mode == nil ? Self.modes : [])
            guard key.members != nil else { return remarkUnknown(key, among: known) }
            let hint = Suggestion.text(for: key.name, among: known)
            problem(key, "unknown role, expected one of \(known.joined(separator: ", "))\(hint)")
        }
    }

    private mutating func setting(of members: [WrittenKey]) -> RoleSetting {
        for member in members where !Self.fields.contains(member.name) {
            if member.members == nil {
                remarkUnknown(member, among: Self.fields)
            } else {
                problem(member, "the table of a role holds no other tables")
            }
        }
        return RoleSetting(
            model: field("model", of: members, as: .word), prompt: prompt(of: members),
            executor: field("executor", of: members, as: .word))
    }

    /// The prompt of the role with `members`: of text and file the file wins.
    private mutating func prompt(of members: [WrittenKey]) -> Placed<String>? {
        let inline = field("system_prompt", of: members, as: .prompt)
        let path = field("system_prompt_file", "system_prompt_path", of: members, as: .path)
        guard let path, let key = members.first(where: { $0.path == path.key }) else {
            for key in members where key.path == inline?.key {
                remarkVariables(of: inline?.value ?? "", at: key, variables: catalog.roleVariables)
            }
            return inline
        }
        for hidden in members where hidden.name == "system_prompt" { remarkHidden(hidden, by: path.key) }
        return text(ofFile: path, at: key, variables: catalog.roleVariables)
    }
}
