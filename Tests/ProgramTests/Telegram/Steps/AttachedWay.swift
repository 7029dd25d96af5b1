import TestSupport
import Testing

/// A chat that goes to another session or comes back, and then asks where it is.
struct AttachedWay: Way {
    static let steps: Set<String> = [
        "update taken in", "update dealt with", "slot update/reply begun", "slot update/reply placed, shown",
    ]

    private let number: Int
    private var said: [Int] = []

    init(_ number: Int) { self.number = number }

    var message: Int { said.first ?? 0 }

    private var isGoing: Bool { !number.isMultiple(of: 2) }

    func begin(_ stage: BuiltProgramTests.TelegramStage) async throws {
        guard number == 1 else { return }
        let run = try await stage.program.run("chat", "--session", "way", input: "[[say: hello]]\n")
        #expect(run.status == 0)
    }

    mutating func push(_ stage: BuiltProgramTests.TelegramStage, _ journal: JournalSight) {
        guard said.isEmpty else { return }
        said = [isGoing ? "/attach way" : "/attach own", "/attach"]
            .map { stage.telegram.say($0, from: stage.ann).message }
    }

    private func replies(_ message: Int, _ stage: BuiltProgramTests.TelegramStage) -> [String] {
        stage.chat.transcript.byBot.filter { $0.replyTo == message && $0.text != "…" }.map(\.text)
    }

    func isDone(_ stage: BuiltProgramTests.TelegramStage) -> Bool {
        !said.isEmpty && said.allSatisfy { !replies($0, stage).isEmpty }
    }

    func check(_ stage: BuiltProgramTests.TelegramStage, _ mishap: Mishap, _ story: Story) throws {
        let answers = said.map { replies($0, stage) }
        #expect(answers.map(\.count) == [1, 1], "\(story)")
        let (went, place) = (answers.first?.first ?? "", answers.last?.first ?? "")
        #expect(went.hasPrefix(isGoing ? "attached to tty:way" : "back in your own conversation"), "\(story)")
        #expect(place.hasPrefix(isGoing ? "This chat is in tty:way." : "This chat is in your own"), "\(story)")
    }
}
