import JSONRPC

/// What Codex's own configuration says about matters on which we overrule it.
struct CodexConfiguration {
    private let values: JSONValue

    /// Takes what `config/read` answers; anything else reads as an empty configuration.
    init(_ answer: JSONValue) { values = answer["config"] ?? [:] }

    /// The provider of the models; Codex's default when none is configured.
    var modelProvider: String { values["model_provider"]?.text ?? "openai" }

    /// The model that answers when none is asked for; nil when Codex chooses.
    var model: String? { values["model"]?.text }

    /// What the user has the model told in every thread; nil for nothing.
    var developerInstructions: String? { values["developer_instructions"]?.text }

    /// The sandbox called `mode`, as a turn wants it; nil for a name we do not know.
    ///
    /// The user's refinements of `workspace-write` are kept.
    func sandboxPolicy(_ mode: String) -> JSONValue? {
        switch mode {
        case "read-only": return ["type": "readOnly"]
        case "danger-full-access": return ["type": "dangerFullAccess"]
        case "workspace-write":
            let refined = values["sandbox_workspace_write"] ?? [:]
            return [
                "type": "workspaceWrite", "writableRoots": refined["writable_roots"] ?? [],
                "networkAccess": refined["network_access"] ?? false,
                "excludeTmpdirEnvVar": refined["exclude_tmpdir_env_var"] ?? false,
                "excludeSlashTmp": refined["exclude_slash_tmp"] ?? false,
            ]
        default: return nil
        }
    }
}
