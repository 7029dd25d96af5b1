import Settings
import Testing

@Suite struct ProfileTests {
    private static let conf = "~/.config/cm/conf.toml"
    private static let project = "codex-monitor.config.json"

    @Test func `without any file there is the profile default`() throws {
        let settings = try Workspace().load()
        let profile = settings.profiles.standard
        #expect(settings.profiles.all == [profile] && settings.profiles["DEFAULT"] == profile)
        #expect(profile.name == "default" && profile.origin == .default && profile.description == nil)
        #expect(profile.model == nil && profile.workingDirectory == nil && profile.agents.isEmpty)
        #expect(profile.process.environment.isEmpty && profile.process.overrides.isEmpty)
        #expect(settings.role(.reviewer, in: profile).model == nil)
    }

    @Test func `all fields of a profile in the user's file are read`() throws {
        let conf = """
            [profiles.work]
            description = "The big one"
            model = "gpt-5"
            working_directory = "~/src/./work"
            [profiles.work.agents.plan.reviewer]
            model = "gpt-6"
            executor = "copilot"
            system_prompt = "Look."
            """
        let settings = try Workspace(conf: conf).load()
        let work = try #require(settings.profiles["work"])
        #expect(settings.warnings.isEmpty && settings.profiles.all.map(\.name) == ["default", "work"])
        #expect(work.name == "work" && work.description == "The big one" && work.origin == .file(Self.conf, line: 1))
        #expect(work.model?.value == "gpt-5" && work.model?.place == "\(Self.conf):3: profiles.work.model")
        #expect(work.workingDirectory?.value == "/home/me/src/work")
        #expect(work.workingDirectory?.place == "\(Self.conf):4: profiles.work.working_directory")
        let reviewer = try #require(work.agents[RoleKey(.plan, .reviewer)])
        #expect(work.agents.count == 1 && reviewer.model?.value == "gpt-6" && reviewer.prompt?.value == "Look.")
        #expect(reviewer.executor?.value == "copilot")
        #expect(reviewer.executor?.place == "\(Self.conf):7: profiles.work.agents.plan.reviewer.executor")
    }

    @Test func `all fields of a profile in the project's file are read`() throws {
        let project = """
            {"profiles": {"a.b": {"description": "", "repository": "x",
              "model": "m", "workingDirectory": "sub",
              "agents": {"single": {"developer": {"model": "n", "executor": "codex"}},
                "reviewer": {"system_prompt": "Look."}}}}}
            """
        let settings = try Workspace(project: project).load()
        let profile = try #require(settings.profiles["A.B"])
        #expect(settings.warnings.isEmpty && profile.description?.isEmpty == true)
        #expect(profile.origin == .file(Self.project, line: 1) && profile.model?.value == "m")
        #expect(profile.workingDirectory?.value == "/project/sub")
        #expect(profile.workingDirectory?.place == "\(Self.project):2: profiles.\"a.b\".workingDirectory")
        #expect(profile.agents[RoleKey(.single, .developer)]?.model?.origin == .file(Self.project, line: 3))
        #expect(profile.agents[RoleKey(nil, .reviewer)]?.prompt?.value == "Look.")
    }

    @Test(arguments: ["working_directory", "workingdirectory", "workingDirectory"])
    func `a working directory has three spellings, and counts from its file`(name: String) throws {
        let toml = try Workspace(conf: "[profiles.a]\n\(name) = 'x'").load()
        #expect(toml.profiles["a"]?.workingDirectory?.value == "/home/me/.config/cm/x")
        let json = try Workspace(project: "{\"profiles\": {\"a\": {\"\(name)\": \"x\"}}}").load()
        #expect(json.profiles["a"]?.workingDirectory?.value == "/project/x")
    }

