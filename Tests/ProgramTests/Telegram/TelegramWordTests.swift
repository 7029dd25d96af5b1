import Foundation
import TestSupport
import Testing

extension BuiltProgramTests {
    /// Words of people and of the built program, as somebody with a telephone sees them.
    @Suite(.timeLimit(.minutes(2))) struct TelegramWordTests {
        @Test func `a bare word settles what is asked, once, and the agent never hears it`() async throws {
            var stage = try TelegramStage.asking()
            try await stage.start()
            stage.telegram.say("[[sh: touch one]] [[sh: touch two]] [[say: both]]", from: stage.ann)
            try await stage.chat.waitForBot(saying: "waiting for you · a")
            stage.telegram.say("Yes!", from: stage.ann)
            try await stage.chat.waitForBot(saying: "allowed once")
            try await stage.chat.wait(for: "the second question") { seen in
                seen.byBot(saying: "waiting for you · a").contains { $0.text.contains("touch two") }
            }
            #expect(stage.hasFile("one") && !stage.hasFile("two"))
            let asked = try await stage.chat.waitForButton("Deny")
            stage.telegram.say("no", from: stage.ann, in: stage.chat, replyTo: asked.id)
            try await stage.chat.waitForBot(saying: "denied: ")
            let seen = try await stage.chat.wait(for: "the end") { $0.ends == 1 }
            #expect(!stage.hasFile("two"))
            #expect(seen.byBot(saying: "by ann (telegram)").count == 2)
            let prompts = try stage.prompts()
            #expect(prompts.count == 1)
        }

        @Test func `a bare word that was said while it was down counts for what was shown before`() async throws {
            var stage = try TelegramStage.asking()
            try await stage.start()
            stage.telegram.say("[[sh: touch one]] [[say: done]]", from: stage.ann)
            try await stage.chat.waitForBot(saying: "waiting for you · a")
            try await stage.kill()
            stage.telegram.say("yes", from: stage.ann)
            try await stage.start()
            try await stage.chat.waitForBot(saying: "allowed once")
            // The agent is told in a turn of its own, which nobody has said.
            let echo = try await stage.chat.waitForBot(saying: "note to the agent")
            #expect(echo.text.hasSuffix("note to the agent: it is told the answer of ann (telegram)"))
            try await stage.chat.wait(for: "the end of that") { $0.ends == 1 }
            stage.telegram.say("/history", from: stage.ann)
            let history = try await stage.chat.waitForBot(saying: "note to the agent (")
            #expect(history.text.contains("): it is told the answer of ann (telegram)\n"))
            #expect(!history.text.contains("(system") && !history.text.contains("): Your last turn was cut off"))
            let prompts = try stage.prompts()
            #expect(!prompts.contains("yes"))
        }

        @Test func `help is made of lines whose commands can be tapped`() async throws {
            var stage = try TelegramStage.asking()
            try await stage.start()
            stage.telegram.say("/help", from: stage.ann)
            let help = try await stage.chat.waitForBot(saying: "/mode [")
            #expect(help.text.contains("\n/cancel [all] – stop the running turn"))
            #expect(help.entities.allSatisfy { !["code", "pre"].contains($0.type) })
        }

        @Test func `a turn that is stopped at the terminal says by whom`() async throws {
            var stage = try TelegramStage.asking()
            stage.program.environment["USER"] = "carl"
            try await stage.start()
            let gate = stage.program.gate()
            stage.telegram.say("\(gate.hold) [[say: never]]", from: stage.ann)
            try await stage.program.agentHasBeenAsked()
            let script = try await stage.program.run(
                "chat", "--session", "tg:\(stage.ann.id):\(stage.ann.id)", input: "/cancel\n")
            #expect(script.output.contains("stopping the running turn"))
            try await stage.chat.wait(for: "the end") { $0.byBot.contains { $0.text.hasPrefix("⏹ stopped by ") } }
            try gate.open()
        }
    }
}
