import Settings
import Testing

@Suite struct PromptWatchTests {
    private static let conf = "prompts.fix = '/fix'\nagents.plan.reviewer.system_prompt_file = '/review'\n"
    private let workspace = Workspace(conf: conf, files: ["/fix": "fix", "/review": "review", "/new": "new"])

    /// What the settings say each time that they are news, while each of `steps` happens during one sleep of the watch.
    private func follow(_ steps: (@Sendable (InMemoryFiles) -> Void)?...) async throws -> [String] {
        let files = workspace.files
        let clock = PacedClock(steps.map { step in { step?(files) } })
        let watch = SettingsWatch(workspace.sources, clock: clock).following(try workspace.load())
        var told: [String] = []
        for await news in watch {
            switch news {
            case .success(let settings):
                let review = settings.role(.reviewer, in: settings.profiles.standard).prompt?.value ?? "none"
                told.append("\(settings.prompts["fix"]?.value.text ?? "none") \(review)")
            case .failure(let error):
                told.append(error.description)
            }
        }
        return told
    }

    @Test func `a changed prompt file is read, whoever names it`() async throws {
        let told = try await follow(
            nil, { $0.put("fix 2", at: "/fix") }, nil, nil, { $0.put("review 2", at: "/review") }, nil, nil)
        #expect(told == ["fix 2 review", "fix 2 review 2"])
    }

    @Test func `a prompt file that is named later is watched from then on, and one no longer named is not`()
        async throws
    {
        let told = try await follow(
            { $0.put(Self.conf.replacing("/fix", with: "/new"), at: Workspace.conf) }, nil,
            { $0.put("new 2", at: "/new") }, nil, { $0.put("fix 2", at: "/fix") }, nil)
        #expect(told == ["new review", "new 2 review"])
    }

    @Test func `a prompt file that goes is told, and counts again when it is back`() async throws {
        let told = try await follow({ $0.put(nil, at: "/fix") }, nil, nil, { $0.put("back", at: "/fix") }, nil)
        #expect(told == ["~/.config/cm/conf.toml:1: prompts.fix: there is no file /fix", "back review"])
    }

    @Test func `what changes between loading and the first look counts`() async throws {
        let settings = try workspace.load()
        let clock = PacedClock([{}, {}])
        let watch = SettingsWatch(workspace.sources, clock: clock).following(settings)
        workspace.files.put("fix 2", at: "/fix")
        var texts: [String?] = []
        for await news in watch { texts.append(try news.get().prompts["fix"]?.value.text) }
        #expect(texts == ["fix 2"])
    }
}
