extension ProfileReader {
    private static let fields = [
        "description", "model", "working_directory", "workingdirectory", "workingDirectory", "agents", "env", "envFile",
        "env_file", "envOverride", "env_override", "overrides", "config", "settings",
    ]
    /// Fields of parts that this version does not have.
    private static let unusedFields: Set = ["repository", "repo", "defaultRepository"]

    /// Reads what stands at the key `profiles`.
    ///
    /// A text at `default` in it is the name of the profile of new conversations, as earlier systems wrote it.
    mutating func readProfiles(_ key: WrittenKey) {
        for member in members(of: key) ?? [] {
            if member.name == ProfileList.always {
                if case .text = member.written {
                    let path = SettingKey.profileDefault.path
                    standard = Layer.Entry(path: path, written: member.written, origin: origin(of: member))
                } else {
                    readProfile(member, or: " or the name of a profile")
                }
            } else {
                readProfile(member)
            }
        }
    }

    private mutating func readProfile(_ key: WrittenKey, or alternative: String = "") {
        let form = ValueForm<String>.profileName
        let isNamed = form.read(.text(key.name), base) == key.name
        if !isNamed {
            problem(key, "found the name \(Shown.quoted(key.name)), expected \(form.expected)")
        }
        guard let members = members(of: key, or: alternative) else { return }
        for member in members where !Self.fields.contains(member.name) && !Self.unusedFields.contains(member.name) {
            remarkUnknown(member, among: Self.fields)
        }
        var profile = ProfileSetting(name: key.name, origin: origin(of: key))
        profile.description = field("description", of: members, as: .anyText)?.value
        profile.model = field("model", of: members, as: .word)
        profile.workingDirectory = field(
            "working_directory", "workingdirectory", "workingDirectory", of: members, as: .path)
        if let agents = members.first(where: { $0.name == "agents" }) {
            profile.agents = roles(in: self.members(of: agents) ?? [])
        }
        profile.process = process(of: members)
        // The name of a profile is shown as it is.
        if isNamed { profiles.append(profile) }
    }
}