    @Test func `of two spellings the usual one counts, with a warning`() throws {
        let settings = try Workspace(conf: "[profiles.a]\nworkingdirectory = 'x'\nworking_directory = '/y'").load()
        #expect(settings.profiles["a"]?.workingDirectory?.value == "/y")
        #expect(
            settings.warnings == [
                "\(Self.conf):2: profiles.a.workingdirectory is not read, "
                    + "because profiles.a.working_directory is there"
            ])
    }

    @Test func `profiles of both files are one list, and of one name the project's file wins in each key`() throws {
        let workspace = Workspace(
            conf: """
                [profiles.both]
                description = "user"
                model = "user"
                working_directory = "/user"
                [profiles.both.agents.plan.reviewer]
                model = "user"
                executor = "user"
                system_prompt = "user"
                [profiles.both.agents.plan.planner]
                model = "user"
                [profiles.mine]
                """,
            project: """
                {"profiles": {"both": {"model": "project", "agents": {"plan": {"reviewer": {"executor": "project"}}}},
                  "its": {}}}
                """)
        let settings = try workspace.load()
        #expect(settings.profiles.all.map(\.name) == ["both", "default", "its", "mine"])
        let both = try #require(settings.profiles["both"])
        #expect(both.origin == .file(Self.project, line: 1) && both.description == "user")
        #expect(both.model?.value == "project" && both.workingDirectory?.value == "/user")
        let reviewer = both.agents[RoleKey(.plan, .reviewer)]
        #expect(reviewer?.model?.value == "user" && reviewer?.prompt?.value == "user")
        #expect(reviewer?.executor?.value == "project")
        #expect(both.agents[RoleKey(.plan, .planner)]?.model?.value == "user")
    }

    @Test func `a prompt of the project's file wins over a prompt file of the user's`() throws {
        let workspace = Workspace(
            conf: "[profiles.a.agents.developer]\nsystem_prompt_file = 'p.md'",
            project: #"{"profiles": {"a": {"agents": {"developer": {"system_prompt": "project"}}}}}"#,
            files: ["/home/me/.config/cm/p.md": "user"])
        let settings = try workspace.load()
        let profile = try #require(settings.profiles["a"])
        #expect(settings.role(.developer, in: profile).prompt?.value == "project")
        #expect(settings.warnings.isEmpty)
    }

    @Test(arguments: [
        "[profile]\ndefault = 'work'\n[profiles.work]", "[profiles]\ndefault = 'work'\nwork = {}",
        "[profile]\ndefault = ' WORK '\n[profiles.work]", "profile.default = 'Work'\nprofiles.work.model = 'm'",
    ])
    func `the profile of new conversations is named in one of two places, in any case of letters`(conf: String) throws {
        #expect(try Workspace(conf: conf).load().profiles.standard.name == "work")
    }

    @Test func `of both places the setting counts, with a warning`() throws {
        let settings = try Workspace(
            conf: "[profiles]\ndefault = 'b'\n[profile]\ndefault = 'a'\n[profiles.a]\n[profiles.b]"
        ).load()
        #expect(settings.profiles.standard.name == "a")
        #expect(
            settings.warnings == [
                "\(Self.conf):2: profiles.default is not read, because profile.default is there"
            ])
    }

    @Test func `the profile of new conversations follows the order of the layers`() throws {
        let conf = "profile.default = 'a'\n[profiles.a]\n[profiles.b]\n[profiles.c]"
        let project = #"{"profiles": {"default": "b"}}"#
        #expect(try Workspace(conf: conf, project: project).load().profiles.standard.name == "b")
        let environment = ["CM_PROFILE_DEFAULT": "c"]
        let settings = try Workspace(conf: conf, project: project, environment: environment).load()
        #expect(settings.profiles.standard.name == "c")
        #expect(settings.origin(of: .profileDefault) == .environment("CM_PROFILE_DEFAULT"))
    }

    @Test func `somebody may write the profile that is always there`() throws {
        let settings = try Workspace(conf: "[profiles.Default]\nmodel = 'm'").load()
        #expect(settings.profiles.all.map(\.name) == ["Default"])
        #expect(settings.profiles.standard.model?.value == "m")
    }

    @Test func `a hundred profiles in each file are read, with the line of each`() throws {
        let conf = (0..<100).map { "[profiles.p\($0)]\nmodel = 'm\($0)'\n" }.joined()
        let project = (50..<150).map { "\"p\($0)\": {\"description\": \"d\($0)\"}" }.joined(separator: ",\n")
        let settings = try Workspace(conf: conf, project: "{\"profiles\": {\n\(project)}}").load()
        #expect(settings.warnings.isEmpty && settings.profiles.all.count == 151)
        for number in 0..<150 {
            let profile = try #require(settings.profiles["P\(number)"])
            #expect(profile.model?.value == (number < 100 ? "m\(number)" : nil))
            #expect(profile.description == (number < 50 ? nil : "d\(number)"))
            let inConf = Origin.file(Self.conf, line: number * 2 + 1)
            #expect(profile.origin == (number < 50 ? inConf : .file(Self.project, line: number - 48)))
        }
    }

    @Test(arguments: [("0", 0), (" 7 ", 7), ("9223372036854775807", Int.max)])
    func `the rounds of reviews are a whole number`(text: String, rounds: Int) throws {
        let environment = Workspace(environment: ["CM_CODEX_MAX_REVIEW_ROUNDS": text])
        #expect(try environment.load()[.codexMaxReviewRounds] == rounds)
        #expect(try Workspace(conf: "codex.max_review_rounds = \(text)").load()[.codexMaxReviewRounds] == rounds)
        #expect(try Workspace().load()[.codexMaxReviewRounds] == 3)
    }
}
