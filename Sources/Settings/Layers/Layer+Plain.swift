extension Layer {
    /// The flags that were given, as a layer.
    package static func flags(_ flags: [SettingFlag], base: PathBase) -> Layer {
        let entries = flags.map { Entry(path: $0.path, written: .plain($0.text), origin: .flag($0.name)) }
        return Layer(name: "flags", base: base, entries: entries)
    }

    /// The environment as a layer; an empty variable counts as not set.
    package static func environment(
        _ environment: [String: String], names: EnvironmentNames, base: PathBase
    ) -> Layer {
        var layer = Layer(name: "environment", base: base)
        layer.add(environment, names: names) { .environment($0) }
        return layer
    }

    /// One `.env` file, called `file` in origins, as a layer; an empty variable counts as not set.
    package static func dotEnv(_ dotEnv: DotEnv, file: String, names: EnvironmentNames, base: PathBase) -> Layer {
        var layer = Layer(name: file, base: base)
        var lines: [String: Int] = [:]
        for entry in dotEnv.entries { lines[entry.name] = entry.line }
        layer.add(dotEnv.values, names: names) { .file(file, line: lines[$0]) }
        // The file belongs to the project, and other programs may read more into it: no reason not to start.
        layer.warnings += dotEnv.problems.map { problem in
            "\(Origin.file(file, line: problem.line)): \(problem.reason); the line is left out"
        }
        return layer
    }

    private mutating func add(
        _ variables: [String: String], names: EnvironmentNames, origin: (String) -> Origin
    ) {
        for (path, candidates) in names.candidates {
            for name in candidates {
                guard let text = variables[name], !text.isEmpty else { continue }
                entries.append(Entry(path: path, written: .plain(text), origin: origin(name)))
            }
        }
        readExecutors(variables, origin: origin)
        for name in variables.keys.sorted() {
            guard let warning = names.warning(about: name) else { continue }
            warnings.append("\(origin(name)): \(warning)")
        }
    }
}
