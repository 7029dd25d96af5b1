import Conversation
import TestSupport
import Testing

@testable import AgentShell

@Suite(.timeLimit(.minutes(1))) struct RetirableShellTests {
    private let request = ThreadRequest(session: .test, resume: "t1", operations: NoOperations())

    @Test func `one that nobody uses ends its process as it retires`() async throws {
        let old = Subject()
        try await running(old) {
            old.shell.retire(for: nil)
            try await old.end.pass()
        }
    }

    @Test func `a turn that runs ends on the old process, and what is new begins on the successor`() async throws {
        let gate = Gate()
        let old = Subject(script: { _ in [.wait(gate)] + .answer("old") })
        let new = Subject(script: { _ in .answer("new") })
        try await running(old, new) {
            var thread: (any AgentThread)? = try await old.shell.open(request)
            var turn = try await thread?.run(TurnRequest(text: "hello"))
            old.shell.retire(for: new.shell)
            let next = try await old.shell.open(request)
            #expect(try await answer(of: next.run(TurnRequest(text: "again"))) == "new")
            #expect(new.scripted.calls.first == .open(.test, resume: "t1"))
            gate.open()
            #expect(try await answer(of: #require(turn)) == "old")
            // Another one has had the time to end.
            let third = Subject()
            try await running(third) {
                third.shell.retire(for: nil)
                try await third.end.pass()
            }
            #expect(old.endings.count == 0)
            (thread, turn) = (nil, nil)
            try await old.end.pass()
            #expect(new.endings.count == 0)
        }
    }

    @Test func `whoever holds a lease opens all threads on the old process, also between them`() async throws {
        let old = Subject(script: { _ in .answer("old") }), new = Subject(script: { _ in .answer("new") })
        try await running(old, new) {
            var lease: (any AgentShell)? = try await old.shell.leased()
            old.shell.retire(for: new.shell)
            for _ in 1...2 {
                let thread = try #require(try await lease?.open(request))
                #expect(try await answer(of: thread.run(TurnRequest(text: "hello"))) == "old")
            }
            // Another one has had the time to end.
            let third = Subject()
            try await running(third) {
                third.shell.retire(for: nil)
                try await third.end.pass()
            }
            #expect(old.endings.count == 0)
            #expect(try await old.shell.leased().open(request).id == "t1")
            #expect(new.scripted.calls.count == 1)
            lease = nil
            try await old.end.pass()
            #expect(new.endings.count == 0)
        }
    }

    @Test func `a thread outlives the lease it was opened with`() async throws {
        let old = Subject()
        try await running(old) {
            var thread: (any AgentThread)? = try await old.shell.leased().open(request)
            old.shell.retire(for: nil)
            #expect(thread?.id == "t1")
            #expect(old.endings.count == 0)
            thread = nil
            try await old.end.pass()
        }
    }

    @Test func `a successor may be another kind of shell, under its own name`() async throws {
        let (old, new) = (Subject(), Subject())
        try await running(old, new) {
            old.shell.retire(for: NamedShell("other", new.shell, model: nil))
            let lease = try await old.shell.leased()
            #expect(lease.name == "other")
            new.shell.retire(for: nil)
            #expect(try await lease.open(request).id == "t1")
            #expect(new.scripted.calls.count == 1 && old.scripted.calls.isEmpty)
        }
    }

    @Test func `one that is being prepared, or opens a thread, is in use`() async throws {
        let gate = Gate(), ways = Counter()
        let old = Subject(
            prepare: {
                try await gate.pass()
                ways.add()
            },
            open: { request in
                try await gate.pass()
                ways.add()
                return request.resume
            })
        try await running(old) {
            async let prepared: Void = old.shell.prepare()
            async let opened = old.shell.open(request).id
            await gate.reached(2)
            old.shell.retire(for: nil)
            #expect(old.endings.count == 0)
            gate.open()
            try await prepared
            #expect(try await opened == "t1")
            #expect(ways.count == 2)
            try await old.end.pass()
        }
    }

    @Test func `a thread that could not be opened keeps nothing`() async throws {
        let old = Subject(open: { _ in throw AgentError(.refused, "no") })
        try await running(old) {
            await #expect(throws: AgentError(.refused, "no")) { try await old.shell.open(request) }
            old.shell.retire(for: nil)
            try await old.end.pass()
        }
    }

    @Test func `whoever comes late gets to the last of all successors`() async throws {
        let (first, second, third) = (Subject(), Subject(), Subject(script: { _ in .answer("third") }))
        try await running(first, second, third) {
            first.shell.retire(for: second.shell)
            second.shell.retire(for: third.shell)
            try await second.end.pass()
            try await first.shell.prepare()
            let thread = try await first.shell.open(request)
            #expect(try await answer(of: thread.run(TurnRequest(text: "hello"))) == "third")
        }
    }

    @Test func `one that was taken away without a successor says so`() async {
        let old = Subject()
        old.shell.retire(for: nil)
        let error = AgentError(.unavailable, "scripted was taken out of the settings")
        await #expect(throws: error) { try await old.shell.prepare() }
        await #expect(throws: error) { try await old.shell.open(request) }
    }

    @Test func `one that retired before it ran ends at once when it runs`() async {
        let old = Subject()
        old.shell.retire(for: nil)
        await old.shell.run()
        #expect(old.endings.count == 1)
    }

    @Test func `one that is in use ends all the same when its run is cancelled`() async throws {
        let old = Subject()
        let thread = try await running(old) { try await old.shell.open(request) }
        #expect(old.endings.count == 1)
        #expect(thread.id == "t1")
    }

    // MARK: Surroundings

    /// A shell with what tells of its process.
    private struct Subject: Sendable {
        let scripted: ScriptedShell
        let shell: RetirableShell
        /// Opened by the end of the process.
        let end = Gate()
        let endings = Counter()

        init(
            prepare: @escaping @Sendable () async throws -> Void = {},
            open: @escaping @Sendable (ThreadRequest) async throws -> String? = { $0.resume },
            script: @escaping ScriptedShell.Script = { _ in [] }
        ) {
            scripted = ScriptedShell(prepare: prepare, open: open, script: script)
            let (end, endings, life) = (end, endings, Gate())
            shell = RetirableShell(scripted) {
                try? await life.pass()  // ends by cancellation alone
                endings.add()
                end.open()
            }
        }
    }

    /// Runs the shells while `body` runs, and then cancels them.
    private func running<Value: Sendable>(
        _ subjects: Subject..., body: () async throws -> Value
    ) async rethrows -> Value {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for subject in subjects { group.addTask { await subject.shell.run() } }
            defer { group.cancelAll() }
            return try await body()
        }
    }

    private func answer(of turn: AsyncThrowingStream<AgentEvent, any Error>) async throws -> String {
        var text = ""
        for try await case .delta(let delta) in turn { text += delta }
        return text
    }
}
