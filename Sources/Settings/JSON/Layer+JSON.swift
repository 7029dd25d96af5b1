extension Layer {
    /// The executors, profiles and prompts of a project file, as a layer; a file that is no JSON is one problem.
    ///
    /// Prompt files are read from `files`.
    package static func json(
        _ file: SourceFile, home: String, files: FileAccess, catalog: PromptCatalog = .empty
    ) -> Layer {
        var layer = Layer(
            name: file.name, base: PathBase(home: home, directory: PathBase.parent(of: file.path)))
        do {
            layer.read(try JSONReader.read(file.text), files: files, catalog: catalog)
        } catch {
            layer.problems = [malformed(file, line: error.line, column: error.column, error.reason)]
        }
        return layer
    }

    private mutating func read(_ document: JSONValue, files: FileAccess, catalog: PromptCatalog) {
        guard case .object(let members) = document.content else {
            // The whole file may hold secrets.
            let found = document.written.found(secret: true)
            let origin = Origin.file(name, line: document.line)
            problems.append(
                SettingsError.Problem(.invalid, at: origin, "found \(found), expected an object"))
            return
        }
        for member in members {
            if member.key == "executors" {
                var reader = ExecutorReader(file: name, base: base)
                reader.read(member.value)
                problems += reader.problems
                warnings += reader.warnings
                setExecutors(reader.drafts)
            } else if member.key == "profiles" {
                var reader = ProfileReader(
                    file: name, base: base, files: files, catalog: catalog, table: "an object")
                reader.readProfiles(WrittenKey(member))
                take(reader)
            } else if member.key == "agentPrompts" {
                var reader = ProfileReader(
                    file: name, base: base, files: files, catalog: catalog, table: "an object")
                reader.readPrompts(WrittenKey(member), hasEarlierNames: true)
                take(reader)
            } else if !UnusedSettings.projectKeys.contains(member.key) {
                let hint = Suggestion.text(
                    for: member.key, among: UnusedSettings.projectKeys.union(["executors", "profiles", "agentPrompts"]))
                let line = Origin.file(name, line: member.line)
                warnings.append("\(line): unknown key \(Shown.plain(member.key))\(hint)")
            }
        }
    }
}
