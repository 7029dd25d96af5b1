import Conversation
import Foundation
import TestSupport
import Testing

@testable import AgentShell

/// Turns of the real Copilot, whose model is a fake.
@Suite(.serialized, .enabled(if: RealCopilot.isThere, RealCopilot.reason), .timeLimit(.minutes(3)))
struct RealAgentCopilotTests {
    @Test func `an answer is streamed, and the next process goes on in the session`() async throws {
        let copilot = try await RealCopilot()
        let id = try await copilot.run { shell in
            let thread = try await shell.open()
            let events = try await thread.events(of: "[[say: the pineapple is ripe]] [[usage: 321 45]]")
            let words = ["the", " pineapple", " is", " ripe"].map(AgentEvent.delta)
            #expect(
                events == [.began] + words + [
                    .usage(Usage(inputTokens: 321, outputTokens: 45)), .message("the pineapple is ripe"),
                    .finished(.completed),
                ])
            let status = await shell.status()
            #expect(status.isReady)
            #expect(status.threads == 1)
            #expect(status.detail == "version 1.0.57")
            return thread.id
        }
        try await copilot.run { shell in
            let thread = try await shell.open(resume: id)
            #expect(thread.id == id)
            #expect(try await thread.events(of: "the mango").messages == ["You said: the mango"])
        }
        let last = try #require(try copilot.model.requests().last)
        #expect(last.conversation.contains("the pineapple is ripe"))
        #expect(last.authorization == "Bearer the-secret-key")
    }

    @Test func `a session that Copilot does not have is replaced by a new one`() async throws {
        try await RealCopilot().run { shell in
            let unknown = "11111111-1111-4111-8111-111111111111"
            let thread = try await shell.open(resume: unknown)
            #expect(thread.id != unknown)
            #expect(try await thread.events(of: "hello").messages == ["You said: hello"])
        }
    }

    @Test func `many sessions share a process, and do not wait for each other`() async throws {
        try await RealCopilot().run { shell in
            let said = try await withThrowingTaskGroup(of: [String].self) { group in
                for number in 1...8 {
                    group.addTask {
                        let thread = try await shell.open()
                        return try await thread.events(of: "[[say: number \(number)]] [[delay: 0.1]]").messages
                    }
                }
                return try await group.reduce(into: Set<String>()) { $0.formUnion($1) }
            }
            #expect(said == Set((1...8).map { "number \($0)" }))
            #expect(await shell.status().threads == 8)
        }
    }

    @Test func `a session can be answered by another model`() async throws {
        let copilot = try await RealCopilot()
        try await copilot.run { shell in
            let thread = try await shell.open(model: "second-model")
            _ = try await thread.events(of: "one")
            let same = try await shell.open(resume: thread.id, model: "third-model")
            _ = try await same.events(of: "two")
        }
        #expect(try copilot.model.requests().compactMap(\.model) == ["second-model", "third-model"])
    }

    // MARK: Permissions

    @Test func `a command is done when it is allowed, and not when it is denied`() async throws {
        let copilot = try await RealCopilot()
        try await copilot.run { shell in
            let thread = try await shell.open()
            let done = try await thread.events(of: "[[sh: touch done]] [[say: good]]") { _ in .allow }
            #expect(done.requests.map(\.title) == ["touch done"])
            #expect(done.requests.map(\.kind) == [.command])
            #expect(done.actions.map(\.status) == [.started, .completed])
            #expect(done.messages == ["good"])
            #expect(copilot.exists("done"))

            let denied = try await thread.events(of: "[[sh: touch denied]] [[say: as you wish]]") { _ in
                .deny(reason: "not on a Friday")
            }
            #expect(denied.actions.map(\.status) == [.started, .declined])
            #expect(denied.messages == ["as you wish"])
            #expect(denied.result == .completed)
            #expect(!copilot.exists("denied"))
            #expect(try copilot.model.requests().last?.conversation.contains("not on a Friday") == true)

            let without = try await thread.events(of: "[[sh: touch denied]] [[say: well then]]") { _ in
                .deny(reason: nil)
            }
            #expect(without.messages == ["well then"])
        }
    }

    @Test func `a file is changed once its difference is allowed, and the next one is asked for`() async throws {
        let copilot = try await RealCopilot()
        try await copilot.run { shell in
            let thread = try await shell.open()
            let path = copilot.file("new.txt")
            let once = try await thread.events(of: "[[write: \(path) hello world]]") { _ in .allow }
            #expect(once.requests.map(\.title) == [path])
            #expect(once.requests.first?.detail.contains("+hello world") == true)
            let prompt = "[[edit: \(path) world moon]] [[edit: \(path) moon sun]] [[say: done]]"
            let session = try await thread.events(of: prompt) { _ in .allowForSession }
            #expect(session.requests.count == 2)
            #expect(session.requests.first?.detail.contains("-hello world\n+hello moon") == true)
            #expect(session.messages == ["done"])
            #expect(try String(contentsOfFile: path, encoding: .utf8) == "hello sun\n")
        }
    }

    @Test func `reading where it works asks nobody, outside it does`() async throws {
        let copilot = try await RealCopilot()
        try "inside\n".write(toFile: copilot.file("here.txt"), atomically: true, encoding: .utf8)
        try await copilot.run { shell in
            let thread = try await shell.open()
            let prompt = """
                [[tool: view {"path":"\(copilot.file("here.txt"))"}]] [[tool: view {"path":"/etc/hostname"}]] [[say: read]]
                """
            let events = try await thread.events(of: prompt) { _ in .deny(reason: "it is private") }
            #expect(events.requests.map(\.title) == ["read /etc/hostname"])
            #expect(events.actions.map(\.status) == [.started, .completed, .started, .declined])
        }
        #expect(try copilot.model.requests().last?.conversation.contains("inside") == true)
    }

    @Test func `what fails says why`() async throws {
        let copilot = try await RealCopilot()
        try await copilot.run { shell in
            let missing = copilot.file("missing")
            let prompt = #"[[tool: view {"path":"\#(missing)"}]] [[sh: exit 3]] [[say: a pity]]"#
            let events = try await shell.open().events(of: prompt) { _ in .allow }
            let failed = events.actions.filter { $0.status == .failed }
            #expect(failed.map(\.title) == ["view \(missing): Path does not exist", "exit 3 (exit 3)"])
        }
    }

    @Test func `a question is asked with its choices, and answered`() async throws {
        let copilot = try await RealCopilot()
        let answers: [(ApprovalDecision, told: String)] = [
            (.answer("blue"), "User selected: blue"), (.answer("a pale green"), "User responded: a pale green"),
            (.deny(reason: "ask me tomorrow"), "ask me tomorrow"), (.deny(reason: nil), "decide for yourself"),
        ]
        try await copilot.run { shell in
            let thread = try await shell.open()
            for (answer, told) in answers {
                let prompt = "[[ask: which colour? | red | blue]] [[say: fine]]"
                let events = try await thread.events(of: prompt) { _ in answer }
                #expect(events.requests.map(\.kind) == [.question])
                #expect(events.requests.map(\.title) == ["which colour?"])
                #expect(events.requests.map(\.choices) == [["red", "blue"]])
                #expect(events.actions == [])
                #expect(events.messages == ["fine"])
                #expect(try copilot.model.requests().last?.conversation.contains(told) == true)
            }
        }
    }

    // MARK: Steering

    @Test func `what is put into a turn reaches the model before the turn ends`() async throws {
        let copilot = try await RealCopilot()
        try await copilot.run { shell in
            let thread = try await shell.open()
            await #expect(throws: AgentError.self) { try await thread.steer("too early") }
            let events = try await thread.events(of: "[[sh: touch a]] [[say: the end]]") { _ in
                try await thread.steer("also do this")
                return .allow
            }
            #expect(events.messages == ["You said: also do this"])
            #expect(events.result == .completed)
            await #expect(throws: AgentError.self) { try await thread.steer("too late") }
            #expect(try await thread.events(of: "next").messages == ["You said: next"])
        }
    }

    // MARK: Failures

    @Test func `a failure of the provider has its kind, and the next turn works`() async throws {
        let failures: [(prompt: String, kind: TurnError.Kind)] = [
            ("[[http: 401]]", .auth), ("[[http: 404]]", .refused), ("[[fail: insufficient_quota none]]", .quota),
            ("[[fail: context_length_exceeded too long]]", .context), ("[[http: 429]]", .rateLimit),
        ]
        try await RealCopilot().run { shell in
            let thread = try await shell.open()
            for (prompt, kind) in failures {
                let result = try await thread.events(of: prompt).result
                guard case .failed(let error) = result else {
                    Issue.record("\(prompt) ended with \(String(describing: result))")
                    continue
                }
                #expect(error.kind == kind, "\(prompt)")
            }
            #expect(try await thread.events(of: "next").messages == ["You said: next"])
        }
    }

    @Test func `a stream that breaks once is tried again, and the answer is whole`() async throws {
        try await RealCopilot().run { shell in
            let events = try await shell.open().events(of: "[[say: one two three four]] [[drop: x1]]")
            #expect(events.messages == ["one two three four"])
            #expect(events.filter { $0 == .began }.count == 2)
            #expect(events.contains { if case .retrying = $0 { true } else { false } })
        }
    }
}
