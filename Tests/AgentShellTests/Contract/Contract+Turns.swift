import Conversation
import TestSupport
import Testing

@testable import AgentShell

extension Contract {
    /// An answer arrives whole and exact, and is the same in pieces.
    func answersExactly() async throws {
        let world = try await agent.world()
        let errand = try errand(.say("the pineapple is ripe"), in: world)
        try await withShell(in: world) { shell in
            try await shell.prepare()
            let story = try await play(errand.prompt, on: try await open(shell))
            #expect(story.result == .completed)
            #expect(story.messages.count == 1)
            #expect(story.messages.first?.streamed == errand.answer)
            #expect(story.messages.first?.whole == errand.answer)
            #expect(story.events.first { $0 != .usage(Usage()) && !$0.isAction } == .began)
            #expect(story.error == nil)
            #expect(await shell.status().isReady)
        }
        try await withHub(in: world) { hub, events in
            _ = try await hub.submit(.test(errand.prompt), to: .test)
            let records = await events.collect(turns: 1)
            #expect(records.last?.outcome?.status == .ok)
            #expect(records.last?.outcome?.text == errand.answer)
            #expect(records.compactMap(\.delta).joined() == errand.answer)
            #expect(records.filter(\.isFinished).count == 1)
        }
    }

    /// An answer is shown while it is made; when nobody reads on, it is stopped.
    func streams() async throws {
        let world = try await agent.world()
        try await withShell(in: world) { shell in
            let thread = try await open(shell)
            guard agent.can(.streams) else {
                note("streaming", doesNotApplyBecause: "an answer is there at once")
                let errand = try errand(.say("this"), in: world)
                #expect(try await play(errand.prompt, on: thread).messages.first?.whole == errand.answer)
                return
            }
            let errand = try errand(.talk, in: world)
            var deltas = 0
            // The whole answer takes a minute: what comes before that is streamed.
            for try await event in try await thread.run(TurnRequest(text: errand.prompt)) {
                if case .delta = event { deltas += 1 }
                if deltas == 3 { break }
            }
            #expect(deltas == 3)
            try await checkNextTurn(after: thread, of: shell, in: world)
        }
    }

    /// What the agent does is told: begun, then done, and done it is.
    func tellsOfCommands() async throws {
        try await tells(.command("made"), kind: .command, text: "x\n", in: "made")
    }

    /// A changed file is told of, and changed.
    func tellsOfChangedFiles() async throws {
        try await tells(.file("changed"), kind: agent.can(.tells) ? .file : .command, text: "CONTENT\n", in: "changed")
    }

    private func tells(_ deed: Deed, kind: Action.Kind, text: String, in file: String) async throws {
        let world = try await agent.world()
        guard agent.can(.acts) else {
            note("acting", doesNotApplyBecause: "it only answers")
            #expect(world.errand(deed) == nil)
            return
        }
        let errand = try errand(deed, in: world)
        try await withShell(in: world) { shell in
            let story = try await play(errand.prompt, on: try await open(shell))
            #expect(story.result == .completed)
            #expect(story.deeds.map(\.kind) == [kind])
            #expect(story.actions.map(\.status) == [.started, .completed])
            #expect(story.deeds.first?.title.contains(errand.title) == true, "\(story.deeds)")
            #expect(world.place.text(file) == text)
            #expect(story.messages.last?.streamed == errand.answer)
            if agent.can(.tells) {
                let done = try #require(story.events.lastIndex { $0.isAction })
                #expect(story.events[done...].contains(.began), "the answer came before the end of the action")
            }
        }
    }

    /// Messages that come while a turn runs wait for turns of their own, in order.
    func worksOffTheQueue() async throws {
        let world = try await agent.world()
        let first = try world.errand(.chat) ?? errand(.say("the first"), in: world)
        let errands = try [first] + ["the second", "the third"].map { try errand(.say($0), in: world) }
        try await withHub(in: world) { hub, events in
            for errand in errands { _ = try await hub.submit(.test(errand.prompt), to: .test) }
            let records = await events.collect(turns: 3)
            #expect(records.compactMap(\.startedTurn?.text) == errands.map(\.prompt))
            #expect(records.compactMap(\.outcome?.status) == [.ok, .ok, .ok])
            #expect(records.compactMap(\.outcome?.text) == errands.map(\.answer))
            let order = records.filter { $0.isStarted || $0.isFinished }.map(\.isStarted)
            #expect(order == [true, false, true, false, true, false])
        }
    }

    /// Text for the running turn reaches it; where it cannot, it is refused and waits for a turn of its own.
    func takesTextIntoTheTurn() async throws {
        let world = try await agent.world()
        let text = try errand(.say("look at the mango"), in: world)
        try await refusesToSteerNothing(text.prompt, in: world)
        guard let errand = world.errand(.chat) else {
            return note("steering a turn that runs", doesNotApplyBecause: "an answer is there at once")
        }
        try await withHub(in: world) { hub, events in
            _ = try await hub.submit(.test(errand.prompt), to: .test)
            _ = await events.collect { $0.isDelta }
            switch (try await hub.steer(.test(text.prompt), in: .test), agent.can(.steers)) {
            case (.taken, true):
                let records = await events.collect(turns: 1)
                #expect(records.contains { $0.isSteered })
                #expect(records.last?.outcome?.status == .ok)
                #expect(try world.told().contains("look at the mango"))
                #expect(await hub.load() == CoreLoad(), "the text waits for one more turn")
            case (.accepted(_, let reason), false):
                #expect(reason?.isEmpty == false)
                let records = await events.collect(turns: 2)
                #expect(records.contains { $0.isUnsteered })
                #expect(records.compactMap(\.outcome?.text) == [errand.answer, text.answer])
            case (let steered, _):
                Issue.record("steering came to \(steered)")
            }
        }
    }

    private func refusesToSteerNothing(_ text: String, in world: ContractWorld) async throws {
        try await withShell(in: world) { shell in
            let thread = try await open(shell)
            let error = await #expect(throws: AgentError.self) { try await thread.steer(text) }
            #expect(error?.code == .refused)
        }
    }
}

extension AgentEvent {
    var isAction: Bool { if case .action = self { true } else { false } }
}
