import Conversation
import JSONRPC
import Testing

@testable import AgentShell

@Suite struct CopilotTurnTests {
    // MARK: Recorded turns

    @Test func `an answer is streamed, counted and finished`() throws {
        #expect(
            try CopilotEvents.events(of: CopilotTranscript.answer) == [
                .began, .delta("one"), .delta(" two"), .delta(" three"),
                .usage(Usage(inputTokens: 100, outputTokens: 20)), .message("one two three"), .finished(.completed),
            ])
    }

    @Test func `a command is an action, and the usage is that of both responses`() throws {
        let started = Action(
            id: "call_225e73e95493", kind: .command, title: "echo hi > b.txt; cat b.txt", status: .started)
        var completed = started
        completed.status = .completed
        #expect(
            try CopilotEvents.events(of: CopilotTranscript.command) == [
                .usage(Usage(inputTokens: 100, outputTokens: 20)), .action(started), .action(completed), .began,
                .delta("Done."), .usage(Usage(inputTokens: 200, outputTokens: 40)), .message("Done."),
                .finished(.completed),
            ])
    }

    @Test func `what was denied is declined, and the turn goes on`() throws {
        let events = try CopilotEvents.events(of: CopilotTranscript.denied)
        #expect(try CopilotEvents.actions(of: CopilotTranscript.denied).map(\.status) == [.started, .declined])
        #expect(events.compactMap(\.text) == ["trying", "as you wish"])
        #expect(events.last == .finished(.completed))
    }

    @Test func `what was denied without a word is declined as well`() throws {
        let statuses = try CopilotEvents.actions(of: CopilotTranscript.twoCommands).map(\.status)
        #expect(statuses == [.started, .started, .declined, .completed])
    }

    @Test func `a file that is made and one that is edited are changes of files`() throws {
        let actions = try CopilotEvents.actions(of: CopilotTranscript.files)
        #expect(actions.map(\.kind) == [.file, .file, .file, .file])
        #expect(Set(actions.map(\.title)) == ["/project/new.txt"])
        #expect(actions.map(\.status) == [.started, .completed, .started, .completed])
    }

    @Test func `a tool of a server is named after both`() throws {
        let actions = try CopilotEvents.actions(of: CopilotTranscript.servedTools).filter { $0.status == .completed }
        #expect(actions.map(\.title) == ["demo.add", "demo.look"])
        #expect(actions.map(\.kind) == [.tool, .tool])
    }

    @Test func `what fails has failed, also a command that ended badly`() throws {
        let ended = try CopilotEvents.actions(of: CopilotTranscript.failures).filter { $0.status != .started }
        #expect(ended.map(\.kind) == [.command, .tool, .file, .search])
        #expect(
            ended.map(\.title) == [
                "exit 3 (exit 3)", "nonsense: Tool 'nonsense' does not exist.",
                "/project/missing: Unhandled error: Error: ENOENT: no such file or directory, open '/project/missi…",
                "grep hello",
            ])
        #expect(ended.map(\.status) == [.failed, .failed, .failed, .completed])
    }

    @Test func `asking the person is no action`() throws {
        #expect(try CopilotEvents.actions(of: CopilotTranscript.question) == [])
    }

    @Test func `what a helper says is not the answer`() throws {
        let events = try CopilotEvents.events(of: CopilotTranscript.helper)
        #expect(events.compactMap(\.text) == ["end"])
        let titles = try CopilotEvents.actions(of: CopilotTranscript.helper).map(\.title)
        #expect(titles == ["task a subtask", "task a subtask"])
    }

    @Test func `what the agent is about to do is a thought`() throws {
        let actions = try CopilotEvents.actions(of: CopilotTranscript.intent)
        #expect(actions.map(\.kind) == [.reasoning])
        #expect(actions.map(\.title) == ["Looking around"])
    }

    @Test(arguments: [
        (CopilotTranscript.steered, ["You said: also do this"]),
        (CopilotTranscript.steeredLate, [nil, "You said: also do this"]),
    ])
    func `what is put in while the turn runs is answered in the turn`(transcript: String, said: [String?]) throws {
        let events = try CopilotEvents.events(of: transcript)
        #expect(events.compactMap(\.text).count == said.count)
        #expect(events.compactMap(\.text).last == said.last)
        #expect(events.filter { $0.result != nil } == [.finished(.completed)])
        #expect(events.last == .finished(.completed))
    }

    @Test(arguments: [
        CopilotTranscript.stoppedCommand, CopilotTranscript.stoppedAnswer, CopilotTranscript.stoppedPermission,
    ])
    func `a turn that was stopped is interrupted, and leaves nothing open`(transcript: String) throws {
        let events = try CopilotEvents.events(of: transcript)
        #expect(events.last == .finished(.interrupted))
        #expect(try CopilotEvents.actions(of: transcript).last?.status ?? .failed == .failed)
    }

    @Test func `a stream that broke begins its message anew`() throws {
        let events = try CopilotEvents.events(of: CopilotTranscript.disconnectedOnce)
        let words = ["one", " two", " three", " four"].map(AgentEvent.delta)
        #expect(
            events == [.began] + words.prefix(2) + [.retrying("HTTP/2 GOAWAY connection terminated"), .began] + words
                + [
                    .usage(Usage(inputTokens: 100, outputTokens: 20)), .message("one two three four"),
                    .finished(.completed),
                ])
    }

    // MARK: Whose events they are

    @Test func `what comes before the message of the turn is not heard`() {
        var turn = CopilotTurn(prompt: "mine")
        #expect(turn.take(["type": "user.message", "data": ["content": "other"]]).isEmpty)
        #expect(turn.take(["type": "assistant.message", "data": ["messageId": "1", "content": "no"]]).isEmpty)
        #expect(turn.take(["type": "session.idle", "data": [:]]).isEmpty)
        #expect(turn.take(["type": "user.message", "data": ["content": "mine", "source": "skill"]]).isEmpty)
        #expect(!turn.hasBegun)
        #expect(turn.take(["type": "user.message", "data": ["content": "mine"]]).isEmpty)
        #expect(turn.hasBegun)
        #expect(turn.take(["type": "session.idle", "data": [:]]) == [.finished(.completed)])
        #expect(turn.isOver)
        #expect(turn.take(["type": "assistant.message", "data": ["messageId": "2", "content": "no"]]).isEmpty)
    }

    @Test func `a turn that is stopped before it begins ends at the next idle`() {
        var turn = CopilotTurn(prompt: "mine")
        turn.abort()
        #expect(turn.take(["type": "session.idle", "data": [:]]) == [.finished(.interrupted)])
    }

    @Test func `a turn whose permission was refused in order to stop it is interrupted`() {
        var turn = begun()
        turn.abort()
        #expect(turn.take(["type": "session.idle", "data": [:]]) == [.finished(.interrupted)])
    }

    @Test func `a message that is told twice is said once`() {
        var turn = begun()
        let message: JSONValue = ["type": "assistant.message", "data": ["messageId": "1", "content": "hi"]]
        #expect(turn.take(message) == [.began, .message("hi")])
        #expect(turn.take(message) == [])
    }

    // MARK: What a version to come may send

    @Test(
        arguments: [
            [:], ["type": "session.idle"], ["type": 1, "data": [:]], ["type": "something.new", "data": [:]],
            ["type": "assistant.message", "data": [:]],
            ["type": "assistant.message_delta", "data": ["deltaContent": 5]],
            ["type": "tool.execution_start", "data": ["toolName": "bash"]],
            ["type": "tool.execution_complete", "data": ["toolCallId": "unknown"]],
            ["type": "session.info", "data": ["infoType": "news"]],
            ["type": "assistant.intent", "data": ["intent": ""]],
            ["type": "assistant.reasoning", "data": nil], nil, ["type": "user.message", "data": "text"],
        ] as [JSONValue])
    func `an event that says nothing we know means nothing`(event: JSONValue) {
        var turn = begun()
        #expect(turn.take(event) == [])
        #expect(!turn.isOver)
    }

    @Test func `a tool that is not known is an action all the same`() {
        var turn = begun()
        let events = turn.take(["type": "tool.execution_start", "data": ["toolCallId": "1", "toolName": "hologram"]])
        #expect(events == [.action(Action(id: "1", kind: .tool, title: "hologram", status: .started))])
        let closing = turn.take(["type": "session.idle", "data": [:]])
        #expect(
            closing == [
                .action(Action(id: "1", kind: .tool, title: "hologram", status: .failed)), .finished(.completed),
            ])
    }

    private func begun() -> CopilotTurn {
        var turn = CopilotTurn(prompt: "mine")
        _ = turn.take(["type": "user.message", "data": ["content": "mine"]])
        return turn
    }
}

extension AgentEvent {
    /// A whole message.
    fileprivate var text: String? { if case .message(let text) = self { text } else { nil } }
    fileprivate var result: AgentResult? { if case .finished(let result) = self { result } else { nil } }
}
