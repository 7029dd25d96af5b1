/// Settings of parts that this version does not have: they are no mistakes, but they do nothing.
enum UnusedSettings {
    /// Tables, and keys in tables that are in use.
    static let paths: Set = [
        "telegram", "telegram.polling", "profile", "profiles", "agents",
        "codex.mcp_command", "codex.mcp_args", "codex.mcp_client_timeout_seconds", "codex.allow_echo_executor",
        "codex.mcp_direct_status", "codex.mcp_status_cmd", "codex.mcp_auto_detect_process",
        "codex.max_review_rounds",
    ]

    /// Variables, with those of ``paths``.
    static let names: Set<String> = Set(paths.map(AnySettingKey.environmentName)).union([
        "CODEX_MONITOR_MODE", "CODEX_MONITOR_PROFILE", "CODEX_MONITOR_REPO", "CODEX_MONITOR_REPO_NAME",
        "EXECUTORS", "EXECUTOR_DISTRIBUTION",
        "FAILOVER_STRATEGY", "FAILOVER_MAX_RETRIES", "FAILOVER_COOLDOWN_MIN", "FAILOVER_DISABLE_AFTER",
    ])
}
