import Foundation
import TestSupport
import Testing

extension BuiltProgramTests {
    /// The bot of the built program, killed at random moments while Telegram breaks.
    @Suite(.timeLimit(.minutes(60))) struct TelegramChaosTests {
        /// How often the program is killed; a few times unless `CM_CHAOS` says how often.
        private static let kills = Chaos.kills > 0 ? Chaos.kills : 6
        /// So many programs live beside each other, each with a Telegram of its own.
        private static let lanes = 2

        @Test(.enabled(if: Chaos.kills >= 1000, "takes minutes, at the product's own pace: make chaos N=1000"))
        func `a hundred messages of one person that were sent while it was down are answered once each and in order`()
            async throws
        {
            var stage = try TelegramStage.directed()
            let asked = (0..<100).map { number in
                stage.telegram.say("[[say: answer \(number) 🙂]]", from: stage.ann).message
            }
            let start = ContinuousClock.now
            try await stage.start()
            let seen = try await stage.chat.wait(for: "all ends", timeout: .seconds(600)) { $0.ends == asked.count }
            let answers = seen.byBot.map(\.text).filter { $0.hasPrefix("answer ") }
            #expect(answers == (0..<100).map { "answer \($0) 🙂" })
            #expect(seen.byBot.filter { $0.text.hasPrefix("✅") }.map(\.replyTo) == asked)
            #expect(try stage.prompts() == (0..<100).map { "[[say: answer \($0) 🙂]]" })
            print("100 messages of one person: \((ContinuousClock.now - start) / .seconds(1)) s")
        }

        @Test func `every message is answered once and in order, whenever the program dies`() async throws {
            let seed = Seed(), start = ContinuousClock.now
            let lanes = try await withThrowingTaskGroup(of: (ChatLives, (answered: Int, closed: Int)).self) { group in
                for lane in 0..<Self.lanes {
                    group.addTask {
                        var lives = try ChatLives(seed, lane: lane)
                        for kill in 1...Self.kills / Self.lanes {
                            try await lives.live()
                            // What is wrong shows near to where it went wrong.
                            if kill % 100 == 0 {
                                try await lives.settle()
                                _ = try lives.check()
                            }
                        }
                        try await lives.settle()
                        return (lives, try lives.check())
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            let kills = lanes.reduce(0) { $0 + $1.0.kills }, messages = lanes.reduce(0) { $0 + $1.0.count }
            let answered = lanes.reduce(0) { $0 + $1.1.answered }, closed = lanes.reduce(0) { $0 + $1.1.closed }
            let faults = FaultDeck.tally(of: lanes.map(\.0.stage.telegram))
            let tally = faults.map { "\($0.key) \($0.value)" }.sorted().joined(separator: ", ")
            let refused = lanes.reduce(0) { $0 + $1.0.stage.telegram.refusedForFlood.count }
            print(
                "\(kills) kills, \(messages) messages, \(answered) answered, \(closed) closed, seed \(seed),",
                "\(refused) refused for floods,",
                "\((ContinuousClock.now - start) / .seconds(1)) s; faults: \(tally)")
            // Each kind comes six times in a hundred kills.
            if kills >= 100 { #expect(Set(faults.keys) == FaultDeck.kinds, "seed \(seed)") }
        }
    }
}
