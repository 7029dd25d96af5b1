import Conversation
import Foundation
import TestSupport
import Testing

@testable import AgentShell

@Suite(.timeLimit(.minutes(1))) struct CodexShellTests {
    /// The events of a turn that are not those a test is about.
    private struct Unexpected: Error {
        var events: [AgentEvent]
    }

    private static let usage = AgentEvent.usage(Usage(inputTokens: 100, outputTokens: 20))

    // MARK: Turns

    @Test func `a turn is streamed from its first word to its end`() async throws {
        try await StandIn().run { shell in
            let events = try await shell.open().events(of: "good day")
            #expect(
                events == [
                    .began, .delta("You"), .delta(" said:"), .delta(" good"), .delta(" day"),
                    .message("You said: good day"), Self.usage, .finished(.completed),
                ])
        }
    }

    @Test func `turns of one thread follow each other in one process`() async throws {
        try await StandIn().run { shell in
            let thread = try await shell.open()
            _ = try await thread.events(of: "one")
            let pid = await shell.status().pid
            #expect(try await thread.events(of: "two").contains(.message("You said: two")))
            #expect(await shell.status().pid == pid)
        }
    }

    @Test func `threads run at the same time, each with its own events`() async throws {
        try await StandIn().run { shell in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 1...5 {
                    group.addTask {
                        let thread = try await shell.open()
                        let said = AgentEvent.message("You said: number \(number)")
                        let messages = try await thread.events(of: "number \(number)").filter {
                            if case .message = $0 { true } else { false }
                        }
                        #expect(messages == [said])
                    }
                }
                try await group.waitForAll()
            }
            #expect(await shell.status().threads == 5)
        }
    }

    @Test func `what a version to come says beside a turn does not disturb it`() async throws {
        try await StandIn("noise").run { shell in
            let events = try await shell.open().events(of: "good day")
            #expect(events.contains(.message("You said: good day")))
            #expect(events.last == .finished(.completed))
        }
    }

    @Test func `an item of 5 MB does not disturb a turn`() async throws {
        try await StandIn("bigline").run { shell in
            let events = try await shell.open().events(of: "good day")
            #expect(events.contains(.message("You said: good day")))
            #expect(events.last == .finished(.completed))
        }
    }

    @Test(arguments: [
        ("usageLimitExceeded", TurnError.Kind.quota), ("unauthorized", .auth), ("contextWindowExceeded", .context),
        (#"{"responseTooManyFailedAttempts":{"httpStatusCode":429}}"#, .rateLimit),
        (#"{"httpConnectionFailed":{"httpStatusCode":null}}"#, .network), ("other", .internal),
    ])
    func `a failed turn is told with its kind`(reported: String, kind: TurnError.Kind) async throws {
        try await StandIn("error:\(reported)").run { shell in
            let events = try await shell.open().events(of: "go")
            guard case .finished(.failed(let error))? = events.last else { throw Unexpected(events: events) }
            #expect(events.count == 1)
            #expect(error.kind == kind)
            #expect(error.message.hasPrefix("the stand-in failed, as asked"))
        }
    }

    @Test(arguments: [
        (ApprovalDecision.allow, "accept", Action.Status.completed), (.deny(reason: nil), "decline", .declined),
    ])
    func `an approval is asked and answered`(
        decision: ApprovalDecision, word: String, status: Action.Status
    ) async throws {
        try await StandIn("approval").run { shell in
            let thread = try await shell.open()
            var asked: [ApprovalRequest] = [], statuses: [Action.Status] = [], message: String?
            for try await event in try await thread.run(TurnRequest(text: "go")) {
                switch event {
                case .approval(let approval):
                    asked.append(approval)
                    await thread.answer(approval.id, decision)
                case .action(let action): statuses.append(action.status)
                case .message(let text): message = text
                case .began, .delta, .withdrawn, .usage, .retrying, .finished: break
                }
            }
            #expect(
                asked == [
                    ApprovalRequest(
                        id: "a0", kind: .command, title: "touch approved", detail: "in /",
                        reason: "the stand-in asks for it")
                ])
            #expect(statuses == [.started, status])
            #expect(message == "The decision was: \(word)")
        }
    }

    @Test func `an answer to an approval that is not open is ignored`() async throws {
        try await StandIn().run { shell in
            let thread = try await shell.open()
            await thread.answer("a0", .allow)
            #expect(try await thread.events(of: "go").last == .finished(.completed))
        }
    }

    // MARK: Interrupts

    @Test func `an interrupt ends a silent turn, and the process stays`() async throws {
        try await StandIn("hang").run { shell in
            let thread = try await shell.open()
            for text in ["one", "two"] {
                var events: [AgentEvent] = []
                for try await event in try await thread.run(TurnRequest(text: text)) {
                    events.append(event)
                    if event == .delta("Working") { await thread.interrupt() }
                }
                #expect(events == [.began, .delta("Working"), .finished(.interrupted)])
            }
            #expect(await shell.status().isReady)
        }
    }

    @Test func `an interrupt with nothing running does nothing`() async throws {
        try await StandIn().run { shell in
            let thread = try await shell.open()
            await thread.interrupt()
            #expect(try await thread.events(of: "go").last == .finished(.completed))
        }
    }

    @Test func `a turn that nobody reads any more is interrupted`() async throws {
        let directory = try TemporaryDirectory()
        var standIn = StandIn("hang")
        standIn.environment["STANDIN_LOG"] = directory.file("log")
        try await standIn.run { shell in
            let thread = try #require(try await shell.open() as? CodexThread)
            for try await event in try await thread.run(TurnRequest(text: "go")) where event != .began { break }
            while thread.runningNumber != nil, !Task.isCancelled { await Task.yield() }
        }
        let log = try String(contentsOfFile: directory.file("log"), encoding: .utf8)
        #expect(log.contains(#""method":"turn/interrupt""#))
    }

    @Test func `an agent that does not stop is replaced`() async throws {
        let clock = ManualClock()
        var standIn = StandIn("deaf")
        standIn.clock = clock
        try await standIn.run { shell in
            let thread = try await shell.open()
            let deaf = try #require(await shell.status().pid)
            let error = await #expect(throws: AgentError.self) {
                for try await event in try await thread.run(TurnRequest(text: "go")) where event != .began {
                    await thread.interrupt()
                    await clock.sleeping(until: .seconds(5))
                    clock.advance(by: .seconds(5))
                }
            }
            #expect(error?.code == .died)
            try await shell.prepare()
            #expect(await shell.status().pid != deaf)
            #expect(!isAlive(deaf))
        }
    }

    // MARK: Deaths

    @Test func `an agent that dies in a turn is told, and started again`() async throws {
        let directory = try TemporaryDirectory()
        var standIn = StandIn("die-in-turn")
        standIn.environment["STANDIN_STATE"] = directory.path
        standIn.environment["STANDIN_DIE_ONCE"] = "1"
        try await standIn.run { shell in
            let thread = try await shell.open()
            var events: [AgentEvent] = []
            let error = await #expect(throws: AgentError.self) {
                for try await event in try await thread.run(TurnRequest(text: "go")) { events.append(event) }
            }
            #expect(error?.code == .died)
            #expect(events == [.began, .delta("You")])
            let again = try await shell.open(resume: thread.id)
            #expect(again.id == thread.id)
            #expect(try await again.events(of: "go").last == .finished(.completed))
        }
    }

    @Test func `what an agent did before it died is told`() async throws {
        var standIn = StandIn("die-in-turn")
        standIn.environment["STANDIN_DIE_AFTER_ACTION"] = "1"
        try await standIn.run { shell in
            let thread = try await shell.open()
            var statuses: [Action.Status] = []
            await #expect(throws: AgentError.self) {
                for try await event in try await thread.run(TurnRequest(text: "go")) {
                    if case .action(let action) = event { statuses.append(action.status) }
                }
            }
            #expect(statuses == [.started, .completed])
        }
    }

    @Test func `a thread of a process that died says so`() async throws {
        try await StandIn("die-in-turn").run { shell in
            let thread = try await shell.open()
            await #expect(throws: AgentError.self) { try await thread.events(of: "go") }
            let error = await #expect(throws: AgentError.self) { try await thread.events(of: "go") }
            #expect(error?.code == .died)
        }
    }

    @Test func `a turn that runs when the shell is cancelled ends with a death`() async throws {
        let (stream, pid) = try await StandIn("hang").run { shell in
            let events = try await shell.open().run(TurnRequest(text: "go"))
            return (events, try #require(await shell.status().pid))
        }
        let error = await #expect(throws: AgentError.self) { for try await _ in stream {} }
        #expect(error?.code == .died)
        #expect(!isAlive(pid))
    }

    // MARK: Threads

    @Test func `a thread is resumed in a new process`() async throws {
        let directory = try TemporaryDirectory()
        var standIn = StandIn()
        standIn.environment["STANDIN_STATE"] = directory.path
        let first = try await standIn.run { shell in
            let thread = try await shell.open()
            _ = try await thread.events(of: "one")
            return thread.id
        }
        try await standIn.run { shell in
            let thread = try await shell.open(resume: first)
            #expect(thread.id == first)
            #expect(try await thread.events(of: "two").last == .finished(.completed))
        }
    }

    @Test func `a thread that Codex no longer has is replaced by a new one`() async throws {
        try await StandIn().run { shell in
            let gone = UUID().uuidString.lowercased()
            let thread = try await shell.open(resume: gone)
            #expect(thread.id != gone)
            #expect(try await thread.events(of: "one").last == .finished(.completed))
        }
    }

    @Test func `a thread that is open is not opened again`() async throws {
        let directory = try TemporaryDirectory()
        var standIn = StandIn()
        standIn.environment["STANDIN_LOG"] = directory.file("log")
        try await standIn.run { shell in
            let thread = try await shell.open()
            #expect(try await shell.open(resume: thread.id).id == thread.id)
            #expect(await shell.status().threads == 1)
        }
        let log = try String(contentsOfFile: directory.file("log"), encoding: .utf8)
        #expect(!log.contains("thread/resume"))
    }
}
