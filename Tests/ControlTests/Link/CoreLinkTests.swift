import Conversation
import TestSupport
import Testing

@testable import Control

@Suite(.timeLimit(.minutes(5))) struct CoreLinkTests {
    private let clock = ManualClock()
    private let link: CoreLink

    init() { link = CoreLink(patience: .seconds(30), clock: clock) }

    /// Waits until `count` wait for a core, and for their patience to end: two tasks each.
    private func isWaitedFor(by count: Int = 1) async throws {
        await clock.sleeping(until: .seconds(30), count: count)
        _ = try await eventually("\(count) wait for a core") { link.waitingCount == count ? true : nil }
    }

    @Test func `what is asked without a core waits for one`() async throws {
        let link = link
        try await withHub(ScriptedShell { .answer($0.text) }) { hub in
            async let receipt = link.submit(.test("hello"), to: .test)
            try await isWaitedFor()
            link.serve(by: hub)
            let message = try await receipt.message
            #expect(message == Message.ID(rawValue: 1))
        }
    }

    @Test func `it does not wait for ever, and says so`() async throws {
        async let refused = refusal { _ = try await link.names() }
        try await isWaitedFor()
        clock.advance(by: .seconds(29))
        #expect(link.waitingCount == 1)
        clock.advance(by: .seconds(1))
        let error = try await refused
        #expect(error?.code == .closed)
        #expect(error?.description == "no core took over within 30.0 seconds; nothing was stored")
        #expect(link.waitingCount == 0)
    }

    @Test func `whoever gives up waits no longer`() async throws {
        let link = link
        try await withThrowingTaskGroup(of: Bool.self) { group in
            group.addTask {
                do {
                    _ = try await link.names()
                    return false
                } catch {
                    return error is CancellationError
                }
            }
            try await isWaitedFor()
            group.cancelAll()
            let isCancelled = try await group.next()
            #expect(isCancelled == true)
        }
        #expect(link.waitingCount == 0)
    }

    @Test func `a link that is closed refuses at once, also what waits`() async throws {
        async let refused = refusal { _ = try await link.names() }
        try await isWaitedFor()
        link.close()
        let waited = try await refused
        #expect(waited == .closed)
        let late = try await refusal { _ = try await link.events(of: .test) }
        #expect(late == .closed)
        #expect(await link.load() == CoreLoad())
    }

    @Test func `a core that has ended is passed over for the next`() async throws {
        let journal = InMemoryJournal(), shell = ScriptedShell { .answer($0.text) }, link = link
        link.serve(by: try await withHub(shell, journal: journal) { $0 })
        try await withHub(shell, journal: journal) { hub in
            async let receipt = link.submit(.test("hello"), to: .test)
            async let reply = link.handle(.test("/mode plan"), in: .test)
            try await isWaitedFor(by: 2)
            link.serve(by: hub)
            _ = try await receipt
            let handled = try await reply
            // Nothing can have been done before.
            #expect(handled == .replied(CommandReply(name: "mode", ok: true, text: "mode: plan", change: .mode(.plan))))
        }
        #expect(journal.records.count(where: \.isAccepted) == 1)
    }

    @Test func `what is still to be done, and that no more is, goes to the core in force`() async throws {
        let gate = Gate(), link = link
        try await withHub(ScriptedShell { _ in [.wait(gate)] + .answer("done") }) { hub in
            link.serve(by: hub)
            _ = try await link.submit(.test("one"), to: .test)
            _ = try await link.submit(.test("two"), to: .test)
            await gate.reached()
            #expect(await link.load() == CoreLoad(running: 1, waiting: 1))
            gate.open()
            await link.drain()
            #expect(await link.load().running == 0)
        }
    }

    @Test(arguments: [true, false])
    func `a message whose core dies before the answer is accepted once`(_ isStored: Bool) async throws {
        let journal = InMemoryJournal(), shell = ScriptedShell { .answer($0.text) }, link = link
        try await withHub(shell, journal: journal) { hub in
            let dying = DyingCore(hub, hears: isStored)
            link.serve(by: dying)
            async let handled = link.handle(.test("hello"), in: .test)
            await dying.asked.reached()
            let events = try await hub.events(of: .test, after: .start)
            link.serve(by: hub)
            guard case .accepted(let receipt) = try await handled else {
                Issue.record("a message is no command")
                return
            }
            #expect(receipt.message == Message.ID(rawValue: 1))
            #expect(await events.collect(turns: 1).last?.outcome?.text == "hello")
        }
        #expect(journal.records.count(where: \.isAccepted) == 1)
        #expect(journal.records.count(where: \.isStarted) == 1)
        #expect(journal.records.count(where: \.isFinished) == 1)
    }

    @Test(arguments: [true, false])
    func `a command whose core dies before the answer is not run again`(_ isStored: Bool) async throws {
        let journal = InMemoryJournal(), shell = ScriptedShell { .answer($0.text) }, link = link
        try await withHub(shell, journal: journal) { hub in
            link.serve(by: DyingCore(hub, hears: isStored))
            let handled = try await link.handle(.test("/mode plan"), in: .test)
            guard case .replied(let reply) = handled else {
                Issue.record("a command is no message")
                return
            }
            #expect(reply.name == "mode" && !reply.ok)
            #expect(reply.text.contains("went away before it answered") && reply.text.contains("/status"))
        }
        #expect(journal.records.count == (isStored ? 1 : 0))
    }

    @Test func `a stop whose core dies before the answer is asked again of the next, which may go on with the turn`()
        async throws
    {
        let link = link, person = Message.test("")
        try await withHub(ScriptedShell { _ in [.hang] }) { hub in
            let events = try await hub.events(of: .test)
            _ = try await hub.submit(.test("one"), to: .test)
            let started = await events.collect { $0.startedTurn != nil }.last?.startedTurn
            let turn = try #require(started)
            let dying = DyingCore(hub, hears: false)
            link.serve(by: dying)
            async let stopped = link.interrupt(.test, turn: turn.id, by: person)
            await dying.asked.reached()
            link.serve(by: hub)
            let hasStopped = try await stopped
            #expect(hasStopped)
            let outcome = await events.collect(turns: 1).last?.outcome
            #expect(outcome?.status == .cancelled && outcome?.stoppedBy == person.signature)
        }
    }

    @Test func `a stop that no core answers in time is not told to have been made`() async throws {
        let link = link
        try await withHub(ScriptedShell { .answer($0.text) }) { hub in
            link.serve(by: DyingCore(hub, hears: false))
            async let refused = refusal { _ = try await link.interrupt(.test, turn: Turn.ID(rawValue: 1), by: nil) }
            try await isWaitedFor()
            clock.advance(by: .seconds(30))
            let error = try await refused
            #expect(error?.code == .closed)
            #expect(error?.description.contains("may have been done or not") == true)
        }
    }

    @Test func `the stop of whatever runs is asked of no other core`() async throws {
        let link = link
        try await withHub(ScriptedShell { .answer($0.text) }) { hub in
            link.serve(by: DyingCore(hub, hears: false))
            let error = try await refusal { _ = try await link.interrupt(.test) }
            #expect(error == .lost)
        }
    }

    @Test(arguments: [true, false])
    func `a stop that names its turn is asked of the next core, too, where its message runs again`(
        _ isHeard: Bool
    ) async throws {
        let gate = Gate(), journal = InMemoryJournal(), link = link
        let (left, turn) = try await withHub(ScriptedShell { _ in [.wait(gate)] }, journal: journal) { hub in
            _ = try await hub.submit(.test("go"), to: .test)
            await gate.reached()
            return (journal.records, try #require(journal.records.last?.startedTurn?.id))
        }
        // What the first core may have done is lost with it.
        let next = InMemoryJournal(left)
        try await withHub(ScriptedShell { _ in [.hang] }) { lost in
            try await withHub(ScriptedShell { _ in [.hang] }, journal: next) { hub in
                let dying = DyingCore(lost, hears: isHeard)
                link.serve(by: dying)
                async let stopped = link.interrupt(.test, turn: turn)
                await dying.asked.reached()
                link.serve(by: hub)
                let isStopped = try await stopped
                #expect(isStopped)
                let records = try await hub.events(of: .test, after: .start).collect(turns: 2)
                #expect(records.compactMap(\.outcome?.status) == [.interrupted, .cancelled])
            }
        }
    }

    @Test(arguments: [true, false])
    func `an answer to an agent whose core dies before the answer counts once`(_ isStored: Bool) async throws {
        let request = ApprovalRequest(id: "r1", kind: .command, title: "rm x"), link = link
        let shell = ScriptedShell(turns: [ScriptedStep.ask(request) + .answer("went on")])
        try await withHub(shell) { hub in
            let events = try await hub.events(of: .test, answers: true)
            _ = try await hub.submit(.test("go"), to: .test)
            let id = try #require(await events.collect { $0.approval != nil }.last?.approval?.id)
            let dying = DyingCore(hub, hears: isStored)
            link.serve(by: dying)
            async let answered = link.answer(id, .allow, from: .test(""), in: .test)
            await dying.asked.reached()
            link.serve(by: hub)
            guard case .done(let approval) = try await answered else {
                Issue.record("it does not count")
                return
            }
            #expect(approval.id == id && approval.status == .allowed)
            _ = await events.collect(turns: 1)
        }
        #expect(shell.answers == [.allow])
    }

    @Test(arguments: [true, false])
    func `a change of a message whose core dies before the answer is made once`(_ isStored: Bool) async throws {
        let journal = InMemoryJournal(), gate = Gate(), link = link
        let shell = ScriptedShell { [.wait(gate)] + .answer($0.text) }
        try await withHub(shell, journal: journal) { hub in
            let events = try await hub.events(of: .test)
            _ = try await hub.submit(.test("one"), to: .test)
            var message = Message.test("two")
            message.key = "k"
            _ = try await hub.submit(message, to: .test)
            await gate.reached()
            let dying = DyingCore(hub, hears: isStored)
            link.serve(by: dying)
            async let revised = link.revise("k", to: "zwei", in: .test)
            await dying.asked.reached()
            link.serve(by: hub)
            let outcome = try await revised
            #expect(outcome == .changed)
            gate.open()
            #expect(await events.collect(turns: 2).last?.outcome?.text == "zwei")
        }
        #expect(journal.records.count(where: \.isRevised) == 1)
    }

    @Test func `the events of a session end when it is deleted, and those behind it begin anew`() async throws {
        let journal = InMemoryJournal(), link = link
        try await withHub(ScriptedShell { .answer($0.text) }, journal: journal) { hub in
            link.serve(by: hub)
            let events = try await link.events(of: .test), lasting = try await link.lastingEvents(of: .test)
            _ = try await link.handle(.test("one"), in: .test)
            _ = await events.collect(turns: 1)
            let isDone = try await hub.maintain(.test, deletes: true) { journal, last in
                try await journal.delete(.test)
                return last
            }
            #expect(isDone)
            let rest = await events.collectAll()
            #expect(rest.map(\.event) == [.deleted])
            _ = try await link.handle(.test("two"), in: .test)
            let all = await lasting.collect(turns: 2)
            #expect(all.compactMap(\.outcome?.text) == ["one", "two"])
            #expect(all.count { $0.event == .deleted } == 1)
        }
    }

    @Test func `a key that a message has is kept, and one that has none gets one of its own`() async throws {
        let journal = InMemoryJournal(), link = CoreLink(makeKey: { "made" })
        try await withHub(ScriptedShell { .answer($0.text) }, journal: journal) { hub in
            link.serve(by: hub)
            var message = Message.test("one")
            message.key = "own"
            _ = try await link.submit(message, to: .test)
            _ = try await link.handle(.test("two"), in: .test)
        }
        let keys = journal.records.compactMap { record -> String? in
            if case .accepted(_, let message) = record.event { message.key } else { nil }
        }
        #expect(keys == ["own", "made"])
    }
}

/// A core that does what it is asked, or not, and is gone before it says so.
struct DyingCore: Core {
    let core: any Core
    let hears: Bool
    /// Passed with each question.
    let asked = Gate(isOpen: true)

    init(_ core: any Core, hears: Bool) {
        self.core = core
        self.hears = hears
    }

    private func die<Answer>(_ body: () async throws -> Answer) async throws -> Answer {
        if hears { _ = try await body() }
        try await asked.pass()
        throw HubError.lost
    }

    func handle(_ message: Message, in session: SessionID) async throws -> Handled {
        try await die { try await core.handle(message, in: session) }
    }

    func submit(_ message: Message, to session: SessionID) async throws -> Receipt {
        try await die { try await core.submit(message, to: session) }
    }

    func revise(_ key: String, to text: String, in session: SessionID) async throws -> Revised {
        try await die { try await core.revise(key, to: text, in: session) }
    }

    func interrupt(_ session: SessionID, turn: Turn.ID?, by person: Message?) async throws -> Bool {
        try await die { try await core.interrupt(session, turn: turn, by: person) }
    }

    func answer(
        _ id: Approval.ID, _ decision: ApprovalDecision, from person: Message, in session: SessionID
    ) async throws -> Answered {
        try await die { try await core.answer(id, decision, from: person, in: session) }
    }

    func events(of session: SessionID, after bookmark: Bookmark?, answers: Bool) async throws -> AsyncStream<Record> {
        try await die { try await core.events(of: session, after: bookmark, answers: answers) }
    }

    func position(of session: SessionID) async throws -> Cursor {
        try await die { try await core.position(of: session) }
    }

    func greeting(of session: SessionID) async throws -> Greeting {
        try await die { try await core.greeting(of: session) }
    }

    func openApprovals(of session: SessionID) async throws -> [Approval] {
        try await die { try await core.openApprovals(of: session) }
    }

    func names() async throws -> CoreNames { try await die { try await core.names() } }
    func load() async -> CoreLoad { CoreLoad() }
    func drain() async {}
}
