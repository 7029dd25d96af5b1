import TestSupport
import Testing

/// What the turn has done before text is put into it.
protocol BeforeSteering: SendableMetatype {
    static var acts: Bool { get }
}

enum Acting: BeforeSteering { static let acts = true }
enum Talking: BeforeSteering { static let acts = false }

/// Text that is put into a running turn.
struct SteeredWay<Before: BeforeSteering>: Way {
    static var steps: Set<String> {
        [
            "turn begun", "event steered", "message steered", "update dealt with", "slot update/reply begun",
            "slot update/reply placed, shown", "turn ok",
        ]
    }
    static var moments: Int { 10 }

    private let number: Int
    private(set) var message = 0
    private var steer: Int?, known: Set<String> = [], isOpen = false

    init(_ number: Int) { self.number = number }

    private func gate(_ stage: BuiltProgramTests.TelegramStage) -> TurnGate { stage.program.gate("gate-\(number)") }
    private func first(_ stage: BuiltProgramTests.TelegramStage) -> String {
        "\(Before.acts ? "[[sh: true]] " : "")\(gate(stage).hold) [[say: answer \(number).]]"
    }
    private var second: String { "[[say: answer after \(number).]]" }

    mutating func push(_ stage: BuiltProgramTests.TelegramStage, _ journal: JournalSight) throws {
        if message == 0 {
            message = stage.telegram.say(first(stage), from: stage.ann).message
        } else if steer == nil {
            let isRunning = journal.running.map { $0.hasActed || !Before.acts } ?? false
            guard try isRunning && stage.count(ofPrompt: first(stage)) > 0 || !ends(stage).isEmpty else { return }
            known = messages(in: journal)
            steer = stage.telegram.say("/steer \(second)", from: stage.ann).message
        } else if !isOpen, !messages(in: journal).isSubset(of: known) {
            try gate(stage).open()
            isOpen = true
        }
    }

    private func messages(in journal: JournalSight) -> Set<String> {
        Set(journal.stages.keys.filter { $0.hasPrefix("message ") })
    }

    private func ends(_ stage: BuiltProgramTests.TelegramStage) -> [ChatReading.End] {
        stage.reading(after: message).ends
    }

    func isDone(_ stage: BuiltProgramTests.TelegramStage) -> Bool {
        isOpen && !ends(stage).isEmpty && !stage.reading(after: message).isWorking
    }

    func check(_ stage: BuiltProgramTests.TelegramStage, _ mishap: Mishap, _ story: Story) throws {
        let ends = ends(stage)
        let answers: [ChatReading.End] = [.answered("answer\(number)."), .answered("answerafter\(number).")]
        if mishap.death?.running?.hasActed == true {
            guard case .closed(let reason)? = ends.first else {
                Issue.record("a turn that had acted was not closed: \(ends), \(story)")
                return
            }
            #expect(reason.contains("It was not repeated, because it had acted: true"), "\(story)")
            #expect(ends.dropFirst().isEmpty || Array(ends.dropFirst()) == [answers[1]], "\(ends), \(story)")
        } else {
            #expect(ends == answers || ends == [answers[1]], "\(ends), \(story)")
        }
        // Without a turn of its own it went into the other one, and its sender is told so.
        let hasOwn = ends.count == 2
        let told = stage.chat.transcript.byBot.filter { $0.replyTo == steer && !$0.text.hasPrefix("✅") }.map(\.text)
            .filter { $0 != "…" }
        #expect(told.count == 1 || (hasOwn && told.isEmpty), "\(told), \(story)")
        let isPut = told.first?.hasPrefix("put into the running turn") == true
        #expect(isPut || (hasOwn && told.first.map { $0 == "queued, 1 before you" } ?? true), "\(told), \(story)")
        try stage.checkPrompts(first(stage), mishap, story)
        let times = try stage.count(ofPrompt: second)
        let mayRepeat = mishap.death?.running?.hasActed == false
        #expect(times == (hasOwn ? 1 : 0) || (hasOwn && mayRepeat && times == 2), "\(times) times, \(story)")
        stage.checkEnd(of: message, mishap, story)
    }
}
