extension SettingKey where Value == Duration {
    /// The longest one turn may take before it is interrupted.
    public static var turnTimeout: Self {
        Self(
            "turn.timeout", default: .seconds(3600), form: .seconds,
            summary: "Seconds one turn may take before it is interrupted.")
    }

    /// How long an agent may say nothing before it counts as silent.
    public static var turnSilentAfter: Self {
        Self(
            "turn.silent_after", default: .seconds(300), form: .seconds,
            summary: "Seconds without a sign of the agent after which it counts as silent.")
    }
}
