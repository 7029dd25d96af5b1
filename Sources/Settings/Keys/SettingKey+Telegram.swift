extension SettingKey where Value == Secret? {
    /// The bot's token, as BotFather writes it; nil for no bot.
    public static var telegramBotToken: Self {
        Self(
            "telegram.bot_token", established: ["TELEGRAM_BOT_TOKEN"], default: nil, form: ValueForm.secret.optional,
            example: #""123456789:…""#,
            summary: "The token of the Telegram bot; better in TELEGRAM_BOT_TOKEN or .env than here.", isSecret: true)
    }
}

extension SettingKey where Value == Int? {
    /// The chat that is let in: a person's, who is then the owner, or a group's.
    public static var telegramChatID: Self {
        Self(
            "telegram.chat_id", established: ["TELEGRAM_CHAT_ID"], default: nil, form: ValueForm.chatID.optional,
            example: "123456789",
            summary: "The Telegram chat that is let in: a person's number, or a group's, which is negative.")
    }
}

extension SettingKey where Value == [String] {
    /// Who is let in, by their numbers; the first is the owner where no person's chat is named.
    public static var telegramAllowedUsers: Self {
        Self(
            "telegram.allowed_users", established: ["TELEGRAM_ALLOWED_USERS"], default: [], form: .userIDs,
            summary: "The Telegram users who are let in, by number.")
    }

    /// What people may do who are let in, where it is not the usual: `NUMBER=ROLE`.
    public static var telegramRoles: Self {
        Self(
            "telegram.roles", default: [], form: .userRoles,
            summary: "What Telegram users may do, as NUMBER=admin, member (the usual) or observer.")
    }
}

extension SettingKey where Value == String {
    /// Where the Bot API is.
    public static var telegramAPIBase: Self {
        Self(
            "telegram.api_base", established: ["TELEGRAM_API_BASE"], default: "https://api.telegram.org",
            form: .webAddress, summary: "Where the Bot API is; a server of one's own can be named.")
    }
}

extension SettingKey where Value == Int {
    /// How long Telegram waits for something to tell, in seconds.
    public static var telegramPollTimeout: Self {
        Self(
            "telegram.polling.poll_timeout", default: 50, form: .integer(in: 1...50),
            summary: "Seconds that Telegram waits for something to tell.")
    }
}

extension SettingKey where Value == Duration {
    /// How long an agent has to stop its turn where nothing is said for that agent.
    public static var telegramCancelWait: Self {
        Self(
            "telegram.polling.cancel_wait_timeout_sec", default: .seconds(5), form: .seconds,
            summary:
                "Seconds a cancelled turn has to stop before its agent is replaced, unless the agent's own are set.")
    }
}

extension SettingKey where Value == Bool {
    /// Whether it is said at the start when the agent cannot be had.
    public static var telegramRequiresWarmUp: Self {
        Self(
            "telegram.polling.require_mcp_warmup", default: true, form: .boolean,
            summary: "Whether the bot starts the agent with itself, and says when it is not there.")
    }

    /// Whether what was said while no `cm` listened is dropped at the start.
    public static var telegramIgnoresPending: Self {
        Self(
            "telegram.polling.ignore_pending_updates_on_start", default: false, form: .boolean,
            summary: "Whether messages are dropped that were sent while cm was not running.")
    }

    /// Whether a webhook, which excludes polling, is taken away at the start, and whenever one is in the way.
    public static var telegramDeletesWebhook: Self {
        Self(
            "telegram.polling.delete_webhook_on_start", default: true, form: .boolean,
            summary: "Whether a webhook, which excludes polling, is taken away: at the start, and when one is set.")
    }

    /// Whether what waits at the start is forgotten.
    public static var telegramDropsPending: Self {
        Self(
            "telegram.polling.drop_pending_updates", default: false, form: .boolean,
            summary: "Whether what waits at the start is forgotten.")
    }
}

extension ValueForm where Value == Int {
    /// A chat's number: not zero, and of at most 52 bits, as Telegram promises.
    package static var chatID: Self {
        let range = -(1 << 52)...(1 << 52)
        return Self(
            expected: "the number of a chat, such as 123456789 or -1001234567890",
            read: { written, base in
                let written = written.string.map { WrittenValue.plain($0) } ?? written
                return integer(in: range).read(written, base).flatMap { $0 == 0 ? nil : $0 }
            },
            toml: { String($0) })
    }
}

extension ValueForm where Value == [String] {
    /// What people may do: texts of a number, an equals sign and a role; in plain text with commas or blanks between them.
    package static var userRoles: Self {
        let roles = ["admin", "member", "observer"]
        return Self(
            expected:
                #"an array of NUMBER=ROLE, a role being admin, member or observer, such as ["123456789=observer"]"#,
            read: { written, _ in
                let texts: [String]? =
                    switch written {
                    case .plain(let text):
                        text.split { ",[]\"".contains($0) || $0.isWhitespace }.map(String.init)
                    case .texts(let texts): texts
                    case .text, .integer, .decimal, .boolean, .numbers, .other: nil
                    }
                return texts.flatMap { texts in
                    texts.allSatisfy { text in
                        let parts = text.split(separator: "=", omittingEmptySubsequences: false)
                        guard parts.count == 2, let user = Int64(parts[0]) else { return false }
                        return user > 0 && user < 1 << 52 && roles.contains(String(parts[1]))
                    } ? texts : nil
                }
            },
            toml: { "[" + $0.map(TOMLText.quote).joined(separator: ", ") + "]" })
    }

    /// Numbers of people, as numbers or as texts; in plain text with commas or blanks between them.
    package static var userIDs: Self {
        Self(
            expected: "an array of the numbers of people, such as [123456789]",
            read: { written, base in
                let texts: [String]? =
                    switch written {
                    case .plain(let text):
                        // A JSON array as well as numbers with commas or blanks between them.
                        text.split { ",[]\"".contains($0) || $0.isWhitespace }.map(String.init)
                    case .numbers(let texts), .texts(let texts): texts
                    case .integer(let number): ["\(number)"]
                    case .text, .decimal, .boolean, .other: nil
                    }
                return texts.flatMap { texts in
                    texts.allSatisfy { Int64($0).map { $0 > 0 && $0 < 1 << 52 } ?? false } ? texts : nil
                }
            },
            toml: { "[" + $0.joined(separator: ", ") + "]" })
    }
}
