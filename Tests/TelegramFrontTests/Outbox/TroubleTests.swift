import TelegramFront
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct TroubleTests {
    private let clock = ManualClock()
    private let rig: OutboxRig
    private let chat: FakeChat

    init() throws {
        rig = try OutboxRig(clock: clock)
        chat = rig.telegram.privateChat(with: rig.telegram.addUser("Ann"))
    }

    private func answers(_ texts: [String]) -> [Slot] {
        texts.enumerated().map { Slot("answer/\($0)", at: chat.address, SlotContent($1)) }
    }

    /// Delivers `slots`, moving the clock on whenever the outbox pauses.
    private func deliver(
        _ slots: [Slot], on other: OutboxRig? = nil, pace: OutboxPace = OutboxRig.unbridled,
        until isDone: @escaping @Sendable ([Slot]) -> Bool = { !$0.contains(where: \.isDue) }
    ) async throws {
        let rig = other ?? rig
        let outbox = try rig.outbox(pace: pace)
        try await rig.running(outbox) {
            try await outbox.put(slots)
            try await rig.moving(clock) { try await rig.store.wait(until: isDone) }
        }
    }

    @Test(
        arguments: [
            .droppedBefore, .droppedAfter, .serverError(500), .serverPage(502), .serverPage(404), .serverPage(400),
            .halfAnswer, .invalidJSON, .floodPage(retryAfter: nil), .floodPage(retryAfter: 3),
        ] as [TelegramFault])
    func `what fails on the way arrives all the same`(fault: TelegramFault) async throws {
        for skipping in 0..<4 {
            rig.telegram.clearFaults()
            rig.telegram.inject(FaultRule(fault, skipping: skipping, times: 2))
            let texts = ["\(skipping) one", "\(skipping) two"]
            try await deliver(texts.map { Slot($0, at: chat.address, SlotContent($0)) })
            #expect(chat.filledTexts.suffix(2) == texts[...])
        }
        #expect(chat.filledTexts.count == 8)
        // Placeholders whose numbers were never told.
        #expect(chat.texts.count <= 8 + 4)
    }

    @Test(arguments: [.droppedBefore, .droppedAfter, .serverError(500), .halfAnswer] as [TelegramFault])
    func `the word at the end of a turn that may have arrived is not repeated`(fault: TelegramFault) async throws {
        rig.telegram.inject(fault, into: "sendMessage", times: 1)
        try await deliver([
            Slot("notice", at: chat.address, SlotContent("done"), delivery: .once),
            Slot("answer", at: chat.address, SlotContent("answer")),
        ])
        #expect(chat.texts.filter { $0 == "done" }.count <= 1)
        #expect(chat.texts.last == "answer")
        #expect(rig.telegram.calls(of: "sendMessage").count == 2)
        let remarks = await rig.remarks.all
        guard case .uncertain(key: "notice", _) = remarks.first else {
            Issue.record("told \(remarks)")
            return
        }
    }

    @Test(
        arguments: [.droppedBefore, .droppedAfter, .serverError(500), .serverPage(502), .halfAnswer, .invalidJSON]
            as [TelegramFault])
    func `what has to be heard of is repeated until it is there for sure`(fault: TelegramFault) async throws {
        rig.telegram.inject(fault, into: "sendMessage", times: 3)
        try await deliver([
            Slot("alert", at: chat.address, SlotContent("fire"), delivery: .repeated, isLoud: true),
            Slot("answer", at: chat.address, SlotContent("answer")),
        ])
        // Each time it may have arrived, and no more.
        let arrived = rig.telegram.calls(of: "sendMessage").count { $0.fault != nil && $0.isDone }
        #expect(chat.texts == Array(repeating: "fire", count: arrived + 1) + ["answer"])
        #expect(chat.transcript.byBot.dropLast().allSatisfy { !$0.isSilent })
        let remarks = await rig.remarks.all
        #expect(remarks.isEmpty)
    }

    @Test func `a message whose number Telegram does not tell yet is sent anew`() async throws {
        rig.telegram.inject(.unnumbered, into: "sendMessage", times: 1)
        try await deliver(answers(["one", "two"]))
        #expect(chat.filledTexts == ["one", "two"] && chat.texts == ["…", "one", "two"])
        let remarks = await rig.remarks.all
        #expect(remarks.isEmpty)
    }

    @Test func `what may be there often enough comes silently in the end, and once`() async throws {
        rig.telegram.inject(.droppedBefore, into: "sendMessage", times: 10)
        rig.telegram.inject(.droppedAfter, into: "editMessageText", times: 2)
        try await deliver([
            Slot("alert", at: chat.address, SlotContent("fire"), delivery: .repeated, isLoud: true),
            Slot("answer", at: chat.address, SlotContent("answer")),
        ])
        #expect(chat.texts == ["fire", "answer"])
        #expect(chat.transcript.byBot.first?.isSilent == true)
    }

    @Test(
        arguments: [.tooManyRequests(retryAfter: 7), .floodPage(retryAfter: 7), .floodPage(retryAfter: nil)]
            as [TelegramFault])
    func `a message that cannot have arrived is sent again`(fault: TelegramFault) async throws {
        rig.telegram.inject(fault, into: "sendMessage", times: 1)
        try await deliver([Slot("notice", at: chat.address, SlotContent("done"), delivery: .once)]) {
            if case .placed = $0.last?.stage { true } else { false }
        }
        #expect(chat.texts == ["done"])
    }

    @Test(arguments: [
        ("can't parse entities: unexpected end", [String?.none, nil, nil, nil, nil], 1),
        ("can't parse entities: unexpected end", [nil, "part 2", nil, nil, nil], 2),
        ("message is too long", [nil, "part 2", nil, nil, nil], 1),
        ("something new", [nil, nil, nil, nil, nil], 1),
    ])
    func `a part that is refused falls back, and the others follow`(
        reason: String, files: [String?], times: Int
    ) async throws {
        rig.telegram.inject(FaultRule(.badRequest(reason), to: ["editMessageText"], skipping: 1, times: times))
        let bold = [BotEntity(type: "bold", offset: 0, length: 4)]
        try await deliver(
            (1...5).map {
                Slot("\($0)", at: chat.address, SlotContent("part \($0)", entities: bold))
            })
        let shown = chat.transcript.byBot
        #expect(shown.map { $0.file?.text } == files)
        #expect(shown.map { $0.text } == (1...5).map { files[$0 - 1] == nil ? "part \($0)" : "" })
        #expect(shown.map { $0.parts("bold").count } == [1, 0, 1, 1, 1])
        #expect(shown.allSatisfy { $0.file == nil || $0.file?.name == "answer.md" })
    }

    @Test func `an answer that was deleted is sent anew, and progress is not`() async throws {
        let outbox = try rig.outbox()
        try await rig.running(outbox) {
            try await outbox.put([Slot("turn", at: chat.address, SlotContent("working"), priority: .progress)])
            rig.telegram.delete(try await chat.waitForBot(saying: "working").id, in: chat)
            try await rig.store.settled()
            try await outbox.put([Slot("turn", at: chat.address, SlotContent("still"), priority: .progress)])
            try await rig.store.settled()
            #expect(chat.texts.isEmpty)
            try await outbox.put([Slot("turn", at: chat.address, SlotContent("answer"))])
            try await rig.store.settled()
        }
        #expect(chat.texts == ["answer"])
    }

    @Test func `too many requests hold a chat for hours and over restarts, and no other`() async throws {
        let other = rig.telegram.privateChat(with: rig.telegram.addUser("Bob"))
        rig.telegram.inject(.tooManyRequests(retryAfter: 13_938), into: "sendMessage", times: 1)
        let outbox = try rig.outbox()
        try await rig.running(outbox) {
            try await outbox.put([Slot("turn", at: chat.address, SlotContent("0 s"), priority: .progress)])
            await clock.sleeping(until: .seconds(13_938))
            for second in 1...100 {
                let wish = SlotContent("\(second) s")
                try await outbox.put([Slot("turn", at: chat.address, wish, priority: .progress)])
            }
            try await outbox.put([Slot("other", at: other.address, SlotContent("hello"))])
            try await other.waitForBot(saying: "hello")
        }
        #expect(chat.texts.isEmpty)
        let holds = await rig.store.holds
        #expect(holds == [chat.address.chat: 13_938_000])

        clock.advance(by: .seconds(13_937))
        let sleeps = clock.sleeps(until: .seconds(13_938))
        let second = try rig.outbox()
        try await rig.running(second) {
            try await second.put([
                Slot("turn", at: chat.address, SlotContent("answer")),
                Slot("notice", at: chat.address, SlotContent("done"), delivery: .once),
            ])
            await clock.sleeping(until: .seconds(13_938), count: sleeps + 1)
            #expect(rig.telegram.calls.count == 3)
            clock.advance(by: .seconds(1))
            try await rig.store.settled()
        }
        #expect(chat.texts == ["answer", "done"])
        #expect(rig.telegram.calls.count == 3 + 3)
        let left = await rig.store.holds
        #expect(left.isEmpty)
    }

    @Test func `Telegram's own limits lose nothing and change no order`() async throws {
        var rules = TelegramRules()
        rules.enforcesFloodLimits = true
        let rig = try OutboxRig(clock: clock, rules: rules)
        let group = rig.telegram.addSupergroup("Group")
        let texts = (1...15).map { "part \($0)" }
        try await deliver(texts.map { Slot($0, at: group.address, SlotContent($0)) }, on: rig, pace: OutboxPace())
        #expect(group.texts == texts)
        // Thirty requests, and some that were too early.
        #expect(rig.telegram.calls.count < 45)
    }

    @Test func `an end does not wait for what is held`() async throws {
        rig.telegram.inject(.tooManyRequests(retryAfter: 100), into: "editMessageText", times: 1)
        let outbox = try rig.outbox()
        try await outbox.put(answers(["one"]))
        async let end = outbox.run()
        await clock.sleeping(until: .seconds(100))
        outbox.finish()
        let ended = try await end
        #expect(ended == .finished && chat.texts == ["…"])
        clock.advance(by: .seconds(100))
        try await rig.deliver([])
        #expect(chat.texts == ["one"])
    }

    @Test func `an end waits for answers that may soon go, and for no progress`() async throws {
        rig.telegram.inject(.tooManyRequests(retryAfter: 3), into: "editMessageText", times: 1)
        let outbox = try rig.outbox()
        try await outbox.put(answers(["one", "two"]))
        async let end = outbox.run()
        await clock.sleeping(until: .seconds(3))
        try await outbox.put([Slot("turn", at: chat.address, SlotContent("5 s"), priority: .progress)])
        outbox.finish()
        // The limit of the end.
        await clock.sleeping(until: .seconds(5))
        clock.advance(by: .seconds(3))
        let ended = try await end
        #expect(ended == .finished && chat.texts == ["one", "two"])
    }

    @Test func `what cannot be noted is not sent`() async throws {
        let outbox = try rig.outbox(Mortal(diesAt: 4))
        try await outbox.put(answers(["one"]))
        await #expect(throws: Mortal.Died.self) { _ = try await outbox.run() }
        await #expect(throws: Mortal.Died.self) { try await outbox.put(answers(["two"])) }
        #expect(rig.telegram.calls.isEmpty)
    }

    @Test func `a move that cannot be noted ends it, so that all is read anew`() async throws {
        let group = rig.telegram.addGroup("Small")
        rig.telegram.inject(.tooManyRequests(retryAfter: 60), into: "sendMessage", times: 1)
        let outbox = try rig.outbox()
        try await outbox.put([Slot("one", at: group.address, SlotContent("one"))])
        let running = Task { try await outbox.run() }
        await clock.sleeping(until: .seconds(60))
        let large = rig.telegram.migrate(group)
        await rig.store.refuseNote()
        await #expect(throws: InMemoryOutboxStore.Refused.self) {
            try await outbox.rename(group.address.chat, to: large.address.chat)
        }
        await #expect(throws: InMemoryOutboxStore.Refused.self) { try await running.value }
    }

    @Test func `a group that moves on takes its messages with it`() async throws {
        let group = rig.telegram.addGroup("Small")
        try await deliver([Slot("old", at: group.address, SlotContent("before"))])
        let large = rig.telegram.migrate(group)
        try await deliver([
            Slot("old", at: group.address, SlotContent("changed")),
            Slot("new", at: group.address, SlotContent("after")),
            Slot("notice", at: group.address, SlotContent("done"), delivery: .once),
        ])
        #expect(large.texts == ["changed", "after", "done"])
        let remarks = await rig.remarks.all
        #expect(remarks == [.migrated(from: group.address.chat, to: large.address.chat)])
    }

    @Test func `a token that is revoked ends it with the reason, and loses nothing`() async throws {
        rig.telegram.inject(.unauthorized, times: 1)
        let outbox = try rig.outbox()
        let slots = [Slot("n", at: chat.address, SlotContent("done"), delivery: .once)] + answers(["one"])
        try await outbox.put(slots)
        let end = try await outbox.run()
        #expect(end == .unauthorized("Telegram answered 401: Unauthorized"))
        try await deliver([])
        #expect(chat.texts == ["done", "one"])
    }
}

extension RecordedCall {
    /// Whether Telegram did what was asked, whatever was heard of that.
    fileprivate var isDone: Bool { if case .succeeded = outcome { true } else { false } }
}
