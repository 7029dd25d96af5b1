import Conversation
import Foundation
import JSONRPC
import TestSupport
import Testing

@testable import AgentShell

/// A thread against a peer that says just what the test says.
@Suite(.timeLimit(.minutes(1))) struct CodexThreadTests {
    @Test func `an interrupt that comes before the turn's id is known is sent once it is`() async throws {
        try await with { peer, thread, _ in
            async let isStarted: Void = start(thread)
            let request = try await peer.next("turn/start")
            await thread.interrupt()
            peer.answer(request, #"{"turn":{"id":"t1"}}"#)
            let interrupt = try await peer.next("turn/interrupt")
            #expect(interrupt.params["turnId"]?.text == "t1")
            peer.answer(interrupt, "{}")
            peer.tell("turn/completed", #"{"threadId":"T","turn":{"id":"t1","status":"interrupted"}}"#)
            try await isStarted
        }
    }

    @Test func `a turn whose start is never answered is ended with its process`() async throws {
        try await with { peer, thread, clock in
            async let failure = failureToStart(thread)
            _ = try await peer.next("turn/start")
            await thread.interrupt()
            await clock.sleeping(until: .seconds(5))
            clock.advance(by: .seconds(5))
            #expect(await failure?.code == .died)
        }
    }

    @Test func `a start that is refused leaves the thread free`() async throws {
        try await with { peer, thread, _ in
            async let failure = failureToStart(thread)
            peer.refuse(try await peer.next("turn/start"), "thread not found: T")
            #expect(await failure == AgentError(.refused, "codex refused turn/start: thread not found: T"))
            #expect(thread.runningNumber == nil)
        }
    }

    @Test func `messages of another thread are not heard, and its requests are refused`() async throws {
        try await with { peer, thread, _ in
            async let events = thread.events(of: "go")
            peer.begin(try await peer.next("turn/start"))
            peer.tell("item/agentMessage/delta", #"{"threadId":"X","turnId":"t1","itemId":"m","delta":"not ours"}"#)
            peer.tell("item/agentMessage/delta", #"["not","an","object"]"#)
            peer.ask(7, "item/commandExecution/requestApproval", #"{"threadId":"X","command":"rm"}"#)
            #expect(try await peer.nextAnswer(to: 7)["error"] != nil)
            peer.tell("turn/completed", #"{"threadId":"T","turn":{"id":"t1","status":"completed"}}"#)
            #expect(try await events == [.finished(.completed)])
        }
    }

    @Test func `a request that is no approval we know is refused, and the turn goes on`() async throws {
        try await with { peer, thread, _ in
            async let events = thread.events(of: "go")
            peer.begin(try await peer.next("turn/start"))
            peer.ask(3, "item/tool/call", #"{"threadId":"T","turnId":"t1"}"#)
            #expect(try await peer.nextAnswer(to: 3)["error"] != nil)
            peer.tell("turn/completed", #"{"threadId":"T","turn":{"id":"t1","status":"completed"}}"#)
            #expect(try await events == [.finished(.completed)])
        }
    }

    @Test func `an approval without a turn is refused`() async throws {
        try await with { peer, _, _ in
            peer.ask(3, "item/commandExecution/requestApproval", #"{"threadId":"T","command":"rm"}"#)
            let answer = try await peer.nextAnswer(to: 3)
            #expect(answer["error"] != nil)
        }
    }

    @Test(arguments: [(ApprovalDecision.allow, "accept"), (.deny(reason: nil), "decline")])
    func `a file change is asked for by its paths and answered`(decision: ApprovalDecision, word: String) async throws {
        try await with { peer, thread, _ in
            async let asked = firstApproval(thread, decision)
            peer.begin(try await peer.next("turn/start"))
            let change = #"{"path":"a.txt","kind":{"type":"update"},"diff":"-old\n+new"}"#
            let item = #"{"type":"fileChange","id":"f","changes":[\#(change)],"status":"inProgress"}"#
            peer.tell("item/started", #"{"threadId":"T","turnId":"t1","item":\#(item)}"#)
            let params = #"{"threadId":"T","turnId":"t1","itemId":"f","reason":"why"}"#
            peer.ask(4, "item/fileChange/requestApproval", params)
            #expect(try await peer.nextAnswer(to: 4)["result"]?["decision"]?.text == word)
            let detail = "update a.txt\n-old\n+new"
            let request = ApprovalRequest(id: "a4", kind: .file, title: "a.txt", detail: detail, reason: "why")
            #expect(try await asked == request)
        }
    }

    @Test func `the count of a thread that was resumed is not the next turn's`() async throws {
        try await with { peer, thread, _ in
            let count = #"{"total":{"inputTokens":100},"last":{"inputTokens":100,"outputTokens":20}}"#
            async let events = thread.events(of: "go")
            let request = try await peer.next("turn/start")
            peer.tell("thread/tokenUsage/updated", #"{"threadId":"T","turnId":"t0","tokenUsage":\#(count)}"#)
            peer.begin(request)
            peer.tell("thread/tokenUsage/updated", #"{"threadId":"T","turnId":"t1","tokenUsage":\#(count)}"#)
            peer.tell("turn/completed", #"{"threadId":"T","turn":{"id":"t1","status":"completed"}}"#)
            #expect(try await events == [.finished(.completed)])
        }
    }

    // MARK: Requests

    @Test func `a request that Codex takes back is told as withdrawn`() async throws {
        try await with { peer, thread, _ in
            async let events = thread.events(of: "go")
            peer.begin(try await peer.next("turn/start"))
            peer.ask(4, "item/commandExecution/requestApproval", #"{"threadId":"T","turnId":"t1","command":"ls"}"#)
            peer.tell("serverRequest/resolved", #"{"threadId":"T","requestId":4}"#)
            peer.tell("turn/completed", #"{"threadId":"T","turn":{"id":"t1","status":"completed"}}"#)
            let request = ApprovalRequest(id: "a4", kind: .command, title: "ls")
            #expect(try await events == [.approval(request), .withdrawn("a4"), .finished(.completed)])
        }
    }

    @Test func `a request that was answered is not told as withdrawn`() async throws {
        try await with { peer, thread, _ in
            async let events = thread.events(of: "go", answering: .allow)
            peer.begin(try await peer.next("turn/start"))
            peer.ask(4, "item/commandExecution/requestApproval", #"{"threadId":"T","turnId":"t1","command":"ls"}"#)
            #expect(try await peer.nextAnswer(to: 4)["result"]?["decision"]?.text == "accept")
            peer.tell("serverRequest/resolved", #"{"threadId":"T","requestId":4}"#)
            peer.tell("turn/completed", #"{"threadId":"T","turn":{"id":"t1","status":"completed"}}"#)
            let request = ApprovalRequest(id: "a4", kind: .command, title: "ls")
            #expect(try await events == [.approval(request), .finished(.completed)])
        }
    }

    @Test func `requests that have the numbers of ours are told apart from them`() async throws {
        try await with { peer, thread, _ in
            async let events = thread.events(of: "go", answering: .allow)
            let start = try await peer.next("turn/start")
            guard case .integer(let number) = start.id else { return }
            peer.ask(number, "standin/unknown", "{}")
            #expect(try await peer.nextAnswer(to: number)["error"]?["code"] == -32601)
            peer.begin(start)
            let params = #"{"threadId":"T","turnId":"t1","command":"ls"}"#
            peer.ask(number, "item/commandExecution/requestApproval", params)
            #expect(try await peer.nextAnswer(to: number)["result"]?["decision"]?.text == "accept")
            peer.tell("turn/completed", #"{"threadId":"T","turn":{"id":"t1","status":"completed"}}"#)
            #expect(try await events.last == .finished(.completed))
        }
    }

    @Test(arguments: [true, false])
    func `the reason of a denial is told before the denial, if Codex takes it`(isTaken: Bool) async throws {
        try await with { peer, thread, _ in
            async let events = thread.events(of: "go", answering: .deny(reason: "not today"))
            peer.begin(try await peer.next("turn/start"))
            peer.ask(4, "item/commandExecution/requestApproval", #"{"threadId":"T","turnId":"t1","command":"ls"}"#)
            let steer = try await peer.next("turn/steer")
            #expect(steer.params["expectedTurnId"]?.text == "t1")
            #expect("\(steer.params)".contains("declined: not today"))
            if isTaken { peer.answer(steer, "{}") } else { peer.refuse(steer, "no active turn to steer") }
            #expect(try await peer.nextAnswer(to: 4)["result"]?["decision"]?.text == "decline")
            peer.tell("turn/completed", #"{"threadId":"T","turn":{"id":"t1","status":"completed"}}"#)
            #expect(try await events.last == .finished(.completed))
        }
    }

    // MARK: Steering

    @Test func `text that comes before the turn has begun waits for it`() async throws {
        try await with { peer, thread, _ in
            async let events = thread.events(of: "go")
            let request = try await peer.next("turn/start")
            async let steered: Void = thread.steer("left")
            peer.begin(request)
            let steer = try await peer.next("turn/steer")
            #expect(steer.params["expectedTurnId"]?.text == "t1")
            peer.answer(steer, #"{"turnId":"t1"}"#)
            try await steered
            peer.tell("turn/completed", #"{"threadId":"T","turn":{"id":"t1","status":"completed"}}"#)
            #expect(try await events == [.finished(.completed)])
        }
    }

    @Test func `text that comes when no turn runs is refused, and nothing is sent`() async throws {
        try await with { _, thread, _ in
            let error = await #expect(throws: AgentError.self) { try await thread.steer("left") }
            #expect(error?.code == .refused)
        }
    }

    @Test func `text that comes too late for the turn is refused`() async throws {
        try await with { peer, thread, _ in
            async let events = thread.events(of: "go")
            peer.begin(try await peer.next("turn/start"))
            async let refusal = refusalToSteer(thread)
            peer.refuse(try await peer.next("turn/steer"), "no active turn to steer")
            #expect(await refusal?.code == .refused)
            peer.tell("turn/completed", #"{"threadId":"T","turn":{"id":"t1","status":"completed"}}"#)
            #expect(try await events == [.finished(.completed)])
        }
    }

    @Test func `text on its way to a process that dies is not said to have come`() async throws {
        try await with { peer, thread, _ in
            async let failure = failureOfEvents(thread)
            peer.begin(try await peer.next("turn/start"))
            async let refusal = refusalToSteer(thread)
            _ = try await peer.next("turn/steer")
            peer.leave()
            #expect(await refusal == AgentError(.died, "codex ended during turn/steer"))
            #expect(await failure?.code == .died)
        }
    }

    @Test func `text that nobody waits for any more does no harm to the turn`() async throws {
        try await with { peer, thread, _ in
            async let events = thread.events(of: "go")
            peer.begin(try await peer.next("turn/start"))
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await thread.steer("left") }
                _ = try await peer.next("turn/steer")
                group.cancelAll()
                await #expect(throws: CancellationError.self) { try await group.waitForAll() }
            }
            peer.tell("turn/completed", #"{"threadId":"T","turn":{"id":"t1","status":"completed"}}"#)
            #expect(try await events == [.finished(.completed)])
        }
    }

    // MARK: Turns that do not end by themselves

    @Test func `a turn that tries in vain for too long fails with the last reason`() async throws {
        try await with { peer, thread, clock in
            async let events = thread.events(of: "go")
            peer.begin(try await peer.next("turn/start"))
            peer.retry("first")
            peer.retry("waiting for network")
            try await peer.settle()
            // The time limit of the start, which is over, and that of the attempts.
            await clock.sleeping(until: .seconds(120), count: 2)
            clock.advance(by: .seconds(120))
            peer.answer(try await peer.next("turn/interrupt"), "{}")
            peer.tell("turn/completed", #"{"threadId":"T","turn":{"id":"t1","status":"interrupted"}}"#)
            let message = "codex could not reach its model for 120.0 seconds: waiting for network"
            #expect(try await events.last == .finished(.failed(TurnError(kind: .network, message: message))))
        }
    }

    @Test func `a turn that got on between its attempts is not given up`() async throws {
        try await with { peer, thread, clock in
            async let events = thread.events(of: "go")
            peer.begin(try await peer.next("turn/start"))
            peer.retry("first")
            // The time limit of the start, which is over, and that of the attempts.
            await clock.sleeping(until: .seconds(120), count: 2)
            peer.tell("item/agentMessage/delta", #"{"threadId":"T","turnId":"t1","itemId":"m","delta":"on"}"#)
            clock.advance(by: .seconds(60))
            peer.retry("second")
            await clock.sleeping(until: .seconds(180))
            clock.advance(by: .seconds(60))
            peer.tell("turn/completed", #"{"threadId":"T","turn":{"id":"t1","status":"completed"}}"#)
            #expect(try await events.last == .finished(.completed))
        }
    }

    @Test func `a turn that never begins is interrupted and fails`() async throws {
        try await with { peer, thread, clock in
            async let events = thread.events(of: "go")
            peer.answer(try await peer.next("turn/start"), #"{"turn":{"id":"t1"}}"#)
            await clock.sleeping(until: .seconds(120))
            clock.advance(by: .seconds(120))
            #expect(try await peer.next("turn/interrupt").params["turnId"]?.text == "t1")
            peer.tell("turn/completed", #"{"threadId":"T","turn":{"id":"t1","status":"interrupted"}}"#)
            let message = "codex took the message and did not begin with it within 120.0 seconds"
            #expect(try await events == [.finished(.failed(TurnError(kind: .internal, message: message)))])
        }
    }

    @Test func `a turn that never begins nor ends is ended with its process`() async throws {
        try await with { peer, thread, clock in
            async let failure = failureOfEvents(thread)
            peer.answer(try await peer.next("turn/start"), #"{"turn":{"id":"t1"}}"#)
            await clock.sleeping(until: .seconds(120))
            clock.advance(by: .seconds(120))
            _ = try await peer.next("turn/interrupt")
            await clock.sleeping(until: .seconds(125))
            clock.advance(by: .seconds(5))
            #expect(await failure?.code == .died)
        }
    }

    @Test func `the next turn waits until what an interrupted one left running is ended`() async throws {
        try await with { peer, thread, _ in
            async let first = thread.events(of: "go")
            peer.begin(try await peer.next("turn/start"))
            peer.tell("turn/completed", #"{"threadId":"T","turn":{"id":"t1","status":"interrupted"}}"#)
            #expect(try await first == [.finished(.interrupted)])
            async let second = thread.events(of: "on")
            let clean = try await peer.next("thread/backgroundTerminals/clean")
            peer.answer(clean, "{}")
            let start = try await peer.next("turn/start")
            #expect("\(start.params)".contains("on"))
            peer.begin(start)
            peer.tell("turn/completed", #"{"threadId":"T","turn":{"id":"t1","status":"completed"}}"#)
            #expect(try await second == [.finished(.completed)])
        }
    }

    // MARK: Steps

    private func start(_ thread: CodexThread) async throws { _ = try await thread.run(TurnRequest(text: "go")) }

    private func failureToStart(_ thread: CodexThread) async -> AgentError? {
        do {
            try await start(thread)
            return nil
        } catch {
            return error as? AgentError
        }
    }

    private func refusalToSteer(_ thread: CodexThread) async -> AgentError? {
        do {
            try await thread.steer("left")
            return nil
        } catch {
            return error as? AgentError
        }
    }

    private func failureOfEvents(_ thread: CodexThread) async -> AgentError? {
        do {
            _ = try await thread.events(of: "go")
            return nil
        } catch {
            return error as? AgentError
        }
    }

    private func firstApproval(_ thread: CodexThread, _ decision: ApprovalDecision) async throws -> ApprovalRequest? {
        for try await case .approval(let approval) in try await thread.run(TurnRequest(text: "go")) {
            await thread.answer(approval.id, decision)
            return approval
        }
        return nil
    }

    /// Runs a process over a pipe, with one open thread, `T`, while `body` plays the other end.
    private func with(_ body: (ScriptedPeer, CodexThread, ManualClock) async throws -> Void) async throws {
        try await withCodexPeer { peer, process, clock in
            async let opened = process.open(resume: nil)
            peer.answer(try await peer.next("config/read"), #"{"config":{}}"#)
            peer.answer(try await peer.next("thread/start"), #"{"thread":{"id":"T"}}"#)
            try await body(peer, try await opened, clock)
        }
    }
}
