import TestSupport
import Testing

/// A text that was too long for one message, and a message behind it.
struct PastedWay: Way {
    static let steps: Set<String> = [
        "update taken in", "offset moved", "update dealt with", "message taken", "turn begun", "turn ok",
        "slot turn/1 placed, shown", "slot turn/end placed, shown",
    ]

    /// Each long text is waited for a second.
    static let moments = 8

    private let number: Int
    private(set) var message = 0

    init(_ number: Int) { self.number = number }

    private var pieces: [String] {
        let filler = (1...300).map { "word\($0)" }.joined(separator: " ")
        return ["[[say: answer \(number).]] \(filler)", "the end of \(number)"]
    }
    private var whole: String { pieces.joined(separator: "\n") }
    private var text: String { "[[say: answer after \(number).]]" }

    mutating func push(_ stage: BuiltProgramTests.TelegramStage, _ journal: JournalSight) {
        guard message == 0 else { return }
        let said = pieces.map { stage.telegram.say($0, from: stage.ann).message }
        message = said[0]
        stage.telegram.say(text, from: stage.ann)
    }

    private var answers: [ChatReading.End] { [.answered("answer\(number)."), .answered("answerafter\(number).")] }

    func isDone(_ stage: BuiltProgramTests.TelegramStage) -> Bool {
        message != 0 && stage.reading(after: message).ends.last == answers[1]
    }

    func check(_ stage: BuiltProgramTests.TelegramStage, _ mishap: Mishap, _ story: Story) throws {
        stage.checkEnd(of: message, mishap, story)
        try stage.checkPrompts(text, mishap, story)
        let ends = stage.reading(after: message).ends
        guard try stage.count(ofPrompt: whole) == 0, mishap.faults.contains(where: { $0.method == "getUpdates" }) else {
            #expect(ends == answers, "\(story)")
            return try stage.checkPrompts(whole, mishap, story)
        }
        // When no update comes for a while, the rest of it is a message of its own.
        #expect(ends.first == answers.first && ends.last == answers.last, "\(story)")
    }
}
