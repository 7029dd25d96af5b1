/// Where settings are looked for.
///
/// Everything outside of the process comes in through here.
public struct SettingsSources: Sendable {
    /// Flags that were given; of several for one setting the first wins.
    public var flags: [SettingFlag] = []
    /// The file named by `--conf`; nil when the flag was not given.
    public var conf: String?
    /// The real environment of the process.
    public var environment: [String: String]
    /// The `.env` files, the workspace's before the repository's.
    ///
    /// Of one name the first file wins. Missing files do not matter, and the same one twice counts once.
    public var dotEnvFiles: [String] = []
    /// The directory of the project's file; nil for none.
    public var workspace: String?
    /// The user's home directory, absolute.
    public var home: String
    /// The current directory, absolute.
    public var directory: String
    /// Variables that other parts of the program know, beyond those of settings.
    public var knownNames: Set<String> = []
    /// The prompts that files can replace.
    public var prompts = PromptCatalog.empty
    /// Whether what is loaded is to replace settings in force: no file is created then, and a malformed line of `.env`,
    /// which may be half written, is wrong.
    package var isReplacing = false
    /// The settings there are.
    package var keys = AnySettingKey.all
    /// The file system.
    public var files = FileAccess.system

    /// Sources with no flag and no file but the user's; the rest is set on the value.
    public init(environment: [String: String], home: String, directory: String) {
        self.environment = environment
        self.home = home
        self.directory = directory
    }

    /// Whether the workspace has files of its own that configure it: the project's file, or a `.env`.
    public var isConfigured: Bool {
        let base = PathBase(home: home, directory: directory)
        let paths = (workspace.map { ProjectFile.paths(in: base.absolute($0)) } ?? []) + dotEnvFiles.map(base.absolute)
        return paths.contains { path in
            do {
                return try files.read(path, SourceFile.limit) != nil
            } catch {
                return true  // There, whatever is wrong with it.
            }
        }
    }

    /// Reads all of them and merges: flag, environment, `.env`, the project's file, the user's file, default; the
    /// first that has a value wins.
    ///
    /// Creates the user's file from a template when the usual one is missing; failing to do so is a warning. Throws
    /// everything that is wrong, with all sources together.
    public func load() throws(SettingsError) -> Settings { try read().settings.get() }

    /// The same, with the prompt files that were looked for, also when something is wrong.
    func read() -> (settings: Result<Settings, SettingsError>, promptFiles: [String: FileStamp?]) {
        let base = PathBase(home: home, directory: directory)
        let names = EnvironmentNames(keys: keys, others: knownNames)
        var layers = [
            Layer.flags(flags, base: base),
            Layer.environment(environment, names: names, base: base),
        ]
        var dotEnv: [String: String] = [:]
        for path in distinct(dotEnvFiles.map(base.absolute)) {
            let (layer, variables) = dotEnvLayer(at: path, names: names, base: base)
            layers.append(layer)
            dotEnv.merge(variables) { earlier, _ in earlier }
        }
        if let project = projectLayer(base: base) { layers.append(project) }
        let (conf, path) = confLayer(base: base)
        layers.append(conf)
        let promptFiles = Settings.promptFiles(of: layers)
        do {
            return (.success(try Settings(layers: layers, keys: keys, dotEnv: dotEnv, confPath: path)), promptFiles)
        } catch {
            return (.failure(error), promptFiles)
        }
    }

    /// Every file that is looked for, absolute paths; not those that other files name.
    var paths: [String] {
        let base = PathBase(home: home, directory: directory)
        let project = workspace.map { ProjectFile.paths(in: base.absolute($0)) } ?? []
        let conf =
            switch ConfLocation(flag: conf, environment: environment, base: base) {
            case .named(let path, _, _): [path]
            case .usual(let path, let earlier): [path, earlier]
            }
        return distinct(dotEnvFiles.map(base.absolute) + project + conf)
    }

    private func distinct(_ paths: [String]) -> [String] {
        var seen: Set<String> = []
        return paths.filter { seen.insert($0).inserted }
    }

    private func dotEnvLayer(
        at path: String, names: EnvironmentNames, base: PathBase
    ) -> (Layer, variables: [String: String]) {
        let name = base.short(path)
        let ownBase = PathBase(home: home, directory: PathBase.parent(of: path))
        var layer = Layer(name: name, base: ownBase)
        do {
            guard let file = try SourceFile(path: path, name: name, files: files) else { return (layer, [:]) }
            let parsed = DotEnv(parsing: file.text)
            layer = .dotEnv(parsed, file: name, names: names, base: ownBase)
            if isReplacing {
                layer.problems += parsed.problems.map { problem in
                    SettingsError.Problem(.malformed, at: .file(name, line: problem.line), problem.reason)
                }
            }
            return (layer, parsed.values)
        } catch {
            layer.problems = [SettingsError.Problem(.unreadable, at: .file(name, line: nil), error.description)]
            return (layer, [:])
        }
    }

    /// nil when there is no file.
    private func projectLayer(base: PathBase) -> Layer? {
        guard let workspace, let found = ProjectFile(in: base.absolute(workspace), files: files) else { return nil }
        let name = base.short(found.path)
        var layer = Layer(name: name, base: base)
        do {
            guard let file = try SourceFile(path: found.path, name: name, files: files) else { return nil }
            layer = .json(file, home: home, files: files, catalog: prompts)
        } catch {
            layer.problems = [SettingsError.Problem(.unreadable, at: .file(name, line: nil), error.description)]
        }
        let hidden = found.hidden.map { "\(base.short($0)) is not read, because \(name) is there" }
        layer.warnings.insert(contentsOf: hidden, at: 0)
        return layer
    }

    /// The layer of the user's file, with its path; nil when there is no file.
    private func confLayer(base: PathBase) -> (Layer, path: String?) {
        switch ConfLocation(flag: conf, environment: environment, base: base) {
        case .named(let path, let name, let source):
            if let layer = confLayer(at: path, name: name, base: base) { return (layer, path) }
            var layer = Layer(name: name, base: base)
            layer.problems = [SettingsError.Problem(.missing, at: source, "there is no file \(Shown.plain(name))")]
            return (layer, nil)
        case .usual(let path, let earlier):
            for path in [path, earlier] {
                if let layer = confLayer(at: path, name: base.short(path), base: base) { return (layer, path) }
            }
            return createConf(at: path, name: base.short(path), base: base)
        }
    }

    /// nil when there is no file.
    private func confLayer(at path: String, name: String, base: PathBase) -> Layer? {
        do {
            guard let file = try SourceFile(path: path, name: name, files: files) else { return nil }
            return .toml(file, keys: keys, home: home, files: files, catalog: prompts)
        } catch {
            var layer = Layer(name: name, base: base)
            layer.problems = [SettingsError.Problem(.unreadable, at: .file(name, line: nil), error.description)]
            return layer
        }
    }

    private func createConf(at path: String, name: String, base: PathBase) -> (Layer, path: String?) {
        var layer = Layer(name: name, base: base)
        guard !isReplacing else { return (layer, nil) }
        do {
            try files.create(path, Array(ConfTemplate.text(for: keys).utf8))
            return (layer, path)
        } catch {
            layer.warnings = ["\(name) cannot be created: \(error)"]
            return (layer, nil)
        }
    }
}
