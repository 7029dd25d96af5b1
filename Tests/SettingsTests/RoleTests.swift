import Settings
import Testing

@Suite struct RoleTests {
    /// Every table that may say something about the reviewer in plan mode, the winning one first.
    private static let reviewerTables = [
        "profiles.a.agents.plan.reviewer", "profiles.a.agents.single.reviewer", "profiles.a.agents.reviewer",
        "agents.plan.reviewer", "agents.single.reviewer", "agents.reviewer",
    ]

    @Test(arguments: 0...reviewerTables.count)
    func `the first table that has a model counts, then the model of the profile`(first: Int) throws {
        let tables = Self.reviewerTables.dropFirst(first)
        let conf = "profiles.a.model = 'own'\n" + tables.map { "[\($0)]\nmodel = '\($0)'\n" }.joined()
        let settings = try Workspace(conf: conf).load()
        let profile = try #require(settings.profiles["a"])
        #expect(settings.role(.reviewer, in: profile).model?.value == tables.first ?? "own")
        #expect(settings.warnings.isEmpty)
    }

    @Test func `each field is looked for on its own`() throws {
        let conf = """
            [profiles.a]
            model = "own"
            [profiles.a.agents.plan.reviewer]
            model = "1"
            [profiles.a.agents.reviewer]
            model = "2"
            executor = "2"
            [agents.plan.reviewer]
            model = "3"
            executor = "3"
            system_prompt = "3"
            """
        let settings = try Workspace(conf: conf).load()
        let profile = try #require(settings.profiles["a"])
        let reviewer = settings.role(.reviewer, in: profile)
        #expect(reviewer.model?.value == "1" && reviewer.executor?.value == "2" && reviewer.prompt?.value == "3")
        #expect(reviewer.prompt?.place == "~/.config/cm/conf.toml:11: agents.plan.reviewer.system_prompt")
        let planner = settings.role(.planner, in: profile)
        #expect(planner.model?.value == "own" && planner.executor == nil && planner.prompt == nil)
        #expect(planner.model?.place == "~/.config/cm/conf.toml:2: profiles.a.model")
    }

    @Test func `roles outside of profiles hold for every profile`() throws {
        let settings = try Workspace(
            conf: "[agents.plan.planner]\nsystem_prompt = 'top'\n[profiles.a.agents.plan.planner]\nmodel = 'm'",
            project: #"{"profiles": {"b": {}}}"#
        ).load()
        #expect(settings.profiles.all.map(\.name) == ["a", "b", "default"])
        for profile in settings.profiles.all {
            #expect(settings.role(.planner, in: profile).prompt?.value == "top")
        }
    }

    @Test(
        arguments: [
            (["plan", "single", "short"], "plan", "single"), (["single", "short"], "single", "single"),
            (["short"], "short", "short"), (["plan", "short"], "plan", "short"), (["plan"], "plan", nil),
            ([], nil, nil),
        ] as [([String], String?, String?)])
    func `what is written for plan mode does not count in single mode`(
        tables: [String], plan: String?, single: String?
    ) throws {
        for parent in ["", "profiles.default."] {
            let conf = tables.map { name in
                "[\(parent)agents.\(name == "short" ? "" : name + ".")developer]\nmodel = '\(name)'\n"
            }.joined()
            let settings = try Workspace(conf: conf).load()
            let profile = settings.profiles.standard
            #expect(settings.role(.developer, in: profile).model?.value == plan)
            #expect(settings.role(.developer, in: profile, mode: .single).model?.value == single)
        }
    }

    @Test(arguments: RoleKey.Role.allCases)
    func `each role has a table`(role: RoleKey.Role) throws {
        let settings = try Workspace(conf: "[agents.plan.\(role.rawValue)]\nmodel = 'm'").load()
        for other in RoleKey.Role.allCases {
            let model = settings.role(other, in: settings.profiles.standard).model?.value
            #expect(model == (other == role ? "m" : nil))
        }
    }

    @Test func `roles and settings share a table`() throws {
        let settings = try Workspace(
            conf: "[agents]\nidle_unload = 5\nplan = { planner.model = 'm' }\ndeveloper.model = 'n'"
        ).load()
        #expect(settings[.agentsIdleUnload] == .seconds(5) && settings.warnings.isEmpty)
        #expect(settings.role(.planner, in: settings.profiles.standard).model?.value == "m")
        #expect(settings.role(.developer, in: settings.profiles.standard).model?.value == "n")
    }
}
