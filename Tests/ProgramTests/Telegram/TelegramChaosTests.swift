import Foundation
import TestSupport
import Testing

extension BuiltProgramTests {
    /// The bot of the built program, killed at random moments while Telegram breaks.
    @Suite(.timeLimit(.minutes(30))) struct TelegramChaosTests {
        /// How often the program is killed.
        private static let kills =
            ProcessInfo.processInfo.environment["CM_CHAOS"].flatMap { Int($0).map { max($0 / 4, 6) } } ?? 6
        /// How many messages are sent between two kills, at most.
        private static let most = 4

        @Test func `every message is answered once and in order, whenever the program dies`() async throws {
            let seed = Seed()
            var generator = seed.generator(0)
            var stage = try TelegramStage()
            try stage.program.useStandIn("directed")
            var count = 0
            for _ in 0..<Self.kills {
                let monitor = try await stage.start()
                Self.breakSomething(of: stage.telegram, using: &generator)
                for _ in 0..<Int.random(in: 0...Self.most, using: &generator) {
                    stage.telegram.say("[[say: answer \(count).]]", from: stage.ann)
                    count += 1
                    try await Task.sleep(for: .milliseconds(Int.random(in: 0...60, using: &generator)))
                }
                try await Task.sleep(for: .milliseconds(Int.random(in: 0...400, using: &generator)))
                monitor.signal(SIGKILL)
                _ = try await monitor.ended()
            }
            stage.telegram.clearFaults()
            try await stage.start()
            let expected = (0..<count).map { "answer \($0)." }
            func answers(in seen: TestSupport.Transcript) -> [String] {
                seen.byBot.map(\.text).filter { $0.hasPrefix("answer ") }
            }
            // A turn that two kills have hit is not begun a third time, and its message says so.
            func closed(in seen: TestSupport.Transcript) -> Int {
                seen.byBot.count { $0.replyTo == nil && $0.text.contains("for the second time") }
            }
            let seen = try await stage.chat.wait(for: "all answers, seed \(seed)", timeout: .seconds(60 + 10 * count)) {
                Set(answers(in: $0)).count + closed(in: $0) == count
            }
            let given = Set(answers(in: seen))
            #expect(answers(in: seen) == expected.filter(given.contains), "seed \(seed)")
            print("\(Self.kills) kills, \(count) messages, \(given.count) answered, seed \(seed)")
            let ends = seen.byBot.filter { $0.text.hasPrefix("✅") }.map(\.text)
            for answer in expected {
                // At most once: what was about to be sent when the program died is not sent again.
                #expect(ends.count { $0.contains(answer) } <= 1, "seed \(seed): \(answer)")
            }
        }

        private static func breakSomething(of telegram: FakeTelegram, using generator: inout SeededGenerator) {
            let faults: [TelegramFault?] = [
                nil, nil, .droppedBefore, .droppedAfter, .halfAnswer, .serverError(502),
                .tooManyRequests(retryAfter: 1),
                .invalidJSON,
            ]
            let methods = ["getUpdates", "sendMessage", "editMessageText"]
            guard let fault = faults[Int.random(in: 0..<faults.count, using: &generator)] else { return }
            telegram.inject(
                fault, into: methods[Int.random(in: 0..<methods.count, using: &generator)],
                times: Int.random(in: 1...3, using: &generator))
        }
    }
}
