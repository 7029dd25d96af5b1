import Settings
import Testing

@Suite struct WrongProfileTests {
    private static let conf = "~/.config/cm/conf.toml"
    private static let project = "codex-monitor.config.json"
    private static let roles = "selector, planner, developer, reviewer"
    private static let name = "expected the name of a profile, 1 to 64 letters, digits, -, _ or ."

    @Test(
        arguments: [
            ("profiles = 3", "profiles: found an integer, expected a table"),
            ("[[profiles.a]]", "profiles.a: found an array, expected a table"),
            ("profiles.a = 'x'", "profiles.a: found a string, expected a table"),
            ("profiles.default = 3", "profiles.default: found an integer, expected a table or the name of a profile"),
            ("profiles.a.model = 3", "profiles.a.model: found the integer 3, expected a text without white space"),
            ("profiles.a.model = ''", "profiles.a.model: found the string \"\", expected a text without white space"),
            ("profiles.a.description = []", "profiles.a.description: found an array, expected a text"),
            (
                "profiles.a.working_directory = ''",
                "profiles.a.working_directory: found the string \"\", expected a path"
            ),
            ("profiles.a.workingdirectory = 1", "profiles.a.workingdirectory: found the integer 1, expected a path"),
            ("profiles.a.agents = 'x'", "profiles.a.agents: found a string, expected a table"),
            ("profiles.'a b'.model = 'm'", "profiles.\"a b\": found the name \"a b\", \(name)"),
            ("profiles.''.model = 'm'", "profiles.\"\": found the name \"\", \(name)"),
            ("profiles.' a'.model = 'm'", "profiles.\" a\": found the name \" a\", \(name)"),
            ("profiles.'a/b'.model = 'm'", "profiles.\"a/b\": found the name \"a/b\", \(name)"),
            ("agents = 3", "agents: found an integer, expected the table [agents]"),
            ("agents.plan = 3", "agents.plan: found an integer, expected a table"),
            ("agents.reviewer = 'm'", "agents.reviewer: found a string, expected a table"),
            ("agents.plan.reviewer = 'm'", "agents.plan.reviewer: found a string, expected a table"),
            ("[[agents.plan.reviewer]]", "agents.plan.reviewer: found an array, expected a table"),
            (
                "agents.plan.reviewer.model = 1",
                "agents.plan.reviewer.model: found the integer 1, expected a text without white space"
            ),
            (
                "agents.plan.reviewer.executor = 'a b'",
                "agents.plan.reviewer.executor: found the string \"a b\", expected a text without white space"
            ),
            (
                "agents.plan.reviewer.system_prompt = ' '",
                "agents.plan.reviewer.system_prompt: found the string \" \", expected a text that is not empty"
            ),
            (
                "agents.plan.reviewer.system_prompt_file = ''",
                "agents.plan.reviewer.system_prompt_file: found the string \"\", expected a path"
            ),
            (
                "[agents.plan.reveiwer]",
                "agents.plan.reveiwer: unknown role, expected one of \(roles); did you mean reviewer?"
            ),
            ("[agents.plan.boss]", "agents.plan.boss: unknown role, expected one of \(roles)"),
            (
                "[agents.paln.boss]",
                "agents.paln: unknown role, expected one of \(roles), single, plan; did you mean plan?"
            ),
            (
                "[profiles.a.agents.develper]",
                "profiles.a.agents.develper: unknown role, expected one of \(roles), single, plan; did you mean developer?"
            ),
            ("[agents.plan.single.developer]", "agents.plan.single: unknown role, expected one of \(roles)"),
            (
                "agents.model = 'm'", "agents.model: belongs in the table of a role, such as agents.developer"
            ),
            (
                "agents.plan.model = 'm'\n[agents.plan.reviewer]",
                "agents.plan.model: belongs in the table of a role, such as agents.plan.developer"
            ),
            (
                "profiles.a.agents.model = 'm'",
                "profiles.a.agents.model: belongs in the table of a role, such as profiles.a.agents.developer"
            ),
            (
                "[agents.reviewer.plan]\nmodel = 'm'", "agents.reviewer.plan: the table of a role holds no other tables"
            ),
        ] as [(String, String)])
    func `a mistake in the user's file names file, line, key, found and expected`(text: String, problem: String) {
        #expect(Workspace(conf: text).problems() == ["\(Self.conf):1: \(problem)"])
    }

