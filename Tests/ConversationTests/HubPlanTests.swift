import Conversation
import TestSupport
import Testing

/// Messages worked on through the stages of plan mode.
@Suite(.timeLimit(.minutes(1))) struct HubPlanTests {
    private static let plan = [ScriptedStep].answer(#"{"mode":"plan","reason":"big"}"#)
    private static let single = [ScriptedStep].answer(#"{"mode":"single","reason":"small"}"#)
    private static let approved = [ScriptedStep].answer(#"{"result":"approved","feedback":"good"}"#)
    private static let refused = [ScriptedStep].answer(#"{"result":"needs_changes","feedback":"add a test"}"#)

    private let changes = ScriptedChanges()
    private let clock = ManualClock()

    private func configuration(rounds: Int = 3, profile: Profile = Profile("default")) -> HubConfiguration {
        var configuration = HubConfiguration.test(clock: clock)
        configuration.mode = .plan
        configuration.maxReviewRounds = rounds
        configuration.changes = changes
        configuration.profiles = FixedProfiles([profile])
        return configuration
    }

    /// The records of one message, `turns` being what the agent does stage by stage.
    private func play(
        _ turns: [[ScriptedStep]], rounds: Int = 3, profile: Profile = Profile("default")
    ) async throws -> (records: [Record], shell: ScriptedShell) {
        let shell = ScriptedShell(turns: turns)
        let records = try await withHub(shell, configuration: configuration(rounds: rounds, profile: profile)) { hub in
            let events = try await hub.events(of: .test)
            _ = try await hub.type("make it")
            return await events.collect(turns: 1)
        }
        return (records, shell)
    }

    private func stages(_ records: [Record]) -> [String] {
        records.compactMap(\.stage).map { "\($0.role) \($0.round) → \($0.next?.rawValue ?? "end")" }
    }

    // MARK: Paths

    @Test func `a small message goes to the developer as it is`() async throws {
        let (records, shell) = try await play([Self.single, .answer("done")])
        #expect(records.last?.outcome?.text == "done")
        #expect(shell.texts.last == "make it")
        #expect(stages(records) == ["selector 1 → developer", "developer 1 → end"])
        #expect(records.compactMap(\.delta).joined() == "done")
        #expect(records.last?.outcome?.review == nil)
    }

    @Test func `what the selector says and cannot be read means single`() async throws {
        let (records, _) = try await play([.answer("I do not know"), .answer("done")])
        #expect(stages(records) == ["selector 1 → developer", "developer 1 → end"])
        guard case .route(let route)? = records.compactMap(\.stage).first?.product else {
            Issue.record("no route")
            return
        }
        #expect(!route.isReadable)
    }

    @Test(arguments: 1...3) func `the developer works until the reviewer approves`(round: Int) async throws {
        var turns = [Self.plan, .answer("1. do it")]
        for _ in 1..<round { turns += [.answer("tried"), Self.refused] }
        turns += [.answer("done"), Self.approved]
        let (records, shell) = try await play(turns)
        let outcome = try #require(records.last?.outcome)
        #expect(outcome.status == .ok)
        #expect(outcome.text == "done")
        #expect(outcome.review == Review(rounds: round, result: .approved))
        // The developer stays on the session's own thread; the others have new ones, which are closed.
        let resumed = shell.requests.filter { $0.purpose == .conversation }.map(\.resume)
        #expect(resumed == [nil] + Array(repeating: "thread of tty:default", count: round - 1))
        #expect(shell.calls.count { $0 == .close } == 2 + round)
        #expect(changes.asked == Array(repeating: "s1", count: round))
    }

    @Test(arguments: [1, 3, 10]) func `the last round ends with the feedback`(rounds: Int) async throws {
        let turns = [Self.plan, .answer("plan")] + (0..<rounds).flatMap { _ in [.answer("tried"), Self.refused] }
        let (records, _) = try await play(turns, rounds: rounds)
        let outcome = try #require(records.last?.outcome)
        #expect(outcome.status == .ok)
        #expect(outcome.review == Review(rounds: rounds, result: .maxRoundsReached))
        #expect(outcome.text == "tried")
        #expect(
            records.compactMap(\.notice?.text)
                == ["the reviewer still wants changes after round \(rounds): add a test"])
    }

    @Test func `without review rounds the developer is the last`() async throws {
        let (records, _) = try await play([Self.plan, .answer("plan"), .answer("done")], rounds: 0)
        #expect(records.last?.outcome?.text == "done")
        #expect(stages(records).last == "developer 1 → end")
        #expect(changes.asked.isEmpty)
    }

    @Test func `an unreadable review counts as approved and says so`() async throws {
        let (records, _) = try await play([Self.plan, .answer("plan"), .answer("done"), .answer("looks fine")])
        #expect(records.last?.outcome?.review == Review(rounds: 1, result: .approved))
        guard case .verdict(let verdict)? = records.compactMap(\.stage).last?.product else {
            Issue.record("no verdict")
            return
        }
        #expect(!verdict.isReadable)
    }

    // MARK: What is handed over

    @Test func `each role gets its prompt first and then what it needs`() async throws {
        let roles = Role.allCases.map { ($0, RoleSettings(model: "m-\($0)", prompt: "You are the \($0).")) }
        let profile = Profile("default", plan: Dictionary(uniqueKeysWithValues: roles))
        let (_, shell) = try await play(
            [Self.plan, .answer("THE PLAN"), .answer("tried"), Self.refused, .answer("done"), Self.approved],
            profile: profile)
        let texts = shell.texts
        #expect(texts[0] == "You are the selector.\n\n# Request\n\nmake it")
        #expect(texts[1] == "You are the planner.\n\n# Request\n\nmake it")
        #expect(texts[2] == "You are the developer.\n\n# Request\n\nmake it\n\n# Plan\n\nTHE PLAN")
        #expect(
            texts[3]
                == """
                You are the reviewer.\n\n# Request\n\nmake it\n\n# Plan\n\nTHE PLAN\n
                # The developer's answer, round 1\n\ntried\n\n# The changes\n\nthe difference in /project from s1
                """)
        #expect(texts[4].hasSuffix("# Feedback of the reviewer, round 1\n\nadd a test"))
        #expect(shell.requests.map(\.model).prefix(4) == ["m-selector", "m-planner", "m-developer", "m-reviewer"])
    }

    @Test func `plan and feedback are clipped when they are handed over`() async throws {
        let long = String(repeating: "p", count: 5000)
        let refused = #"{"result":"needs_changes","feedback":"\#(String(repeating: "f", count: 5000))"}"#
        let (_, shell) = try await play(
            [Self.plan, .answer(long), .answer("tried"), .answer(refused), .answer("done"), Self.approved])
        let second = shell.texts[4]
        #expect(second.count { $0 == "p" } < 1510)
        #expect((1199...1210).contains(second.count { $0 == "f" }))
    }

    @Test func `the conversation before is told to those who did not take part`() async throws {
        let turns = [Self.single, .answer("first answer"), Self.plan, .answer("plan"), .answer("done"), Self.approved]
        let shell = ScriptedShell(turns: turns)
        try await withHub(shell, configuration: configuration()) { hub in
            let events = try await hub.events(of: .test)
            _ = try await hub.type("one")
            _ = await events.collect(turns: 1)
            _ = try await hub.type("two")
            _ = await events.collect(turns: 1)
        }
        #expect(shell.texts[2].contains("User: one\n\nYou: first answer"))
        #expect(!shell.texts[4].contains("first answer"))
    }

    @Test func `the usage of all stages is added up and told for each`() async throws {
        func used(_ count: Int, _ steps: [ScriptedStep]) -> [ScriptedStep] {
            [.event(.usage(Usage(inputTokens: count, outputTokens: 1)))] + steps
        }
        let (records, _) = try await play([
            used(10, Self.plan), used(20, .answer("plan")), used(30, .answer("done")), used(40, Self.approved),
        ])
        #expect(records.last?.outcome?.usage == Usage(inputTokens: 100, outputTokens: 4))
        #expect(records.compactMap(\.stage).map(\.usage.inputTokens) == [10, 20, 30, 40])
    }

    // MARK: What roles may do

    @Test func `roles that read are refused approvals without asking anybody`() async throws {
        let request = ApprovalRequest(id: "r1", kind: .command, title: "rm -rf build")
        let harmless = ApprovalRequest(id: "r2", kind: .tool, title: "look", isReadOnly: true)
        let planner = ScriptedStep.ask(request) + ScriptedStep.ask(harmless) + .answer("plan")
        let (records, shell) = try await play([Self.plan, planner, .answer("done"), Self.approved])
        #expect(records.compactMap(\.approval).isEmpty)
        guard case .deny? = shell.answers.first else {
            Issue.record("\(shell.answers)")
            return
        }
        #expect(shell.answers.last == .allow)
    }

    @Test func `an agent that plays no roles gets messages as they are, and that is said once`() async throws {
        let shell = ScriptedShell(playsRoles: false, turns: [.answer("1"), .answer("2")])
        try await withHub(shell, configuration: configuration()) { hub in
            let events = try await hub.events(of: .test)
            for text in ["one", "two"] { _ = try await hub.type(text) }
            let records = await events.collect(turns: 2)
            #expect(shell.texts == ["one", "two"])
            #expect(records.compactMap(\.notice).count == 1)
            #expect(records.compactMap(\.stage).isEmpty)
        }
    }

    @Test func `an agent by rules gets what was said alone, and that it knows no plan mode is said once`() async throws
    {
        let journal = InMemoryJournal()
        let profile = Profile("default", single: RoleSettings(prompt: "You are kind."), plan: [:])
        func notices(_ name: String, _ text: String, byRules: Bool) async throws -> ([String], [String]) {
            let shell = ScriptedShell(name, playsRoles: false, answersByRules: byRules, turns: [.answer("done")])
            return try await withHub(shell, journal: journal, configuration: configuration(profile: profile)) { hub in
                let events = try await hub.events(of: .test)
                _ = try await hub.type(text)
                return (await events.collect(turns: 1).compactMap(\.notice?.text), shell.texts)
            }
        }
        let (_, first) = try await notices("mine", "the first", byRules: false)
        #expect(first == ["You are kind.\n\nthe first"])
        let (told, second) = try await notices("offline", "what changed?", byRules: true)
        #expect(second == ["what changed?"])
        #expect(told == ["no other agent can be had: the offline agent answers, without plan mode"])
        // Another process hosts the core.
        let (again, third) = try await notices("offline", "and now?", byRules: true)
        #expect(again.isEmpty && third == ["and now?"])
    }

    @Test func `a repeated prompt is an error and no answer`() async throws {
        let prompt = "You are the developer. " + String(repeating: "Change as little as possible. ", count: 5)
        let profile = Profile("default", single: RoleSettings(prompt: prompt), plan: [:])
        let shell = ScriptedShell(turns: [.answer("Here: " + prompt)])
        var configuration = configuration(profile: profile)
        configuration.mode = .single
        try await withHub(shell, configuration: configuration) { hub in
            let events = try await hub.events(of: .test)
            _ = try await hub.type("make it")
            let outcome = await events.collect(turns: 1).last?.outcome
            #expect(outcome?.status == .error)
            #expect(outcome?.error?.message == "the developer repeated its prompt instead of answering")
        }
    }

    // MARK: Ends

    private static let whole = [plan, .answer("plan"), .answer("done"), approved]

    @Test(arguments: 0..<4) func `the failure of any role is that of the turn`(stage: Int) async throws {
        var turns = Self.whole
        turns[stage] = [.event(.finished(.failed(TurnError(kind: .auth, message: "401"))))]
        let (records, _) = try await play(turns)
        let outcome = try #require(records.last?.outcome)
        #expect(outcome.status == .error)
        #expect(outcome.error?.kind == .auth)
        let name = Role.allCases[stage]
        #expect(outcome.error?.message.hasSuffix(name == .developer ? "401" : "the \(name) failed: 401") == true)
        #expect(outcome.text == (stage == 3 ? "done" : ""))
    }

    @Test(arguments: 0..<4) func `cancelling stops whichever role runs`(stage: Int) async throws {
        var turns = Self.whole
        turns[stage] = [.hang]
        let shell = ScriptedShell(turns: turns)
        let outcome = try await withHub(shell, configuration: configuration()) { hub in
            let events = try await hub.events(of: .test)
            _ = try await hub.type("make it")
            _ = try await eventually("the stage") { shell.texts.count == stage + 1 ? true : nil }
            _ = try await hub.type("/cancel")
            return await events.collect(turns: 1).last?.outcome
        }
        #expect(outcome?.status == .cancelled)
        #expect(outcome?.runsAgain == false)
        #expect(shell.calls.count { $0 == .close } == (stage == 2 ? 2 : min(stage + 1, 3)))
    }

    @Test func `files that cannot be compared are told and stop nothing`() async throws {
        var configuration = configuration()
        configuration.changes = ScriptedChanges(isBroken: true)
        let shell = ScriptedShell(turns: Self.whole)
        try await withHub(shell, configuration: configuration) { hub in
            let events = try await hub.events(of: .test)
            _ = try await hub.type("make it")
            let records = await events.collect(turns: 1)
            #expect(records.last?.outcome?.status == .ok)
            #expect(records.compactMap(\.notice?.text) == ["the reviewer will see no changes: the index is broken"])
            #expect(shell.texts.last?.contains("look at the files") == true)
        }
    }

    // MARK: Crashes

    @Test(arguments: 0..<4) func `a turn goes on with the stage that a crash of its agent hit`(stage: Int) async throws
    {
        var turns = Self.whole
        turns.insert([.die], at: stage)
        let shell = ScriptedShell(turns: turns)
        try await withHub(shell, configuration: configuration()) { hub in
            let events = try await hub.events(of: .test)
            _ = try await hub.type("make it")
            let records = await events.collect(turns: 2)
            let outcomes = records.compactMap(\.outcome)
            #expect(outcomes.map(\.runsAgain) == [true, false])
            #expect(outcomes.last?.text == "done")
            // Each stage was worked on once but the one that was hit.
            #expect(shell.texts.count == 5)
            #expect(records.compactMap(\.stage).map(\.role) == Role.allCases)
        }
    }

    @Test(arguments: 0..<4) func `a turn goes on with the stage that a crash of the core hit`(stage: Int) async throws {
        let journal = InMemoryJournal()
        let first = ScriptedShell(turns: Array(Self.whole.prefix(stage)) + [[.hang]])
        try await withHub(first, journal: journal, configuration: configuration()) { hub in
            _ = try await hub.type("make it")
            _ = try await eventually("the stage") { first.texts.count == stage + 1 ? true : nil }
        }
        let second = ScriptedShell(turns: Array(Self.whole.dropFirst(stage)))
        try await withHub(second, journal: journal, configuration: configuration()) { hub in
            _ = try await eventually("the stage") { journal.records.compactMap(\.outcome).count == 2 ? true : nil }
            _ = hub
        }
        #expect(journal.records.compactMap(\.outcome).last?.text == "done")
        #expect(second.texts.count == 4 - stage)
        #expect(journal.records.compactMap(\.stage).map(\.role) == Role.allCases)
    }

    @Test func `an answer that was there when the core crashed is given`() async throws {
        let finished = InMemoryJournal()
        try await withHub(ScriptedShell(turns: Self.whole), journal: finished, configuration: configuration()) { hub in
            let events = try await hub.events(of: .test)
            _ = try await hub.type("make it")
            _ = await events.collect(turns: 1)
        }
        let lastStage = try #require(finished.records.lastIndex { $0.stage != nil })
        let journal = InMemoryJournal(Array(finished.records[...lastStage]))
        let shell = ScriptedShell(turns: [])
        try await withHub(shell, journal: journal, configuration: configuration()) { hub in
            _ = try await eventually("the answer") { journal.records.compactMap(\.outcome).count == 2 ? true : nil }
            _ = hub
        }
        let outcomes = journal.records.compactMap(\.outcome)
        #expect(outcomes.first?.error?.message.hasSuffix("its work was done, and its answer follows") == true)
        #expect(outcomes.last?.status == .ok)
        #expect(outcomes.last?.text == "done")
        #expect(outcomes.last?.review?.result == .approved)
        #expect(shell.texts.isEmpty)
    }

    @Test func `a developer that had acted is not started again`() async throws {
        let journal = InMemoryJournal()
        let turns = [Self.plan, .answer("plan"), [ScriptedStep.act("make"), .die]]
        let shell = ScriptedShell(turns: turns)
        try await withHub(shell, journal: journal, configuration: configuration()) { hub in
            let events = try await hub.events(of: .test)
            _ = try await hub.type("make it")
            let outcome = await events.collect(turns: 1).last?.outcome
            #expect(outcome?.status == .interrupted)
            #expect(outcome?.runsAgain == false)
            #expect(shell.texts.count == 3)
        }
    }

    @Test func `what a reviewer looks up does not count as acting`() async throws {
        let turns = [Self.plan, .answer("plan"), .answer("done"), [ScriptedStep.act("git log"), .die], Self.approved]
        let (records, _) = try await {
            let shell = ScriptedShell(turns: turns)
            let records = try await withHub(shell, configuration: configuration()) { hub in
                let events = try await hub.events(of: .test)
                _ = try await hub.type("make it")
                return await events.collect(turns: 2)
            }
            return (records, shell)
        }()
        #expect(records.compactMap(\.outcome).map(\.runsAgain) == [true, false])
        #expect(records.compactMap(\.action).map(\.role) == [.reviewer])
    }
}
