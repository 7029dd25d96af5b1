extension SettingKey where Value == String {
    /// What becomes of a message that comes while a turn runs: `queue` or `steer`.
    public static var busy: Self {
        Self(
            "busy", default: "queue", form: .choice("queue", "steer"),
            summary:
                "What becomes of a message while a turn runs: queue lets it wait, steer hands it into the turn."
        )
    }

    /// How messages are worked on where nobody chose: `plan` or `single`.
    public static var chatMode: Self {
        Self(
            "chat.mode", default: "plan", form: .choice("plan", "single"),
            summary: "How messages are worked on where nobody chose: plan or single.")
    }

    /// The name of the profile of new conversations; there is one of that name, in some case of letters.
    public static var profileDefault: Self {
        Self(
            "profile.default", default: ProfileList.always, form: .profileName,
            summary: "The profile of new conversations.")
    }
}

extension SettingKey where Value == Duration? {
    /// How long an approval waits before it is denied; nil for ever.
    public static var approvalTimeout: Self {
        Self(
            "approval.timeout", default: nil, form: ValueForm.seconds.optional, example: "600",
            summary: "Seconds an approval waits for an answer before it is denied; for ever when not set."
        )
    }
}

extension SettingKey where Value == Duration {
    /// How long an agent that is to end may take, once by itself and once more after SIGTERM.
    public static var agentsExitGrace: Self {
        Self(
            "agents.exit_grace", default: .seconds(2), form: .seconds,
            summary: "Seconds an agent may take to end, once by itself and once more after SIGTERM.")
    }

    /// How long turns that run may go on when the monitor is to end.
    public static var shutdownGrace: Self {
        Self(
            "shutdown.grace", default: .seconds(30), form: .seconds,
            summary: "Seconds that running turns get to finish when the monitor is told to end.")
    }

    /// How long a conversation may be idle before its agent unloads it; the next message resumes it.
    public static var agentsIdleUnload: Self {
        Self(
            "agents.idle_unload", default: .seconds(600), form: .seconds,
            summary:
                "Seconds after which the agent of an idle conversation unloads it until the next message.")
    }
}
