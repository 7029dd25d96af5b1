import Testing

@testable import TelegramFront

/// What goes while a placeholder rests that Telegram refuses.
@Suite struct LaneOrderTests {
    private static let chat: Int64 = 7

    private func slot(
        _ name: String, _ priority: Slot.Priority = .final, _ delivery: Slot.Delivery = .filled
    ) -> Slot {
        Slot(
            "tg:7:7@7/\(name)", at: ChatAddress(chat: Self.chat), SlotContent(name), delivery: delivery,
            priority: priority)
    }

    /// A lane with `slots`, the first of which was refused its placeholder at 0, and rests for two seconds.
    private func lane(_ slots: Slot...) throws -> Lane {
        var lane = Lane(Self.chat, pace: OutboxRig.unbridled)
        for slot in slots { lane.put(slot) }
        guard case .send(let errand) = lane.next(at: 0) else {
            Issue.record("nothing is sent")
            return lane
        }
        try #require(errand.key == slots[0].key && errand.step == .reserve)
        lane.begin(errand, at: 0)
        let deeds = lane.end(.failure(BotError(.refused(.other), "something new")), at: 0, chance: 0)
        lane.settle()
        #expect(deeds.isEmpty)
        return lane
    }

    /// Lets everything succeed until nothing can be sent at `now`, and names what was sent.
    private func drain(_ lane: inout Lane, at now: Int64, onlyFinals: Bool = false) -> [String] {
        var sent: [String] = []
        while case .send(let errand) = lane.next(at: now, onlyFinals: onlyFinals) {
            lane.begin(errand, at: now)
            if errand.step != .reserve { sent.append(errand.content.text) }
            _ = lane.end(.success(Int64(sent.count + 1)), at: now, chance: 0)
            lane.settle()
        }
        return sent
    }

    @Test func `only later parts of the same answer stay behind it`() throws {
        var lane = try lane(
            slot("t3/1"), slot("t3/2"), slot("t3/file"), slot("t3/end", .final, .once), slot("a7"),
            slot("a7/call", .final, .repeated), slot("u9/reply"), slot("t4/1", .progress))
        #expect(drain(&lane, at: 1) == ["t3/end", "a7", "a7/call", "u9/reply", "t4/1"])
        #expect(lane.next(at: 1) == .wait(.milliseconds(1999)))
        lane.put(slot("t3/3"))
        lane.put(slot("e12"))
        #expect(drain(&lane, at: 1) == ["e12"])
        #expect(drain(&lane, at: 2000) == ["t3/1", "t3/2", "t3/file", "t3/3"])
        #expect(!lane.isBusy)
    }

    @Test func `what stood above it already is filled, and what goes before it stays before it`() throws {
        var placed = slot("t3/2")
        placed.stage = .placed(5)
        var lane = try lane(slot("t3/1"), placed)
        #expect(drain(&lane, at: 1) == ["t3/2"])
        lane = try self.lane(slot("u9/reply"), slot("u9/files/1"), slot("t3/1"))
        #expect(drain(&lane, at: 1) == ["t3/1"])
        #expect(drain(&lane, at: 2000) == ["u9/reply", "u9/files/1"])
    }

    @Test func `progress that rests holds up nothing, and nobody wakes for it who sends answers only`() throws {
        var lane = try lane(slot("t3/1", .progress), slot("t4/1", .progress))
        #expect(drain(&lane, at: 1) == ["t4/1"])
        #expect(lane.next(at: 1) == .wait(.milliseconds(1999)))
        #expect(lane.next(at: 1, onlyFinals: true) == .idle)
        lane.put(slot("u9/reply"))
        #expect(drain(&lane, at: 1, onlyFinals: true) == ["u9/reply"])
    }

    @Test func `two that rest wake whoever waits for the first of them`() throws {
        var lane = try lane(slot("t3/1"), slot("t4/1"), slot("t3/2"), slot("t4/2"))
        guard case .send(let errand) = lane.next(at: 500) else {
            Issue.record("nothing is sent")
            return
        }
        lane.begin(errand, at: 500)
        _ = lane.end(.failure(BotError(.refused(.other), "something new")), at: 500, chance: 0)
        lane.settle()
        #expect(lane.next(at: 600) == .wait(.milliseconds(1400)))
        #expect(drain(&lane, at: 2000) == ["t3/1", "t3/2"])
        #expect(lane.next(at: 2000) == .wait(.milliseconds(500)))
        #expect(drain(&lane, at: 2500) == ["t4/1", "t4/2"])
    }

    @Test func `of two parts that rest the first keeps back what stands between them`() throws {
        var lane = try lane(slot("t3/1"), slot("t3/2"), slot("t3/3"))
        lane.waiting[2].restingUntil = 3_000
        lane.put(slot("t3/4"))
        #expect(drain(&lane, at: 1).isEmpty)
        #expect(drain(&lane, at: 2_000) == ["t3/1", "t3/2"])
        #expect(drain(&lane, at: 3_000) == ["t3/3", "t3/4"])
    }

    @Test func `a clock that is put back lets it go at once`() throws {
        let later: Int64 = 3_600_000
        var lane = Lane(Self.chat, pace: OutboxRig.unbridled)
        lane.put(slot("t3/1"))
        lane.put(slot("t3/2"))
        guard case .send(let errand) = lane.next(at: later) else {
            Issue.record("nothing is sent")
            return
        }
        lane.begin(errand, at: later)
        _ = lane.end(.failure(BotError(.refused(.other), "something new")), at: later, chance: 0)
        lane.settle()
        #expect(drain(&lane, at: 5) == ["t3/1", "t3/2"])
    }
}
