/// Settings of parts that this version does not have: they are no mistakes, but they do nothing.
enum UnusedSettings {
    /// Keys in tables that are in use.
    static let paths: Set = [
        "telegram.polling.loop_sleep_sec",
        "codex.mcp_client_timeout_seconds", "codex.allow_echo_executor",
        "codex.mcp_direct_status", "codex.mcp_status_cmd", "codex.mcp_auto_detect_process",
    ]

    /// Variables, with those of ``paths``.
    static let names: Set<String> = Set(paths.map(AnySettingKey.environmentName)).union([
        "CODEX_MONITOR_MODE", "CODEX_MONITOR_PROFILE", "CODEX_MONITOR_REPO", "CODEX_MONITOR_REPO_NAME",
        "EXECUTOR_DISTRIBUTION", "FAILOVER_STRATEGY", "FAILOVER_MAX_RETRIES", "FAILOVER_COOLDOWN_MIN",
        "FAILOVER_DISABLE_AFTER",
    ])

    /// Keys of a profile in either file: they would apply to a process that starts with the profile.
    static let profileKeys: Set = [
        "env", "envFile", "env_file", "envOverride", "env_override", "overrides", "config", "settings",
    ]

    /// Keys of the project file, those of earlier versions of its format among them.
    static let projectKeys: Set = [
        "$schema", "projectName", "mode", "orchestratorScript", "orchestratorArgs", "logDir", "watchPath",
        "watchEnabled", "echoLogs", "autoFixEnabled", "codexEnabled", "vkSpawnEnabled", "plannerMode", "distribution",
        "defaultRepository", "kanban", "failover", "repositoryDefaults", "repositories",
        "defaultRepo", "defaultProfile", "defaultEnvProfile", "envProfiles", "cacheDir", "statusPath",
        "telegramPollLockPath", "vkAutoConfig",
    ]
}
