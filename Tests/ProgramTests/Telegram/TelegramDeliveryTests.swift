import Foundation
import JSONRPC
import TestSupport
import Testing

extension BuiltProgramTests {
    /// What becomes of many messages, of slow ones, and of a chat that Telegram holds.
    @Suite(.timeLimit(.minutes(2))) struct TelegramDeliveryTests {
        @Test func `a hundred messages that were sent while it was down are answered once each, whole and in order`()
            async throws
        {
            var stage = try TelegramStage.directed()
            // Of several people, since a chat takes about three messages a second.
            let people = [stage.ann] + stage.letIn("Bob", "Cleo", "Dan", "Eve", "Finn", "Gus", "Hal", "Ida", "Jo")
            let rounds = 10
            let tail = (1...40).map { "word \($0) 🙂" }.joined(separator: " ")
            for round in 0..<rounds {
                for person in people {
                    stage.telegram.say("[[say: \(person.name) \(round) \(tail) end]]", from: person)
                }
            }
            try await stage.start()
            for person in people {
                let seen = try await stage.chat(of: person).wait(for: "all ends", timeout: .seconds(90)) {
                    $0.ends == rounds
                }
                let expected = (0..<rounds).map { "\(person.name) \($0) \(tail) end" }
                #expect(seen.byBot.map(\.text).filter { $0.hasSuffix(" end") } == expected)
            }
            let prompts = try stage.prompts()
            #expect(prompts.count == people.count * rounds && Set(prompts).count == prompts.count)
            #expect(stage.telegram.pendingUpdates.isEmpty)
        }

        @Test func `what the last turn says is in the chat when the program has ended`() async throws {
            var stage = try TelegramStage.directed()
            let run = try await stage.start()
            let gate = stage.program.gate()
            stage.telegram.say("[[say: the last words]] \(gate.hold)", from: stage.ann)
            try await stage.chat.waitForButton("Cancel")
            try await stage.program.agentHasBeenAsked()
            run.signal(SIGTERM)
            try await run.errors.read(through: "to finish")
            try gate.open()
            #expect(try await run.ended().status == 0)
            let seen = stage.chat.transcript
            #expect(seen.byBot.map(\.text).filter { $0 == "the last words" }.count == 1)
            #expect(seen.ends == 1)
            #expect(seen.byBot.allSatisfy { $0.button("Cancel") == nil })
        }

        @Test func `a chat that works for long holds up no other`() async throws {
            var stage = try TelegramStage.directed()
            let bob = stage.letIn("Bob")[0]
            let bobs = stage.chat(of: bob)
            try await stage.start()
            let gate = stage.program.gate()
            stage.telegram.say("[[say: long work]] \(gate.hold)", from: stage.ann)
            try await stage.chat.waitForButton("Cancel")
            try await stage.program.agentHasBeenAsked()
            // The progress of the second is there while the first works, and so is all of its answer.
            let second = stage.program.gate("second")
            stage.telegram.say("[[say: quick work]] \(second.hold)", from: bob)
            try await bobs.waitForButton("Cancel")
            try second.open()
            try await bobs.waitForBot(saying: "✅")
            #expect(stage.chat.transcript.ends == 0)
            // What the first one says meanwhile is told its place, and a command is answered.
            stage.telegram.say("[[say: next]]", from: stage.ann)
            try await stage.chat.waitForBot(saying: "queued, 1 before you")
            stage.telegram.say("/queue", from: stage.ann)
            try await stage.chat.waitForBot(saying: "next")
            #expect(stage.chat.transcript.ends == 0)
            try gate.open()
            let seen = try await stage.chat.wait(for: "both ends") { $0.ends == 2 }
            let answers = seen.byBot.map(\.text).filter { ["long work", "next"].contains($0) }
            #expect(answers == ["long work", "next"])
        }

        @Test func `a chat that Telegram holds for hours stays held after a crash, and others go on`() async throws {
            var stage = try TelegramStage.directed()
            let (bob, cleo) = { ($0[0], $0[1]) }(stage.letIn("Bob", "Cleo"))
            let bobs = stage.chat(of: bob), cleos = stage.chat(of: cleo)
            try await stage.start()
            try await stage.chat.waitForBot(saying: "Ready")
            // Bob's turn goes on, also after the crash, so that the chat could be told that somebody writes.
            let gate = stage.program.gate()
            for (person, seconds) in [(bob, 13_938), (cleo, 3)] {
                let count = stage.telegram.calls(of: "sendMessage").count
                stage.telegram.inject(.tooManyRequests(retryAfter: seconds), into: "sendMessage", times: 1)
                let hold = person.id == bob.id ? " \(gate.hold)" : ""
                stage.telegram.say("[[say: for \(person.name)]]\(hold)", from: person)
                try await stage.telegram.wait(for: "the flood") { $0.calls(of: "sendMessage").count > count }
            }
            let flooded = ContinuousClock.now
            stage.telegram.say("[[say: one]]", from: stage.ann)
            try await stage.chat.wait(for: "the end") { $0.ends == 1 }
            try await stage.kill()
            let before = stage.telegram.calls.count
            try await stage.start()
            stage.telegram.say("[[say: two]]", from: stage.ann)
            try await stage.chat.wait(for: "the end") { $0.ends == 2 }
            // One whose time has come gets all that was held.
            let seen = try await cleos.wait(for: "what was held") { $0.ends == 1 }
            #expect(ContinuousClock.now - flooded >= .seconds(3))
            #expect(seen.byBot.map(\.text).contains("for Cleo"))
            #expect(bobs.transcript.byBot.isEmpty)
            let toBob = stage.telegram.calls.dropFirst(before).filter {
                $0.parameters["chat_id"] == .integer(bob.id)
            }
            #expect(toBob.isEmpty, "\(toBob)")
        }
    }
}
