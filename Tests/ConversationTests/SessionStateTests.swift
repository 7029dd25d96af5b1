import TestSupport
import Testing

@testable import Conversation

@Suite struct SessionStateTests {
    @Test func `messages wait in the order in which they came`() {
        var fold = Fold()
        let first = fold.accept("one"), second = fold.accept("two")
        #expect(fold.state.waiting.map(\.id) == [first, second])
        #expect(!fold.state.isBusy)
    }

    @Test func `the first message is handed out once`() {
        var fold = Fold()
        let first = fold.accept("one")
        fold.accept("two")
        #expect(fold.state.takeNext()?.id == first)
        #expect(fold.state.isBusy)
        #expect(fold.state.takeNext() == nil)
    }

    @Test func `a message that is about to start is not behind it`() {
        var fold = Fold()
        fold.accept("one")
        let second = fold.accept("two")
        _ = fold.state.takeNext()
        #expect(fold.state.behind.map(\.id) == [second])
    }

    @Test func `a start moves the message from the queue into the turn`() throws {
        var fold = Fold()
        let first = fold.accept("one")
        let turn = try fold.start()
        #expect(fold.state.waiting.isEmpty)
        #expect(fold.state.running?.turn == turn)
        #expect(turn.message == first)
        #expect(turn.attempt == 1)
    }

    @Test func `an end makes the session idle and is remembered`() throws {
        var fold = Fold()
        fold.accept("one")
        let turn = try fold.start()
        let outcome = Outcome(status: .ok, text: "done")
        fold.apply(.finished(turn.id, outcome))
        #expect(!fold.state.isBusy)
        #expect(fold.state.last == outcome)
        #expect(fold.state.waiting.isEmpty)
    }

    @Test func `a turn that runs again goes to the head of the queue with the next attempt`() throws {
        var fold = Fold()
        let first = fold.accept("one"), second = fold.accept("two")
        let turn = try fold.start()
        fold.apply(.finished(turn.id, Outcome(status: .interrupted, runsAgain: true)))
        #expect(fold.state.waiting.map(\.id) == [first, second])
        #expect(fold.state.waiting.map(\.attempt) == [2, 1])
        #expect(fold.state.waiting.first?.message == .test("one"))
    }

    @Test func `the end of another turn changes nothing`() throws {
        var fold = Fold()
        fold.accept("one")
        let turn = try fold.start()
        fold.apply(.finished(Turn.ID(rawValue: turn.id.rawValue - 1), Outcome(status: .ok)))
        #expect(fold.state.running?.turn == turn)
        #expect(fold.state.last == nil)
    }

    @Test func `dropped messages do not wait any more`() {
        var fold = Fold()
        let first = fold.accept("one"), second = fold.accept("two"), third = fold.accept("three")
        fold.apply(.dropped([first, third]))
        #expect(fold.state.waiting.map(\.id) == [second])
    }

    @Test func `what is said adds up`() throws {
        var fold = Fold()
        fold.accept("one")
        let turn = try fold.start()
        fold.apply(.delta(turn.id, "a"))
        fold.apply(.delta(turn.id, "b"))
        #expect(fold.state.running?.text == "ab")
    }

    @Test(arguments: [
        (Action.Kind.command, true), (.file, true), (.tool, true), (.search, true), (.plan, false), (.reasoning, false),
    ])
    func `a turn has acted when the world may have changed`(kind: Action.Kind, hasActed: Bool) throws {
        var fold = Fold()
        fold.accept("one")
        let turn = try fold.start()
        fold.apply(.action(turn.id, Action(id: "1", kind: kind, title: "x", status: .started)))
        #expect(fold.state.running?.hasActed == hasActed)
    }

    @Test func `a turn that showed an approval has acted`() throws {
        var fold = Fold()
        fold.accept("one")
        let turn = try fold.start()
        fold.apply(.approval(turn.id, .test(ApprovalRequest(id: "a", kind: .tool, title: "x"), in: turn.id)))
        #expect(fold.state.running?.hasActed == true)
    }

    @Test func `an action is kept once, with its latest status`() throws {
        var fold = Fold()
        fold.accept("one")
        let turn = try fold.start()
        fold.apply(.action(turn.id, Action(id: "1", kind: .command, title: "ls", status: .started)))
        fold.apply(.action(turn.id, Action(id: "2", kind: .command, title: "cat", status: .started)))
        #expect(fold.state.running?.activity?.id == "2")
        fold.apply(.action(turn.id, Action(id: "2", kind: .command, title: "cat", status: .completed)))
        #expect(fold.state.running?.actions.map(\.status) == [.started, .completed])
        #expect(fold.state.running?.activity?.id == "1")
    }

    @Test func `a renewal forgets threads, mode and history, and keeps the choice of agent`() throws {
        var fold = Fold()
        fold.apply(.changed(.agent(.named("offline"))))
        fold.apply(.changed(.mode(.single)))
        fold.apply(.changed(.thread(ThreadKey(profile: "default", agent: "codex"), "1")))
        fold.accept("one")
        let turn = try fold.start()
        fold.apply(.finished(turn.id, Outcome(status: .ok)))
        #expect(fold.state.threads == [ThreadKey(profile: "default", agent: "codex"): "1"])
        fold.apply(.changed(.renewed))
        #expect(fold.state.threads.isEmpty)
        #expect(fold.state.mode == nil)
        #expect(fold.state.last == nil)
        #expect(fold.state.agent == .named("offline"))
    }

    @Test func `a notice changes nothing`() {
        var fold = Fold()
        fold.accept("one")
        fold.apply(.notice(Notice(.warn, "look")))
        #expect(fold.state.waiting.count == 1)
    }
}

/// A session and the cursor of its last record.
private struct Fold {
    var state = SessionState(id: .test)
    var cursor = Cursor.start

    mutating func apply(_ event: Event) {
        if event.isDurable { cursor = cursor.next }
        state.apply(Record(cursor: cursor, session: .test, time: Timestamp(millisecondsSince1970: 0), event: event))
    }

    @discardableResult mutating func accept(_ text: String) -> Message.ID {
        let id = Message.ID(rawValue: cursor.next.rawValue)
        apply(.accepted(id, .test(text)))
        return id
    }

    mutating func start() throws -> Turn {
        let next = state.takeNext()
        let turn = Turn(id: Turn.ID(rawValue: cursor.next.rawValue), try #require(next))
        apply(.started(turn))
        return turn
    }
}
