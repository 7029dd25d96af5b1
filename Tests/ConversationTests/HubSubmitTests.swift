import TestSupport
import Testing

@testable import Conversation

@Suite(.timeLimit(.minutes(1))) struct HubSubmitTests {
    private let journal = InMemoryJournal()
    private let other = SessionID(rawValue: "tty:other")

    @Test func `a message is on disk before it is acknowledged or seen`() async throws {
        let disk = Gate(), isAcknowledged = Flag()
        let journal = journal
        try await withHub(ScriptedShell(turns: [.answer("hi")]), journal: journal) { hub in
            let events = try await hub.events(of: .test)
            journal.hold(at: disk)
            async let receipt = submit("hello", to: hub, isAcknowledged)
            await disk.reached()
            #expect(!isAcknowledged.isSet)
            #expect(journal.records.isEmpty)
            journal.hold(at: nil)
            disk.open()
            #expect(try await receipt.ahead == 0)
            #expect(journal.records.first?.event == .accepted(Message.ID(rawValue: 1), .test("hello")))
            #expect(await events.collect(turns: 1).first?.isAccepted == true)
        }
    }

    @Test func `nobody sees a durable event before it is committed`() async throws {
        let journal = journal
        let shell = ScriptedShell(turns: [[.act("touch x")] + .answer("done")])
        try await withHub(shell, journal: journal) { hub in
            let events = try await hub.events(of: .test)
            _ = try await hub.type("hello")
            _ = await events.collect { record in
                #expect(!record.event.isDurable || journal.records.contains(record))
                return record.isFinished
            }
        }
    }

    @Test func `a turn publishes its events in order`() async throws {
        try await withHub(ScriptedShell(turns: [.answer("hi there")]), journal: journal) { hub in
            let events = try await hub.events(of: .test)
            _ = try await hub.type("hello")
            let records = await events.collect(turns: 1)
            let turn = try #require(records.lazy.compactMap(\.startedTurn).first)
            let outcome = Outcome(status: .ok, text: "hi there", agent: "scripted")
            #expect(
                records.map(\.event) == [
                    .accepted(turn.message, .test("hello")), .started(turn),
                    .changed(.thread(.test, "thread of tty:default")), .delta(turn.id, "hi"),
                    .delta(turn.id, " there"), .finished(turn.id, outcome),
                ])
            #expect(records.map(\.cursor.rawValue) == [1, 2, 3, 3, 3, 4])
        }
    }

    @Test func `a message that is handed in again while its turn runs has nothing before it`() async throws {
        let gate = Gate()
        try await withHub(ScriptedShell(turns: [[.wait(gate)]]), journal: journal) { hub in
            var message = Message.test("one")
            message.key = "the first"
            let first = try await hub.submit(message, to: .test)
            await gate.reached()
            let again = try await hub.submit(message, to: .test)
            #expect(again == first && again.ahead == 0)
        }
    }

    @Test func `messages are answered one at a time, first in, first out`() async throws {
        let gate = Gate()
        let shell = ScriptedShell(turns: [[.wait(gate)] + .answer("1"), .answer("2"), .answer("3")])
        try await withHub(shell, journal: journal) { hub in
            let events = try await hub.events(of: .test)
            var ahead: [Int] = []
            for text in ["one", "two", "three"] { ahead.append(try await hub.submit(.test(text), to: .test).ahead) }
            await gate.reached()
            #expect(ahead == [0, 1, 2])
            #expect(shell.texts == ["one"])
            gate.open()
            let records = await events.collect(turns: 3)
            #expect(records.compactMap(\.startedTurn?.text) == ["one", "two", "three"])
            #expect(records.compactMap(\.outcome?.text) == ["1", "2", "3"])
            let order = records.filter { $0.isStarted || $0.isFinished }.map(\.isStarted)
            #expect(order == [true, false, true, false, true, false])
        }
    }

    @Test func `the place in the queue counts what is worked on`() async throws {
        let gate = Gate()
        let shell = ScriptedShell(turns: [[.wait(gate)] + .answer("1"), .answer("2"), .answer("3")])
        try await withHub(shell) { hub in
            _ = try await hub.submit(.test("one"), to: .test)
            await gate.reached()
            #expect(try await hub.submit(.test("two"), to: .test).ahead == 1)
            #expect(try await hub.submit(.test("three"), to: .test).ahead == 2)
        }
    }

    @Test func `a slow session does not delay another`() async throws {
        let gate = Gate()
        let shell = ScriptedShell { request in
            request.text == "slow" ? [.wait(gate)] + .answer("at last") : .answer("quick")
        }
        try await withHub(shell) { [other] hub in
            let slow = try await hub.events(of: .test), quick = try await hub.events(of: other)
            _ = try await hub.type("slow")
            await gate.reached()
            _ = try await hub.type("quick", in: other)
            #expect(await quick.collect(turns: 1).last?.outcome?.text == "quick")
            gate.open()
            #expect(await slow.collect(turns: 1).last?.outcome?.text == "at last")
        }
    }

    @Test func `the events of one session are not seen in another`() async throws {
        let shell = ScriptedShell { _ in .answer("hi") }
        try await withHub(shell) { [other] hub in
            let events = try await hub.events(of: .test)
            _ = try await hub.type("there", in: other)
            _ = try await hub.type("here")
            #expect(await events.collect(turns: 1).allSatisfy { $0.session == .test })
        }
    }

    @Test func `commands are answered while a turn runs`() async throws {
        let gate = Gate()
        try await withHub(ScriptedShell(turns: [[.wait(gate)] + .answer("1")])) { hub in
            _ = try await hub.type("one")
            await gate.reached()
            let reply = try await hub.command("/status")
            #expect(reply?.ok == true)
            #expect(reply?.text.contains("running    one") == true)
        }
    }

    @Test func `a message that was sent to a stopped core is refused`() async throws {
        let hub = try await withHub(ScriptedShell(turns: [])) { $0 }
        await #expect(throws: HubError.closed) { try await hub.type("hello") }
        await #expect(throws: HubError.closed) { try await hub.events(of: .test) }
        await #expect(throws: HubError.closed) { try await hub.interrupt(.test) }
    }

    @Test func `an event stream ends with the core`() async throws {
        let events = try await withHub(ScriptedShell(turns: [])) { try await $0.events(of: .test) }
        #expect(await events.collectAll().isEmpty)
    }

    private func submit(_ text: String, to hub: Hub, _ isAcknowledged: Flag) async throws -> Receipt {
        let receipt = try await hub.submit(.test(text), to: .test)
        isAcknowledged.set()
        return receipt
    }
}
