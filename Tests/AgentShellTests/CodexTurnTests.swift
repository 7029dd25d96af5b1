import Conversation
import Foundation
import JSONRPC
import Testing

@testable import AgentShell

@Suite struct CodexTurnTests {
    @Test func `the deltas of a message make its text`() {
        var turn = CodexTurn()
        #expect(turn.take("turn/started", ["turn": ["id": "1"]]).isEmpty)
        #expect(
            turn.take("item/agentMessage/delta", ["turnId": "1", "itemId": "m", "delta": "hi"]) == [
                .began, .delta("hi"),
            ])
        #expect(turn.take("turn/completed", ["turn": ["id": "1", "status": "completed"]]) == [.finished(.completed)])
    }

    // MARK: Recorded turns

    @Test func `a recorded turn with a thought and an answer`() throws {
        let words = ["hello", " from", " the", " fake", " model", " in", " several", " deltas"]
        let thought = Action(id: "rs_e0b1d1f12de748ad", kind: .reasoning, title: "let me think", status: .completed)
        #expect(
            try events(of: Transcript.thinking) == [.action(thought), .began] + words.map(AgentEvent.delta) + [
                .message(words.joined()), .usage(Usage(inputTokens: 100, outputTokens: 20)), .finished(.completed),
            ])
    }

    @Test func `a recorded turn with a command between two messages`() throws {
        var command = Action(id: "call_8818d38c806a", kind: .command, title: "echo hi > y.txt; ls", status: .started)
        let started = command
        command.status = .completed
        #expect(
            try events(of: Transcript.command) == [
                .began, .delta("running"), .delta(" it"), .message("running it"), .action(started), .action(command),
                .usage(Usage(inputTokens: 100, outputTokens: 20)), .began, .delta("all"), .delta(" done"),
                .message("all done"), .usage(Usage(inputTokens: 200, outputTokens: 40)), .finished(.completed),
            ])
    }

    @Test func `a recorded turn with a file change`() throws {
        let actions = try actions(of: Transcript.patch)
        #expect(actions.map(\.kind) == [.file, .file])
        #expect(actions.map(\.title) == ["/home/dev/w/patched.txt", "/home/dev/w/patched.txt"])
        #expect(actions.map(\.status) == [.started, .completed])
    }

    @Test(arguments: [
        (
            Transcript.tooManyRequests, TurnError.Kind.rateLimit,
            "exceeded retry limit, last status: 429 Too Many Requests"
        ),
        (Transcript.unauthorized, .auth, "unexpected status 401 Unauthorized"),
        (Transcript.disconnected, .network, "stream disconnected before completion"),
        (Transcript.contextExceeded, .context, "Codex ran out of room in the model's context window."),
        (Transcript.compacted, .rateLimit, "rate limit exceeded: Rate limit reached."),
        (Transcript.quotaExceeded, .quota, "Quota exceeded."),
    ])
    func `a recorded failure is of its kind and says why`(transcript: String, kind: TurnError.Kind, why: String) throws
    {
        let ends = try events(of: transcript).compactMap {
            if case .finished(.failed(let error)) = $0 { error } else { nil }
        }
        #expect(ends.map(\.kind) == [kind])
        #expect(ends.first?.message.hasPrefix(why) == true)
    }

    @Test func `a fault after which Codex tries again is told with its reason`() throws {
        let retries = try events(of: Transcript.unauthorized).compactMap {
            if case .retrying(let why) = $0 { why } else { nil }
        }
        let why = "unexpected status 401 Unauthorized: fake HTTP 401, url: http://127.0.0.1:8765/v1/responses"
        #expect(retries == ["Reconnecting... 1/1: \(why)"])
    }

    @Test func `a message that broke off is followed by the next one`() throws {
        let said = try events(of: Transcript.disconnected).filter {
            switch $0 {
            case .began, .delta, .message: true
            case .action, .approval, .withdrawn, .usage, .retrying, .finished: false
            }
        }
        let attempt: [AgentEvent] = [.began, .delta("one"), .delta(" two"), .delta(" three")]
        #expect(said == attempt + attempt)
    }

    @Test func `a command that an interrupt cut off is closed as failed`() throws {
        let events = try events(of: Transcript.interrupted)
        #expect(try actions(of: Transcript.interrupted).map(\.status) == [.started, .failed])
        #expect(events.last == .finished(.interrupted))
    }

    @Test func `a file change that was never decided is closed as failed`() throws {
        #expect(try actions(of: Transcript.cancelled).map(\.status) == [.started, .failed])
    }

    @Test(arguments: [(Transcript.accepted, Action.Status.completed), (Transcript.declined, .declined)])
    func `a command ends as its approval was answered`(transcript: String, status: Action.Status) throws {
        #expect(try actions(of: transcript).map(\.status) == [.started, status])
    }

    // MARK: Usage

    @Test func `the usage of a turn is the sum of its responses`() throws {
        #expect(try usage(of: Transcript.patch, total: nil).last == Usage(inputTokens: 200, outputTokens: 40))
    }

    @Test func `a count that is repeated at the start of a turn is not the turn's`() throws {
        let total = try lastTotal(of: Transcript.compacted)
        #expect(try usage(of: Transcript.quotaExceeded, total: total).isEmpty)
    }

    @Test func `a turn that is counted twice is counted once`() throws {
        let total = try lastTotal(of: Transcript.patch)
        #expect(try usage(of: Transcript.disconnected, total: total) == [Usage(inputTokens: 100, outputTokens: 20)])
    }

    @Test func `the count of an earlier turn that is told late is not this turn's`() {
        var turn = started()
        let first: JSONValue = ["total": ["inputTokens": 100], "last": ["inputTokens": 100, "outputTokens": 20]]
        let second: JSONValue = ["total": ["inputTokens": 150], "last": ["inputTokens": 50, "outputTokens": 5]]
        #expect(turn.take("thread/tokenUsage/updated", ["turnId": "earlier", "tokenUsage": first]).isEmpty)
        #expect(turn.take("thread/tokenUsage/updated", ["turnId": "1", "tokenUsage": first]).isEmpty)
        let own = turn.take("thread/tokenUsage/updated", ["turnId": "1", "tokenUsage": second])
        #expect(own == [.usage(Usage(inputTokens: 50, outputTokens: 5))])
    }

    @Test(
        arguments: [
            [:], ["total": ["inputTokens": 5]], ["total": 1, "last": nil],
            ["total": 2, "last": ["inputTokens": "many"]],
            ["total": 3, "last": ["inputTokens": 1.5, "outputTokens": [:]]],
        ] as [JSONValue])
    func `a count without numbers adds nothing`(report: JSONValue) {
        var turn = started()
        let events = turn.take("thread/tokenUsage/updated", ["turnId": "1", "tokenUsage": report])
        #expect(events.allSatisfy { $0 == .usage(Usage()) })
    }

    // MARK: Whose message it is

    @Test func `what an earlier turn still says is not heard`() {
        var turn = started()
        #expect(turn.take("item/agentMessage/delta", ["turnId": "0", "itemId": "m", "delta": "old"]).isEmpty)
        #expect(turn.take("turn/completed", ["turn": ["id": "0", "status": "interrupted"]]).isEmpty)
        #expect(!turn.isOver)
    }

    @Test func `before the turn has an id, what names another turn is not heard`() {
        var turn = CodexTurn()
        #expect(turn.take("item/agentMessage/delta", ["turnId": "0", "itemId": "m", "delta": "old"]).isEmpty)
        #expect(turn.take("turn/completed", ["turn": ["id": "0", "status": "completed"]]).isEmpty)
        turn.learn("1")
        #expect(turn.take("turn/completed", ["turn": ["id": "1", "status": "completed"]]) == [.finished(.completed)])
    }

    @Test func `the first id of a turn stays`() {
        var turn = CodexTurn()
        turn.learn("1")
        turn.learn("2")
        #expect(turn.id == "1")
    }

    @Test func `after its end a turn says nothing`() {
        var turn = started()
        _ = turn.take("turn/completed", ["turn": ["id": "1", "status": "completed"]])
        #expect(turn.isOver)
        #expect(turn.take("item/agentMessage/delta", ["turnId": "1", "itemId": "m", "delta": "more"]).isEmpty)
    }

    // MARK: What a version to come may send

    @Test(
        arguments: [
            ("standin/unknown", ["turnId": "1", "anything": [1, "two", nil]]), ("item/started", [:]),
            ("item/started", ["turnId": "1", "item": nil]), ("item/started", ["turnId": "1", "item": "text"]),
            ("item/completed", ["turnId": "1", "item": ["type": "agentMessage"]]),
            ("item/completed", ["turnId": "1", "item": ["id": "1"]]),
            ("item/completed", ["turnId": "1", "item": ["id": "1", "type": "hookPrompt", "status": "completed"]]),
            ("item/agentMessage/delta", ["turnId": "1"]), ("item/agentMessage/delta", ["turnId": "1", "delta": 5]),
            ("item/agentMessage/delta", ["turnId": "1", "itemId": "m", "delta": ""]),
            ("turn/plan/updated", nil), ("turn/plan/updated", ["plan": "none"]),
            ("thread/tokenUsage/updated", ["turnId": "1"]), ("error", [:]), ("error", ["willRetry": "yes"]),
            ("turn/started", ["turn": nil]),
        ] as [(String, JSONValue)])
    func `what a turn does not know means nothing`(method: String, params: JSONValue) {
        var turn = started()
        #expect(turn.take(method, params).isEmpty)
        #expect(turn.take("turn/completed", ["turn": ["id": "1", "status": "completed"]]) == [.finished(.completed)])
    }

    @Test(
        arguments: [["id": "1"], ["id": "1", "status": "exploded"], ["id": "1", "status": "failed", "error": nil]]
            as [JSONValue])
    func `an end without a known status or reason is a failure`(ended: JSONValue) {
        var turn = started()
        let error = TurnError(kind: .internal, message: "Codex reported a failure without a reason")
        #expect(turn.take("turn/completed", ["turn": ended]) == [.finished(.failed(error))])
    }

    @Test func `a message without an id goes on with the one under way`() {
        var turn = started()
        _ = turn.take("item/agentMessage/delta", ["turnId": "1", "itemId": "m", "delta": "a"])
        #expect(turn.take("item/agentMessage/delta", ["turnId": "1", "delta": "b"]) == [.delta("b")])
    }

    @Test func `a message that is only completed is whole`() {
        var turn = started()
        let item: JSONValue = ["type": "agentMessage", "id": "m", "text": "all at once"]
        let events = turn.take("item/completed", ["turnId": "1", "item": item])
        #expect(events == [.began, .message("all at once")])
    }

    // MARK: Plans and actions

    @Test func `a plan shows the step under way and is done with its last step`() {
        var turn = started()
        func plan(_ first: JSONValue, _ second: JSONValue) -> JSONValue {
            ["turnId": "1", "plan": [["step": "look", "status": first], ["step": "build", "status": second]]]
        }
        func action(_ title: String, _ status: Action.Status) -> [AgentEvent] {
            [.action(Action(id: "plan", kind: .plan, title: title, status: status))]
        }
        #expect(turn.take("turn/plan/updated", plan("pending", "pending")) == action("2 steps", .started))
        #expect(turn.take("turn/plan/updated", plan("inProgress", "pending")) == action("look", .started))
        #expect(turn.take("turn/plan/updated", plan("completed", "inProgress")) == action("build", .started))
        #expect(turn.take("turn/plan/updated", plan("completed", "completed")) == action("2 steps", .completed))
    }

    @Test func `an action that did not change is not told again`() {
        var turn = started()
        let item: JSONValue = ["type": "webSearch", "id": "s", "query": "swift"]
        #expect(turn.take("item/started", ["turnId": "1", "item": item]).count == 1)
        #expect(turn.take("item/started", ["turnId": "1", "item": item]).isEmpty)
    }

    @Test func `a plan that was not finished stays as it is at the end`() {
        var turn = started()
        _ = turn.take("turn/plan/updated", ["turnId": "1", "plan": [["step": "look", "status": "inProgress"]]])
        #expect(turn.take("turn/completed", ["turn": ["id": "1", "status": "completed"]]) == [.finished(.completed)])
    }

    // MARK: Playing

    private func started() -> CodexTurn {
        var turn = CodexTurn()
        turn.learn("1")
        return turn
    }

    private struct Line: Decodable {
        var method: String
        var params: JSONValue
    }

    private func play(_ transcript: String, _ turn: inout CodexTurn) throws -> [AgentEvent] {
        try transcript.split(separator: "\n").flatMap { text in
            let line = try JSONDecoder().decode(Line.self, from: Data(text.utf8))
            return turn.take(line.method, line.params)
        }
    }

    private func events(of transcript: String) throws -> [AgentEvent] {
        var turn = CodexTurn()
        return try play(transcript, &turn)
    }

    private func actions(of transcript: String) throws -> [Action] {
        try events(of: transcript).compactMap { if case .action(let action) = $0 { action } else { nil } }
    }

    private func usage(of transcript: String, total: JSONValue?) throws -> [Usage] {
        var turn = CodexTurn(total: total)
        return try play(transcript, &turn).compactMap { if case .usage(let usage) = $0 { usage } else { nil } }
    }

    private func lastTotal(of transcript: String) throws -> JSONValue? {
        var turn = CodexTurn()
        _ = try play(transcript, &turn)
        return turn.threadTotal
    }
}
