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
