import Conversation
import TestSupport
import Testing

@testable import AgentShell

/// What every agent's shell promises: a method for each promise, which fails a test when an agent breaks it.
struct Contract {
    let agent: ShellUnderTest

    /// Says in the output of the tests that `scenario` is nothing to this agent.
    func note(_ scenario: String, doesNotApplyBecause reason: String) {
        print("\(agent.name): \(scenario) does not apply: \(reason)")
    }

    /// Runs a new shell while `body` runs, and ends it; afterwards nothing of it may be left.
    func withShell<Value: Sendable>(
        in world: ContractWorld, asking: Bool = false, _ body: (any AgentShell) async throws -> Value
    ) async throws -> Value {
        let (shell, run) = world.make(asking)
        let value = try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await run() }
            defer { group.cancelAll() }
            return try await body(shell)
        }
        #expect(world.place.processes == [], "something of \(agent.name) is left")
        return value
    }

    /// Runs a core with a new shell while `body` runs, and ends both.
    ///
    /// `body` gets what a person sees who can be asked.
    func withHub<Value: Sendable>(
        in world: ContractWorld, asking: Bool = false, journal: InMemoryJournal = InMemoryJournal(),
        _ body: (Hub, AsyncStream<Record>) async throws -> Value
    ) async throws -> Value {
        try await withShell(in: world, asking: asking) { shell in
            try await TestSupport.withHub(shell, journal: journal, configuration: .test(clock: ManualClock())) { hub in
                try await body(hub, try await hub.events(of: .test, answers: true))
            }
        }
    }

    /// What the agent needs to hear to do `deed`.
    func errand(_ deed: Deed, in world: ContractWorld) throws -> Errand {
        try #require(world.errand(deed), "\(agent.name) cannot be brought to \(deed)")
    }

    /// Opens a thread.
    func open(_ shell: any AgentShell, resume: String? = nil) async throws -> any AgentThread {
        try await shell.open(ThreadRequest(session: .test, resume: resume, operations: NoOperations()))
    }

    /// Plays a turn to its end; `react` sees each event as it comes, and all requests are answered by `decision`.
    func play(
        _ prompt: String, on thread: any AgentThread, deciding decision: ApprovalDecision? = .allow,
        _ react: (AgentEvent) async throws -> Void = { _ in }
    ) async throws -> Story {
        var story = Story()
        do {
            for try await event in try await thread.run(TurnRequest(text: prompt)) {
                story.events.append(event)
                try await react(event)
                if let decision, case .approval(let request) = event { await thread.answer(request.id, decision) }
            }
        } catch let error as AgentError {
            story.error = error
        }
        checkOrder(of: story)
        return story
    }

    /// A turn that comes after `thread` went through something is as good as any.
    func checkNextTurn(after thread: any AgentThread, of shell: any AgentShell, in world: ContractWorld) async throws {
        let errand = try errand(.say("the next one"), in: world)
        let next = try await open(shell, resume: thread.id)
        let story = try await play(errand.prompt, on: next)
        #expect(story.result == .completed)
        #expect(story.messages.last?.streamed == errand.answer)
        #expect(story.requests == [])
    }

    /// What holds for every turn, however it went.
    private func checkOrder(of story: Story) {
        if story.error == nil {
            #expect(story.ends.count == 1)
            #expect(story.result != nil, "something came after the end: \(story.events)")
        } else {
            #expect(story.ends == [])
        }
        for message in story.messages {
            guard let whole = message.whole, !message.streamed.isEmpty else { continue }
            #expect(message.streamed == whole)
        }
        for action in story.deeds {
            let statuses = story.actions.filter { $0.id == action.id }.map(\.status)
            #expect(!statuses.dropFirst().contains(.started), "\(action.title) began twice")
            if story.error == nil { #expect(action.status != .started, "\(action.title) was left open") }
        }
        #expect(Set(story.requests.map(\.id)).count == story.requests.count)
    }
}

extension AsyncStream<Record> {
    /// Reads until the agent asks, and returns what it asks.
    func approval() async throws -> Approval {
        try #require(await collect { $0.approval?.answer == nil && $0.approval != nil }.last?.approval)
    }
}
