import Conversation
import TestSupport
import Testing

@testable import Store

/// What every journal promises the core.
@Suite(.timeLimit(.minutes(3))) struct JournalContractTests {
    typealias Kind = JournalKind

    private let session = SessionID(rawValue: "tty:a")

    // MARK: Single records

    @Test(arguments: Kind.allCases) func `a new journal is empty`(kind: Kind) async throws {
        try await with(kind) { journal in
            let unfinished = try await journal.unfinished(), state = try await journal.state(of: session)
            let records = try await journal.records(of: session, .between(.start, Cursor(rawValue: .max)))
            let turns = try await journal.records(of: session, .lastTurns(10))
            #expect(unfinished.last == .start)
            #expect(unfinished.sessions.isEmpty)
            #expect(state == nil)
            #expect(records.isEmpty)
            #expect(turns.isEmpty)
        }
    }

    @Test(arguments: Kind.allCases) func `every kind of event comes back as it was`(kind: Kind) async throws {
        let records = Self.numbered(Self.everyEvent, in: session)
        try await with(kind) { journal in
            try await journal.commit(records)
            let kept = try await journal.records(of: session, .between(.start, Cursor(rawValue: .max)))
            #expect(kept == records)
        }
    }

    @Test(arguments: Kind.allCases) func `an empty batch changes nothing`(kind: Kind) async throws {
        try await with(kind) { journal in
            try await journal.commit([])
            let unfinished = try await journal.unfinished()
            #expect(unfinished.last == .start)
        }
    }

    @Test(arguments: Kind.allCases) func `between leaves out the first cursor and takes in the second`(
        kind: Kind
    ) async throws {
        let records = Self.numbered((1...5).map { .accepted(Message.ID(rawValue: $0), .test("\($0)")) }, in: session)
        try await with(kind) { journal in
            try await journal.commit(records)
            let between = try await journal.records(of: session, .between(Cursor(rawValue: 2), Cursor(rawValue: 4)))
            let none = try await journal.records(of: session, .between(Cursor(rawValue: 4), Cursor(rawValue: 4)))
            #expect(between.map(\.cursor.rawValue) == [3, 4])
            #expect(none.isEmpty)
        }
    }

    @Test(arguments: Kind.allCases) func `the last deletion of a session is known, and those of others are not its`(
        kind: Kind
    ) async throws {
        let other = SessionID(rawValue: "tty:b")
        try await with(kind) { journal in
            func place(_ session: SessionID) async throws -> Int64? {
                try await journal.deletion(of: session)?.rawValue
            }
            try await journal.commit(Self.numbered([.changed(.mode(.plan))], in: session))
            var places = [try await place(session)]
            try await journal.delete(session)
            places.append(try await place(session))
            // There is nothing to delete.
            try await journal.delete(session)
            places.append(try await place(session))
            let anew = Record(
                cursor: Cursor(rawValue: 3), session: session, time: Timestamp(millisecondsSince1970: 5),
                event: .changed(.mode(.plan)))
            try await journal.commit([anew])
            try await journal.delete(session)
            places.append(try await place(session))
            #expect(places == [nil, 2, 2, 4])
            let others = try await place(other), last = try await journal.unfinished().last
            #expect(others == nil && last == Cursor(rawValue: 4))
        }
    }

    // MARK: The last turns

    @Test(arguments: Kind.allCases) func `the last turns are those that started last, without actions`(
        kind: Kind
    ) async throws {
        try await with(kind) { journal in
            try await journal.commit(Self.numbered(Self.turns(3), in: session))
            let records = try await journal.records(of: session, .lastTurns(2))
            #expect(records.compactMap(\.startedTurn?.text) == ["2", "3"])
            #expect(records.allSatisfy { $0.action == nil })
            #expect(records.count { $0.isFinished } == 2)
        }
    }

    @Test(arguments: Kind.allCases) func `turns before a new conversation are not among the last`(
        kind: Kind
    ) async throws {
        try await with(kind) { journal in
            try await journal.commit(Self.numbered(Self.turns(2) + [.changed(.renewed)], in: session))
            let none = try await journal.records(of: session, .lastTurns(2))
            #expect(none.isEmpty)
            let state = try await journal.state(of: session)
            #expect(state?.last == nil)
        }
    }

    @Test(arguments: Kind.allCases) func `a turn that runs is among the last`(kind: Kind) async throws {
        try await with(kind) { journal in
            try await journal.commit(Self.numbered(Array(Self.turns(2).dropLast()), in: session))
            let records = try await journal.records(of: session, .lastTurns(1))
            #expect(records.compactMap(\.startedTurn?.text) == ["2"])
            #expect(!records.contains { $0.isFinished })
        }
    }

    // MARK: Whole histories

    @Test(arguments: Kind.allCases) func `whatever was committed, all that is read is its fold`(
        kind: Kind
    ) async throws {
        let seed = Seed()
        for round in 0..<(kind == .inMemory ? 50 : 15) {
            var generator = seed.generator(round)
            let history = RandomHistory(Int.random(in: 1...80, using: &generator), using: generator)
            let expected = InMemoryJournal(history.records)
            try await with(kind) { journal in
                var rest = history.records[...]
                while !rest.isEmpty {
                    let batch = rest.prefix(Int.random(in: 1...5, using: &generator))
                    rest = rest.dropFirst(batch.count)
                    try await journal.commit(Array(batch))
                }
                try await compare(journal, with: expected, "seed \(seed), round \(round)")
            }
        }
    }

    private func compare(_ journal: any Journal, with expected: InMemoryJournal, _ place: String) async throws {
        let unfinished = try await journal.unfinished(), due = try await expected.unfinished()
        #expect(unfinished.last == due.last, "\(place)")
        #expect(Set(unfinished.sessions) == Set(due.sessions), "\(place)")
        #expect(unfinished.sessions.count == due.sessions.count, "\(place)")
        for session in RandomHistory.sessions + [SessionID(rawValue: "nobody's")] {
            let state = try await journal.state(of: session).map(Shown.init)
            let fold = InMemoryJournal.fold(expected.records, session).map(Shown.init)
            #expect(state == fold, "\(place), \(session)")
            let last = try await journal.last(of: session), ownLast = try await expected.last(of: session)
            #expect(last == ownLast, "\(place), \(session)")
            let selections: [RecordSelection] =
                (1...4).map { .lastTurns($0) } + [.between(.start, due.last), .between(Cursor(rawValue: 7), due.last)]
            for selection in selections {
                let records = try await journal.records(of: session, selection)
                let own = try await expected.records(of: session, selection)
                #expect(records == own, "\(place), \(session), \(selection)")
            }
        }
    }

    /// A session's state as it can be compared.
    private struct Shown: Hashable {
        struct Running: Hashable {
            var turn: Turn
            var times: [Timestamp]
            var hasActed: Bool
            var actions: [Action]
            var text: String
            var stages: [StageReport]
            var asked: [Approval]
            var unheard: [Approval]
            var refused: [Approval]
        }

        var mode: Mode?
        var profile: String?
        var agent: AgentChoice
        var threads: [ThreadKey: String]
        var waiting: [SessionState.Waiting]
        var running: Running?
        var last: Outcome?
        var approvals: [Approval]
        var grants: [Approval]
        var allowances: Set<Permission>

        init(_ state: SessionState) {
            mode = state.mode
            profile = state.profile
            agent = state.agent
            threads = state.threads
            waiting = state.waiting
            last = state.last
            approvals = state.approvals
            grants = state.grants.sorted { $0.id < $1.id }
            allowances = state.allowances
            running = state.running.map {
                Running(
                    turn: $0.turn, times: [$0.startedAt, $0.lastEventAt], hasActed: $0.hasActed, actions: $0.actions,
                    text: $0.text, stages: $0.stages, asked: $0.asked, unheard: $0.unheard, refused: $0.refused)
            }
        }
    }

    // MARK: Journals and records

    private func with(_ kind: Kind, _ body: (any Journal) async throws -> Void) async throws {
        try await kind.withJournal { try await body($0()) }
    }

    private static func numbered(_ events: [Event], in session: SessionID) -> [Conversation.Record] {
        events.enumerated().map { index, event in
            Record(
                cursor: Cursor(rawValue: Int64(index) + 1), session: session,
                time: Timestamp(millisecondsSince1970: Int64(index)), event: event)
        }
    }

    /// So many turns with an action each, the first event having the cursor 1.
    private static func turns(_ count: Int64) -> [Event] {
        (1...count).flatMap { number -> [Event] in
            let first = number * 4 - 3
            let waiting = SessionState.Waiting(id: Message.ID(rawValue: first), message: .test("\(number)"))
            let turn = Turn(id: Turn.ID(rawValue: first + 1), waiting)
            return [
                .accepted(waiting.id, waiting.message), .started(turn),
                .action(turn.id, Action(id: "1", kind: .command, title: "ls", status: .completed)),
                .finished(turn.id, Outcome(status: .ok, text: "answer \(number)")),
            ]
        }
    }

    /// One of each kind, in an order the core could have written.
    private static var everyEvent: [Event] {
        let waiting = SessionState.Waiting(
            id: Message.ID(rawValue: 1),
            message: Message(text: "héllo\n\"x\"", author: "ann", origin: .telegram, sender: "s"))
        let turn = Turn(id: Turn.ID(rawValue: 3), waiting)
        let request = ApprovalRequest(
            id: "r\"1", kind: .tool, title: "look", detail: "in /\nall", reason: "why\nnot", isReadOnly: true,
            choices: ["a", "b"])
        let asked = Approval.test(request, in: turn.id, id: 6)
        var answered = asked
        answered.answer = .init(.allow, by: "--approve read", basis: .rule)
        var lateAsked = Approval.test(request, in: turn.id, id: 8)
        lateAsked.request.kind = .question
        var late = lateAsked
        late.answer = .init(.answer("blue"), by: "ann (telegram)", basis: .person, note: Message.ID(rawValue: 13))
        let again = SessionState.Waiting(id: waiting.id, message: waiting.message, attempt: 2)
        let second = Turn(id: Turn.ID(rawValue: 13), again)
        let repeated = Approval.test(lateAsked.request, in: second.id, id: 14)
        var granted = repeated
        granted.answer = .init(.answer("blue"), by: "ann (telegram)", basis: .grant(late.id))
        let thirdAsked = Approval.test(request, in: second.id, id: 16)
        var forSession = thirdAsked
        forSession.answer = .init(.allowForSession, by: "ann (terminal)", basis: .person, key: "k1")
        let third = Turn(
            id: Turn.ID(rawValue: 25), SessionState.Waiting(id: Message.ID(rawValue: 22), message: .test("five")))
        return [
            .accepted(waiting.id, waiting.message), .accepted(Message.ID(rawValue: 2), .test("two")), .started(turn),
            .changed(.thread(ThreadKey(profile: "default", agent: "codex"), "t-1")),
            .action(turn.id, Action(id: "c1", kind: .search, title: "a \0 b", status: .declined)),
            .approval(turn.id, asked), .approval(turn.id, answered), .approval(turn.id, lateAsked),
            .steered(turn.id, Message.ID(rawValue: 2)), .unsteered(turn.id, Message.ID(rawValue: 2)),
            .finished(
                turn.id,
                Outcome(
                    status: .interrupted, text: "so far", durationMs: 12_345,
                    usage: Usage(inputTokens: 10, outputTokens: 2), error: TurnError(kind: .rateLimit, message: "slow"),
                    runsAgain: true, agent: "codex", said: "at first\n\nso far")),
            .approval(turn.id, late), .started(second), .approval(second.id, repeated),
            .approval(second.id, granted), .approval(second.id, thirdAsked), .approval(second.id, forSession),
            .steered(second.id, Message.ID(rawValue: 2)),
            .finished(second.id, Outcome(status: .cancelled, stoppedBy: "ann (terminal)")),
            .accepted(Message.ID(rawValue: 20), .test("three")), .dropped([Message.ID(rawValue: 20)]),
            .accepted(Message.ID(rawValue: 22), .test("four")), .revised(Message.ID(rawValue: 22), "«4»\n"),
            .revised(Message.ID(rawValue: 22), "five"), .started(third), .finished(third.id, Outcome(status: .ok)),
            .changed(.mode(.single)), .changed(.mode(.plan)), .changed(.profile("fast")),
            .changed(.thread(ThreadKey(profile: "fast", agent: "codex"), "t-2")), .changed(.agent(.named("offline"))),
            .changed(.agent(.auto)), .changed(.renewed),
            .shared(SharedFile(path: "/w/a.txt", name: "a.txt", size: 5, by: "ann")),
            .shared(SharedFile(path: "/w/b.txt", name: "b.txt", size: 50 << 20, by: "ann", hidesSecrets: true)),
            .stopping(third.id, by: "ann (terminal)"),
        ]
    }
}
