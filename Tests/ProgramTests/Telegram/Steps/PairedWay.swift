import TestSupport
import Testing

/// A stranger who has a code, which lets in once.
struct PairedWay: Way {
    static let steps: Set<String> = [
        "user let in", "slot reply begun", "slot reply placed, shown", "update dealt with",
    ]

    private let number: Int
    private var code = "", user: FakeUser?
    private(set) var message = 0

    init(_ number: Int) { self.number = number }

    mutating func begin(_ stage: BuiltProgramTests.TelegramStage) async throws {
        let made = try await stage.program.run(["pair"], input: [])
        code = String(try #require(made.output.split(separator: "\n").first))
        let user = stage.telegram.addUser("Bob \(number)")
        _ = stage.chat(of: user)
        self.user = user
    }

    mutating func push(_ stage: BuiltProgramTests.TelegramStage, _ journal: JournalSight) {
        guard message == 0, let user else { return }
        message = stage.telegram.say("/pair \(code)", from: user).message
    }

    private func told(_ stage: BuiltProgramTests.TelegramStage) -> [String] {
        guard let user else { return [] }
        return stage.chat(of: user).transcript.byBot.map(\.text).filter { $0 != "…" }
    }

    func isDone(_ stage: BuiltProgramTests.TelegramStage) -> Bool { !told(stage).isEmpty }

    func check(_ stage: BuiltProgramTests.TelegramStage, _ mishap: Mishap, _ story: Story) throws {
        #expect(told(stage) == ["You are let in. Write to me, or send /help."], "\(story)")
    }
}
