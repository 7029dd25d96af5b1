import Settings
import Testing

@Suite struct ExecutorTests {
    private static let name = "codex-monitor.config.json"

    @Test func `all fields of the file are read`() throws {
        let executors = try read(
            """
            {"name": "fast", "executor": "Copilot", "variant": "CLAUDE_OPUS_4_6", "weight": 12.5, "role": "Primary",
             "enabled": false, "model": "own/model:1", "roles": false},
            {"executor": "CUSTOM", "command": ["./agent", "./a b", ""], "roles": true, "weight": 0}
            """)
        let (fast, custom) = (executors[0], executors[1])
        #expect(fast.name == "fast" && fast.kind == .copilot && fast.variant == "CLAUDE_OPUS_4_6")
        #expect(fast.weight == 12.5 && fast.role == .primary && !fast.isEnabled && !fast.playsRoles)
        #expect(fast.model == "own/model:1" && fast.command.isEmpty)
        #expect(fast.origin == .file(Self.name, line: 2))
        #expect(custom.name == "custom-1" && custom.kind == .custom && custom.variant == "DEFAULT")
        #expect(custom.command == ["/project/agent", "./a b", ""])
        #expect(custom.playsRoles && custom.isEnabled && custom.role == .none && custom.model == nil)
        #expect(custom.origin == .file(Self.name, line: 4))
    }

    @Test func `what nobody writes has a default`() throws {
        let executors = try read(
            """
            {"executor": "CODEX"}, {"executor": "COPILOT", "variant": "GPT_5_1"},
            {"executor": "CUSTOM", "command": ["a"]}, {"executor": "CUSTOM", "command": ["~/b"], "variant": "B_C"},
            {"executor": "CUSTOM", "command": ["a"]}
            """)
        #expect(executors.map(\.name) == ["codex-default", "copilot-gpt-5-1", "custom-1", "custom-b-c", "custom-3"])
        #expect(executors.map(\.model) == [nil, "gpt-5.1", nil, nil, nil])
        #expect(executors.map(\.playsRoles) == [true, true, false, false, false])
        #expect(executors.map(\.weight) == [20, 20, 20, 20, 20])
        #expect(executors.map(\.role) == [.none, .none, .none, .none, .none])
        #expect(executors[3].command == ["/home/me/b"])
    }

    @Test(arguments: [
        ("CODEX:A,COPILOT:B", [50, 50]), ("CODEX:A:40,CODEX:B,CODEX:C", [40, 30, 30]), ("CODEX:A:3,CODEX:B:1", [3, 1]),
        ("CODEX:A:0,CODEX:B", [0, 100]), ("CODEX:A::backup", [100]), ("CODEX:A:1e2,CODEX:B:0.5", [100, 0.5]),
    ])
    func `a weight that is omitted is an equal share of what is left of 100`(text: String, weights: [Double]) throws {
        #expect(try Workspace(environment: ["EXECUTORS": text]).load().executors.map(\.weight) == weights)
    }

    @Test func `a share of nothing is 0, with a warning`() throws {
        let settings = try Workspace(environment: ["EXECUTORS": "CODEX:A:100,CODEX:B"]).load()
        #expect(settings.executors.map(\.weight) == [100, 0])
        #expect(
            settings.warnings == ["environment EXECUTORS: executors: the others have all of 100, so its weight is 0"])
    }

    @Test func `one that is disabled takes no share`() throws {
        let executors = try read(
            """
            {"executor": "CODEX", "enabled": false, "weight": 80}, {"executor": "COPILOT"},
            {"executor": "CODEX", "variant": "B", "enabled": false}
            """)
        #expect(executors.map(\.weight) == [80, 100, 0])
    }

    @Test(
        arguments: [
            ("codex:A, Copilot:B ,CODEX:C:1,CODEX:D", [.primary, .backup, .tertiary, .none]),
            ("CODEX:A:1:none,COPILOT:B:1:PRIMARY,CODEX:C,", [.none, .primary, .none]),
        ] as [(String, [ExecutorSetting.Role])])
    func `without any role in the variable its order is meant`(text: String, roles: [ExecutorSetting.Role]) throws {
        #expect(try Workspace(environment: ["EXECUTORS": text]).load().executors.map(\.role) == roles)
    }

    @Test(arguments: [
        ("DEFAULT", nil), ("default", nil), ("CLAUDE_OPUS_4_6", "claude-opus-4.6"), ("GPT_5_1_CODEX", "gpt-5.1-codex"),
        ("GPT_5_CODEX", "gpt-5-codex"), ("GPT_4O", "gpt-4o"), ("O3", "o3"), ("gpt-5.1", "gpt-5.1"), ("_A__B_", "a-b"),
        ("1_2_3", "1.2.3"), ("_", nil),
    ])
    func `a variant names a model`(variant: String, model: String?) {
        #expect(ExecutorVariant.model(of: variant) == model)
    }

    @Test(arguments: [
        ("codex", "CODEX", true), ("copilot", "COPILOT", true), ("codex", "COPILOT", false), ("Auto", "CODEX", false),
        ("codex-mcp", "CODEX", false), ("offline", "CODEX", false), ("copilot", "CODEX", false),
        ("codex2", "CODEX", true),
    ])
    func `a name with a meaning belongs to its own kind alone`(name: String, kind: String, isValid: Bool) {
        let problem = "\(Self.name):2: executors[0]: the name \(name) means another agent; choose a different one"
        #expect(problems(#"{"name": "\#(name)", "executor": "\#(kind)"}"#) == (isValid ? [] : [problem]))
    }

    @Test func `two with one name are an error`() {
        #expect(
            problems("{\"executor\": \"CODEX\"},\n{\"executor\": \"COPILOT\", \"name\": \"Codex-Default\"}") == [
                "\(Self.name):3: executors[1]: the name Codex-Default is that of the executor at \(Self.name):2 too; "
                    + "each needs its own"
            ])
    }

    private func read(_ executors: String) throws -> [ExecutorSetting] {
        try Workspace(project: "{\"executors\": [\n\(executors)]}").load().executors
    }

    private func problems(_ executors: String) -> [String] {
        Workspace(project: "{\"executors\": [\n\(executors)]}").problems()
    }
}
