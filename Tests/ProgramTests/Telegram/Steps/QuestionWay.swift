import TestSupport
import Testing

/// Two questions of an agent, of which one is answered by a button and the other in words.
struct QuestionWay: Way {
    static let steps: Set<String> = [
        "approval asked", "approval allowed", "update begun", "slot approval begun", "slot approval placed, shown",
        "slot approval/call begun", "slot approval/call placed, shown", "slot update/reply begun",
        "slot update/reply placed, shown", "turn ok",
    ]

    private let number: Int
    private(set) var message = 0
    private var press: String?, reply: Int?

    init(_ number: Int) { self.number = number }

    private var choice: String { "answer \(number). blue" }
    private var words: String { "because of \(number)" }
    private var text: String { "[[ask: Which one? | answer \(number). red | \(choice)]] [[ask: And why?]]" }

    mutating func push(_ stage: BuiltProgramTests.TelegramStage, _ journal: JournalSight) throws {
        if message == 0 {
            message = stage.telegram.say(text, from: stage.ann).message
        } else if let question = question(stage) {
            if question.button(choice) == nil {
                guard reply == nil else { return }
                reply = stage.telegram.say(words, from: stage.ann, in: stage.chat, replyTo: question.id).message
            } else if press == nil {
                press = try stage.telegram.press(choice, on: question.id, in: stage.chat, by: stage.ann)
            }
        }
    }

    /// The question that is shown as open.
    private func question(_ stage: BuiltProgramTests.TelegramStage) -> ShownMessage? {
        stage.chat.transcript.after(message).byBot.last { $0.button("Decline") != nil }
    }

    private func ends(_ stage: BuiltProgramTests.TelegramStage) -> [ChatReading.End] {
        stage.reading(after: message).ends
    }

    /// What is said of the answer in words.
    private func told(_ stage: BuiltProgramTests.TelegramStage) -> [String] {
        guard let reply else { return [] }
        return stage.chat.transcript.byBot.filter { $0.replyTo == reply && $0.text != "…" }.map(\.text)
    }

    private func answers(_ stage: BuiltProgramTests.TelegramStage) -> [String] {
        stage.telegram.answersToCallbacks.filter { $0.query == press }.map(\.text)
    }

    func isDone(_ stage: BuiltProgramTests.TelegramStage) -> Bool {
        message != 0 && !ends(stage).isEmpty && question(stage) == nil
            && answers(stage).isEmpty == (press == nil) && told(stage).isEmpty == (reply == nil)
    }

    func check(_ stage: BuiltProgramTests.TelegramStage, _ mishap: Mishap, _ story: Story) throws {
        let ends = ends(stage)
        if mishap.death?.running?.hasActed == true {
            // It is not asked again, and the agent is told of each answer, which ends in another turn.
            guard ends.count == 1, case .closed(let reason)? = ends.first else {
                Issue.record("a turn that had asked was not closed: \(ends), \(story)")
                return
            }
            #expect(reason.contains("Which one?"), "\(story)")
            #expect(try stage.count(ofPrompt: text) == 1, "\(story)")
            for answer in [press.map { _ in choice }, reply.map { _ in words }].compactMap(\.self) {
                let times = try stage.prompts().count { $0.contains("The answer is: \(answer)") }
                #expect(times == 1, "told \(times) times of \(answer), \(story)")
            }
        } else {
            #expect(ends == [.answered(ChatReading.dense("\(choice) \(words)"))], "\(ends), \(story)")
            try stage.checkPrompts(text, mishap, story)
            stage.checkEnd(of: message, mishap, story)
        }
        #expect(answers(stage) == (press == nil ? [] : ["Done"]), "\(story)")
        #expect(told(stage) == (reply == nil ? [] : ["answered: And why?"]), "\(told(stage)), \(story)")
    }
}
