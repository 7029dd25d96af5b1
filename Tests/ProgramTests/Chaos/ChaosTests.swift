import Foundation
import TestSupport
import Testing

extension BuiltProgramTests {
    /// Kills the program, its agent or the agent's guard at moments that nobody chose, with an agent that ignores SIGTERM
    /// and whose offspring leaves session and parent.
    ///
    /// Off unless `CM_CHAOS` says how many kills; `CM_TEST_SEED` repeats a run.
    @Suite(.enabled(if: Chaos.kills > 0, "set CM_CHAOS to a number of kills (make chaos N=100)"))
    struct ChaosTests {
        @Test(.timeLimit(.minutes(60)))
        func `whatever is killed, nothing is left, nothing is lost and no stranger is hit`() async throws {
            let seed = Seed()
            var random = seed.generator(0)
            var program = try Program()
            try program.useUnrulyAgent()
            program.environment["CM_AGENTS_EXIT_GRACE"] = "0.2"
            let stranger = try Stranger(in: program)
            var accepted: [String] = [], messages = 0, kills: [Victim: Int] = [:]

            for round in 1...Chaos.kills {
                let victim = Victim.allCases.randomElement(using: &random) ?? .program(SIGKILL)
                let life = try ChaosLife(of: program, round: round)
                try await life.work(using: &random)
                if life.kill(victim) { kills[victim, default: 0] += 1 }
                accepted += try await life.end()
                // A guard that was killed with its core leaves it to the next start.
                if victim != .programAndGuard {
                    let left = try await program.marked(within: .seconds(10))
                    #expect(left.isEmpty, "left after \(victim): \(left), round \(round), seed \(seed)")
                }
                #expect(stranger.isRunning, "the stranger was hit, round \(round), seed \(seed)")
                try stranger.pose(in: program, using: &random)
                // The program tells of the last thousand turns.
                guard round % 100 == 0 || round == Chaos.kills else { continue }
                try await Chaos.check(program, accepted, "up to round \(round), seed \(seed)")
                messages += accepted.count
                accepted = []
            }
            let left = try await program.marked(within: .seconds(10))
            #expect(left.isEmpty, "left at the end: \(left), seed \(seed)")
            #expect(stranger.isRunning)
            let hits = kills.map { "\($0.key) \($0.value)" }.sorted().joined(separator: ", ")
            print("\(Chaos.kills) lives, \(messages) messages, kills: \(hits), seed \(seed)")
            #expect(kills.values.reduce(0, +) >= Chaos.kills / 2)
        }
    }
}

/// How much is killed, and what must hold afterwards.
enum Chaos {
    static var kills: Int { ProcessInfo.processInfo.environment["CM_CHAOS"].flatMap { Int($0) } ?? 0 }

    /// Checks that each accepted message was answered or closed once, by what the program itself tells.
    static func check(_ program: Program, _ accepted: [String], _ seed: String) async throws {
        // Named so that it is another one each time.
        let end = "the end, \(seed)"
        let input = "\(end)\n/history 1000\n"
        let result = try await program.run(["chat", "--json"], input: Array(input.utf8), within: .seconds(60))
        let story = History(try #require(try result.events().of("command").first?.text))
        #expect(!accepted.isEmpty, "\(seed)")
        for text in accepted + [end] {
            let ends = story.ends(of: text)
            #expect(ends.filter { $0 != .again }.count == 1, "\(text): \(ends), \(seed)")
            #expect(ends.filter { $0 == .again }.count <= 1, "\(text): \(ends), \(seed)")
        }
    }
}
