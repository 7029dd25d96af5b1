import TestSupport
import Testing

/// A command, which is answered at once; one that changes something and one that only looks.
struct CommandWay: Way {
    static let steps: Set<String> = [
        "update taken in", "update dealt with", "slot update/reply begun", "slot update/reply placed, shown",
        "session changed",
    ]

    private let number: Int
    private var said: [Int] = []

    init(_ number: Int) { self.number = number }

    var message: Int { said.first ?? 0 }

    private var texts: [String] { ["/mode \(number.isMultiple(of: 2) ? "plan" : "single")", "/status"] }

    mutating func push(_ stage: BuiltProgramTests.TelegramStage, _ journal: JournalSight) {
        guard said.isEmpty else { return }
        said = texts.map { stage.telegram.say($0, from: stage.ann).message }
    }

    private func replies(_ message: Int, _ stage: BuiltProgramTests.TelegramStage) -> [String] {
        stage.chat.transcript.byBot.filter { $0.replyTo == message && $0.text != "…" }.map(\.text)
    }

    func isDone(_ stage: BuiltProgramTests.TelegramStage) -> Bool {
        !said.isEmpty && said.allSatisfy { !replies($0, stage).isEmpty }
    }

    func check(_ stage: BuiltProgramTests.TelegramStage, _ mishap: Mishap, _ story: Story) throws {
        for message in said { #expect(replies(message, stage).count == 1, "\(story)") }
        let status = said.last.flatMap { replies($0, stage).first } ?? ""
        #expect(status.contains("mode"), "\(story)")
    }
}
