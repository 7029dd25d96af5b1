import TestSupport
import Testing

@testable import Conversation

/// A message whose text is changed while it waits.
@Suite(.timeLimit(.minutes(1))) struct HubRevisingTests {
    private let journal = InMemoryJournal()
    private let gate = Gate()

    private func submit(_ text: String, to hub: Hub) async throws {
        _ = try await hub.submit(Self.keyed(text), to: .test)
    }

    private static func keyed(_ text: String) -> Message {
        var message = Message.test(text)
        message.key = "key of \(text)"
        return message
    }

    private func revise(_ original: String, to text: String, in hub: Hub) async throws -> Revised {
        try await hub.revise("key of \(original)", to: text, in: .test)
    }

    @Test func `a message that waits is answered with its new text alone`() async throws {
        let shell = ScriptedShell { [gate] in [.wait(gate)] + .answer($0.text) }
        try await withHub(shell, journal: journal) { hub in
            let events = try await hub.events(of: .test)
            try await submit("one", to: hub)
            try await submit("two", to: hub)
            await gate.reached()
            for text in ["zwei", "deux", "deux"] {
                let revised = try await revise("two", to: text, in: hub)
                #expect(revised == .changed)
            }
            // Who hands the first text in again does not bring it back.
            let again = try await hub.submit(Self.keyed("two"), to: .test)
            #expect(again.ahead == 1)
            let queue = try await hub.command("/queue")
            #expect(queue?.text == "running: one\n1. deux")
            gate.open()
            let told = await events.collect(turns: 2)
            #expect(told.last?.outcome?.text == "deux")
            #expect(told.compactMap(\.revision) == ["zwei", "deux"])
        }
        #expect(shell.texts == ["one", "deux"])
        #expect(Audit(journal.records).problems.isEmpty)
    }

    @Test func `a change that comes too late is refused, and one that is repeated is not`() async throws {
        let shell = ScriptedShell { [gate] in [.wait(gate)] + .answer($0.text) }
        try await withHub(shell, journal: journal) { hub in
            let events = try await hub.events(of: .test)
            try await submit("one", to: hub)
            try await submit("two", to: hub)
            try await submit("three", to: hub)
            await gate.reached()
            let running = try await revise("one", to: "eins", in: hub)
            #expect(running == .started)
            _ = try await revise("two", to: "zwei", in: hub)
            _ = try await hub.command("/cancel all")
            let dropped = try await revise("three", to: "drei", in: hub)
            #expect(dropped == .dropped)
            _ = await events.collect(turns: 1)
            try await submit("four", to: hub)
            await gate.reached(2)
            try await submit("five", to: hub)
            let waiting = try await revise("five", to: "fünf", in: hub)
            #expect(waiting == .changed)
            gate.open()
            _ = await events.collect(turns: 2)
            var late: [Revised] = []
            for (key, text) in [("one", "eins"), ("two", "2"), ("five", "fünf"), ("five", "5"), ("six", "sechs")] {
                late.append(try await revise(key, to: text, in: hub))
            }
            #expect(late == [.started, .dropped, .changed, .started, .unknown])
        }
        #expect(journal.records.count(where: \.isRevised) == 2)
    }

    @Test(arguments: ["", " \n", "/mode plan", "/staus", "profile list", "/steer left", "/cancel"])
    func `what is no message for the agent changes nothing`(_ text: String) async throws {
        let shell = ScriptedShell { [gate] in [.wait(gate)] + .answer($0.text) }
        try await withHub(shell, journal: journal) { hub in
            let events = try await hub.events(of: .test)
            try await submit("one", to: hub)
            try await submit("two", to: hub)
            await gate.reached()
            let revised = try await revise("two", to: text, in: hub)
            guard case .unfit(let reason) = revised else {
                Issue.record("\(revised)")
                return
            }
            #expect(!reason.isEmpty)
            // What is no message for anybody is too late like all else.
            let running = try await revise("one", to: text, in: hub)
            #expect(running == .started)
            gate.open()
            #expect(await events.collect(turns: 2).last?.outcome?.text == "two")
        }
    }

    @Test func `two slashes are one to the agent`() async throws {
        let shell = ScriptedShell { [gate] in [.wait(gate)] + .answer($0.text) }
        try await withHub(shell, journal: journal) { hub in
            let events = try await hub.events(of: .test)
            try await submit("one", to: hub)
            try await submit("two", to: hub)
            await gate.reached()
            for _ in 1...2 {
                let revised = try await revise("two", to: "//mode", in: hub)
                #expect(revised == .changed)
            }
            gate.open()
            #expect(await events.collect(turns: 2).last?.outcome?.text == "/mode")
        }
    }

    @Test func `a text that went into the running turn stays as it was`() async throws {
        let shell = ScriptedShell { [gate] in [.wait(gate)] + .answer($0.text) }
        try await withHub(shell, journal: journal) { hub in
            let events = try await hub.events(of: .test)
            try await submit("one", to: hub)
            await gate.reached()
            _ = try await hub.steer(Self.keyed("two"), in: .test)
            let steered = try await revise("two", to: "zwei", in: hub)
            let same = try await revise("two", to: "two", in: hub)
            #expect(steered == .started && same == .changed)
            gate.open()
            _ = await events.collect(turns: 1)
            let done = try await revise("two", to: "zwei", in: hub)
            #expect(done == .started)
        }
        #expect(journal.records.count(where: \.isRevised) == 0)
    }

    @Test func `a change that comes before the record of the start counts, and one behind it does not`() async throws {
        let disk = Gate(), shell = ScriptedShell { [gate] in [.wait(gate)] + .answer($0.text) }
        try await withHub(shell, journal: journal) { hub in
            let events = try await hub.events(of: .test)
            try await submit("zero", to: hub)
            try await submit("one", to: hub)
            await gate.reached()
            journal.hold(at: disk) { $0.contains(where: \.isFinished) }
            gate.open()
            await disk.reached()
            // The end of the turn before is on its way to the disk, and the change behind it.
            async let early = hub.revise("key of one", to: "eins", in: .test)
            while await hub.inbox.isEmpty { await Task.yield() }
            let start = Gate()
            journal.hold(at: start) { $0.contains(where: \.isStarted) }
            disk.open()
            // The change and the start are on their way together.
            await start.reached()
            async let late = hub.revise("key of one", to: "uno", in: .test)
            while await hub.inbox.isEmpty { await Task.yield() }
            start.open()
            let (first, second) = try await (early, late)
            #expect(first == .changed && second == .started)
            gate.open()
            #expect(await events.collect(turns: 2).last?.outcome?.text == "eins")
        }
        #expect(shell.texts == ["zero", "eins"])
    }

    @Test func `a change behind a message that starts at once comes too late`() async throws {
        let disk = Gate(), shell = ScriptedShell { .answer($0.text) }
        try await withHub(shell, journal: journal) { hub in
            let events = try await hub.events(of: .test)
            journal.hold(at: disk) { $0.contains(where: \.isAccepted) }
            async let receipt = hub.submit(Self.keyed("one"), to: .test)
            await disk.reached()
            async let late = hub.revise("key of one", to: "eins", in: .test)
            while await hub.inbox.isEmpty { await Task.yield() }
            disk.open()
            _ = try await receipt
            let answer = try await late
            #expect(answer == .started)
            #expect(await events.collect(turns: 1).last?.outcome?.text == "one")
        }
    }

    @Test func `a change that cannot be stored is refused, and the text stays`() async throws {
        let shell = ScriptedShell { [gate] in [.wait(gate)] + .answer($0.text) }
        try await withHub(shell, journal: journal) { hub in
            let events = try await hub.events(of: .test)
            try await submit("one", to: hub)
            try await submit("two", to: hub)
            await gate.reached()
            journal.failNextCommit()
            let error = await #expect(throws: HubError.self) { try await revise("two", to: "zwei", in: hub) }
            #expect(error?.code == .notStored)
            gate.open()
            #expect(await events.collect(turns: 2).last?.outcome?.text == "two")
        }
    }

    @Test func `a message that runs again keeps the text that it ran with`() async throws {
        try await withHub(ScriptedShell(turns: [[.wait(gate)]]), journal: journal) { hub in
            try await submit("one", to: hub)
            await gate.reached()
        }
        let disk = Gate()
        journal.hold(at: disk) { $0.contains(where: \.isStarted) }
        try await withHub(ScriptedShell { .answer($0.text) }, journal: journal) { hub in
            await disk.reached()
            async let revised = revise("one", to: "eins", in: hub)
            while await hub.inbox.isEmpty { await Task.yield() }
            disk.open()
            let outcome = try await revised
            #expect(outcome == .started)
            // Not before: whoever asks for events waits for the disk, too.
            let events = try await hub.events(of: .test, after: .start)
            #expect(await events.collect(turns: 2).last?.outcome?.text == "one")
        }
    }

    @Test func `whichever step was the last on disk, what was said last is answered, once`() async throws {
        try await withHub(ScriptedShell { [gate] in [.wait(gate)] + .answer($0.text) }, journal: journal) { hub in
            let events = try await hub.events(of: .test)
            for text in ["one", "two", "three", "four"] { try await submit(text, to: hub) }
            await gate.reached()
            for text in ["zwei", "deux"] { _ = try await revise("two", to: text, in: hub) }
            _ = try await revise("four", to: "vier", in: hub)
            gate.open()
            _ = await events.collect(turns: 4)
        }
        let records = journal.records
        for count in 1...records.count {
            let journal = InMemoryJournal(Array(records.prefix(count)))
            var last: [Message.ID: String] = [:]
            for case .some(let (id, text)) in journal.records.map(\.saidLast) { last[id] = text }
            try await withHub(ScriptedShell { .answer($0.text) }, journal: journal) { hub in
                // What is known to be changed may be asked for again.
                for (key, text) in [("two", "deux"), ("four", "vier")] where last.values.contains(text) {
                    let revised = try await revise(key, to: text, in: hub)
                    #expect(revised == .changed, "after \(count) records")
                }
                var state = SessionState(id: .test)
                _ = try await hub.events(of: .test, after: .start).collect { record in
                    state.apply(record)
                    return record.cursor.rawValue >= count && state.running == nil && state.waiting.isEmpty
                }
            }
            #expect(Audit(journal.records).problems.isEmpty, "after \(count) records")
            for (id, text) in last {
                let answered = journal.records.compactMap(\.startedTurn).last { $0.message == id }
                #expect(answered?.text == text, "after \(count) records")
            }
        }
    }
}

extension Record {
    /// The text that a message was given with this record.
    fileprivate var revision: String? { if case .revised(_, let text) = event { text } else { nil } }

    /// What a message says from this record on.
    fileprivate var saidLast: (Message.ID, String)? {
        switch event {
        case .accepted(let id, let message): (id, message.text)
        case .revised(let id, let text): (id, text)
        default: nil
        }
    }
}
