import Foundation
import TestSupport
import Testing

extension BuiltProgramTests {
    /// Programs of one workspace killed at moments that nobody chose.
    @Suite(.timeLimit(.minutes(2))) struct RandomKillTests {
        /// A program, and what was typed at it.
        private struct Talker {
            let run: Run
            let name: String
            var typed: [String] = []

            mutating func type(_ text: String) {
                typed.append(text)
                run.send(text + "\n")
            }
        }

        @Test func `whoever is killed whenever, each message is answered once or told as interrupted`() async throws {
            let seed = Seed()
            var random = seed.generator(0)
            var program = try Program()
            try program.useStandIn("directed")
            var talkers: [Talker] = [], gone: [Talker] = []
            var last = 0

            for round in 1...10 {
                while talkers.count < 3 {
                    last += 1
                    talkers.append(Talker(run: try await program.script(), name: "p\(last)"))
                }
                for index in talkers.indices {
                    for number in 1...Int.random(in: 1...2, using: &random) {
                        let text = "\(talkers[index].name) says \(round).\(number)"
                        let deed = Bool.random(using: &random) ? " [[sh: true]] [[say: You said: so]]" : ""
                        talkers[index].type(text + deed + " [[delay: 0.002]]")
                    }
                }
                // Not a wait for anything: the moment of the kill.
                try await Task.sleep(for: .microseconds(Int.random(in: 0...120_000, using: &random)))
                for _ in 1...Int.random(in: 1...2, using: &random) {
                    let victim = talkers.remove(at: Int.random(in: talkers.indices, using: &random))
                    victim.run.signal(SIGKILL)
                    try await victim.run.ended()
                    gone.append(victim)
                }
            }
            for talker in talkers {
                talker.run.closeInput()
                // An own turn that was interrupted counts as one that failed.
                let result = try await talker.run.ended()
                #expect([0, 1].contains(result.status), "\(result.errors), seed \(seed)")
            }
            let result = try await program.run("chat", "--json", input: "the end\n/history 1000\n")
            let story = History(try #require(try result.events().of("command").first?.text))
            for talker in talkers + gone {
                for text in talker.typed {
                    let ends = story.ends(of: text)
                    // What was typed at a killed one may never have been read.
                    if ends.isEmpty, gone.contains(where: { $0.name == talker.name }) { continue }
                    #expect(ends.count { $0 != .again } == 1, "\(text): \(ends), seed \(seed)")
                    #expect(ends.count { $0 == .again } <= 1 && ends.last != .again, "\(text): \(ends), seed \(seed)")
                }
                #expect(story.order(of: talker.typed) == story.order(of: talker.typed).sorted(), "seed \(seed)")
            }
            let prompts = try program.standInTraffic().prompts
            #expect(Set(prompts).allSatisfy { text in prompts.count { $0 == text } <= 2 }, "seed \(seed)")
            print(
                "\(story.count(.answered)) answered, \(story.count(.closed)) interrupted, "
                    + "\(story.count(.again)) ran again, \(gone.count) programs killed")
            #expect(story.count(.answered) >= 10, "seed \(seed)")
        }
    }
}
