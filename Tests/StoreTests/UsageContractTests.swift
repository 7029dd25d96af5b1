import Conversation
import GRDB
import TestSupport
import Testing

@testable import Store

/// What every journal tells about use.
@Suite(.timeLimit(.minutes(3))) struct UsageContractTests {
    private let session = SessionID(rawValue: "tty:a")

    // MARK: Single turns

    @Test(arguments: JournalKind.allCases) func `a turn without stages is one of the developer`(
        kind: JournalKind
    ) async throws {
        try await kind.withJournal { open in
            let journal = try open()
            try await journal.commit(history { $0.turn(.ok, used: 10, 3, in: 700, agent: "codex") })
            let roles = try await journal.usage(in: .conversation(session), by: .roles)
            let part = UsagePart(
                .role(.developer), tokens: Usage(inputTokens: 10, outputTokens: 3), durationMs: 700, turns: 1, stages: 1
            )
            #expect(roles == [part])
            let agents = try await journal.usage(in: .workspace, by: .agents)
            #expect(agents.map(\.key) == [.agent("codex")])
        }
    }

    @Test(arguments: JournalKind.allCases) func `stages have what they used, and the end of their turn adds none`(
        kind: JournalKind
    ) async throws {
        try await kind.withJournal { open in
            let journal = try open()
            try await journal.commit(
                history { history in
                    history.begin()
                    history.stage(.selector, next: .developer, used: 5, 1, in: 100, agent: "small")
                    history.stage(.developer, next: nil, used: 20, 4, in: 300, agent: "codex")
                    history.end(.ok, used: 25, 5, in: 450, agent: "codex")
                })
            let roles = try await journal.usage(in: .conversation(session), by: .roles)
            #expect(roles.sum.turns == 1)
            #expect(roles.stages == 2)
            #expect(roles.part(.role(.selector)).tokens == Usage(inputTokens: 5, outputTokens: 1))
            #expect(roles.part(.role(.developer)).tokens == Usage(inputTokens: 20, outputTokens: 4))
            #expect(roles.part(.role(.developer)).durationMs == 350)
            let agents = try await journal.usage(in: .conversation(session), by: .agents)
            #expect(agents.part(.agent("small")).tokens.inputTokens == 5)
            #expect(agents.part(.agent("codex")).tokens.inputTokens == 20)
        }
    }

    @Test(arguments: JournalKind.allCases) func `what a turn used after its last stage is of the role under way`(
        kind: JournalKind
    ) async throws {
        try await kind.withJournal { open in
            let journal = try open()
            try await journal.commit(
                history { history in
                    history.begin()
                    history.stage(.selector, next: .planner, used: 5, 1, in: 100)
                    history.end(.cancelled, used: 12, 3, in: 150)
                })
            let roles = try await journal.usage(in: .conversation(session), by: .roles)
            let planner = UsagePart(
                .role(.planner), tokens: Usage(inputTokens: 7, outputTokens: 2), durationMs: 50, turns: 1, stages: 1)
            #expect(roles.part(.role(.planner)) == planner)
            #expect(roles.stages == 2)
        }
    }

    @Test(arguments: JournalKind.allCases) func `answers that could not be read are counted for their role`(
        kind: JournalKind
    ) async throws {
        try await kind.withJournal { open in
            let journal = try open()
            try await journal.commit(
                history { history in
                    history.begin()
                    history.stage(.selector, .route(Route(.single, isReadable: false)), next: .developer)
                    history.stage(.developer, next: .reviewer)
                    history.stage(.reviewer, .verdict(Verdict(isApproved: true, isReadable: false)), next: nil)
                    history.end(.ok)
                })
            let roles = try await journal.usage(in: .workspace, by: .roles)
            #expect(roles.part(.role(.selector)).unreadable == 1)
            #expect(roles.part(.role(.developer)).unreadable == 0)
            #expect(roles.part(.role(.reviewer)).unreadable == 1)
        }
    }

    @Test(arguments: JournalKind.allCases)
    func `a turn that runs again counts what both attempts used, each stage once`(
        kind: JournalKind
    ) async throws {
        try await kind.withJournal { open in
            let journal = try open()
            try await journal.commit(
                history { history in
                    history.begin()
                    history.stage(.selector, next: .planner, used: 5, 1)
                    history.stage(.planner, next: .developer, used: 7, 2)
                    // A crash of the core: what the turn used in all is not known.
                    history.end(.interrupted, runsAgain: true)
                    history.beginAgain()
                    history.stage(.developer, next: .reviewer, used: 20, 9)
                    history.end(.error, used: 24, 9)
                })
            let roles = try await journal.usage(in: .conversation(session), by: .roles)
            #expect(roles.sum.tokens.inputTokens == 36)
            #expect(roles.part(.role(.planner)).stages == 1)
            #expect(roles.part(.role(.developer)).stages == 2)  // the one that the crash cut off, and the next
            #expect(roles.part(.role(.reviewer)).tokens.inputTokens == 4)
            let turns = try await journal.usage(in: .conversation(session), by: .turns(last: 9))
            #expect(turns.map(\.tokens.inputTokens) == [12, 24])
        }
    }

    @Test(arguments: JournalKind.allCases) func `an attempt that is cut off at once belongs to the role that was due`(
        kind: JournalKind
    ) async throws {
        try await kind.withJournal { open in
            let journal = try open()
            try await journal.commit(
                history { history in
                    history.begin()
                    history.stage(.selector, next: .planner, used: 5, 1)
                    history.end(.interrupted, used: 5, 1, runsAgain: true)
                    history.beginAgain()
                    history.end(.error, used: 3, 2)
                })
            let roles = try await journal.usage(in: .conversation(session), by: .roles)
            #expect(roles.part(.role(.planner)).tokens == Usage(inputTokens: 3, outputTokens: 2))
            #expect(roles.map(\.key).contains(.role(.developer)) == false)
        }
    }

    @Test(arguments: JournalKind.allCases) func `a new conversation has used nothing, the workspace all the same`(
        kind: JournalKind
    ) async throws {
        try await kind.withJournal { open in
            let journal = try open()
            try await journal.commit(
                history { history in
                    history.turn(.ok, used: 10, 3)
                    history.add(.changed(.renewed))
                })
            let own = try await journal.usage(in: .conversation(session), by: .turns(last: 5))
            let all = try await journal.usage(in: .workspace, by: .sessions)
            #expect(own.isEmpty)
            #expect(all.part(.session(session)).tokens == Usage(inputTokens: 10, outputTokens: 3))
        }
    }

    @Test(arguments: JournalKind.allCases) func `a use is of the day in which it was recorded`(
        kind: JournalKind
    ) async throws {
        try await kind.withJournal { open in
            let journal = try open()
            // The cursors 3 and 6 are the ends, at 30 and 60 ms.
            try await journal.commit(
                history { history in
                    history.turn(.ok, used: 1, 0)
                    history.turn(.ok, used: 2, 0)
                })
            let starts = [0, 30, 31, 60, 61].map(Timestamp.init(millisecondsSince1970:))
            let days = try await journal.usage(in: .workspace, by: .days(starts))
            #expect(days.count == 2)
            #expect(days.part(.day(starts[1])).tokens.inputTokens == 1)
            #expect(days.part(.day(starts[3])).tokens.inputTokens == 2)
        }
    }

    // MARK: Whole histories

    @Test func `whatever happened, the parts add up to the whole, and the database tells what memory does`()
        async throws
    {
        let seed = Seed()
        for round in 0..<20 {
            var generator = seed.generator(round)
            let history = RandomHistory(Int.random(in: 1...150, using: &generator), using: generator)
            let memory = InMemoryJournal(history.records)
            let state = try TestState()
            let database = SQLiteJournal(try Database(in: state.directory))
            try await database.commit(history.records)
            try await compare(database, memory, "seed \(seed), round \(round)")
            let whole = Self.whole(history.records), ended = history.records.count { $0.stage != nil }
            let days = [0, 333, 700].map(Timestamp.init(millisecondsSince1970:))
            for grouping in [UsageGrouping.turns(last: .max), .roles, .agents, .sessions, .days(days)] {
                let parts = try await database.usage(in: .workspace, by: grouping)
                #expect(parts.sum == whole, "seed \(seed), round \(round), \(grouping)")
                // The end of a turn is a stage of its own only when it cut one off.
                #expect((ended...ended + whole.turns).contains(parts.stages), "seed \(seed), round \(round)")
            }
        }
    }

    @Test func `an older database tells the same of its turns as one that was there from the start`() async throws {
        let seed = Seed()
        for round in 0..<10 {
            let history = RandomHistory(200, using: seed.generator(round))
            let state = try TestState()
            try await SQLiteJournal(try Database(in: state.directory)).commit(history.records)
            try Self.undoMigration(in: state)
            let journal = SQLiteJournal(try Database(in: state.directory))
            try await compare(journal, InMemoryJournal(history.records), "seed \(seed), round \(round)")
        }
    }

    private func compare(_ journal: any Journal, _ memory: InMemoryJournal, _ place: String) async throws {
        let days = [50, 51, 400].map(Timestamp.init(millisecondsSince1970:))
        let scopes = [.workspace] + RandomHistory.sessions.map { UsageScope.conversation($0) }
        for scope in scopes {
            for grouping in [UsageGrouping.roles, .agents, .sessions, .days(days), .turns(last: 3)] {
                let parts = try await journal.usage(in: scope, by: grouping)
                let expected = try await memory.usage(in: scope, by: grouping)
                if case .turns = grouping { #expect(parts == expected, "\(place), \(scope)") }
                #expect(Set(parts) == Set(expected), "\(place), \(scope), \(grouping)")
                #expect(parts.count == expected.count, "\(place), \(scope), \(grouping)")
            }
        }
    }

    /// What all turns used: of each what its end says or, where that is more, what its stages do.
    private static func whole(_ records: [Conversation.Record]) -> UsagePart {
        var whole = UsagePart(.agent(nil)), open: [SessionID: (tokens: Usage, time: Int64)] = [:]
        for record in records {
            var stages = open[record.session] ?? (Usage(), 0)
            if let report = record.stage {
                stages.tokens.inputTokens += report.usage.inputTokens
                stages.tokens.outputTokens += report.usage.outputTokens
                stages.time += report.durationMs
                switch report.product {
                case .route(let route): whole.unreadable += route.isReadable ? 0 : 1
                case .verdict(let verdict): whole.unreadable += verdict.isReadable ? 0 : 1
                case .plan, .answer: break
                }
                whole.add(report.usage, report.durationMs)
            } else if let outcome = record.outcome {
                let rest = Usage(
                    inputTokens: max(0, outcome.usage.inputTokens - stages.tokens.inputTokens),
                    outputTokens: max(0, outcome.usage.outputTokens - stages.tokens.outputTokens))
                whole.add(rest, max(0, outcome.durationMs - stages.time))
                whole.turns += 1
                stages = (Usage(), 0)
            }
            open[record.session] = stages
        }
        return whole
    }

    /// Makes the database look like one of the version before the table of uses.
    private static func undoMigration(in state: TestState) throws {
        let queue = try DatabaseQueue(path: state.directory.file("cm.sqlite"))
        try queue.write { database in
            try database.execute(
                sql: """
                    DROP TABLE uses;
                    DROP INDEX turns_of_message;
                    DELETE FROM grdb_migrations WHERE identifier = '5 usage';
                    """)
        }
        try queue.close()
    }

    private func history(_ write: (inout WrittenHistory) -> Void) -> [Conversation.Record] {
        var history = WrittenHistory(session: session)
        write(&history)
        return history.records
    }
}

extension [UsagePart] {
    /// The part `key`; an empty one when there is none.
    fileprivate func part(_ key: UsagePart.Key) -> UsagePart { first { $0.key == key } ?? UsagePart(key) }
    fileprivate var stages: Int { map(\.stages).reduce(0, +) }

    /// The sum of all but the stages.
    fileprivate var sum: UsagePart {
        reduce(into: UsagePart(.agent(nil))) { sum, part in
            sum.add(part.tokens, part.durationMs)
            sum.turns += part.turns
            sum.unreadable += part.unreadable
        }
    }
}

extension UsagePart {
    fileprivate mutating func add(_ usage: Usage, _ time: Int64) {
        tokens.inputTokens += usage.inputTokens
        tokens.outputTokens += usage.outputTokens
        durationMs += time
    }
}
