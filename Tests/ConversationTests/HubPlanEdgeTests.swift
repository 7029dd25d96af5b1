import TestSupport
import Testing

@testable import Conversation

/// Plan mode where people, crashes and settings come in between.
@Suite(.timeLimit(.minutes(1))) struct HubPlanEdgeTests {
    private static let plan = [ScriptedStep].answer(#"{"mode":"plan","reason":"big"}"#)
    private static let single = [ScriptedStep].answer(#"{"mode":"single","reason":"small"}"#)
    private static let approved = [ScriptedStep].answer(#"{"result":"approved","feedback":"good"}"#)

    private let clock = ManualClock()

    private func configuration(_ profiles: [Profile] = [Profile("default")]) -> HubConfiguration {
        var configuration = HubConfiguration.test(clock: clock)
        configuration.mode = .plan
        configuration.changes = ScriptedChanges()
        configuration.profiles = FixedProfiles(profiles)
        return configuration
    }

    // MARK: Text put into the turn

    @Test func `text for the developer is told to the reviewer and worked on once`() async throws {
        let gate = Gate()
        let turns = [
            Self.plan, .answer("plan"), [.wait(gate)] + .answer("done"), [.die], Self.approved,
        ]
        let shell = ScriptedShell(turns: turns)
        try await withHub(shell, configuration: configuration()) { hub in
            let events = try await hub.events(of: .test)
            _ = try await hub.type("make it")
            await gate.reached()
            let steered = try await hub.steer(.test("use tabs"), in: .test)
            #expect(steered == .taken)
            gate.open()
            // The reviewer's agent dies, and the turn goes on with the reviewer.
            let records = await events.collect(turns: 2)
            #expect(records.compactMap(\.startedTurn?.text) == ["make it", "make it"])
            #expect(shell.texts.last?.contains("Added while it was worked on: use tabs") == true)
            #expect(await hub.load() == CoreLoad())
        }
    }

    @Test func `text that comes as the agent ends is heard or waits, and is never lost`() async throws {
        let gate = Gate(), commit = Gate(), journal = InMemoryJournal()
        let shell = ScriptedShell(turns: [[.wait(gate)] + .answer("one"), .answer("two")])
        var configuration = configuration()
        configuration.mode = .single
        try await withHub(shell, journal: journal, configuration: configuration) { hub in
            let events = try await hub.events(of: .test)
            _ = try await hub.type("make it")
            await gate.reached()
            journal.hold(at: commit) { $0.contains(where: \.isSteered) }
            async let steered = hub.steer(.test("use tabs"), in: .test)
            await commit.reached()
            // The agent ends its turn while the intent is being written.
            gate.open()
            _ = try await eventually("the answer") { shell.texts.count == 1 ? true : nil }
            commit.open()
            let isTaken = try await steered == .taken
            if !isTaken { _ = await events.collect(turns: 2) }
            let heard = shell.calls.contains(.steer("use tabs"))
            #expect(isTaken ? heard : shell.texts.last == "use tabs")
        }
    }

    @Test func `text that comes while the planner works waits, with the reason`() async throws {
        let gate = Gate()
        let turns = [
            Self.plan, [.wait(gate)] + .answer("plan"), .answer("done"), Self.approved, Self.single, .answer("2"),
        ]
        try await withHub(ScriptedShell(turns: turns), configuration: configuration()) { hub in
            let events = try await hub.events(of: .test)
            _ = try await hub.type("make it")
            await gate.reached()
            guard case .accepted(_, let reason) = try await hub.steer(.test("more"), in: .test) else {
                Issue.record("it was taken")
                return
            }
            #expect(reason == "the planner works, and takes no text")
            gate.open()
            #expect(await events.collect(turns: 2).compactMap(\.startedTurn?.text) == ["make it", "more"])
        }
    }

    // MARK: Crashes

    /// Leaves a journal behind in which the developer has acted and the reviewer was cut off.
    private func cutOffInReview(_ journal: InMemoryJournal) async throws {
        let first = ScriptedShell(turns: [Self.plan, .answer("plan"), [.act("make")] + .answer("done"), [.hang]])
        try await withHub(first, journal: journal, configuration: configuration()) { hub in
            _ = try await hub.type("make it")
            _ = try await eventually("the review") { first.texts.count == 4 ? true : nil }
        }
    }

    @Test func `what the developer did is not done again in another mode`() async throws {
        let journal = InMemoryJournal()
        try await cutOffInReview(journal)
        var configuration = configuration()
        configuration.mode = .single
        let second = ScriptedShell(turns: [Self.approved])
        try await withHub(second, journal: journal, configuration: configuration) { _ in
            _ = try await eventually("the end") { journal.records.compactMap(\.outcome).count == 2 ? true : nil }
        }
        #expect(second.texts.first?.contains("# The developer's answer, round 1\n\ndone") == true)
        #expect(journal.records.compactMap(\.outcome).last?.text == "done")
    }

    @Test func `what the developer did is not done again by an agent without roles`() async throws {
        let journal = InMemoryJournal()
        try await cutOffInReview(journal)
        let second = ScriptedShell(playsRoles: false, turns: [])
        try await withHub(second, journal: journal, configuration: configuration()) { _ in
            _ = try await eventually("the end") { journal.records.compactMap(\.outcome).count == 2 ? true : nil }
        }
        #expect(second.texts.isEmpty)
        let outcome = journal.records.compactMap(\.outcome).last
        #expect(outcome?.status == .error && outcome?.text == "done")
    }

    @Test func `a second crash tells what was done before it`() async throws {
        let turns = [[.die], Self.plan, .answer("plan"), [.act("make")] + .answer("done"), [ScriptedStep.die]]
        try await withHub(ScriptedShell(turns: turns), configuration: configuration()) { hub in
            let events = try await hub.events(of: .test)
            _ = try await hub.type("make it")
            let outcome = await events.collect(turns: 2).last?.outcome
            #expect(outcome?.status == .interrupted)
            #expect(outcome?.error?.message.contains("make (completed)") == true, "\(outcome as Any)")
        }
    }

    @Test func `a turn that goes on shows the answer that it already has`() async throws {
        let journal = InMemoryJournal()
        try await cutOffInReview(journal)
        try await withHub(
            ScriptedShell(turns: [Self.approved]), journal: journal, configuration: configuration()
        ) { hub in
            let events = try await hub.events(of: .test, after: .start)
            let records = await events.collect(turns: 2)
            #expect(records.compactMap(\.delta).last == "done")
            let history = try await hub.command("/history")
            #expect(history?.text.hasSuffix("scripted: done") == true)
        }
    }

    // MARK: Approvals

    @Test func `what is allowed after a crash goes to the developer at once`() async throws {
        let request = ApprovalRequest(id: "r1", kind: .command, title: "rm x")
        let journal = InMemoryJournal()
        let first = ScriptedShell(turns: [Self.plan, .answer("plan"), ScriptedStep.ask(request)])
        try await withHub(first, journal: journal, configuration: configuration()) { hub in
            let events = try await hub.events(of: .test, answers: true)
            _ = try await hub.type("make it")
            _ = await events.first { $0.approval != nil }
        }
        let second = ScriptedShell(turns: [.answer("went on")])
        try await withHub(second, journal: journal, configuration: configuration()) { hub in
            let events = try await hub.events(of: .test, answers: true)
            _ = try await hub.command("/approve")
            let records = await events.collect { $0.outcome?.text == "went on" }
            #expect(records.compactMap(\.stage).isEmpty)
            #expect(second.texts.first?.hasPrefix("Your last turn was cut off") == true)
        }
    }

    @Test func `what a stage leaves open is closed with it`() async throws {
        let request = ApprovalRequest(id: "r1", kind: .command, title: "rm x")
        let gate = Gate()
        let turns = [
            Self.plan, .answer("plan"), [.event(.approval(request))] + .answer("done"),
            [.wait(gate)] + Self.approved,
        ]
        let shell = ScriptedShell(turns: turns)
        try await withHub(shell, configuration: configuration()) { hub in
            let events = try await hub.events(of: .test, answers: true)
            _ = try await hub.type("make it")
            await gate.reached()
            #expect(try await hub.openApprovals(of: .test).isEmpty)
            gate.open()
            let records = await events.collect(turns: 1)
            #expect(records.compactMap(\.approval?.answer?.basis) == [.withdrawal])
            #expect(shell.answers.isEmpty)
        }
    }

    // MARK: Stops

    @Test func `a stop that the agent hears too late ends the turn before the next stage`() async throws {
        let commit = Gate(), journal = InMemoryJournal()
        let shell = ScriptedShell(turns: [Self.plan, .answer("plan"), .answer("done"), Self.approved])
        try await withHub(shell, journal: journal, configuration: configuration()) { hub in
            let events = try await hub.events(of: .test)
            journal.hold(at: commit) { records in records.contains { $0.stage?.role == .planner } }
            _ = try await hub.type("make it")
            await commit.reached()
            async let stopped = hub.command("/cancel")
            // What the next stage has to say comes behind it.
            while await hub.inbox.isEmpty { await Task.yield() }
            journal.hold(at: nil)
            commit.open()
            _ = try await stopped
            let outcome = await events.collect(turns: 1).last?.outcome
            #expect(outcome?.status == .cancelled)
            #expect(shell.texts.count <= 3)
        }
    }

    // MARK: Agents of profiles

    @Test func `the greeting names the agent of the profile`() async throws {
        let profile = Profile("default", plan: [.developer: RoleSettings(executor: "b")])
        let (a, b) = (ScriptedShell("a", turns: []), ScriptedShell("b", turns: []))
        try await withHub(directory: ScriptedDirectory(a, b), configuration: configuration([profile])) { hub in
            let greeting = try await hub.greeting(of: .test)
            #expect(greeting.agent == "b")
        }
    }

    @Test func `a message that needs no plan goes to the developer of single mode with all that is his`()
        async throws
    {
        let profile = Profile(
            "default", single: RoleSettings(model: "m1", executor: "a"),
            plan: [.developer: RoleSettings(model: "m2", executor: "b")])
        let a = ScriptedShell("a", turns: [.answer("done")]), b = ScriptedShell("b", turns: [Self.single])
        try await withHub(directory: ScriptedDirectory(a, b), configuration: configuration([profile])) { hub in
            let events = try await hub.events(of: .test)
            _ = try await hub.type("hello")
            let outcome = await events.collect(turns: 1).last?.outcome
            #expect(outcome?.agent == "a")
            #expect(a.requests.map(\.model) == ["m1"])
        }
    }

    @Test func `a profile with an obstacle is refused before anybody works`() async throws {
        struct Lost: ProfileDirectory {
            var profiles = [Profile("default")]
            func obstacle(to profile: Profile, in mode: Mode) -> String? { "conf.toml:3: there is no agent ghost" }
        }
        let shell = ScriptedShell(turns: [])
        var configuration = configuration()
        configuration.profiles = Lost()
        try await withHub(shell, configuration: configuration) { hub in
            let events = try await hub.events(of: .test)
            _ = try await hub.type("hello")
            let outcome = await events.collect(turns: 1).last?.outcome
            #expect(outcome?.error?.message == "conf.toml:3: there is no agent ghost")
            #expect(shell.texts.isEmpty)
        }
    }

    @Test func `a reviewer that talks is not silent`() async throws {
        let gate = Gate()
        let review = [ScriptedStep.event(.began), .event(.delta("{")), .wait(gate), .event(.delta("}"))]
        let turns = [Self.plan, .answer("plan"), .answer("done"), review + Self.approved]
        try await withHub(ScriptedShell(turns: turns), configuration: configuration()) { hub in
            let events = try await hub.events(of: .test)
            _ = try await hub.type("make it")
            await gate.reached()
            clock.advance(by: .seconds(60))
            gate.open()
            let records = await events.collect(turns: 1)
            #expect(records.compactMap(\.delta).filter(\.isEmpty).count == 1)
            #expect(records.compactMap(\.delta).joined() == "done")
        }
    }
}
