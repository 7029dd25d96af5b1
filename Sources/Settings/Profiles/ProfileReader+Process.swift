extension ProfileReader {
    /// Whether what stands at `path` of a TOML file may be a secret: the variables of profiles, and values for
    /// settings.
    static func isSecret(_ path: String) -> Bool {
        path.hasPrefix("profiles.") && [".env", ".overrides", ".config", ".settings"].contains { path.contains($0) }
    }

    /// What the profile with `members` changes for the whole process; a warning for each key, as nothing applies it.
    mutating func process(of members: [WrittenKey]) -> ProfileProcess {
        for key in members where UnusedSettings.profileKeys.contains(key.name) { remarkUnused(key) }
        var process = ProfileProcess()
        for key in members where key.name == "env" {
            for variable in self.members(of: key) ?? [] {
                process.environment[variable.name] = value(ofVariable: variable)
            }
        }
        process.environmentFile = field("envFile", "env_file", of: members, as: .path)
        process.winsOverEnvironment = field("envOverride", "env_override", of: members, as: .boolean)
        let overrides = ["overrides", "config", "settings"].compactMap { name in members.first { $0.name == name } }
        for other in overrides.dropFirst() { remarkHidden(other, by: overrides[0].path) }
        let read = overrides.map { key in (self.members(of: key) ?? []).flatMap { self.overrides(in: $0, below: []) } }
        process.overrides = (read.first ?? []).sorted { $0.entry.path < $1.entry.path }
        return process
    }

    private mutating func value(ofVariable key: WrittenKey) -> Placed<Secret>? {
        if key.name.isEmpty || key.name.contains("=") || key.name.utf8.contains(0) {
            problem(key, "found the name \(Shown.quoted(key.name)), expected the name of a variable, without =")
        }
        return value(of: key, as: .variable, isSecret: true)
    }

    /// The values in `key`, each at its path below the table of overrides.
    private func overrides(in key: WrittenKey, below parents: [String]) -> [ProfileProcess.Override] {
        let parts = parents + [key.name]
        guard let members = key.members else {
            let entry = Layer.Entry(path: TOMLText.key(parts), written: key.written, origin: origin(of: key))
            return [ProfileProcess.Override(entry: entry, base: base)]
        }
        return members.flatMap { overrides(in: $0, below: parts) }
    }
}
