import TestSupport
import Testing

/// A message with a long answer.
struct AnsweredWay: Way {
    static let steps: Set<String> = [
        "update taken in", "offset moved", "update dealt with", "message taken", "turn begun",
        "slot turn/1 new", "slot turn/1 begun", "slot turn/1 placed", "turn ok", "slot turn/1 placed, shown",
        "slot turn/2 begun", "slot turn/2 placed", "slot turn/2 placed, shown", "slot turn/end begun",
        "slot turn/end placed, shown",
    ]

    private var asked: Asked

    init(_ number: Int) { asked = Asked(number: number, kind: .manyWords) }

    var message: Int { asked.message }

    mutating func push(_ stage: BuiltProgramTests.TelegramStage, _ journal: JournalSight) {
        if asked.message == 0 { asked.message = stage.telegram.say(asked.text, from: stage.ann).message }
    }

    func isDone(_ stage: BuiltProgramTests.TelegramStage) -> Bool {
        stage.reading(after: message).ends.last == .answered(asked.answer ?? "")
    }

    func check(_ stage: BuiltProgramTests.TelegramStage, _ mishap: Mishap, _ story: Story) throws {
        let reading = stage.reading(after: message)
        #expect(reading.ends == [.answered(asked.answer ?? "")], "\(story)")
        #expect(reading.retries == (mishap.death?.running == nil ? 0 : 1), "\(story)")
        #expect(asked.replies(in: stage.chat.transcript).count <= 1, "\(story)")
        stage.checkEnd(of: message, mishap, story)
        try stage.checkPrompts(asked.text, mishap, story)
    }
}
