import BenchSupport
import Foundation
import TestSupport

/// The program with the real Codex and a model on this machine.
struct CodexStage {
    let telegram: FakeTelegram
    let people: [FakeUser]
    let model: BenchModel
    let monitor: Monitor
    /// The program of Codex.
    let codex: String

    /// Throws ``Failure`` without `TELEGRAMBENCH_CODEX`.
    init(people count: Int) throws {
        guard let codex = ProcessInfo.processInfo.environment["TELEGRAMBENCH_CODEX"] else {
            throw Failure("TELEGRAMBENCH_CODEX does not name the program of Codex")
        }
        let telegram = try FakeTelegram()
        people = (0..<count).map { telegram.addUser("Person \($0)") }
        model = try BenchModel()
        monitor = try Monitor(.init(telegram: telegram, users: people, codex: (codex, model.address)))
        (self.telegram, self.codex) = (telegram, codex)
    }

    /// Asks the question of this number, and returns when its answer is in the chat if it `waits`.
    func ask(_ number: Int, in chat: FakeChat, by person: Int = 0, waits: Bool) async throws {
        telegram.say("question \(number)", from: people[person], in: chat)
        if waits { try await answer(number, in: chat) }
    }

    /// Returns when the answer of this number is in the chat.
    func answer(_ number: Int, in chat: FakeChat) async throws {
        try await chat.wait(for: "answer \(number)", timeout: .seconds(60)) { chat in
            chat.messages.contains { $0.text.contains("answer \(number).") }
        }
    }
}
