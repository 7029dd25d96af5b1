import Foundation
import TestSupport
import Testing

/// A message whose turn asks, which somebody allows by a button.
struct AllowedWay: Way {
    static let steps: Set<String> = [
        "approval asked", "update begun", "slot approval begun", "slot approval placed, shown",
        "slot approval/call begun",
        "slot approval/call placed, shown", "approval allowed", "turn ok", "event action",
    ]

    static func prepare(_ program: inout Program) { program.environment["CM_CODEX_APPROVAL_POLICY"] = "untrusted" }

    private var asked: Asked
    private var presses: [String] = []

    init(_ number: Int) { asked = Asked(number: number, kind: .deed) }

    var message: Int { asked.message }

    mutating func push(_ stage: BuiltProgramTests.TelegramStage, _ journal: JournalSight) throws {
        guard asked.message != 0 else {
            asked.message = stage.telegram.say(asked.text, from: stage.ann).message
            return
        }
        guard presses.isEmpty, let question = question(stage) else { return }
        if let press = stage.press("Allow once", on: question) { presses.append(press) }
    }

    private func question(_ stage: BuiltProgramTests.TelegramStage) -> ShownMessage? {
        stage.chat.transcript.byBot.last { $0.id > asked.message && $0.button("Allow once") != nil }
    }

    private func ends(_ stage: BuiltProgramTests.TelegramStage) -> [ChatReading.End] {
        ChatReading(stage.chat.transcript.after(asked.message)).ends
    }

    func isDone(_ stage: BuiltProgramTests.TelegramStage) -> Bool {
        // One that was cut off before it asked has no question.
        !ends(stage).isEmpty && question(stage) == nil
            && presses.allSatisfy { press in stage.telegram.answersToCallbacks.contains { $0.query == press } }
    }

    func check(_ stage: BuiltProgramTests.TelegramStage, _ mishap: Mishap, _ story: Story) throws {
        let ends = ends(stage)
        let deeds = try? String(contentsOfFile: stage.program.workspace + "/deeds", encoding: .utf8)  // none was done
        let times = (deeds ?? "").split(separator: "\n").count { $0 == "\(asked.number)" }
        let answered = ChatReading.End.answered(asked.answer ?? "")
        if mishap.death?.running?.hasActed == true {
            // It is not run again, and the agent is told of what was allowed, which ends in another turn.
            #expect(times <= 1 && ends.count == 1 && ends.first != answered, "\(ends), done \(times) times, \(story)")
            #expect(try stage.count(ofPrompt: asked.text) == 1, "\(story)")
            guard case .closed(let reason)? = ends.first else { return }
            #expect(reason.contains("echo \(asked.number) >> deeds"), "\(story)")
        } else {
            #expect(times == 1 && ends == [answered], "\(ends), done \(times) times, \(story)")
            try stage.checkPrompts(asked.text, mishap, story)
        }
        let answers = stage.telegram.answersToCallbacks.filter { presses.contains($0.query) }.map(\.text)
        #expect(answers.count == presses.count, "\(answers), \(story)")
        // Nobody else presses: it is this press that has settled it, whenever that was.
        #expect(answers.allSatisfy { $0 == "Done" }, "\(answers), \(story)")
        if mishap.death?.running?.hasActed != true { stage.checkEnd(of: asked.message, mishap, story) }
    }
}
