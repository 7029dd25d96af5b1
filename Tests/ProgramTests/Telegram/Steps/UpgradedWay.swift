import TestSupport
import Testing

/// A group that gets another number while a turn runs for it, and in which people go on.
struct UpgradedWay: Way {
    static let steps: Set<String> = [
        "update taken in", "update dealt with", "message taken", "turn begun", "turn ok",
        "slot turn/1 begun", "slot turn/1 placed", "slot turn/1 placed, shown", "group renamed",
    ]

    private let number: Int
    private var group: FakeChat?, team: FakeChat?
    private var isAsked = false, isOpen = false, isAskedAgain = false

    init(_ number: Int) { self.number = number }

    /// The chat of the owner shows nothing of it.
    var message: Int { 0 }

    private func gate(_ stage: BuiltProgramTests.TelegramStage) -> TurnGate { stage.program.gate("gate-\(number)") }
    private func first(_ stage: BuiltProgramTests.TelegramStage) -> String {
        "\(gate(stage).hold) [[say: answer \(number).]]"
    }
    private var second: String { "[[say: answer after \(number).]]" }

    mutating func begin(_ stage: BuiltProgramTests.TelegramStage) async throws {
        let group = stage.telegram.addGroup("Team \(number)")
        let made = try await stage.program.run(["pair"], input: [])
        let code = try #require(made.output.split(separator: "\n").first)
        stage.telegram.say("/pair \(code)", from: stage.ann, in: group)
        try await group.waitForBot(saying: "let in")
        self.group = group
    }

    mutating func push(_ stage: BuiltProgramTests.TelegramStage, _ journal: JournalSight) throws {
        guard let group else { return }
        if !isAsked {
            stage.telegram.say("@cm_test_bot \(first(stage))", from: stage.ann, in: group)
            isAsked = true
        } else if team == nil {
            if journal.running != nil { team = stage.telegram.migrate(group) }
        } else if !isOpen {
            try gate(stage).open()
            isOpen = true
        } else if !isAskedAgain, let team, ChatReading(team.transcript).ends == [answers[0]] {
            stage.telegram.say("@cm_test_bot \(second)", from: stage.ann, in: team)
            isAskedAgain = true
        }
    }

    private var answers: [ChatReading.End] { [.answered("answer\(number)."), .answered("answerafter\(number).")] }

    func isDone(_ stage: BuiltProgramTests.TelegramStage) -> Bool {
        team.map { ChatReading($0.transcript).ends.last == answers[1] } ?? false
    }

    func seen(_ stage: BuiltProgramTests.TelegramStage) -> TestSupport.Transcript {
        team?.transcript ?? group?.transcript ?? stage.chat.transcript
    }

    func check(_ stage: BuiltProgramTests.TelegramStage, _ mishap: Mishap, _ story: Story) throws {
        let reading = ChatReading(seen(stage))
        #expect(reading.ends == answers && !reading.isWorking, "\(reading.ends), \(story)")
        #expect(group?.transcript.byBot(saying: "answer").isEmpty == true, "\(story)")
        let ends = seen(stage).byBot.count { $0.text.hasPrefix("✅") }
        #expect(ends == 2 || (ends == 1 && mishap.mayMiss { $0.hasSuffix("/end") }), "the words at the end, \(story)")
        try stage.checkPrompts(first(stage), mishap, story)
        try stage.checkPrompts(second, mishap, story)
    }
}
