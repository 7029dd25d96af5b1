import Foundation
import TestSupport
import Testing

extension BuiltProgramTests.TelegramStage {
    /// A stage whose agent does what it is told.
    static func directed(rules: TelegramRules = TelegramRules()) throws -> Self {
        var stage = try Self(rules: rules)
        try stage.program.useStandIn("directed")
        return stage
    }

    /// A stage whose agent does what it is told, and asks before each command.
    static func asking() throws -> Self {
        var stage = try directed()
        stage.program.environment["CM_CODEX_APPROVAL_POLICY"] = "untrusted"
        stage.program.environment["PATH"]? += ":/usr/bin:/bin"
        return stage
    }

    /// Whether there is a file of this name in the working directory.
    func hasFile(_ name: String) -> Bool { FileManager.default.fileExists(atPath: program.workspace + "/" + name) }

    /// Lets more people in, besides Ann.
    mutating func letIn(_ names: String...) -> [FakeUser] {
        let people = names.map { telegram.addUser($0, username: $0.lowercased()) }
        let ids = ([ann] + people).map { "\($0.id)" }
        program.environment["TELEGRAM_ALLOWED_USERS"] = ids.joined(separator: ",")
        for person in people { _ = telegram.privateChat(with: person) }
        return people
    }

    /// The private chat of somebody with the bot.
    func chat(of user: FakeUser) -> FakeChat { telegram.privateChat(with: user) }

    /// Kills the monitor, and returns when it has gone.
    func kill() async throws {
        let run = try #require(monitor)
        run.signal(SIGKILL)
        try await run.ended()
    }

    /// What the agent was told, in order, leaving out where it may write.
    func prompts() throws -> [String] { try program.standInTraffic().prompts }
}

extension TestSupport.Transcript {
    /// How many turns have come to a good end.
    var ends: Int { byBot.count { $0.text.hasPrefix("✅") } }
}

extension OtherProcess {
    /// The memory that is its own, in kilobytes; nil where the system does not tell.
    var ownKilobytes: Int? {
        guard let status = try? String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8),
            let line = status.split(separator: "\n").first(where: { $0.hasPrefix("RssAnon:") })
        else { return nil }
        return Int(line.filter(\.isNumber))
    }

    /// The variables that it was started with, as text.
    var environment: String {
        let bytes = FileManager.default.contents(atPath: "/proc/\(pid)/environ") ?? Data()
        return String(decoding: bytes.map { $0 == 0 ? 0x0a : $0 }, as: UTF8.self)
    }
}
