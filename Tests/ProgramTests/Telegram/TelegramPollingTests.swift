import Foundation
import JSONRPC
import TestSupport
import Testing

extension BuiltProgramTests {
    /// The long poll of the built program among others, and with answers that are not what they should be.
    @Suite(.timeLimit(.minutes(2))) struct TelegramPollingTests {
        @Test func `another program that polls is told of once, and outlived without a loss`() async throws {
            var stage = try TelegramStage.directed()
            try await stage.start()
            try await stage.telegram.waitForPoll()
            let other = SecondPoller(stage.telegram)
            try await stage.chat.waitForBot(saying: "Another program polls for this bot")
            stage.telegram.say("[[say: during]]", from: stage.ann)
            other.stop()
            let end = ContinuousClock.now
            try await stage.chat.waitForBot(saying: "✅", timeout: .seconds(61))
            print("polls again \((ContinuousClock.now - end) / .milliseconds(1)) ms after the end of the other one")
            stage.telegram.say("[[say: after]]", from: stage.ann)
            let seen = try await stage.chat.wait(for: "both ends", timeout: .seconds(61)) { $0.ends == 2 }
            #expect(seen.byBot(saying: "Another program").count == 1)
            #expect(seen.byBot.map(\.text).filter { ["during", "after"].contains($0) } == ["during", "after"])
            #expect(try stage.prompts() == ["[[say: during]]", "[[say: after]]"])
        }

        @Test func `a webhook is taken away at the start, and when somebody sets one, which is told once`() async throws
        {
            var stage = try TelegramStage.directed()
            stage.telegram.say("[[say: before]]", from: stage.ann)
            stage.telegram.setWebhook()
            stage.telegram.inject(.serverPage(502), into: "deleteWebhook", times: 1)
            try await stage.start()
            try await stage.chat.wait(for: "the end", timeout: .seconds(30)) { $0.ends == 1 }
            try await stage.telegram.waitForPoll()
            stage.telegram.setWebhook()
            stage.telegram.say("[[say: after]]", from: stage.ann)
            let seen = try await stage.chat.wait(for: "both ends", timeout: .seconds(30)) { $0.ends == 2 }
            #expect(seen.byBot(saying: "A webhook is set for this bot").count == 1)
            #expect(stage.telegram.webhook.isEmpty)
            #expect(try stage.prompts() == ["[[say: before]]", "[[say: after]]"])
        }

        @Test func `of two with one token on a machine the second waits for the end of the first`() async throws {
            var stage = try TelegramStage.directed()
            let first = try await stage.start()
            try await stage.telegram.waitForPoll()
            var second = try Program()
            try second.useStandIn("directed")
            // The same user, in another workspace, and with all that says where things are in other places.
            try second.write("ref: refs/heads/main\n", to: "other/.git/HEAD")
            for name in ["objects", "refs"] {
                try FileManager.default.createDirectory(
                    atPath: second.path("other/.git/\(name)"), withIntermediateDirectories: true)
            }
            second.folder = "other"
            for name in ["TELEGRAM_BOT_TOKEN", "TELEGRAM_API_BASE", "TELEGRAM_CHAT_ID", "CM_CHAT_MODE"] {
                second.environment[name] = stage.program.environment[name]
            }
            let run = try second.start("run")
            try await run.output.read(through: "another cm polls for this bot")
            // Whoever comes to a terminal later hears of it as well.
            let terminal = try await second.chat()
            _ = try await eventually("the terminal is told") {
                terminal.output.text.contains("another cm polls") ? true : nil
            }
            terminal.signal(SIGKILL)
            try await terminal.ended()
            stage.telegram.say("[[say: one]]", from: stage.ann)
            try await stage.chat.wait(for: "the end") { $0.ends == 1 }
            #expect(try second.standInTraffic().prompts.isEmpty)
            first.signal(SIGKILL)
            try await first.ended()
            stage.telegram.say("[[say: two]]", from: stage.ann)
            try await stage.chat.wait(for: "the end") { $0.ends == 2 }
            #expect(try second.standInTraffic().prompts == ["[[say: two]]"])
            #expect(stage.telegram.mostPollsAtOnce == 1)
            run.signal(SIGTERM)
            #expect(try await run.ended().status == 0)
        }

        @Test func `answers that nobody can read, long ones and odd updates cost no message`() async throws {
            var stage = try TelegramStage.directed()
            let faults: [TelegramFault] = [
                .invalidJSON, .unknownUpdate, .hugeAnswer(4 << 20), .redelivered(3), .reordered, .halfAnswer,
                .serverPage(502), .serverError(500), .redelivered(3),
            ]
            for fault in faults { stage.telegram.inject(fault, into: "getUpdates", times: 1) }
            stage.telegram.say("[[say: answer 0]]", from: stage.ann)
            // One that has a number and nothing else that can be read, among good ones.
            stage.telegram.tell("message", ["message_id": "seven", "text": ["not": "a text"]])
            stage.telegram.tell("callback_query", [:])
            stage.telegram.tell("poll_answer", ["poll_id": "1"])
            stage.telegram.say("[[say: answer 1]]", from: stage.ann)
            try await stage.start()
            for number in 2..<6 {
                stage.telegram.say("[[say: answer \(number)]]", from: stage.ann)
                try await stage.chat.wait(for: "the end", timeout: .seconds(30)) { $0.ends == number + 1 }
            }
            let answers = stage.chat.transcript.byBot.map(\.text).filter { $0.hasPrefix("answer ") }
            #expect(answers == (0..<6).map { "answer \($0)" })
            #expect(try stage.prompts().count == 6)
            let met = Set(stage.telegram.calls(of: "getUpdates").compactMap(\.fault))
            #expect(met == Set(faults))
        }

        @Test func `ten thousand updates at once are all dealt with, in bounded memory`() async throws {
            var stage = try TelegramStage.directed()
            let bob = stage.letIn("Bob")[0]
            let strangers = (0..<10).map { stage.telegram.addUser("Stranger \($0)") }
            for stranger in strangers { _ = stage.telegram.privateChat(with: stranger) }
            let monitor = try await stage.start()
            try await stage.chat.waitForBot(saying: "Ready")
            let process = OtherProcess(pid: monitor.pid)
            let before = try #require(process.ownKilobytes)
            let begun = ContinuousClock.now
            var asked = 0
            for number in 0..<10_000 {
                if number % 1_000 == 500 {
                    stage.telegram.say("[[say: answer \(asked)]]", from: asked.isMultiple(of: 2) ? stage.ann : bob)
                    asked += 1
                } else {
                    stage.telegram.say("let me in \(number)", from: strangers[number % strangers.count])
                }
            }
            try await stage.telegram.wait(for: "all are taken", timeout: .seconds(60)) { $0.pendingUpdates.isEmpty }
            let taken = ContinuousClock.now - begun
            for (person, offset) in [(stage.ann, 0), (bob, 1)] {
                let seen = try await stage.chat(of: person).wait(for: "all ends", timeout: .seconds(60)) {
                    $0.ends == 5
                }
                let answers = seen.byBot.map(\.text).filter { $0.hasPrefix("answer ") }
                #expect(answers == (0..<5).map { "answer \(2 * $0 + offset)" })
            }
            let after = try #require(process.ownKilobytes)
            print(
                "10,000 updates: taken after \(taken / .milliseconds(1)) ms, answered after",
                "\((ContinuousClock.now - begun) / .milliseconds(1)) ms; own memory \(before) kB before, \(after) kB after"
            )
            for stranger in strangers {
                let told = stage.chat(of: stranger).transcript.byBot
                #expect(told.map(\.text) == ["Unauthorized. Your Telegram user id is \(stranger.id)."])
            }
            // A quarter of what all of them at once would take.
            #expect(after - before < 40_000)
        }
    }
}
