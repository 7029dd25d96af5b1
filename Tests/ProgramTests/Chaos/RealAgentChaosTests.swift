import Foundation
import TestSupport
import Testing

extension BuiltProgramTests {
    /// The same with the released agents, a few times each.
    @Suite(.enabled(if: RealCodex.isThere, RealCodex.reason)) struct RealAgentChaosTests {
        private static let kills = 5

        @Test(.timeLimit(.minutes(5)), arguments: ["codex-0.163.0/bin/codex", "codex-0.147.0/codex"])
        func `codex: whatever is killed, nothing is left and nothing is lost`(path: String) async throws {
            let agents = try #require(RealCodex.folder)
            let model = try await FakeModel()
            var program = try RealCodex.program(answeredBy: model)
            program.environment["CM_CODEX_COMMAND"] = "\(agents)/\(path)"
            try await run(program, limit: .seconds(20))
        }

        @Test(.timeLimit(.minutes(5)))
        func `copilot: whatever is killed, nothing is left and nothing is lost`() async throws {
            let agents = try #require(RealCodex.folder)
            var program = try Program()
            let model = try await FakeProvider("fake_chat.py", in: program.path("tmp"))
            program.environment.merge([
                "CM_COPILOT_COMMAND": agents + "/copilot-1.0.57/copilot", "CODEX_SDK_DISABLED": "1",
                "COPILOT_HOME": program.path("copilot"), "COPILOT_CACHE_HOME": agents + "/copilot-cache",
                "COPILOT_MODEL": "fake-model", "OPENAI_BASE_URL": model.address, "OPENAI_API_KEY": "none",
                "CM_PROVIDER_WIRE_API": "completions", "CM_COPILOT_HANDSHAKE_TIMEOUT": "60",
            ]) { $1 }
            program.environment["PATH"]? += ":/usr/bin:/bin"
            try await run(program, limit: .seconds(20))
        }

        private func run(_ program: Program, limit: Duration) async throws {
            let seed = Seed()
            var random = seed.generator(0)
            var accepted: [String] = []
            for round in 1...Self.kills {
                let victim = Victim.allCases.randomElement(using: &random) ?? .program(SIGKILL)
                let life = try ChaosLife(of: program, round: round, suffix: " [[count: 20]] [[delay: 0.01]]")
                try await life.work(using: &random)
                let isHit = life.kill(victim)
                print("round \(round): \(victim)\(isHit ? "" : ", which was not there")")
                accepted += try await life.end()
                if victim != .programAndGuard {
                    let left = try await program.marked(within: limit)
                    #expect(left.isEmpty, "left after \(victim): \(left), round \(round), seed \(seed)")
                }
            }
            try await Chaos.check(program, accepted, "seed \(seed)")
            let left = try await program.marked(within: limit)
            #expect(left.isEmpty, "left at the end: \(left), seed \(seed)")
        }
    }
}
