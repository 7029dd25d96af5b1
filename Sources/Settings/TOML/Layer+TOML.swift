import TOMLKit

extension Layer {
    /// The values of a TOML file for `keys`, with its profiles and prompts, as a layer; a file that breaks TOML's rules
    /// is one problem.
    ///
    /// Prompt files are read from `files`.
    package static func toml(
        _ file: SourceFile, keys: [AnySettingKey], home: String, files: FileAccess, catalog: PromptCatalog = .empty
    ) -> Layer {
        let base = PathBase(home: home, directory: PathBase.parent(of: file.path))
        var layer = Layer(name: file.name, base: base)
        do {
            let lines = try KeyLines(file.text)
            do {
                let profiles = ProfileReader(
                    file: file.name, base: base, files: files, catalog: catalog, table: "a table")
                var reader = ConfReader(file: file.name, keys: keys, lines: lines, profiles: profiles)
                reader.read(try TOMLTable(string: file.text))
                layer.entries = reader.entries
                layer.problems = reader.problems
                layer.warnings = reader.warnings
                layer.profiles = reader.profiles.profiles
                layer.agents = reader.profiles.agents
                layer.prompts = reader.profiles.prompts
                layer.promptFiles = reader.profiles.promptFiles
            } catch {
                layer.problems = [syntaxProblem(error, in: file, keys: keys, lines: lines)]
            }
        } catch {
            layer.problems = [malformed(file, line: error.line, column: error.column, error.reason)]
        }
        return layer
    }

    private static func syntaxProblem(
        _ error: any Error, in file: SourceFile, keys: [AnySettingKey], lines: KeyLines
    ) -> SettingsError.Problem {
        guard let error = error as? TOMLParseError else {
            return SettingsError.Problem(.malformed, at: .file(file.name, line: nil), "\(error)")
        }
        let line = error.source.begin.line
        // The library quotes from the text, which must not show a secret.
        let path = lines.path(before: line) ?? ""
        let isSecret = keys.contains { $0.isSecret && $0.path == path } || ProfileReader.isSecret(path)
        let reason = isSecret ? "the value is malformed" : Shown.plain(error.description)
        return malformed(file, line: line, column: error.source.begin.column, reason)
    }

    /// The problem of a file that breaks its format's rules at `line` and `column`.
    static func malformed(
        _ file: SourceFile, line: Int, column: Int, _ reason: String
    ) -> SettingsError.Problem {
        SettingsError.Problem(.malformed, at: .file(file.name, line: line), "column \(column): \(reason)")
    }
}
