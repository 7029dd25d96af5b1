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
            await clock.sleeping(2)
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
            peer.ask(3, "item/tool/requestUserInput", #"{"threadId":"T","turnId":"t1"}"#)
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
            let item = #"{"type":"fileChange","id":"f","changes":[{"path":"a.txt"}],"status":"inProgress"}"#
            peer.tell("item/started", #"{"threadId":"T","turnId":"t1","item":\#(item)}"#)
            let params = #"{"threadId":"T","turnId":"t1","itemId":"f","reason":"why"}"#
            peer.ask(4, "item/fileChange/requestApproval", params)
            #expect(try await peer.nextAnswer(to: 4)["result"]?["decision"]?.text == word)
            #expect(try await asked == ApprovalRequest(id: "a4", kind: .file, title: "a.txt", reason: "why"))
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

    private func firstApproval(_ thread: CodexThread, _ decision: ApprovalDecision) async throws -> ApprovalRequest? {
        for try await case .approval(let approval) in try await thread.run(TurnRequest(text: "go")) {
            await thread.answer(approval.id, decision)
            return approval
        }
        return nil
    }

    /// Runs a process over a pipe, with one open thread, `T`, while `body` plays the other end.
    private func with(_ body: (ScriptedPeer, CodexThread, ManualClock) async throws -> Void) async throws {
        let clock = ManualClock()
        let options = CodexOptions(command: "codex", environment: [:], workingDirectory: "/", clientVersion: "0")
        let process = CodexProcess(options: options, clock: clock)
        let (ours, theirs) = PipeEnd.pair()
        let peer = ScriptedPeer(theirs)
        await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await process.run(over: ours, ready: { _ in }, ending: {}) }
            defer { group.cancelAll() }
            await #expect(throws: Never.self) {
                peer.answer(try await peer.next("initialize"), "{}")
                async let opened = process.open(resume: nil)
                peer.answer(try await peer.next("thread/start"), #"{"thread":{"id":"T"}}"#)
                try await body(peer, try await opened, clock)
            }
        }
    }
}

/// The other end of a connection, as the test plays it.
private final class ScriptedPeer: Sendable {
    struct Request: Sendable {
        var id: JSONValue
        var params: JSONValue
    }

    private struct Ended: Error {}

    private let end: PipeEnd

    init(_ end: PipeEnd) { self.end = end }

    /// The next request of this method; others are passed over.
    func next(_ method: String) async throws -> Request {
        for try await line in end.lines {
            let message = try JSONDecoder().decode(JSONValue.self, from: line)
            guard message["method"]?.text == method, let id = message["id"] else { continue }
            return Request(id: id, params: message["params"] ?? [:])
        }
        throw Ended()
    }

    /// The whole answer to the request `id`; other messages are passed over.
    func nextAnswer(to id: Int) async throws -> JSONValue {
        for try await line in end.lines {
            let message = try JSONDecoder().decode(JSONValue.self, from: line)
            if message["id"] == .integer(id), message["method"] == nil { return message }
        }
        throw Ended()
    }

    func answer(_ request: Request, _ result: String) { end.write(#"{"id":\#(number(request)),"result":\#(result)}"#) }

    /// Begins the turn `t1` of the thread `T`, as Codex does.
    func begin(_ request: Request) {
        answer(request, #"{"turn":{"id":"t1"}}"#)
        tell("turn/started", #"{"threadId":"T","turn":{"id":"t1"}}"#)
    }

    func refuse(_ request: Request, _ message: String) {
        end.write(#"{"id":\#(number(request)),"error":{"code":-32600,"message":"\#(message)"}}"#)
    }

    func tell(_ method: String, _ params: String) { end.write(#"{"method":"\#(method)","params":\#(params)}"#) }

    func ask(_ id: Int, _ method: String, _ params: String) {
        end.write(#"{"id":\#(id),"method":"\#(method)","params":\#(params)}"#)
    }

    private func number(_ request: Request) -> Int { if case .integer(let number) = request.id { number } else { -1 } }
}
