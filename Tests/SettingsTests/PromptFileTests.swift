import Settings
import Testing

@Suite struct PromptFileTests {
    private static let conf = "~/.config/cm/conf.toml"
    private static let project = "codex-monitor.config.json"
    private static let key = "agents.plan.reviewer.system_prompt_file"

    @Test(arguments: [
        ("prompts/./r.md", "/home/me/.config/cm/prompts/r.md"), ("~/r.md", "/home/me/r.md"), ("/r.md", "/r.md"),
        ("../r.md", "/home/me/.config/cm/../r.md"),
    ])
    func `a prompt file counts from the file that names it`(path: String, absolute: String) throws {
        let text = "\u{FEFF}Look at\r\neverything.\n"
        let settings = try Workspace(
            conf: "[agents.plan.reviewer]\nsystem_prompt_file = '\(path)'", files: [absolute: text]
        ).load()
        let prompt = try #require(settings.role(.reviewer, in: settings.profiles.standard).prompt)
        #expect(prompt.value == "Look at\r\neverything.\n" && prompt.place == "\(Self.conf):2: \(Self.key)")
    }

    @Test func `a prompt file of the project's file is in the project`() throws {
        let project = #"{"profiles": {"a": {"agents": {"reviewer": {"system_prompt_path": "docs/r.md"}}}}}"#
        let settings = try Workspace(project: project, files: ["/project/docs/r.md": "Look."]).load()
        let profile = try #require(settings.profiles["a"])
        #expect(settings.role(.reviewer, in: profile).prompt?.value == "Look.")
    }

    @Test func `the file wins over the text, and of two files the usual key, with a warning`() throws {
        let conf = """
            [agents.plan.reviewer]
            system_prompt_path = "/b"
            system_prompt = "text"
            system_prompt_file = "/a"
            """
        let settings = try Workspace(conf: conf, files: ["/a": "file a"]).load()
        #expect(settings.role(.reviewer, in: settings.profiles.standard).prompt?.value == "file a")
        #expect(
            settings.warnings == [
                "\(Self.conf):2: agents.plan.reviewer.system_prompt_path is not read, because \(Self.key) is there",
                "\(Self.conf):3: agents.plan.reviewer.system_prompt is not read, because \(Self.key) is there",
            ])
    }

    @Test(arguments: [
        ("", "the file /p is empty"), (" \r\n\t", "the file /p is empty"),
        ("a\0", "/p: has a NUL byte, so it is no text"),
    ])
    func `a file that is no prompt is an error`(text: String, reason: String) {
        let workspace = Workspace(conf: "[agents.plan.reviewer]\nsystem_prompt_file = '/p'", files: ["/p": text])
        #expect(workspace.problems() == ["\(Self.conf):2: \(Self.key): \(reason)"])
    }

    @Test func `a file that cannot be read is an error`() throws {
        let workspace = Workspace(conf: "[agents.plan.reviewer]\nsystem_prompt_file = '/p'")
        workspace.files.put([0xFF], at: "/p")
        #expect(workspace.problems() == ["\(Self.conf):2: \(Self.key): /p: is not UTF-8"])
        workspace.files.put(Array(repeating: 0x61, count: SourceFile.limit + 1), at: "/p")
        #expect(workspace.problems() == ["\(Self.conf):2: \(Self.key): /p: is bigger than 1048576 bytes"])
    }

    @Test func `a file that is missing is an error, also when there is a text`() throws {
        let workspace = Workspace(
            conf: "[agents.plan.reviewer]\nsystem_prompt = 'text'\nsystem_prompt_file = 'p.md'",
            project: #"{"profiles": {"a": {"agents": {"reviewer": {"system_prompt_file": "p.md"}}}}}"#)
        #expect(
            workspace.problems() == [
                "\(Self.project):1: profiles.a.agents.reviewer.system_prompt_file: there is no file /project/p.md",
                "\(Self.conf):3: \(Self.key): there is no file /home/me/.config/cm/p.md",
            ])
        let error = #expect(throws: SettingsError.self) { try workspace.load() }
        #expect(error?.problems.map(\.code) == [.missing, .missing])
    }
}