    @Test(
        arguments: [
            ("[]", "profiles: found an array, expected an object"),
            ("null", "profiles: found null, expected an object"),
            (#"{"a": []}"#, "profiles.a: found an array, expected an object"),
            (#"{"default": null}"#, "profiles.default: found null, expected an object or the name of a profile"),
            (#"{"a": {"model": null}}"#, "profiles.a.model: found null, expected a text without white space"),
            (#"{"a": {"agents": []}}"#, "profiles.a.agents: found an array, expected an object"),
            (
                #"{"a": {"agents": {"plan": {"model": "m", "reviewer": {}}}}}"#,
                "profiles.a.agents.plan.model: belongs in the table of a role, such as profiles.a.agents.plan.developer"
            ),
            (
                #"{"a": {"agents": {"plan": {"planer": {}}}}}"#,
                "profiles.a.agents.plan.planer: unknown role, expected one of \(roles); did you mean planner?"
            ),
            (#"{"a\nb": {}}"#, "profiles.\"a\\nb\": found the name \"a\u{FFFD}b\", \(name)"),
            (#"{"default": ""}"#, "profile.default: found the string \"\", \(name)"),
        ] as [(String, String)])
    func `a mistake in the project's file is an error too`(text: String, problem: String) {
        #expect(Workspace(project: "{\"profiles\": \(text)}").problems() == ["\(Self.project):1: \(problem)"])
    }

    @Test func `a name longer than 64 letters is an error`() throws {
        let (right, long) = (String(repeating: "ä", count: 64), String(repeating: "b", count: 65))
        let workspace = Workspace(project: "{\"profiles\": {\"\(right)\": {},\n\"\(long)\": {}}}")
        #expect(
            workspace.problems() == ["\(Self.project):2: profiles.\(long): found the name \"\(long)\", \(Self.name)"])
        #expect(try Workspace(conf: "[profiles.'\(right)']").load().profiles.all.last?.name == right)
    }

    @Test func `two names that differ only in case are an error, in one file and in both`() {
        let conf = Workspace(conf: "[profiles.Work]\n[profiles.other]\n[profiles.work]")
        #expect(
            conf.problems() == [
                "\(Self.conf):3: profiles.work: differs only in case from Work at \(Self.conf):1; "
                    + "each profile needs its own name"
            ])
        let both = Workspace(conf: "\n[profiles.work]", project: #"{"profiles": {"WORK": {}}}"#)
        #expect(
            both.problems() == [
                "\(Self.conf):2: profiles.work: differs only in case from WORK at \(Self.project):1; "
                    + "each profile needs its own name"
            ])
    }

    @Test(arguments: [
        (
            "profile.default = 'wrok'",
            "found the string \"wrok\", expected one of Zoo, default, work; did you mean work?"
        ),
        ("profile.default = 'x'", "found the string \"x\", expected one of Zoo, default, work"),
        ("profile.default = 1", "found the integer 1, \(name)"),
        ("profile.default = 'a b'", "found the string \"a b\", \(name)"),
    ])
    func `an unknown name for new conversations is an error that names the known ones`(text: String, problem: String) {
        let workspace = Workspace(conf: "\(text)\n[profiles.work]", project: #"{"profiles": {"Zoo": {}}}"#)
        #expect(workspace.problems() == ["\(Self.conf):1: profile.default: \(problem)"])
    }

    @Test func `an unknown name is found wherever it stands, also when another hides it`() {
        let workspace = Workspace(
            conf: "[profiles]\ndefault = 'a'", dotEnv: "CM_PROFILE_DEFAULT=b",
            environment: ["CM_PROFILE_DEFAULT": "default"])
        #expect(
            workspace.problems() == [
                ".env:1: profile.default: found \"b\", expected one of default",
                "\(Self.conf):2: profile.default: found the string \"a\", expected one of default",
            ])
    }

    @Test func `of many known names some are shown`() throws {
        let conf = "profile.default = 'x'\n" + (100..<199).map { "[profiles.p\($0)]\n" }.joined()
        let problem = try #require(Workspace(conf: conf).problems().first)
        #expect(
            problem.hasSuffix(
                "expected one of default, p100, \((101...118).map { "p\($0)" }.joined(separator: ", ")) and 80 more"))
    }

    @Test func `an unknown key is a warning with a suggestion`() throws {
        let conf = """
            [profiles.a]
            modle = "m"
            colour = 1
            [profiles.a.agents.plan.reviewer]
            systemPrompt = "x"
            [profiles.a.agents.plan]
            revewer = 1
            [agents.reviewer]
            temperature = 1
            [profils.b]
            [agents]
            idle_unlaod = 5
            """
        #expect(
            try Workspace(conf: conf).load().warnings == [
                "\(Self.conf):2: unknown key profiles.a.modle; did you mean model?",
                "\(Self.conf):3: unknown key profiles.a.colour",
                "\(Self.conf):5: unknown key profiles.a.agents.plan.reviewer.systemPrompt; did you mean system_prompt?",
                "\(Self.conf):7: unknown key profiles.a.agents.plan.revewer; did you mean reviewer?",
                "\(Self.conf):9: unknown key agents.reviewer.temperature",
                "\(Self.conf):10: unknown table [profils]; did you mean [profile]?",
                "\(Self.conf):12: unknown key agents.idle_unlaod; did you mean agents.idle_unload?",
            ])
        let project = "{\"profiles\": {\"a\": {\"agents\": {},\n\"env_fiel\": \"x\"}},\n\"profile\": {}}"
        #expect(
            try Workspace(project: project).load().warnings == [
                "\(Self.project):2: unknown key profiles.a.env_fiel; did you mean env_file?",
                "\(Self.project):3: unknown key profile; did you mean profiles?",
            ])
    }

    @Test func `all that is wrong comes together`() {
        let workspace = Workspace(
            conf: """
                profile.default = "x"
                [profiles.a]
                model = 1
                [turn]
                timeout = 0
                [agents.plan.reviewer]
                model = 2
                system_prompt_file = "p"
                """,
            project: #"{"executors": 1, "profiles": {"b": 1}}"#)
        #expect(
            workspace.problems().map { $0.split(separator: ": ").prefix(2).joined(separator: " ") } == [
                "\(Self.project):1 executors", "\(Self.project):1 profiles.b", "\(Self.conf):1 profile.default",
                "\(Self.conf):3 profiles.a.model", "\(Self.conf):5 turn.timeout",
                "\(Self.conf):7 agents.plan.reviewer.model", "\(Self.conf):8 agents.plan.reviewer.system_prompt_file",
            ])
    }

    @Test(arguments: [
        ("-1", "the integer -1"), ("'x'", "the string \"x\""), ("2.5", "the number 2.5"), ("true", "the Boolean true"),
    ])
    func `wrong rounds of reviews are an error`(value: String, found: String) {
        let key = "codex.max_review_rounds", expected = "expected a whole number, 0 or more"
        #expect(
            Workspace(conf: "codex.max_review_rounds = \(value)").problems() == [
                "\(Self.conf):1: \(key): found \(found), \(expected)"
            ])
    }

    @Test(arguments: ["-1", "x", "2.5", "99999999999999999999"])
    func `wrong rounds in the variable are an error`(value: String) {
        #expect(
            Workspace(environment: ["CM_CODEX_MAX_REVIEW_ROUNDS": value]).problems() == [
                "environment CM_CODEX_MAX_REVIEW_ROUNDS: codex.max_review_rounds: "
                    + "found \"\(value)\", expected a whole number, 0 or more"
            ])
    }
}
