import Settings
import Testing

@Suite struct ConfTemplateTests {
    @Test func `a missing usual file is created from the template`() throws {
        let workspace = Workspace()
        let settings = try workspace.load()
        #expect(settings.warnings.isEmpty)
        #expect(settings.confPath == Workspace.conf)
        #expect(workspace.files.text(at: Workspace.conf) == ConfTemplate.text(for: AnySettingKey.all))
    }

    @Test func `failing to create it is a warning`() throws {
        var workspace = Workspace()
        workspace.sources.files = InMemoryFiles(creatingFails: FileFailure("permission denied")).access
        let settings = try workspace.load()
        #expect(settings.warnings == ["~/.config/cm/conf.toml cannot be created: permission denied"])
        #expect(settings.confPath == nil)
    }

    @Test func `the template sets nothing`() throws {
        let settings = try Workspace(conf: ConfTemplate.text(for: AnySettingKey.all)).load()
        #expect(settings.warnings.isEmpty)
        #expect(settings.origin(of: .codexCommand) == .default)
    }

    @Test func `the template with every line uncommented is valid and means the defaults`() throws {
        let lines = ConfTemplate.text(for: AnySettingKey.all).split(separator: "\n", omittingEmptySubsequences: false)
        let settingLines = lines.filter { $0.hasPrefix("#") && !$0.hasPrefix("# ") }
        #expect(settingLines.firstIndex { $0.hasPrefix("#[") } == AnySettingKey.all.count)
        let text = lines.map { settingLines.contains($0) ? $0.dropFirst() : $0 }.joined(separator: "\n")
        let settings = try Workspace(conf: text).load()
        #expect(settings.warnings.isEmpty)
        #expect(settings.origin(of: .turnSilentAfter) != .default)
        #expect(settings[.codexSandbox] == SettingKey.codexSandbox.defaultValue)
        #expect(settings[.turnTimeout] == SettingKey.turnTimeout.defaultValue)
        #expect(settings[.codexAgentModel] == "gpt-5-codex")
        #expect(settings.prompts["single-developer"]?.value == .builtIn)
        let work = try #require(settings.profiles["work"])
        #expect(settings.profiles.standard.name == "default" && work.workingDirectory?.value == "/home/me/src/work")
        #expect(settings.role(.reviewer, in: work).executor?.value == "copilot")
        #expect(settings.role(.planner, in: work).model?.value == "gpt-5")
    }

    @Test(arguments: AnySettingKey.all)
    func `the template tells what each setting is and how it is called`(key: AnySettingKey) {
        let text = ConfTemplate.text(for: AnySettingKey.all)
        #expect(text.contains("# \(key.summary)\n"))
        for name in key.environmentNames { #expect(text.contains(name)) }
    }

    @Test func `texts and numbers are written as TOML`() throws {
        let keys = [
            AnySettingKey(SettingKey("a.text", default: "\"\\\n\u{1}é", form: .text, summary: "x")),
            AnySettingKey(SettingKey("a.delay", default: .milliseconds(1500), form: .seconds, summary: "x")),
        ]
        #expect(keys.map(\.defaultText) == ["\"\\\"\\\\\\n\\u0001é\"", "1.5"])
    }
}
