import Settings
import Testing

@Suite struct PromptReplacementTests {
    private static let conf = "~/.config/cm/conf.toml"
    private static let project = "codex-monitor.config.json"

    @Test func `a file takes the place of a prompt, counted from the file that names it`() throws {
        let settings = try Workspace(
            conf: "[prompts]\nfix = 'mine/fix.md'", project: #"{"agentPrompts": {"plan-work": "docs/plan.md"}}"#,
            files: ["/home/me/.config/cm/mine/fix.md": "Repair {{branch}}.\n", "/project/docs/plan.md": "Plan."]
        ).load()
        #expect(settings.prompts["fix"]?.value == .text("Repair {{branch}}.\n"))
        #expect(settings.prompts["fix"]?.place == "\(Self.conf):2: prompts.fix")
        #expect(settings.prompts["plan-work"]?.value == .text("Plan."))
        #expect(settings.prompts["plan-work"]?.place == "\(Self.project):1: agentPrompts.plan-work")
        #expect(settings.prompts.count == 2 && settings.warnings.isEmpty)
        #expect(Set(settings.promptFiles.keys) == ["/home/me/.config/cm/mine/fix.md", "/project/docs/plan.md"])
    }

    @Test func `the project's file wins, also with the prompt as it is built in`() throws {
        let files = ["/a": "project", "/b": "user"]
        let user = "prompts.fix = '/b'"
        let both = try Workspace(conf: user, project: #"{"agentPrompts": {"fix": "/a"}}"#, files: files).load()
        #expect(both.prompts["fix"]?.value == .text("project"))
        let own = try Workspace(conf: user, project: #"{"agentPrompts": {"fix": "built-in"}}"#, files: files).load()
        #expect(own.prompts["fix"]?.value == .builtIn && own.prompts["fix"]?.value.text == nil)
    }

    @Test func `a file that is called built-in is reached by a path`() throws {
        let settings = try Workspace(
            conf: "prompts.fix = './built-in'", files: ["/home/me/.config/cm/built-in": "mine"]
        ).load()
        #expect(settings.prompts["fix"]?.value == .text("mine"))
    }

    @Test func `the name of an earlier system counts in the project's file, and ours wins`() throws {
        let files = ["/a": "a", "/b": "b"]
        let earlier = try Workspace(project: #"{"agentPrompts": {"planner": "/a"}}"#, files: files).load()
        #expect(earlier.prompts["plan-work"]?.value == .text("a") && earlier.warnings.isEmpty)
        let both = try Workspace(
            project: #"{"agentPrompts": {"planner": "/a", "plan-work": "/b"}}"#, files: files
        ).load()
        #expect(both.prompts["plan-work"]?.value == .text("b"))
        #expect(
            both.warnings == [
                "\(Self.project):1: agentPrompts.planner is not read, because agentPrompts.plan-work is there"
            ])
        let problem =
            "\(Self.conf):1: prompts.planner: unknown prompt, expected one of single-developer, plan-work, fix"
        #expect(Workspace(conf: "prompts.planner = '/a'", files: files).problems() == [problem])
    }

    @Test func `a prompt of an earlier system that has no meaning here is a warning`() throws {
        let settings = try Workspace(project: #"{"agentPrompts": {"orchestrator": "/missing"}}"#).load()
        #expect(settings.warnings == ["\(Self.project):1: agentPrompts.orchestrator is not used by this version"])
    }

    @Test func `everything wrong is told with its place`() {
        let conf = """
            [prompts]
            plan-wrk = "/p"
            fix = 3
            plan-work = ""
            """
        let project = """
            {"agentPrompts": {
              "fix": "/missing",
              "plan-work": "/empty"
            }}
            """
        #expect(
            Workspace(conf: conf, project: project, files: ["/empty": " \n"]).problems() == [
                "\(Self.project):2: agentPrompts.fix: there is no file /missing",
                "\(Self.project):3: agentPrompts.plan-work: the file /empty is empty",
                "\(Self.conf):2: prompts.plan-wrk: unknown prompt, expected one of "
                    + "single-developer, plan-work, fix; did you mean plan-work?",
                "\(Self.conf):3: prompts.fix: found the integer 3, expected a path",
                "\(Self.conf):4: prompts.plan-work: found the string \"\", expected a path",
            ])
    }

    @Test func `what is no table of prompts is an error`() {
        #expect(
            Workspace(conf: "prompts = 1", project: #"{"agentPrompts": []}"#).problems() == [
                "\(Self.project):1: agentPrompts: found an array, expected an object",
                "\(Self.conf):1: prompts: found an integer, expected a table",
            ])
    }

    @Test func `a name in braces that is no variable is a warning, once`() throws {
        let settings = try Workspace(
            conf: "prompts.fix = 'f.md'",
            files: ["/home/me/.config/cm/f.md": "{{brnch}} {{branch}} {{brnch}} {{kitchen}}"]
        ).load()
        let place = "\(Self.conf):1: prompts.fix: /home/me/.config/cm/f.md:"
        #expect(
            settings.warnings == [
                "\(place) {{brnch}} is no variable; did you mean {{branch}}?",
                "\(place) {{kitchen}} is no variable; here are {{branch}}, {{log}}",
            ])
        #expect(settings.prompts["fix"]?.value.text?.contains("{{brnch}}") == true)
    }

    @Test func `so it is in the prompt of a role, in a file and in the settings`() throws {
        let conf = """
            [agents.plan.reviewer]
            system_prompt = "Look at {{directry}}."
            [agents.plan.planner]
            system_prompt = "Not read: {{kitchen}}"
            system_prompt_file = "/p"
            """
        let settings = try Workspace(conf: conf, files: ["/p": "{{branch}}"]).load()
        #expect(
            settings.warnings == [
                "\(Self.conf):2: agents.plan.reviewer.system_prompt: {{directry}} is no variable; "
                    + "did you mean {{directory}}?",
                "\(Self.conf):4: agents.plan.planner.system_prompt is not read, because "
                    + "agents.plan.planner.system_prompt_file is there",
                "\(Self.conf):5: agents.plan.planner.system_prompt_file: /p: {{branch}} is no variable; "
                    + "here are {{directory}}",
            ])
    }

    @Test func `a text full of wrong names is a few warnings`() throws {
        let text = (1...1000).map { "{{kitchen\($0)}}" }.joined()
        #expect(try Workspace(conf: "prompts.fix = '/p'", files: ["/p": text]).load().warnings.count == 5)
    }

    @Test func `a change of a prompt is told, without its text`() throws {
        func load(_ conf: String, _ text: String) throws -> Settings {
            try Workspace(conf: conf, files: ["/p": text]).load()
        }
        let old = try load("prompts.fix = '/p'\nagents.reviewer.system_prompt_file = '/p'", "one")
        #expect(
            try load("\nagents.reviewer.system_prompt_file = '/p'\nprompts.fix = '/p'", "two").changes(since: old)
                .map(\.description) == [
                    "prompt agents.reviewer.system_prompt_file (\(Self.conf):2): changed",
                    "prompt fix (\(Self.conf):3): changed",
                ])
        #expect(
            try load("prompts.plan-work = '/p'\nagents.reviewer.system_prompt_file = '/p'", "one").changes(since: old)
                .map(\.description) == [
                    "prompt fix (\(Self.conf):1): gone", "prompt plan-work (\(Self.conf):1): new",
                ])
        #expect(
            try load("\nprompts.fix = '/p'\nagents.reviewer.system_prompt_file = '/p'", "one")
                .changes(since: old).isEmpty)
    }
}
