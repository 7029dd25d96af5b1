import Foundation
import Testing

extension BuiltProgramTests {
    /// Scripts answered by the real Codex, whose model is a fake.
    @Suite(.enabled(if: RealCodex.isThere, RealCodex.reason), .timeLimit(.minutes(2)))
    struct RealAgentCodexTests {
        private func run(
            _ input: String, _ arguments: [String] = []
        ) async throws -> (events: [ScriptEvent], requests: [FakeModel.Request], program: Program) {
            let model = try await FakeModel()
            let program = try RealCodex.program(answeredBy: model)
            let result = try await program.run(
                ["chat", "--json"] + arguments, input: Array(input.utf8), within: .seconds(90))
            return (try result.events(), try model.requests(), program)
        }

        @Test func `messages of a run share a thread, and the next run goes on in it`() async throws {
            let model = try await FakeModel()
            let program = try RealCodex.program(answeredBy: model)
            let first = try await program.run("chat", input: "the pineapple\nthe mango\n")
            #expect(first.output == "You said: the pineapple\nYou said: the mango\n")
            #expect(first.errors == "")
            #expect(first.status == 0)
            let second = try await program.run("chat", input: "the papaya\n")
            #expect(second.output == "You said: the papaya\n")
            #expect(second.errors == "")

            let requests = try model.requests()
            #expect(requests.map(\.prompt) == ["the pineapple", "the mango", "the papaya"])
            #expect(requests[1].conversation.contains("the pineapple"))
            #expect(requests[2].conversation.contains("the pineapple"))
            #expect(requests[2].conversation.contains("You said: the mango"))
            #expect(program.agentProcesses.isEmpty)
        }

        @Test func `after /new nothing of the earlier conversation reaches the model`() async throws {
            let (_, requests, _) = try await run("the pineapple\n/new\nthe mango\n")
            #expect(requests.count == 2)
            #expect(requests.last?.conversation.contains("the pineapple") == false)
        }

        @Test func `what is streamed is the answer, and its cost is told`() async throws {
            let (events, _, _) = try await run("[[say: one two three]] [[usage: 321 45]]\n")
            #expect(events.endings == ["ok: one two three"])
            #expect(events.of("delta").compactMap(\.text).joined() == "one two three")
            #expect(events.of("delta").count > 1)
            #expect(events.of("turn.finished").first?.usage == .init(inputTokens: 321, outputTokens: 45))
        }

        @Test func `a command and a changed file are shown as actions`() async throws {
            let (events, _, program) = try await run("[[sh: echo hi > y.txt]]\n[[patch: add f.txt CONTENT]]\n")
            let actions = events.of("action").filter { $0.status == "completed" }
            #expect(actions.map(\.kind) == ["command", "file"])
            #expect(actions.first?.title?.contains("echo hi > y.txt") == true)
            #expect(actions.last?.title?.contains("f.txt") == true)
            #expect(FileManager.default.fileExists(atPath: program.workspace + "/y.txt"))
            #expect(FileManager.default.fileExists(atPath: program.workspace + "/f.txt"))
            #expect(events.endings == ["ok: Done.", "ok: Done."])
        }

        @Test(arguments: [
            ("[[http: 401]]", "auth"), ("[[http: 429]]", "rate_limit"), ("[[http: 500]]", "network"),
            ("[[fail: context_length_exceeded too long]]", "context"), ("[[fail: insufficient_quota none]]", "quota"),
            ("[[say: half of it is lost]] [[drop]]", "network"),
        ])
        func `a failure of the provider has its kind, and the next turn works`(
            prompt: String, kind: String
        ) async throws {
            let (events, _, _) = try await run("\(prompt)\nnext\n")
            let ends = events.of("turn.finished")
            #expect(ends.map(\.status) == ["error", "ok"])
            #expect(ends.first?.error?.kind == kind, "\(String(describing: ends.first?.error))")
            #expect(ends.last?.text == "You said: next")
        }

        @Test func `a stream that breaks once is tried again, and the answer is whole`() async throws {
            let (events, _, _) = try await run("[[say: one two three four]] [[drop: x1]]\n")
            #expect(events.endings == ["ok: one two three four"])
        }

        @Test func `a command beyond the sandbox is denied with a notice, and not done`() async throws {
            let (events, requests, program) = try await run("[[shx: touch f]]\n")
            #expect(events.of("approval").map(\.status) == ["asked", "denied"])
            #expect(events.of("approval").first?.title?.contains("touch f") == true)
            #expect(events.of("notice").first?.text?.hasPrefix("denied: ") == true)
            #expect(events.of("turn.finished").map(\.status) == ["ok"])
            #expect(requests.count == 2)
            #expect(!FileManager.default.fileExists(atPath: program.workspace + "/f"))
        }

        @Test func `with --approve all it is done`() async throws {
            let (events, _, program) = try await run("[[shx: touch f]]\n", ["--approve", "all"])
            #expect(events.of("approval").map(\.status) == ["asked", "allowed"])
            #expect(events.of("action").last?.status == "completed")
            #expect(events.of("notice") == [])
            #expect(FileManager.default.fileExists(atPath: program.workspace + "/f"))
        }

        @Test func `SIGINT cancels the turn, and the next run goes on in the thread`() async throws {
            let model = try await FakeModel()
            let program = try RealCodex.program(answeredBy: model)
            let run = try program.start("chat", "--json")
            run.send("the coconut [[count: 300]] [[delay: 0.1]]\n")
            try await run.output.event("delta")
            run.signal(SIGINT)
            let result = try await run.ended(within: .seconds(5))
            #expect(result.status == 130)
            #expect(try result.events().of("turn.finished").map(\.status) == ["cancelled"])
            #expect(program.agentProcesses.isEmpty)

            #expect(try await program.run("chat", input: "next\n").output == "You said: next\n")
            #expect(try model.requests().last?.conversation.contains("the coconut") == true)
        }
    }
}
