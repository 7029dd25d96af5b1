import Testing

@testable import TelegramFront

/// What is withdrawn while it is on its way.
@Suite struct LaneRightsTests {
    private static let chat: Int64 = 7
    private static let slot = Slot("a7", at: ChatAddress(chat: chat), SlotContent("secret"))

    /// A lane with one message that is on its way at 0, and is withdrawn meanwhile.
    private func lane(_ slot: Slot = slot) throws -> Lane {
        var lane = Lane(Self.chat, pace: OutboxRig.unbridled)
        lane.put(slot)
        guard case .send(let errand) = lane.next(at: 0) else {
            Issue.record("nothing is sent")
            return lane
        }
        lane.begin(errand, at: 0)
        let deeds = lane.withdraw(from: Self.chat) { _ in false }
        #expect(deeds.isEmpty)
        return lane
    }

    @Test func `of what has a placeholder then nothing more is sent, and its place is noted`() throws {
        var lane = try lane()
        let deeds = lane.end(.success(5), at: 1, chance: 0)
        #expect(
            deeds == [.note(key: "a7", .placed(5), shown: nil), .note(key: "a7", .withdrawn, shown: nil)])
        lane.settle()
        #expect(!lane.isBusy)
    }

    @Test func `what Telegram asks for is heeded, and it is not sent then`() throws {
        var lane = try lane()
        let deeds = lane.end(.failure(BotError(.flood(retryAfter: .seconds(5)), "slow")), at: 1, chance: 0)
        lane.settle()
        #expect(deeds.last == Deed.note(key: "a7", .withdrawn, shown: nil))
        #expect(lane.heldUntil == 5_001 && !lane.isBusy)
    }

    @Test func `what has arrived is noted as shown`() throws {
        var slot = Self.slot
        slot.stage = .placed(5)
        var lane = try lane(slot)
        let deeds = lane.end(.success(5), at: 1, chance: 0)
        #expect(deeds == [.note(key: "a7", .placed(5), shown: slot.wanted)])
    }

    @Test func `what has arrived with buttons loses them`() throws {
        var slot = Self.slot
        slot.stage = .placed(5)
        slot.wanted.buttons = [[.init("Cancel", carries: "c7")]]
        var lane = try lane(slot), bare = slot.wanted
        bare.buttons = []
        let deeds = lane.end(.success(5), at: 1, chance: 0)
        // Kept also for the next one to run.
        guard case .want(let wish)? = deeds.first else {
            Issue.record("the buttons are wanted")
            return
        }
        #expect(wish.wanted == bare && deeds.dropFirst() == [.note(key: "a7", .placed(5), shown: slot.wanted)])
        lane.settle()
        guard case .send(let errand) = lane.next(at: 1) else {
            Issue.record("the buttons stay")
            return
        }
        #expect(errand.content == bare && errand.step == .fill(5))
        lane.begin(errand, at: 1)
        #expect(lane.end(.success(5), at: 2, chance: 0) == [.note(key: "a7", .placed(5), shown: bare)])
    }

    @Test func `what waits for a pause is looked at in each try, until Telegram has answered`() throws {
        var lane = Lane(Self.chat, pace: OutboxRig.unbridled)
        lane.hold(until: 5)
        lane.put(Self.slot)
        var looks: [Bool] = []
        let flood = BotError(.flood(retryAfter: .seconds(1)), "slow")
        for (now, result) in [(5, .failure(flood)), (1_005, .success(9)), (1_005, .success(9))]
            as [(Int64, Result<Int64, BotError>)]
        {
            guard case .send(let errand) = lane.next(at: now) else { continue }
            looks.append(errand.isReopening)
            lane.begin(errand, at: now)
            _ = lane.end(result, at: now, chance: 0)
            lane.settle()
        }
        #expect(looks == [true, true, false])
    }

    @Test func `what was looked at is on its way from then on, and what was given up before is not`() throws {
        for isLookedAt in [true, false] {
            var lane = Lane(Self.chat, pace: OutboxRig.unbridled)
            lane.hold(until: 5)
            lane.put(Self.slot)
            guard case .send(let errand) = lane.next(at: 5) else {
                Issue.record("nothing is sent")
                return
            }
            lane.begin(errand, at: 5)
            let mayGo = isLookedAt && lane.reopen()
            let deeds = lane.withdraw(from: Self.chat) { _ in false }
            #expect(mayGo == isLookedAt && deeds.isEmpty == isLookedAt)
            guard isLookedAt else {
                let mayStillGo = lane.reopen()
                #expect(!mayStillGo)
                continue
            }
            let ended = lane.end(.success(5), at: 6, chance: 0)
            #expect(ended.contains(.note(key: "a7", .placed(5), shown: nil)))
        }
    }

    @Test func `what is wished for in its place goes`() throws {
        var slot = Self.slot
        (slot.stage, slot.shown) = (.placed(5), SlotContent("with buttons"))
        var lane = try lane(slot)
        slot.wanted = SlotContent("without")
        lane.put(slot)
        _ = lane.end(.success(5), at: 1, chance: 0)
        lane.settle()
        guard case .send(let errand) = lane.next(at: 1) else {
            Issue.record("nothing is sent")
            return
        }
        #expect(errand.step == .fill(5) && errand.content == SlotContent("without"))
    }
}
