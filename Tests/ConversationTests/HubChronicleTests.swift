import TestSupport
import Testing

@testable import Conversation

/// What the core tells its chronicle.
@Suite(.timeLimit(.minutes(1))) struct HubChronicleTests {
    private let chronicle = RecordingChronicle()

    private var configuration: HubConfiguration {
        var configuration = HubConfiguration.test()
        configuration.chronicle = chronicle
        return configuration
    }

    @Test func `a turn is told when it is over, with its answer and where the session stands`() async throws {
        try await withHub(ScriptedShell { _ in .answer("good day") }, configuration: configuration) { hub in
            let events = try await hub.events(of: .test)
            _ = try await hub.type("hello")
            _ = await events.collect(turns: 1)
            let told = try #require(chronicle.exchanges.first)
            #expect(chronicle.exchanges.count == 1)
            #expect((told.kind, told.input, told.outcome.text) == (.text, "hello", "good day"))
            #expect(told.turn == Turn.ID(rawValue: 2))
            #expect((told.outcome.status, told.outcome.error) == (.ok, nil))
            #expect(told.standing.last == told.outcome)
            #expect((told.standing.mode, told.standing.workingDirectory) == (.single, "/project"))
        }
    }

    @Test func `whoever only looks at what was said leaves no trace`() async throws {
        try await withHub(ScriptedShell { _ in .answer("good day") }, configuration: configuration) { hub in
            let events = try await hub.events(of: .test)
            _ = try await hub.type("hello")
            _ = await events.collect(turns: 1)
            let looked = try await hub.history(of: .test, turns: 2)
            #expect(chronicle.exchanges.count == 1)
            let asked = try await hub.command("/history 2")
            #expect(asked?.text == looked && looked.contains("good day"))
            #expect(chronicle.exchanges.count == 2)
        }
    }

    @Test func `a turn that failed is told with why`() async throws {
        try await withHub(ScriptedShell { _ in [.act("rm x"), .die] }, configuration: configuration) { hub in
            let events = try await hub.events(of: .test)
            _ = try await hub.type("hello")
            _ = await events.collect(turns: 1)
            #expect(chronicle.exchanges.map(\.outcome.status) == [.interrupted])
            #expect(chronicle.exchanges.first?.outcome.error?.message.isEmpty == false)
        }
    }

    @Test func `a turn that runs again is told once, when it was answered`() async throws {
        let turns = Counter()
        let shell = ScriptedShell { _ in
            turns.add()
            return turns.count == 1 ? [.die] : .answer("good day")
        }
        try await withHub(shell, configuration: configuration) { hub in
            let events = try await hub.events(of: .test)
            _ = try await hub.type("hello")
            _ = await events.collect(turns: 2)
            #expect(chronicle.exchanges.map(\.outcome.text) == ["good day"])
        }
    }

    @Test(arguments: [
        ("/mode plan", Outcome.Status.ok, "mode: plan", String?.none),
        ("/staus", .error, "", "unknown command /staus; did you mean /status? (//staus sends it to the agent)"),
        ("/mode fast", .error, "", "'fast' is no mode; usage: /mode [single|plan]"),
    ])
    func `a command is told with its answer`(
        input: String, status: Outcome.Status, answer: String, error: String?
    ) async throws {
        try await withHub(ScriptedShell(turns: []), configuration: configuration) { hub in
            _ = try await hub.type(input)
            let told = try #require(chronicle.exchanges.first)
            #expect(chronicle.exchanges.count == 1)
            #expect((told.kind, told.input, told.turn) == (.command, input, nil))
            #expect((told.outcome.status, told.outcome.text) == (status, answer))
            #expect(told.outcome.error?.message == error)
        }
    }

    @Test func `the standing is that after the command`() async throws {
        try await withHub(ScriptedShell(turns: []), configuration: configuration) { hub in
            _ = try await hub.type("/mode plan")
            _ = try await hub.type("/agent scripted")
            #expect(chronicle.exchanges.map(\.standing.mode) == [.plan, .plan])
            #expect(chronicle.exchanges.map(\.standing.agent) == [.auto, .named("scripted")])
        }
    }

    @Test func `a text for the running turn is told as that`() async throws {
        let gate = Gate()
        let shell = ScriptedShell { _ in [.wait(gate)] + .answer("done") }
        try await withHub(shell, configuration: configuration) { hub in
            let events = try await hub.events(of: .test)
            _ = try await hub.type("hello")
            await gate.reached()
            _ = try await hub.type("/steer to the left")
            gate.open()
            _ = await events.collect(turns: 1)
            #expect(chronicle.exchanges.map(\.kind) == [.steer, .text])
            #expect(chronicle.exchanges.first?.input == "/steer to the left")
        }
    }
}
