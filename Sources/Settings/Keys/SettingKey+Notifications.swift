extension SettingKey where Value == String {
    /// How much of the notifications the owner is told over Telegram.
    public static var telegramVerbosity: Self {
        Self(
            "telegram.verbosity", established: ["TELEGRAM_VERBOSITY"], default: "summary",
            form: .choice("minimal", "summary", "detailed"),
            summary: "How much the owner is told over Telegram: minimal, summary or detailed.")
    }
}

extension SettingKey where Value == Int {
    /// How often what went on is told over Telegram, in minutes; 0 for never.
    public static var telegramIntervalMinutes: Self {
        Self(
            "telegram.interval_min", established: ["TELEGRAM_INTERVAL_MIN"], default: 5, form: .integer(in: 0...1440),
            summary: "Minutes from one summary of what went on to the next, where something did; 0 for none.")
    }
}

extension SettingKey where Value == HourSpan? {
    /// The hours of each day in which only the urgent is told over Telegram.
    public static var telegramQuietHours: Self {
        Self(
            "telegram.quiet_hours", established: ["TELEGRAM_QUIET_HOURS"], default: nil,
            form: ValueForm.hourSpan.optional, example: #""22:00-07:00""#,
            summary: "The hours of each day in which only urgent notifications are told over Telegram.")
    }
}
