import Settings
import Testing

@Suite struct SettingsWatchTests {
    private static let env = "/project/.env"
    private static let project = "/project/codex-monitor.config.json"
    private let workspace = Workspace(conf: "[turn]\ntimeout = 5\n", dotEnv: "CODEX_MODEL=a\n")

    /// Follows the settings while each of `steps` happens during one sleep of the watch.
    private func follow(
        _ steps: (@Sendable (InMemoryFiles) -> Void)?...
    ) async -> (news: [Result<Settings, SettingsError>], sleeps: [Duration]) {
        let files = workspace.files
        let clock = PacedClock(steps.map { step in { step?(files) } })
        var news: [Result<Settings, SettingsError>] = []
        for await next in SettingsWatch(workspace.sources, clock: clock) { news.append(next) }
        return (news, clock.sleeps)
    }

    @Test func `a changed file is read when it has rested for a while`() async throws {
        let (news, sleeps) = await follow(nil, { $0.put("CODEX_MODEL=b\n", at: Self.env) }, nil, nil)
        #expect(news.count == 1)
        #expect(try news.first?.get()[.codexAgentModel] == "b")
        #expect(try news.first?.get()[.turnTimeout] == .seconds(5))
        let (look, rest) = (SettingsWatch.interval, SettingsWatch.settling)
        #expect(sleeps == [look, look, rest, look])
        #expect(look + rest < .seconds(1))
    }

    @Test func `files that do not change are not read again`() async {
        #expect(await follow(nil, nil, nil).news.isEmpty)
    }

    @Test func `a half-written file does not count`() async throws {
        let (news, sleeps) = await follow(
            { $0.put("[turn]\ntime", at: Workspace.conf) }, { $0.put("[turn]\ntimeout = 7\n", at: Workspace.conf) }, nil
        )
        #expect(try news.map { try $0.get()[.turnTimeout] } == [.seconds(7)])
        #expect(sleeps.dropFirst() == [SettingsWatch.settling, SettingsWatch.settling])
    }

    @Test func `a file that appears counts, and one that goes leaves it to the next source`() async throws {
        let (news, _) = await follow(
            { $0.put(#"{"executors": [{"executor": "CODEX", "name": "x"}]}"#, at: Self.project) }, nil,
            { $0.put(nil, at: Self.project) }, nil, { $0.put(nil, at: Self.env) }, nil,
            { $0.put(nil, at: Workspace.conf) }, nil)
        let settings = try news.map { try $0.get() }
        #expect(settings.map { $0.executors.map(\.name) } == [["x"], [], [], []])
        #expect(settings.map { $0[.codexAgentModel] } == ["a", "a", nil, nil])
        #expect(settings.map { $0[.turnTimeout] } == [.seconds(5), .seconds(5), .seconds(5), .seconds(3600)])
    }

    @Test func `the user's file is not made anew when somebody takes it away`() async {
        _ = await follow({ $0.put(nil, at: Workspace.conf) }, nil)
        #expect(workspace.files.text(at: Workspace.conf) == nil)
    }

    @Test func `a key that goes falls back to the next source`() async throws {
        workspace.files.put("[codex]\nagent_model = \"c\"\n", at: Workspace.conf)
        let (news, _) = await follow({ $0.put("OTHER=1\n", at: Self.env) }, nil)
        let settings = try #require(try news.first?.get())
        #expect(settings[.codexAgentModel] == "c")
        #expect(settings.origin(of: .codexAgentModel) == .file("~/.config/cm/conf.toml", line: 2))
    }

    @Test func `.env never beats the environment`() async throws {
        let workspace = Workspace(dotEnv: "CODEX_MODEL=a\n", environment: ["CODEX_MODEL": "own"])
        let clock = PacedClock([{ workspace.files.put("CODEX_MODEL=b\n", at: Self.env) }, {}])
        for await news in SettingsWatch(workspace.sources, clock: clock) {
            #expect(try news.get()[.codexAgentModel] == "own")
        }
        #expect(clock.sleeps.count == 2)
    }

    @Test func `a broken file is told once, until it is whole or broken otherwise`() async throws {
        let broken: @Sendable (InMemoryFiles) -> Void = { $0.put("[turn\n", at: Workspace.conf) }
        let (news, _) = await follow(
            broken, nil, broken, nil, { $0.put("[turn]\ntimeout = true\n", at: Workspace.conf) }, nil,
            { $0.put("[turn]\ntimeout = 5\n", at: Workspace.conf) }, nil, broken, nil)
        let told = news.map { news in
            switch news {
            case .success(let settings): "\(settings[.turnTimeout])"
            case .failure(let error): error.description
            }
        }
        #expect(
            told == [
                "~/.config/cm/conf.toml:1: column 6: ] was expected",
                "~/.config/cm/conf.toml:2: turn.timeout: found the Boolean true, "
                    + "expected seconds, more than 0 and at most 315360000",
                "5.0 seconds", "~/.config/cm/conf.toml:1: column 6: ] was expected",
            ])
    }

    @Test func `a malformed line of .env is no reason not to start, but one not to take the file later`() async throws {
        #expect(Workspace(dotEnv: "CODEX_MODEL=a\nhunter2\n").problems().isEmpty)
        let (news, _) = await follow({ $0.put("CODEX_MODEL=a\nhunter2\n", at: Self.env) }, nil)
        let error = #expect(throws: SettingsError.self) { try news.first?.get() }
        #expect(error?.description == ".env:2: = was expected after the name")
    }

    @Test func `what changes between the making of the watch and its first look counts`() async throws {
        let clock = PacedClock([{}, {}])
        let watch = SettingsWatch(workspace.sources, clock: clock)
        workspace.files.put("CODEX_MODEL=b\n", at: Self.env)
        var models: [String?] = []
        for await news in watch { models.append(try news.get()[.codexAgentModel]) }
        #expect(models == ["b"])
    }

    @Test func `a file that was named and goes is a problem`() async throws {
        var sources = workspace.sources
        sources.conf = "my.toml"
        workspace.files.put("", at: "/project/my.toml")
        let files = workspace.files
        let clock = PacedClock([{ files.put(nil, at: "/project/my.toml") }, {}])
        var told: [String] = []
        for await case .failure(let error) in SettingsWatch(sources, clock: clock) { told.append(error.description) }
        #expect(told == ["--conf: there is no file my.toml"])
    }
}
