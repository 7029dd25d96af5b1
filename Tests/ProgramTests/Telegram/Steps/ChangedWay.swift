import TestSupport
import Testing

/// A message that waits for its turn, and is changed meanwhile.
struct ChangedWay: Way {
    static let steps: Set<String> = [
        "slot update/reply begun", "slot update/reply placed, shown", "message waiting, changed", "event revised",
        "slot edit/changed begun", "slot edit/changed placed, shown", "message taken, changed",
    ]

    private let number: Int
    private(set) var message = 0
    private var second: Said?, edit: Int?, isOpen = false

    init(_ number: Int) { self.number = number }

    private var old: String { "[[say: old \(number).]]" }
    private var new: String { "[[say: answer \(number).]]" }
    private func gate(_ stage: BuiltProgramTests.TelegramStage) -> TurnGate { stage.program.gate("gate-\(number)") }

    mutating func push(_ stage: BuiltProgramTests.TelegramStage, _ journal: JournalSight) throws {
        let telegram = stage.telegram
        if message == 0 {
            message = telegram.say("\(gate(stage).hold) [[say: answer before \(number).]]", from: stage.ann).message
        } else if second == nil {
            guard journal.running != nil else { return }
            second = telegram.say(old, from: stage.ann)
        } else if let second, edit == nil {
            guard second.update.map({ journal.stages["update \($0)"] == "dealt with" }) == true else { return }
            edit = telegram.edit(second.message, in: stage.chat, to: new)
        } else if let edit, !isOpen, journal.stages["update \(edit)"] == "dealt with" {
            try gate(stage).open()
            isOpen = true
        }
    }

    func isDone(_ stage: BuiltProgramTests.TelegramStage) -> Bool {
        stage.reading(after: message).ends.last == .answered("answer\(number).")
    }

    func check(_ stage: BuiltProgramTests.TelegramStage, _ mishap: Mishap, _ story: Story) throws {
        let ends = stage.reading(after: message).ends
        #expect(ends == [.answered("answerbefore\(number)."), .answered("answer\(number).")], "\(story)")
        #expect(stage.chat.transcript.byBot(saying: "old \(number)").isEmpty, "\(story)")
        try stage.checkPrompts(new, mishap, story)
        #expect(try stage.count(ofPrompt: old) == 0, "\(story)")
        let words = stage.chat.transcript.byBot.filter {
            $0.replyTo == second?.message && $0.text.hasPrefix("Changed:")
        }
        #expect(words.count == 1, "\(story)")
        // Only the second waits, and is told so.
        let places = stage.chat.transcript.after(message).byBot.filter { $0.text.hasPrefix("queued") }
        #expect(places.map(\.replyTo) == [second?.message], "\(story)")
        stage.checkEnd(of: message, mishap, story)
    }
}
