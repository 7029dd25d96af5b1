import TestSupport
import Testing

/// A turn that somebody stops by a button.
struct StoppedWay: Way {
    static let steps: Set<String> = ["turn cancelled", "event stopping"]

    private let number: Int
    private(set) var message = 0
    private var press: String?, isOpen = false

    init(_ number: Int) { self.number = number }

    private func text(_ stage: BuiltProgramTests.TelegramStage) -> String {
        "\(stage.program.gate("gate-\(number)").hold) [[say: answer \(number).]]"
    }

    mutating func push(_ stage: BuiltProgramTests.TelegramStage, _ journal: JournalSight) throws {
        let shown = stage.chat.transcript.after(message).byBot.last { $0.button("Cancel") != nil }
        if message == 0 {
            message = stage.telegram.say(text(stage), from: stage.ann).message
        } else if press == nil, let shown {
            press = stage.press("Cancel", on: shown)
        } else if !isOpen,
            press.map({ press in stage.telegram.answersToCallbacks.contains { $0.query == press } }) == true
        {
            // One that a crash has begun anew runs to its end.
            try stage.program.gate("gate-\(number)").open()
            isOpen = true
        }
    }

    private func ends(_ stage: BuiltProgramTests.TelegramStage) -> [String] {
        stage.chat.transcript.after(message).byBot.filter { $0.replyTo == nil && $0.text != "…" }.map(\.text)
            .filter { !$0.hasSuffix("runs again") }
    }

    func isDone(_ stage: BuiltProgramTests.TelegramStage) -> Bool {
        isOpen && !ends(stage).isEmpty && !stage.reading(after: message).isWorking
    }

    func check(_ stage: BuiltProgramTests.TelegramStage, _ mishap: Mishap, _ story: Story) throws {
        let ends = ends(stage)
        #expect(ends.count == 1, "\(story)")
        let isStopped = ends.first?.contains("⏹ stopped") == true
        #expect(isStopped || (mishap.death?.running != nil && ends == ["answer \(number)."]), "\(story)")
        let answers = stage.telegram.answersToCallbacks.filter { $0.query == press }.map(\.text)
        if answers == ["Stopping"] { #expect(isStopped, "it was said that it is stopped, \(story)") }
        let isLate = mishap.death != nil && answers == ["It runs no more."]
        #expect(answers == ["Stopping"] || isLate, "\(answers), \(story)")
        stage.checkEnd(of: message, mishap, story)
        // It may be stopped before the agent hears of it.
        if !isStopped { try stage.checkPrompts(text(stage), mishap, story) }
    }
}
