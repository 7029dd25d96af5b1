import Control
import Conversation
import Foundation
import Settings
import Testing

@testable import Commands

/// What the environment of a process asks for that is attached to a core with other settings.
@Suite struct UnheededSettingsTests {
    private func settings(_ environment: [String: String], conf: String? = nil) throws -> Settings {
        var sources = SettingsSources(environment: environment, home: "/h", directory: "/w")
        sources.files = FileAccess(
            read: { path, _ throws(FileFailure) in path.hasSuffix("conf.toml") ? conf.map { Array($0.utf8) } : nil },
            create: { _, _ throws(FileFailure) in }, stamp: { _ in nil })
        return try sources.load()
    }

    /// What is said in an environment beside a core that was started in the environment `host`.
    private func warning(
        _ environment: [String: String], besides chosen: Set<String> = [], host: [String: String] = [:]
    ) throws -> String? {
        UnheededSettings(try settings(environment), in: environment, besides: chosen)
            .differences(beside: SettingsInForce(try settings(host)).texts).warning(of: "cm run (pid 7)")
    }

    @Test func `a stricter policy that does not count is told with its variable, what counts, and what to do`() throws {
        #expect(
            try warning(["CM_CODEX_APPROVAL_POLICY": "untrusted", "CM_CODEX_SANDBOX": "workspace-write"]) == """
                the environment does not count, since cm run (pid 7) hosts the core by its own settings: \
                CM_CODEX_APPROVAL_POLICY asks for "untrusted", and codex.approval_policy is "on-request". Set it in .env \
                or in the settings file, or end that cm first
                """)
    }

    @Test func `several are one line, what guards people first`() throws {
        let text = try #require(
            try warning(
                ["CM_CHAT_MODE": "single", "CODEX_MODEL": "small", "CM_CODEX_SANDBOX": "read-only"],
                host: ["CODEX_MODEL": "large"]))
        #expect(!text.contains("\n"))
        let parts = [
            #"CM_CODEX_SANDBOX asks for "read-only", and codex.sandbox is "workspace-write""#,
            #"CM_CHAT_MODE asks for "single", and chat.mode is "plan""#,
            #"CODEX_MODEL asks for "small", and codex.agent_model is "large""#,
        ]
        #expect(text.contains(parts.joined(separator: "; ")))
    }

    @Test func `what is the same, the core's own and what a file says is not told`() throws {
        #expect(try warning([:], host: ["CM_CODEX_SANDBOX": "read-only"]) == nil)
        #expect(try warning(["CM_CODEX_SANDBOX": "read-only"], host: ["CM_CODEX_SANDBOX": "read-only"]) == nil)
        #expect(try warning(["CM_CODEX_SANDBOX": "workspace-write"]) == nil)
        let filed = UnheededSettings(try settings([:], conf: "[codex]\nsandbox = \"read-only\"\n"), in: [:])
        #expect(filed.isEmpty)
    }

    @Test func `what was chosen on the command line counts everywhere`() throws {
        let environment = ["CM_CHAT_MODE": "single", "EXECUTORS": "CODEX:DEFAULT"]
        #expect(try warning(environment, besides: [SettingKey.chatMode.path, Settings.executorsPath]) == nil)
        let text = try #require(try warning(environment))
        #expect(text.contains("CM_CHAT_MODE"))
        #expect(text.contains("EXECUTORS asks for codex-default (primary), and executors is not set"))
    }

    @Test func `a settings file that a variable names counts only where it is the core's`() throws {
        let environment = ["CODEX_CONF_PATH": "strict-conf.toml"]
        let asked = UnheededSettings(try settings(environment, conf: ""), in: environment)
        let usual = SettingsInForce(try settings([:], conf: "")).texts
        let text = try #require(asked.differences(beside: usual).warning(of: "cm"))
        #expect(
            text.contains(
                #"CODEX_CONF_PATH asks for /w/strict-conf.toml, and conf.toml is /h/.config/cm/conf.toml"#))
        let same = SettingsInForce(try settings(environment, conf: "")).texts
        #expect(asked.differences(beside: same).warning(of: "cm") == nil)
        #expect(
            asked.differences(beside: nil).warning(of: "cm")?.hasPrefix("CODEX_CONF_PATH of the environment may not")
                == true)
    }

    @Test func `secrets are neither told by a core nor compared`() throws {
        let texts = SettingsInForce(try settings(["OPENAI_API_KEY": "sk-1234567890"])).texts
        #expect(!texts.values.contains { $0?.contains("sk-") == true })
        #expect(try warning(["OPENAI_API_KEY": "sk-1234567890", "TELEGRAM_BOT_TOKEN": "1:a"]) == nil)
    }

    @Test func `beside an older core only what guards people is worth a word`() throws {
        let asked = UnheededSettings(
            try settings(["CM_CODEX_APPROVAL_POLICY": "untrusted", "CM_CHAT_MODE": "single"]), in: [:])
        #expect(
            asked.differences(beside: nil).warning(of: "cm chat (pid 7)") == """
                CM_CODEX_APPROVAL_POLICY of the environment may not count: cm chat (pid 7) hosts the core by its own \
                settings, and is too old to tell them; end it to be sure
                """)
        #expect(
            UnheededSettings(try settings(["CM_CHAT_MODE": "single"]), in: [:]).differences(beside: nil)
                .warning(of: "cm") == nil)
        // One that knows fewer settings.
        #expect(asked.differences(beside: ["chat.mode": "\"single\""]).warning(of: "cm") == nil)
    }

    @Test func `what does not count is told again when that has changed, and not with each host`() throws {
        let environment = ["CM_CODEX_SANDBOX": "read-only", "CM_CHAT_MODE": "single"]
        let notices = UnheededNotices(UnheededSettings(try settings(environment), in: environment), file: "my.toml")
        func told(_ host: String, _ settings: [String: String?]?) -> [String] {
            notices.attached(to: host, by: settings).map(\.text)
        }
        let usual = SettingsInForce(try settings([:])).texts
        let first = told("cm chat (pid 7)", usual)
        #expect(first.count == 2 && first.first?.contains("--conf my.toml") == true)
        #expect(first.last?.contains("since cm chat (pid 7) hosts the core by its own settings") == true)
        #expect(told("cm chat (pid 8)", usual).isEmpty)
        let half = SettingsInForce(try settings(["CM_CHAT_MODE": "single"])).texts
        let second = told("cm chat (pid 9)", half)
        #expect(second.count == 1 && second.first?.contains("CM_CODEX_SANDBOX asks for") == true)
        #expect(second.first?.contains("CM_CHAT_MODE") == false)
        #expect(told("cm chat (pid 10)", SettingsInForce(try settings(environment)).texts).isEmpty)
        #expect(told("cm chat (pid 11)", half).count == 1)
        #expect(told("cm chat (pid 12)", nil).first?.contains("may not count") == true)
        // Where this process hosts, all counts.
        notices.hosting()
        #expect(told("cm run (pid 13)", usual).count == 2)
    }

    @Test func `where nobody chose, what the settings say counts, also when they have changed`() throws {
        let inForce = SettingsInForce(try settings(["CM_CHAT_MODE": "single"]))
        #expect(inForce.standard == SessionStandard(mode: .single, profile: "default"))
        inForce.follow(try settings(["CM_CHAT_MODE": "plan"]))
        #expect(inForce.standard.mode == .plan)
    }
}
