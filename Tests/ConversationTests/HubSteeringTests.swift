import TestSupport
import Testing

@testable import Conversation

/// Text that is put into a running turn.
@Suite(.timeLimit(.minutes(1))) struct HubSteeringTests {
    @Test func `a text goes into the running turn, and is on disk before`() async throws {
        let journal = InMemoryJournal(), end = Gate()
        let shell = ScriptedShell(steer: { _ in #expect(journal.records.contains { $0.isSteered }) }) { _ in
            [.event(.began), .event(.delta("so")), .wait(end), .completed]
        }
        try await withHub(shell, journal: journal) { hub in
            let events = try await hub.events(of: .test)
            _ = try await hub.type("go")
            _ = await events.first { $0.isDelta }
            let reply = try await hub.command("/steer  use  tabs ")
            #expect(reply == CommandReply(name: "steer", ok: true, text: "put into the running turn"))
            #expect(shell.calls.contains(.steer("use  tabs")))
            end.open()
            _ = await events.collect(turns: 1)
            #expect(shell.texts == ["go"])
            #expect(try await hub.state(of: .test).waiting.isEmpty)
        }
    }

    @Test func `with no turn running it starts one`() async throws {
        let shell = ScriptedShell { .answer($0.text) }
        try await withHub(shell) { hub in
            let events = try await hub.events(of: .test)
            guard case .accepted(let receipt) = try await hub.type("/steer hello there") else {
                Issue.record("not accepted")
                return
            }
            #expect(receipt.ahead == 0)
            #expect(await events.collect(turns: 1).last?.outcome?.text == "hello there")
        }
    }

    @Test func `a text that the agent refuses waits for a turn of its own, at its place`() async throws {
        let end = Gate()
        let shell = ScriptedShell(steer: { _ in throw AgentError(.refused, "cannot be steered") }) { request in
            request.text == "go" ? [.event(.delta("so")), .wait(end), .completed] : .answer(request.text)
        }
        try await withHub(shell) { hub in
            let events = try await hub.events(of: .test)
            _ = try await hub.type("go")
            _ = await events.first { $0.isDelta }
            let reply = try await hub.command("/steer one")
            #expect(reply == CommandReply(name: "steer", ok: true, text: "cannot be steered; it waits, 1 before it"))
            _ = try await hub.type("two")
            end.open()
            _ = await events.collect(turns: 3)
            #expect(shell.texts == ["go", "one", "two"])
        }
    }

    @Test func `a turn does not end before the fate of a text is known`() async throws {
        let steering = Gate(), end = Gate()
        let shell = ScriptedShell(steer: { _ in
            try await steering.pass()
            throw AgentError(.refused, "too late")
        }) { request in
            request.text == "go" ? [.event(.delta("so")), .wait(end), .completed] : .answer(request.text)
        }
        try await withHub(shell) { hub in
            let events = try await hub.events(of: .test)
            _ = try await hub.type("go")
            _ = await events.first { $0.isDelta }
            async let reply = hub.command("/steer late")
            await steering.reached()
            end.open()
            #expect(try await hub.state(of: .test).running != nil)
            steering.open()
            #expect(try await reply?.text == "too late; it waits, 1 before it")
            let kinds = await events.collect(turns: 2).filter { $0.isUnsteered || $0.isFinished }
            #expect(kinds.map(\.isUnsteered) == [true, false, false])
            #expect(shell.texts == ["go", "late"])
        }
    }

    @Test func `after a crash a turn that had not acted runs again with what was put into it`() async throws {
        let journal = InMemoryJournal()
        let slow = ScriptedShell { _ in [.event(.delta("so")), .hang] }
        try await withHub(slow, journal: journal) { hub in
            let events = try await hub.events(of: .test)
            _ = try await hub.type("go")
            _ = await events.first { $0.isDelta }
            _ = try await hub.command("/steer use tabs")
            _ = try await hub.type("later")
        }
        let shell = ScriptedShell { .answer($0.text) }
        try await withHub(shell, journal: journal) { hub in
            let events = try await hub.events(of: .test, after: .start)
            _ = await events.collect(turns: 4)
            #expect(shell.texts == ["go", "use tabs", "later"])
        }
    }

    @Test(arguments: [false, true])
    func `one that is handed in again after a crash is told what became of it`(hasActed: Bool) async throws {
        var message = Message.test("/steer use tabs")
        message.key = "key"
        let journal = InMemoryJournal()
        let slow = ScriptedShell { _ in
            (hasActed ? [.act("make")] : []) + [.event(.delta("so")), .hang]
        }
        try await withHub(slow, journal: journal) { hub in
            let events = try await hub.events(of: .test)
            _ = try await hub.type("go")
            _ = await events.first { $0.isDelta }
            for _ in 1...2 {
                let reply = CommandReply(name: "steer", ok: true, text: "put into the running turn")
                #expect(try await hub.handle(message, in: .test) == .replied(reply))
            }
        }
        let end = Gate(), shell = ScriptedShell { _ in [.wait(end), .completed] }
        try await withHub(shell, journal: journal) { hub in
            let events = try await hub.events(of: .test)
            if hasActed {
                let reply = CommandReply(
                    name: "steer", ok: true, text: "put into the running turn, which has ended since")
                #expect(try await hub.handle(message, in: .test) == .replied(reply))
                #expect(shell.texts.isEmpty)
            } else {
                await end.reached()
                guard case .accepted(let receipt) = try await hub.handle(message, in: .test) else {
                    Issue.record("it waits no more")
                    return
                }
                #expect(receipt.ahead == 1)
                end.open()
                _ = await events.collect { $0.startedTurn?.text == "use tabs" }
                // That it has had a turn of its own, which tells all.
                guard case .accepted(let done) = try await hub.handle(message, in: .test) else {
                    Issue.record("it is told of another turn")
                    return
                }
                #expect(done == Receipt(message: receipt.message, ahead: 0))
            }
        }
    }

    @Test func `messages go into the running turn when the settings say so`() async throws {
        var configuration = HubConfiguration.test()
        configuration.steersWhenBusy = true
        let end = Gate()
        let shell = ScriptedShell { _ in [.event(.delta("so")), .wait(end), .completed] }
        try await withHub(shell, configuration: configuration) { hub in
            let events = try await hub.events(of: .test)
            _ = try await hub.type("go")
            _ = await events.first { $0.isDelta }
            #expect(try await hub.command("and this") != nil)
            end.open()
            _ = await events.collect(turns: 1)
            #expect(shell.calls.contains(.steer("and this")))
        }
    }
}
