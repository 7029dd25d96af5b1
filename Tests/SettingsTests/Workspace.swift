import Settings

/// Sources over files in memory: home `/home/me`, current directory `/project`.
struct Workspace {
    static let conf = "/home/me/.config/cm/conf.toml"

    var sources: SettingsSources
    let files: InMemoryFiles

    init(
        conf: String? = nil, project: String? = nil, dotEnv: String? = nil, environment: [String: String] = [:],
        files texts: [String: String] = [:], keys: [AnySettingKey] = AnySettingKey.all
    ) {
        var texts = texts
        texts[Self.conf] = conf
        texts["/project/codex-monitor.config.json"] = project
        texts["/project/.env"] = dotEnv
        files = InMemoryFiles(texts)
        sources = SettingsSources(environment: environment, home: "/home/me", directory: "/project")
        sources.workspace = "/project"
        sources.dotEnvFiles = ["/project/.env"]
        sources.files = files.access
        sources.keys = keys
        sources.prompts = Sample.prompts
    }

    func load() throws(SettingsError) -> Settings { try sources.load() }

    /// What is wrong, one line each; empty when nothing is.
    func problems() -> [String] {
        do {
            _ = try load()
            return []
        } catch {
            return error.problems.map(\.description)
        }
    }
}

/// Settings of every form, for tests alone.
enum Sample {
    static let count = SettingKey("sample.count", default: 3, form: .integer(in: 0...9), summary: "A number.")
    static let isOn = SettingKey("sample.is_on", default: false, form: .boolean, summary: "A Boolean.")
    static let text = SettingKey("sample.text", default: "plain", form: .text, summary: "A text.")
    static let word = SettingKey("sample.word", default: "a", form: .choice("a", "b"), summary: "A word.")
    static let file = SettingKey<String?>(
        "sample.file", default: nil, form: ValueForm.path.optional, example: #""x""#, summary: "A path.")
    static let delay = SettingKey("sample.delay", default: .seconds(1), form: .seconds, summary: "Seconds.")
    static let words = SettingKey("sample.words", default: ["a", "b c"], form: .words, summary: "Words.")
    static let address = SettingKey<String?>(
        "sample.address", default: nil, form: ValueForm.webAddress.optional, example: #""http://a""#, summary: "A URL.")
    static let token = SettingKey(
        "sample.token", established: ["SAMPLE_TOKEN"], default: 0, form: .integer(in: 1...9), summary: "A secret.",
        isSecret: true)

    static let keys = [
        AnySettingKey(count), AnySettingKey(isOn), AnySettingKey(text), AnySettingKey(word), AnySettingKey(file),
        AnySettingKey(delay), AnySettingKey(words), AnySettingKey(address), AnySettingKey(token),
    ]
}

extension Sample {
    /// Three prompts for tests alone, one with a name of an earlier system.
    static let prompts = PromptCatalog(
        [
            PromptCatalog.Entry("single-developer", variables: ["directory"]),
            PromptCatalog.Entry("plan-work", earlierName: "planner", variables: ["directory"]),
            PromptCatalog.Entry("fix", variables: ["branch", "log"]),
        ],
        roleVariables: ["directory"]
    ) { text in
        var names: [String] = []
        for part in text.split(separator: "{{").dropFirst(text.hasPrefix("{{") ? 0 : 1) {
            guard let end = part.firstRange(of: "}}") else { continue }
            let name = String(part[..<end.lowerBound])
            if !names.contains(name) { names.append(name) }
        }
        return names
    }
}
