import Settings
import Testing

@Suite struct TelegramSettingsTests {
    private func settings(_ conf: String, _ environment: [String: String] = [:]) throws -> Settings {
        try Workspace(conf: conf, environment: environment).load()
    }

    @Test func `without any there is no bot and nobody is let in`() throws {
        let settings = try settings("")
        #expect(settings[.telegramBotToken] == nil && settings[.telegramChatID] == nil)
        #expect(settings[.telegramAllowedUsers] == [])
        #expect(settings[.telegramAPIBase] == "https://api.telegram.org" && settings[.telegramPollTimeout] == 50)
        #expect(!settings[.telegramIgnoresPending] && settings[.telegramDeletesWebhook])
    }

    @Test(arguments: [
        "allowed_users = [5, 6]", #"allowed_users = ["5", "6"]"#, #"allowed_users = [5, "6"]"#,
    ])
    func `people are numbers or texts with numbers`(line: String) throws {
        #expect(try settings("[telegram]\n" + line)[.telegramAllowedUsers] == ["5", "6"])
    }

    @Test(arguments: ["5,6", "5 6", " 5, 6 ", "[5, 6]", #"["5","6"]"#])
    func `a variable names people with commas, blanks or as an array`(value: String) throws {
        let settings = try settings("", ["TELEGRAM_ALLOWED_USERS": value])
        #expect(settings[.telegramAllowedUsers] == ["5", "6"])
    }

    @Test(arguments: [
        "allowed_users = [0]", "allowed_users = [-5]", #"allowed_users = ["ann"]"#, "allowed_users = [5.5]",
        "allowed_users = true", #"roles = ["5"]"#, #"roles = ["ann=admin"]"#, #"roles = ["5=king"]"#, "roles = [5]",
        "chat_id = 0", #"chat_id = "team""#, #"chat_id = "@team""#, "bot_token = 5",
        #"api_base = "api.telegram.org""#, "[telegram.polling]\npoll_timeout = 51",
        "[telegram.polling]\npoll_timeout = 0",
    ])
    func `what is no such thing is an error that names the key`(line: String) throws {
        #expect {
            try settings("[telegram]\n" + line)
        } throws: { error in
            "\(error)".contains("telegram.") && "\(error)".contains("expected")
        }
    }

    @Test func `roles are texts of a number and a role`() throws {
        #expect(try settings("")[.telegramRoles] == [])
        #expect(try settings("[telegram]\nroles = [\"5=admin\", \"6=observer\"]")[.telegramRoles].count == 2)
        #expect(
            try settings("", ["CM_TELEGRAM_ROLES": "5=admin, 6=observer"])[.telegramRoles] == [
                "5=admin", "6=observer",
            ])
    }

    @Test func `what the earlier system waited for has its settings`() throws {
        let settings = try settings("[telegram.polling]\nrequire_mcp_warmup = false\ncancel_wait_timeout_sec = 9")
        #expect(!settings[.telegramRequiresWarmUp] && settings[.telegramCancelWait] == .seconds(9))
    }

    @Test func `how much and when the owner is told can be said`() throws {
        let usual = try settings("")
        #expect(usual[.telegramVerbosity] == "summary" && usual[.telegramIntervalMinutes] == 5)
        #expect(usual[.telegramQuietHours] == nil)
        let conf = "[telegram]\nverbosity = \"minimal\"\ninterval_min = 0\nquiet_hours = \"22:00 - 7:30\""
        let written = try settings(conf)
        #expect(written[.telegramVerbosity] == "minimal" && written[.telegramIntervalMinutes] == 0)
        let hours = try #require(written[.telegramQuietHours])
        #expect(hours.from == 22 * 60 && hours.to == 7 * 60 + 30 && "\(hours)" == "22:00-07:30")
        let variables = try settings(
            "",
            [
                "TELEGRAM_VERBOSITY": "detailed", "TELEGRAM_INTERVAL_MIN": "10", "TELEGRAM_QUIET_HOURS": "12:00-13:00",
            ])
        #expect(variables[.telegramVerbosity] == "detailed" && variables[.telegramIntervalMinutes] == 10)
        #expect(variables[.telegramQuietHours]?.from == 720)
    }

    @Test(arguments: [
        "22-7", "22:00", "22:00-22:00", "24:00-07:00", "22:60-07:00", "22:00-07:00-08:00", "a:b-c:d", "٢٢:00-07:00",
    ])
    func `what are no hours is an error that says what is expected`(hours: String) throws {
        #expect {
            try settings("[telegram]\nquiet_hours = \"\(hours)\"")
        } throws: { error in
            "\(error)".contains(
                "conf.toml:2: telegram.quiet_hours: found the string \"\(hours)\", expected two times of day such as 22:00-07:00"
            )
        }
    }

    @Test func `the names of the earlier systems count`() throws {
        let settings = try settings(
            "",
            [
                "TELEGRAM_BOT_TOKEN": " 123:abc ", "TELEGRAM_CHAT_ID": "-1001234567890",
                "TELEGRAM_API_BASE": "http://127.0.0.1:8081",
            ])
        #expect(settings[.telegramBotToken]?.value == "123:abc")
        #expect(settings[.telegramChatID] == -1_001_234_567_890)
        #expect(settings[.telegramAPIBase] == "http://127.0.0.1:8081")
    }
}
