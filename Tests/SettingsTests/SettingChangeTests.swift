import Settings
import Testing

@Suite struct SettingChangeTests {
    private static let mine = #"{"name": "mine", "executor": "CUSTOM", "command": ["a", "hunter2"]}"#
    private static let fast = #"{"name": "fast", "executor": "CODEX", "model": "m"}"#

    private func changes(from old: Workspace, to new: Workspace) throws -> [String] {
        try new.load().changes(since: try old.load()).map(\.description)
    }

    private func project(_ executors: String...) -> Workspace {
        Workspace(project: "{\"executors\": [\(executors.joined(separator: ",\n"))]}")
    }

    @Test func `each change names its key, its place, and both values`() throws {
        let old = Workspace(conf: "[codex]\nsandbox = \"read-only\"\n[turn]\ntimeout = 1.5\n")
        let new = Workspace(conf: "[codex]\n\nsandbox = \"workspace-write\"\n", dotEnv: "CODEX_MODEL=gpt")
        #expect(
            try changes(from: old, to: new) == [
                "codex.agent_model (.env:1): not set → \"gpt\"",
                "codex.sandbox (~/.config/cm/conf.toml:3): \"read-only\" → \"workspace-write\"",
                "turn.timeout (default): 1.5 → 3600",
            ])
    }

    @Test func `the same value from another place is no change`() throws {
        let old = Workspace(conf: "[codex]\nsandbox = \"read-only\"\n")
        let new = Workspace(conf: "\n[codex]\n# why\nsandbox = \"read-only\"\n", dotEnv: "CM_CODEX_SANDBOX=read-only")
        #expect(try changes(from: old, to: new).isEmpty)
    }

    @Test func `a secret is told of and not shown`() throws {
        let (none, one, two) = (
            Workspace(), Workspace(dotEnv: "OPENAI_API_KEY=hunter1"), Workspace(dotEnv: "OPENAI_API_KEY=hunter2")
        )
        #expect(try changes(from: none, to: one) == ["provider.api_key (.env:1): not set → (hidden)"])
        #expect(try changes(from: one, to: two) == ["provider.api_key (.env:1): (hidden) → (hidden)"])
        #expect(try changes(from: two, to: none) == ["provider.api_key (default): (hidden) → not set"])
        #expect(try changes(from: two, to: two).isEmpty)
    }

    @Test func `executors are new, changed or gone, or in another order`() throws {
        let place = "codex-monitor.config.json"
        #expect(try changes(from: Workspace(), to: project(Self.mine)) == ["executor mine (\(place):1): new"])
        let edited = Self.mine.replacing("hunter2", with: "hunter3")
        // What the others have of 100 changes with their number.
        #expect(
            try changes(from: project(Self.fast, Self.mine), to: project(Self.fast, edited)) == [
                "executor mine (\(place):2): changed"
            ])
        #expect(try changes(from: project(Self.mine), to: Workspace()) == ["executor mine (\(place):1): gone"])
        #expect(
            try changes(from: project(Self.fast, Self.mine), to: project(Self.mine, Self.fast)) == [
                "executors (\(place):1): in another order"
            ])
        #expect(try changes(from: project(Self.mine), to: project("\n" + Self.mine)).isEmpty)
    }

    @Test func `profiles are new, changed or gone`() throws {
        let place = "~/.config/cm/conf.toml"
        let (none, one) = (Workspace(), Workspace(conf: "[profiles.work]\nmodel = \"m\"\n"))
        #expect(try changes(from: none, to: one) == ["profile work (\(place):1): new"])
        #expect(try changes(from: one, to: none) == ["profile work (\(place):1): gone"])
        for other in [
            "model = \"n\"", "model = \"m\"\ndescription = \"d\"", "model = \"m\"\nworking_directory = \"d\"",
            "model = \"m\"\nagents.reviewer.executor = \"e\"", "",
        ] {
            let changed = Workspace(conf: "[profiles.work]\n\(other)\n")
            #expect(try changes(from: one, to: changed) == ["profile work (\(place):1): changed"])
        }
        let moved = Workspace(project: #"{"profiles": {"work": {"model": "m"}}}"#)
        #expect(try changes(from: one, to: moved).isEmpty)
        let unused = Workspace(conf: "[profiles.work]\nmodel = \"m\"\nenv = { A = \"1\" }\n")
        #expect(try changes(from: one, to: unused).isEmpty)
    }

    @Test func `the default profile is changed when somebody writes it`() throws {
        let written = Workspace(conf: "[profiles.default]\nmodel = \"m\"\n")
        #expect(
            try changes(from: Workspace(), to: written) == ["profile default (~/.config/cm/conf.toml:1): changed"])
        #expect(try changes(from: written, to: Workspace()) == ["profile default (default): changed"])
    }

    @Test func `the roles of all profiles are new, changed or gone, in a fixed order`() throws {
        let place = "~/.config/cm/conf.toml"
        let old = Workspace(conf: "[agents.plan.reviewer]\nmodel = \"m\"\n[agents.plan.selector]\nmodel = \"m\"\n")
        let new = Workspace(
            conf: "[agents.plan.reviewer]\nmodel = \"n\"\n[agents.developer]\nexecutor = \"codex\"\n")
        #expect(
            try changes(from: old, to: new) == [
                "role developer of all profiles (\(place):4): new",
                "role plan.selector of all profiles (\(place):4): gone",
                "role plan.reviewer of all profiles (\(place):2): changed",
            ])
        let prompt = Workspace(conf: "[agents.plan.planner]\nsystem_prompt = \"Plan.\"\n")
        #expect(
            try changes(from: Workspace(), to: prompt) == [
                "prompt agents.plan.planner.system_prompt (\(place):2): new"
            ])
        let moved = Workspace(conf: "[agents.plan]\nselector.model = \"m\"\nreviewer.model = \"m\"\n")
        #expect(try changes(from: old, to: moved).isEmpty)
    }

    @Test func `a warning that moved is not new, one with another text or file is`() throws {
        func news(_ old: Workspace, _ new: Workspace) throws -> [String] {
            try new.load().warnings(since: try old.load())
        }
        let old = Workspace(conf: "zebra = 1\n", dotEnv: "CM_A=1")
        #expect(try news(old, Workspace(conf: "\n\nzebra = 1\n", dotEnv: "# why\nCM_A=1")).isEmpty)
        #expect(
            try news(old, Workspace(conf: "ant = 1\nzebra = 1\n", environment: ["CM_A": "1"])) == [
                "environment CM_A: unknown name CM_A", "~/.config/cm/conf.toml:1: unknown key ant",
            ])
        #expect(try news(old, old).isEmpty)
    }

    @Test func `a part is the same as long as its own values are`() throws {
        let keys = [AnySettingKey(.codexSandbox), AnySettingKey(.providerAPIKey)]
        func part(_ workspace: Workspace) throws -> SettingsPart { try workspace.load().part(keys) }
        let first = try part(Workspace(dotEnv: "OPENAI_API_KEY=a"))
        #expect(try first == part(Workspace(dotEnv: "CM_PROVIDER_API_KEY=a", environment: ["CODEX_MODEL": "b"])))
        #expect(try first != part(Workspace(dotEnv: "OPENAI_API_KEY=b")))
        #expect(try first != part(Workspace(dotEnv: "OPENAI_API_KEY=a\nCM_CODEX_SANDBOX=read-only")))
        #expect(first[.codexSandbox] == "workspace-write")
    }
}
