extension ProfileReader {
    /// Names of prompts that earlier systems have and this one has not.
    private static let unusedNames: Set = ["orchestrator"]

    /// Reads the table of prompts at `key`: names, each with the path of a file.
    ///
    /// With `hasEarlierNames` also the names count that an earlier system has; of two for one prompt ours wins.
    mutating func readPrompts(_ key: WrittenKey, hasEarlierNames: Bool = false) {
        let members = members(of: key) ?? []
        var known: Set<String> = []
        for entry in catalog.entries {
            let names = [entry.name] + (hasEarlierNames ? [entry.earlierName].compactMap(\.self) : [])
            known.formUnion(names)
            let written = names.compactMap { name in members.first { $0.name == name } }
            for other in written.dropFirst() { remarkHidden(other, by: written[0].path) }
            // All are read, so that all that is wrong comes together.
            let read = written.map { prompt(at: $0, variables: entry.variables) }
            if let prompt = read.first ?? nil { prompts[entry.name] = prompt }
        }
        for member in members where !known.contains(member.name) {
            if hasEarlierNames, Self.unusedNames.contains(member.name) {
                remarkUnused(member)
            } else {
                let names = catalog.entries.map(\.name)
                let hint = Suggestion.text(for: member.name, among: names)
                problem(member, "unknown prompt, expected one of \(names.joined(separator: ", "))\(hint)")
            }
        }
    }

    private mutating func prompt(at key: WrittenKey, variables: [String]) -> Placed<PromptSetting>? {
        if key.written.string == PromptSetting.builtInName {
            return Placed(value: .builtIn, origin: origin(of: key), key: key.path)
        }
        guard let path = value(of: key, as: .path),
            let text = text(ofFile: path, at: key, variables: variables)
        else { return nil }
        return Placed(value: .text(text.value), origin: text.origin, key: text.key)
    }

    /// The text of the prompt file at `path`, which `key` names; nil when it is none.
    mutating func text(ofFile path: Placed<String>, at key: WrittenKey, variables: [String]) -> Placed<String>? {
        let name = Shown.plain(path.value)
        // Before it is read for the first time: what is written later is a change.
        promptFiles.merge([path.value: files.stamp(path.value)]) { earlier, _ in earlier }
        do {
            guard let file = try SourceFile(path: path.value, name: name, files: files) else {
                problem(key, "there is no file \(name)", code: .missing)
                return nil
            }
            guard !file.text.trimmed.isEmpty else {
                problem(key, "the file \(name) is empty")
                return nil
            }
            remarkVariables(of: file.text, at: key, file: "\(name): ", variables: variables)
            return Placed(value: file.text, origin: path.origin, key: path.key)
        } catch {
            problem(key, "\(name): \(error.description)", code: .unreadable)
            return nil
        }
    }

    /// Warns of names in double braces that are no variables of the prompt `text` at `key`.
    mutating func remarkVariables(of text: String, at key: WrittenKey, file: String = "", variables: [String]) {
        for remark in catalog.remarks(on: text, variables: variables) {
            self.remark(key, "\(key.path): \(file)\(remark)")
        }
    }
}
