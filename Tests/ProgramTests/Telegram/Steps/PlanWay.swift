import Foundation
import TestSupport
import Testing

/// A message that goes through the stages of plan mode, in one of which somebody allows a command by a button.
struct PlanWay: Way {
    static let steps: Set<String> = [
        "turn begun", "event stage", "approval asked", "update begun", "approval allowed", "event action", "turn ok",
        "slot turn/1 placed", "slot turn/1 placed, shown", "slot approval placed, shown",
        "slot turn/end placed, shown",
    ]

    /// What each role is told to be.
    private static let roles = [
        ("selector", #"[[say: {"mode":"plan","reason":"big"}]]"#), ("planner", "[[say: the plan]]"),
        ("developer", "[[sh: echo done >> deeds]] [[say: answer 1.]]"),
        ("reviewer", #"[[say: {"result":"approved","feedback":"fine"}]]"#),
    ]

    static func prepare(_ program: inout Program) throws {
        program.environment["CM_CODEX_APPROVAL_POLICY"] = "untrusted"
        program.environment["CM_CHAT_MODE"] = "plan"
        let tables = roles.map { role, prompt in "[agents.plan.\(role)]\nsystem_prompt = '\(prompt)'\n" }
        try program.writeConf(tables.joined())
    }

    private let number: Int
    private(set) var message = 0
    private var press: String?, done = 0

    init(_ number: Int) { self.number = number }

    private var text: String { "do \(number)." }

    mutating func begin(_ stage: BuiltProgramTests.TelegramStage) { done = deeds(stage) }

    mutating func push(_ stage: BuiltProgramTests.TelegramStage, _ journal: JournalSight) throws {
        if message == 0 {
            message = stage.telegram.say(text, from: stage.ann).message
        } else if press == nil, let question = question(stage) {
            press = stage.press("Allow once", on: question)
        }
    }

    private func question(_ stage: BuiltProgramTests.TelegramStage) -> ShownMessage? {
        stage.chat.transcript.after(message).byBot.last { $0.button("Allow once") != nil }
    }

    private func answers(_ stage: BuiltProgramTests.TelegramStage) -> [String] {
        stage.telegram.answersToCallbacks.filter { $0.query == press }.map(\.text)
    }

    /// How often the command was run, over all ways.
    private func deeds(_ stage: BuiltProgramTests.TelegramStage) -> Int {
        let deeds = try? String(contentsOfFile: stage.program.workspace + "/deeds", encoding: .utf8)  // none was done
        return (deeds ?? "").split(separator: "\n").count
    }

    func isDone(_ stage: BuiltProgramTests.TelegramStage) -> Bool {
        message != 0 && !stage.reading(after: message).ends.isEmpty && question(stage) == nil
            && answers(stage).isEmpty == (press == nil)
    }

    func check(_ stage: BuiltProgramTests.TelegramStage, _ mishap: Mishap, _ story: Story) throws {
        let reading = stage.reading(after: message), ends = reading.ends, times = deeds(stage) - done
        let prompts = try stage.prompts().filter { $0.contains("# Request\n\n\(text)") }
        let played = Self.roles.map { _, prompt in prompts.count { $0.contains(prompt) } }
        if mishap.death?.running?.hasActed == true {
            // The developer is not asked again but told of what was allowed, and nobody reviews it.
            guard ends.count == 1, case .closed(let reason)? = ends.first else {
                Issue.record("a turn that had acted was not closed: \(ends), \(story)")
                return
            }
            #expect(reason.contains("echo done >> deeds") && times <= 1, "done \(times) times, \(story)")
            #expect(played == [1, 1, 1, 0], "\(played), \(story)")
        } else {
            #expect(ends == [.answered("answer1.")] && times == 1, "\(ends), done \(times) times, \(story)")
            // What a crash cuts off is the one stage under way.
            let isCutOff = mishap.death?.running != nil
            let isRight = played.allSatisfy { (1...2).contains($0) } && played.reduce(0, +) <= (isCutOff ? 5 : 4)
            #expect(isRight, "\(played), \(story)")
            #expect(reading.retries == (isCutOff ? 1 : 0), "\(story)")
            stage.checkEnd(of: message, mishap, story)
        }
        #expect(answers(stage) == (press == nil ? [] : ["Done"]), "\(story)")
    }
}
