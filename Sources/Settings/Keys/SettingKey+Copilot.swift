extension SettingKey where Value == String {
    /// The Copilot program: a name looked up in `PATH`, or an absolute path.
    public static var copilotCommand: Self {
        Self(
            "copilot.command", default: "copilot", form: .program,
            summary: "The Copilot program: a name in PATH, or a path.")
    }
}

extension SettingKey where Value == String? {
    /// The model Copilot uses; nil for its own default.
    public static var copilotModel: Self {
        Self(
            "copilot.model", established: ["COPILOT_MODEL"], default: nil, form: ValueForm.text.optional,
            example: #""gpt-5""#, summary: "The model Copilot uses; its own default when not set.")
    }
}

extension SettingKey where Value == Bool {
    /// Whether Copilot is never used.
    public static var copilotIsDisabled: Self {
        Self(
            "copilot.disabled", established: ["COPILOT_SDK_DISABLED"], default: false, form: .boolean,
            summary: "Whether Copilot is never used.")
    }
}

extension SettingKey where Value == Duration {
    /// How long Copilot may take to start, up to the answer of its handshake.
    ///
    /// Two seconds are usual and the first run ever takes four more; the default leaves room for a slow machine.
    public static var copilotHandshakeTimeout: Self {
        Self(
            "copilot.handshake_timeout", default: .seconds(30), form: .seconds,
            summary: "Seconds Copilot may take to start and answer its handshake.")
    }

    /// How long an interrupt may take before Copilot's process is replaced.
    public static var copilotInterruptTimeout: Self {
        Self(
            "copilot.interrupt_timeout", default: .seconds(5), form: .seconds,
            summary: "Seconds an interrupt may take before Copilot's process is replaced.")
    }
}
