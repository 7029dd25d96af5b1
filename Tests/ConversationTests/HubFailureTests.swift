import TestSupport
import Testing

@testable import Conversation

@Suite(.timeLimit(.minutes(1))) struct HubFailureTests {
    private let journal = InMemoryJournal()

    @Test func `an agent that dies before it acted runs the turn again, once`() async throws {
        let shell = ScriptedShell(turns: [.message("thinking") + [.die], .answer("done")])
        let records = try await answers(of: shell, turns: 2)
        let first = try #require(records.compactMap(\.outcome).first)
        #expect(first.status == .interrupted)
        #expect(first.runsAgain)
        #expect(first.error == TurnError(kind: .process, message: "the agent crashed; it had not acted and runs again"))
        #expect(records.compactMap(\.startedTurn?.attempt) == [1, 2])
        #expect(Set(records.compactMap(\.startedTurn?.message)).count == 1)
        #expect(records.last?.outcome?.text == "done")
        #expect(shell.texts == ["go", "go"])
    }

    @Test func `an agent that dies after it acted is not asked again`() async throws {
        let shell = ScriptedShell(turns: [[.act("touch x"), .die], .answer("next")])
        try await withHub(shell, journal: journal) { hub in
            let events = try await hub.events(of: .test)
            _ = try await hub.type("go")
            _ = try await hub.type("next")
            let records = await events.collect(turns: 2)
            let first = try #require(records.compactMap(\.outcome).first)
            #expect(first.status == .interrupted)
            #expect(!first.runsAgain)
            #expect(first.error?.kind == .process)
            #expect(first.error?.message.contains("touch x (completed)") == true)
            #expect(shell.texts == ["go", "next"])
        }
    }

    @Test func `an agent that dies after an approval was shown is not asked again`() async throws {
        let asked = ApprovalRequest(id: "1", kind: .command, title: "rm x")
        let shell = ScriptedShell(turns: [ScriptedStep.ask(asked) + [.die]])
        let records = try await withHub(shell) { hub in
            let events = try await hub.events(of: .test)
            _ = try await hub.script("go")
            return await events.collect(turns: 1)
        }
        #expect(records.last?.outcome?.runsAgain == false)
        #expect(records.last?.outcome?.status == .interrupted)
    }

    @Test func `an agent that dies twice is an error`() async throws {
        let records = try await answers(of: ScriptedShell(turns: [[.die], [.die]]), turns: 2)
        let last = try #require(records.last?.outcome)
        #expect(last.status == .error)
        #expect(!last.runsAgain)
        let message = "the agent crashed, for the second time; it is not tried again"
        #expect(last.error == TurnError(kind: .process, message: message))
    }

    @Test func `an agent that dies while it is handed the turn runs it again`() async throws {
        let hasDied = Flag()
        let shell = ScriptedShell { _ in
            guard hasDied.isSet else {
                hasDied.set()
                throw AgentError(.died, "gone")
            }
            return .answer("done")
        }
        let records = try await answers(of: shell, turns: 2)
        #expect(records.compactMap(\.outcome?.status) == [.interrupted, .ok])
    }

    @Test func `a report that ends without an end counts as a death`() async throws {
        let records = try await answers(of: ScriptedShell(turns: [[.act("ls"), .vanish]]))
        #expect(records.last?.outcome?.status == .interrupted)
        #expect(records.last?.outcome?.error?.message.hasPrefix("scripted ended without finishing the turn.") == true)
    }

    @Test func `messages that waited run after the turn that runs again`() async throws {
        let gate = Gate()
        let shell = ScriptedShell(turns: [[.wait(gate), .die], .answer("1"), .answer("2")])
        try await withHub(shell) { hub in
            let events = try await hub.events(of: .test)
            _ = try await hub.type("one")
            await gate.reached()
            _ = try await hub.type("two")
            gate.open()
            #expect(await events.collect(turns: 3).compactMap(\.startedTurn?.text) == ["one", "one", "two"])
        }
    }

    @Test func `an agent that cannot be had is an error and not tried again`() async throws {
        let shell = ScriptedShell(prepare: { throw AgentError(.unavailable, "not installed") }, script: { _ in [] })
        let records = try await answers(of: shell)
        let error = TurnError(kind: .process, message: "not installed")
        #expect(records.last?.outcome == Outcome(status: .error, error: error))
    }

    @Test func `an agent that refuses the thread is an error of that kind`() async throws {
        let shell = ScriptedShell(open: { _ in throw AgentError(.refused, "no such model") }, script: { _ in [] })
        let records = try await answers(of: shell)
        let error = TurnError(kind: .refused, message: "no such model")
        #expect(records.last?.outcome == Outcome(status: .error, error: error, agent: "scripted"))
    }

    @Test func `an agent that stops by itself is said to have`() async throws {
        let records = try await answers(of: ScriptedShell(turns: [[.event(.finished(.interrupted))]]))
        #expect(records.last?.outcome?.status == .interrupted)
        #expect(records.last?.outcome?.error?.kind == .process)
        #expect(records.last?.outcome?.runsAgain == false)
    }

    // MARK: The time limit

    @Test func `a turn that takes too long is interrupted`() async throws {
        let clock = ManualClock()
        let configuration = HubConfiguration.test(clock: clock, turnTimeout: .seconds(60))
        let shell = ScriptedShell(turns: [.message("half") + [.hang]])
        try await withHub(shell, configuration: configuration) { hub in
            let events = try await hub.events(of: .test)
            _ = try await hub.type("go")
            _ = await events.collect { $0.delta != nil }
            await clock.sleeping(until: .seconds(60))
            clock.advance(by: .seconds(60))
            let outcome = try #require(await events.collect(turns: 1).last?.outcome)
            #expect(outcome.status == .interrupted)
            #expect(outcome.error?.kind == .timeout)
            #expect(outcome.text == "half")
            #expect(outcome.durationMs == 60_000)
        }
    }

    @Test func `an agent that takes too long to open is given up`() async throws {
        let clock = ManualClock(), gate = Gate()
        let shell = ScriptedShell(prepare: { try await gate.pass() }, script: { _ in [] })
        let configuration = HubConfiguration.test(clock: clock, turnTimeout: .seconds(60))
        try await withHub(shell, configuration: configuration) { hub in
            let events = try await hub.events(of: .test)
            _ = try await hub.type("go")
            await gate.reached()
            await clock.sleeping(until: .seconds(60))
            clock.advance(by: .seconds(60))
            #expect(await events.collect(turns: 1).last?.outcome?.error?.kind == .timeout)
        }
    }

    @Test func `the time limit of a turn that has ended does not hit the next one`() async throws {
        let clock = ManualClock(), gate = Gate()
        let shell = ScriptedShell(turns: [.answer("1"), [.wait(gate)] + .answer("2")])
        let configuration = HubConfiguration.test(clock: clock, turnTimeout: .seconds(60))
        try await withHub(shell, configuration: configuration) { hub in
            let events = try await hub.events(of: .test)
            _ = try await hub.type("one")
            _ = await events.collect(turns: 1)
            clock.advance(by: .seconds(59))
            _ = try await hub.type("two")
            await gate.reached()
            await clock.sleeping(until: .seconds(59 + 60))
            clock.advance(by: .seconds(59))
            gate.open()
            #expect(await events.collect(turns: 1).last?.outcome?.status == .ok)
        }
    }

    private func answers(of shell: ScriptedShell, turns: Int = 1) async throws -> [Record] {
        try await withHub(shell, journal: journal) { hub in
            let events = try await hub.events(of: .test)
            _ = try await hub.type("go")
            return await events.collect(turns: turns)
        }
    }
}
