extension SettingKey where Value == String {
    /// The Codex program: a name looked up in `PATH`, or an absolute path.
    public static var codexCommand: Self {
        Self(
            "codex.command", default: "codex", form: .program,
            summary: "The Codex program: a name in PATH, or a path.")
    }

    /// `untrusted`, `on-request` or `never`, as Codex spells them.
    public static var codexApprovalPolicy: Self {
        Self(
            "codex.approval_policy", default: "on-request", form: .choice("untrusted", "on-request", "never"),
            summary: "When Codex asks before it acts: untrusted, on-request or never.")
    }

    /// `read-only`, `workspace-write` or `danger-full-access`, as Codex spells them.
    public static var codexSandbox: Self {
        Self(
            "codex.sandbox", default: "workspace-write",
            form: .choice("read-only", "workspace-write", "danger-full-access"),
            summary: "What Codex may touch: read-only, workspace-write or danger-full-access.")
    }

    /// How `cm` speaks with Codex: `auto`, `app-server` or `mcp`.
    ///
    /// `auto` is the app-server when its handshake answers in time, else MCP.
    public static var codexTransport: Self {
        Self(
            "codex.transport", default: "auto", form: .choice("auto", "app-server", "mcp"),
            summary: "How to speak with Codex: auto, app-server or mcp; auto takes the first that answers.")
    }
}

extension SettingKey where Value == String? {
    /// The model Codex uses; nil for its own default.
    public static var codexAgentModel: Self {
        Self(
            "codex.agent_model", established: ["CODEX_MODEL"], default: nil, form: ValueForm.text.optional,
            example: #""gpt-5-codex""#, summary: "The model Codex uses; its own default when not set.")
    }

    /// Where Codex works, an absolute path; nil for the current directory.
    public static var codexAgentWorkingDirectory: Self {
        Self(
            "codex.agent_working_directory", default: nil, form: ValueForm.path.optional,
            example: #""~/src/project""#,
            summary: "Where Codex works; the current directory when not set.")
    }

    /// The program that serves Codex over MCP; nil for ``codexCommand``.
    public static var codexMCPCommand: Self {
        Self(
            "codex.mcp_command", default: nil, form: ValueForm.program.optional, example: #""codex""#,
            summary: "The program that serves Codex over MCP; that of codex.command when not set.")
    }
}

extension SettingKey where Value == [String] {
    /// The arguments of ``codexMCPCommand``.
    public static var codexMCPArguments: Self {
        Self(
            "codex.mcp_args", default: ["mcp-server"], form: .words,
            summary: "The arguments of the program that serves Codex over MCP.")
    }
}

extension SettingKey where Value == Int {
    /// How many times the work of one message is reviewed at most; 0 for no review.
    public static var codexMaxReviewRounds: Self {
        Self(
            "codex.max_review_rounds", default: 3, form: .count,
            summary: "How many times the work is reviewed at most, in plan mode; 0 for no review.")
    }
}

extension SettingKey where Value == Bool {
    /// Whether Codex is never used.
    public static var codexIsDisabled: Self {
        Self(
            "codex.disabled", established: ["CODEX_SDK_DISABLED"], default: false, form: .boolean,
            summary: "Whether Codex is never used.")
    }
}

extension SettingKey where Value == Duration {
    /// How long Codex may take to start, up to the answer of its handshake.
    public static var codexHandshakeTimeout: Self {
        Self(
            "codex.handshake_timeout", default: .seconds(10), form: .seconds,
            summary: "Seconds Codex may take to start and answer its handshake.")
    }

    /// How long an interrupt may take before the agent's process is replaced.
    public static var codexInterruptTimeout: Self {
        Self(
            "codex.interrupt_timeout", default: .seconds(5), form: .seconds,
            summary: "Seconds an interrupt may take before the agent's process is replaced.")
    }

    /// How long requests are repeated that Codex refuses because it is overloaded.
    public static var codexRetryTimeout: Self {
        Self(
            "codex.retry_timeout", default: .seconds(120), form: .seconds,
            summary: "Seconds in which a request is repeated while Codex says that it is overloaded.")
    }
}
