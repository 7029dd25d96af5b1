import Foundation
import TestSupport
import Testing

extension BuiltProgramTests {
    /// The program killed while the real Codex works.
    @Suite(.enabled(if: RealCodex.isThere, RealCodex.reason), .timeLimit(.minutes(2)))
    struct RealAgentCodexCrashTests {
        @Test func `killed in the middle of an answer, nothing is left and the message runs again once`() async throws {
            let model = try await FakeModel()
            let program = try RealCodex.program(answeredBy: model)
            #expect(try await program.run("chat", input: "the pineapple\n").status == 0)
            let run = try program.start("chat", "--json")
            run.send("the lost one [[count: 30]] [[delay: 0.05]]\n")
            try await run.output.event("delta")
            #expect(!program.agentProcesses.isEmpty)
            try await kill(run, of: program)

            let events = try await program.run("chat", "--json", input: "next\n").events()
            let started = events.of("turn.started").suffix(2)
            #expect(started.map(\.text) == ["the lost one [[count: 30]] [[delay: 0.05]]", "next"])
            #expect(started.map(\.mine) == [false, true])
            #expect(events.goodEndings.count == 2)
            let lost = try model.requests().filter { $0.prompt.hasPrefix("the lost one") }
            #expect(lost.count == 2)
            #expect(lost.last?.conversation.contains("the pineapple") == true)
        }

        @Test func `killed while a command runs, the command ends and is not repeated`() async throws {
            let model = try await FakeModel()
            let program = try RealCodex.program(answeredBy: model)
            let run = try program.start("chat", "--json")
            run.send("[[sh: echo x >> done; sleep 60]]\n")
            try await run.output.event("action") { $0.kind == "command" }
            try await kill(run, of: program)

            let result = try await program.run("chat", "--json", input: "next\n/history\n")
            #expect(try result.events().goodEndings == ["You said: next"])
            let history = try result.events().of("command").first?.text ?? ""
            #expect(history.contains("It was not repeated, because it had acted: "))
            #expect(history.contains("sleep 60"))
        }

        @Test func `whenever it is killed, no message is lost and none is answered twice`() async throws {
            let seed = UInt64.random(in: 1...UInt64(UInt32.max))
            print("seed of the kills: \(seed)")
            var random = SeededGenerator(seed: seed)
            let model = try await FakeModel()
            let program = try RealCodex.program(answeredBy: model)
            var accepted: [String] = []
            for round in 1...5 {
                let run = try program.start("chat", "--json")
                let texts = (1...2).map { "message \(round).\($0) [[count: 20]] [[delay: 0.01]]" }
                run.send(texts.map { $0 + "\n" }.joined())
                run.closeInput()
                for _ in 0..<Int.random(in: 2...90, using: &random) {
                    guard let event = try await run.output.event() else { break }
                    if event.type == "turn.started", event.mine == true { accepted.append(event.text ?? "") }
                }
                try await kill(run, of: program)
                while let event = try await run.output.event() {
                    if event.type == "turn.started", event.mine == true { accepted.append(event.text ?? "") }
                }
            }
            let result = try await program.run("chat", "--json", input: "the end\n/history 1000\n")
            let story = History(try #require(try result.events().of("command").first?.text))
            #expect(!accepted.isEmpty)
            for text in accepted + ["the end"] {
                let ends = story.ends(of: text)
                #expect(ends.filter { $0 != .again }.count == 1, "\(text): \(ends), seed \(seed)")
                #expect(ends.filter { $0 == .again }.count <= 1, "\(text): \(ends), seed \(seed)")
            }
            print("\(accepted.count) messages over 5 kills, \(story.count(.again)) ran again")
        }

        private func kill(_ run: Run, of program: Program) async throws {
            let agents = program.agentProcesses.filter { $0.pid != run.pid }
            run.signal(SIGKILL)
            _ = await run.hasEnded(within: Program.patience)
            for agent in agents { #expect(try await agent.ends(within: .seconds(2))) }
            #expect(program.agentProcesses.isEmpty)
        }
    }
}
