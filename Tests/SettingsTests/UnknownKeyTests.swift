import Settings
import Testing

@Suite struct UnknownKeyTests {
    private static let conf = "~/.config/cm/conf.toml"

    @Test(arguments: [
        ("codex.sandbx = 1", "unknown key codex.sandbx; did you mean codex.sandbox?"),
        ("[codex]\nsnadbox = 1", "unknown key codex.snadbox; did you mean codex.sandbox?"),
        ("codex.colour = 1", "unknown key codex.colour"),
        ("sandbox = 1", "unknown key sandbox; did you mean codex.sandbox?"),
        ("[codx]\nsandbox = 1", "unknown table [codx]; did you mean [codex]?"),
        ("[kitchen]\nsink = 1", "unknown table [kitchen]"),
        ("\"codex.sandbox\" = 1", "unknown key \"codex.sandbox\"; did you mean codex.sandbox?"),
    ])
    func `an unknown key of the file is a warning`(text: String, warning: String) throws {
        let line = text.hasPrefix("[codex]") ? 2 : 1
        #expect(try Workspace(conf: text).load().warnings == ["\(Self.conf):\(line): \(warning)"])
    }

    @Test(arguments: [("\\u0000", "a"), ("\\n", "\"a\\nb\"")])
    func `a key with an escape is a warning without its line`(escape: String, shown: String) throws {
        let settings = try Workspace(conf: "\"a\(escape)b\" = 1").load()
        #expect(settings.warnings == ["\(Self.conf): unknown key \(shown)"])
    }

    @Test func `keys that have no meaning yet are told, beside those that have`() throws {
        let conf = """
            [telegram]
            allowed_users = [5, "6"]
            [telegram.polling]
            loop_sleep_sec = 1
            poll_timeout = 5
            """
        #expect(
            try Workspace(conf: conf).load().warnings == [
                "\(Self.conf):4: telegram.polling.loop_sleep_sec is not used by this version"
            ])
    }

    @Test(arguments: [
        "mcp_client_timeout_seconds", "allow_echo_executor", "mcp_direct_status",
        "mcp_status_cmd", "mcp_auto_detect_process",
    ])
    func `a key of a part this version lacks is a warning`(name: String) throws {
        #expect(
            try Workspace(conf: "[codex]\n\(name) = 1\nsandbox = 'read-only'").load().warnings == [
                "\(Self.conf):2: codex.\(name) is not used by this version"
            ])
    }

    @Test(arguments: [
        ("CM_CODEX_SANDBX", "unknown name CM_CODEX_SANDBX; did you mean CM_CODEX_SANDBOX?"),
        ("CM_STATE_DIRS", "unknown name CM_STATE_DIRS; did you mean CM_STATE_DIR?"),
        ("CM_KITCHEN", "unknown name CM_KITCHEN"),
        ("CODEX_MONITOR_FOO", "unknown name CODEX_MONITOR_FOO"),
        ("FAILOVER_STRATEGY", "FAILOVER_STRATEGY is not used by this version"),
        ("EXECUTOR", "unknown name EXECUTOR; did you mean EXECUTORS?"),
        ("EXECUTOR_DISTRIBUTION", "EXECUTOR_DISTRIBUTION is not used by this version"),
        ("CM_CODEX_MCP_STATUS_CMD", "CM_CODEX_MCP_STATUS_CMD is not used by this version"),
    ])
    func `an unknown variable with a prefix of ours is a warning`(name: String, warning: String) throws {
        #expect(try Workspace(environment: [name: "1"]).load().warnings == ["environment \(name): \(warning)"])
        #expect(try Workspace(dotEnv: "#\n\(name)=1").load().warnings == [".env:2: \(warning)"])
    }

    @Test(arguments: ["PATH", "CODEX_MODLE", "OPENAI_API_KEY", "CM_STATE_DIR", "CODEX_CONF_PATH", "CM_MARKER"])
    func `other names are none of our business`(name: String) throws {
        var workspace = Workspace(dotEnv: "\(name)=1")
        workspace.sources.knownNames = ["CM_MARKER"]
        #expect(try workspace.load().warnings.isEmpty)
    }

    @Test func `warnings come in the order of layers and lines`() throws {
        let workspace = Workspace(
            conf: "zebra = 1\nant = 1", dotEnv: "CM_A=1", environment: ["CM_Z": "1", "CM_B": "1"])
        #expect(
            try workspace.load().warnings == [
                "environment CM_B: unknown name CM_B", "environment CM_Z: unknown name CM_Z",
                ".env:1: unknown name CM_A",
                "\(Self.conf):1: unknown key zebra", "\(Self.conf):2: unknown key ant",
            ])
    }
}
