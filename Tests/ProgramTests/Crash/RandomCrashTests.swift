import Foundation
import TestSupport
import Testing

extension BuiltProgramTests {
    /// Kills at moments that nobody chose; each run of the tests has others, and prints how to get them again.
    @Suite(.timeLimit(.minutes(2))) struct RandomCrashTests {
        @Test func `whenever the program is killed, no message is lost and none is answered twice`() async throws {
            let seed = UInt64.random(in: 1...UInt64(UInt32.max))
            print("seed of the kills: \(seed)")
            var random = SeededGenerator(seed: seed)
            var program = try Program()
            var accepted: [String] = []

            for round in 1...20 {
                // Some agents only talk, some run a command before, which must not be repeated.
                let mode = Bool.random(using: &random) ? "normal" : "bigline"
                try program.useStandIn(mode, ["STANDIN_DELAY_MS": "2"])
                let run = try program.start("chat", "--json")
                let texts = (1...3).map { "message \(round).\($0) with some words" }
                run.send(texts.map { $0 + "\n" }.joined())
                run.closeInput()
                for _ in 0..<Int.random(in: 1...60, using: &random) {
                    guard let event = try await run.output.event() else { break }
                    if event.type == "turn.started", event.mine == true { accepted.append(event.text ?? "") }
                }
                // Not a wait for anything: the moment between two lines.
                try await Task.sleep(for: .microseconds(Int.random(in: 0...3000, using: &random)))
                run.signal(SIGKILL)
                try await run.ended()
                while let event = try await run.output.event() {
                    if event.type == "turn.started", event.mine == true { accepted.append(event.text ?? "") }
                }
            }
            for pid in try program.standInTraffic().pids {
                #expect(try await OtherProcess(pid: pid).ends(within: .seconds(2)))
            }

            try program.useStandIn()
            let result = try await program.run("chat", "--json", input: "the end\n/history 1000\n")
            let history = try #require(try result.events().of("command").first?.text)
            let story = History(history)
            #expect(accepted.count >= 10, "seed \(seed)")
            for text in accepted + ["the end"] {
                let ends = story.ends(of: text)
                #expect(ends.filter { $0 != .again }.count == 1, "\(text): \(ends), seed \(seed)")
                #expect(ends.filter { $0 == .again }.count <= 1, "\(text): \(ends), seed \(seed)")
                #expect(ends.last != .again, "\(text): \(ends), seed \(seed)")
            }
            let prompts = try program.standInTraffic().prompts
            #expect(Set(prompts).allSatisfy { text in prompts.filter { $0 == text }.count <= 2 }, "seed \(seed)")
            print("\(accepted.count) messages over 20 kills, \(story.count(.again)) ran again")
        }
    }
}
