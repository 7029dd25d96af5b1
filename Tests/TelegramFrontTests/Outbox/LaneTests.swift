import Testing

@testable import TelegramFront

@Suite struct LaneTests {
    private static let personal: Int64 = 7
    private static let group: Int64 = -7

    private func slot(
        _ key: String, _ text: String? = nil, in chat: Int64 = personal, topic: Int64? = nil,
        _ priority: Slot.Priority = .final, _ delivery: Slot.Delivery = .filled
    ) -> Slot {
        let address = ChatAddress(chat: chat, topic: topic)
        return Slot(key, at: address, SlotContent(text ?? key), delivery: delivery, priority: priority)
    }

    private func lane(_ slots: Slot...) -> Lane {
        var lane = Lane(slots.first?.address.chat ?? Self.personal, pace: .strict)
        for slot in slots { lane.put(slot) }
        return lane
    }

    /// What is sent at `now`, taken as begun.
    private func begin(_ lane: inout Lane, at now: Int64 = 0) -> Errand? {
        guard case .send(let errand) = lane.next(at: now) else { return nil }
        lane.begin(errand, at: now)
        return errand
    }

    /// Ends what is in flight and settles it.
    @discardableResult private func end(
        _ lane: inout Lane, _ result: Result<Int64, BotError>, at now: Int64 = 0
    ) -> [Deed] {
        let deeds = lane.end(result, at: now, chance: 0)
        lane.settle()
        return deeds
    }

    /// Lets everything succeed until nothing can be sent at `now`, and names what was sent.
    private func drain(_ lane: inout Lane, at now: Int64 = 0) -> [String] {
        var sent: [String] = []
        while let errand = begin(&lane, at: now) {
            sent.append(errand.step == .reserve ? "…\(errand.key)" : errand.content.text)
            end(&lane, .success(Int64(sent.count)), at: now)
        }
        return sent
    }

    @Test func `an answer that takes the place of progress goes behind what was there before it`() {
        var lane = lane(slot("turn", "working", .progress), slot("reply"))
        lane.put(slot("turn", "the answer"))
        lane.put(slot("end", nil, .final, .once))
        #expect(drain(&lane) == ["…reply", "reply", "…turn", "the answer", "end"])
    }

    @Test func `a message is noted as begun, reserved, noted, filled and noted`() {
        var lane = lane(slot("a"))
        let first = begin(&lane)
        #expect(first?.step == .reserve && first?.needsNote == true)
        #expect(lane.next(at: 0) == .idle)
        let deeds = lane.end(.success(5), at: 0, chance: 0)
        #expect(deeds == [.note(key: "a", .placed(5), shown: nil)])
        #expect(lane.next(at: 0) == .idle)
        lane.settle()
        let second = begin(&lane)
        #expect(second?.step == .fill(5) && second?.needsNote == false)
        #expect(end(&lane, .success(5)) == [.note(key: "a", .placed(5), shown: SlotContent("a"))])
        #expect(!lane.isBusy && lane.next(at: 0) == .idle)
    }

    @Test func `a new start goes on where the last one stopped`() {
        var begun = slot("a"), placed = slot("b"), sent = slot("c", .final, .once), done = slot("d")
        begun.stage = .begun
        placed.stage = .placed(3)
        sent.stage = .begun
        (done.stage, done.shown) = (.placed(4), done.wanted)
        var lane = lane(begun, placed, sent, done)
        let first = begin(&lane)
        #expect(first?.step == .reserve && first?.needsNote == false)
        end(&lane, .success(9))
        #expect(drain(&lane) == ["a", "b"])
    }

    private func slot(_ key: String, _ priority: Slot.Priority, _ delivery: Slot.Delivery = .filled) -> Slot {
        slot(key, nil, priority, delivery)
    }

    @Test func `finals go before progress, and each by place`() {
        var lane = lane(slot("p", .progress), slot("a"), slot("n", .final, .once))
        #expect(drain(&lane) == ["…a", "a", "n"])
        #expect(drain(&lane, at: 60_000) == ["…p", "p"])
    }

    @Test func `a newer wish keeps the place of the older`() {
        var lane = lane(slot("a"), slot("b"))
        lane.put(slot("a", "a, newer"))
        #expect(drain(&lane) == ["…a", "a, newer", "…b", "b"])
    }

    @Test func `what is wished while its message is in flight comes after it`() {
        var lane = lane(slot("a"))
        _ = begin(&lane)
        end(&lane, .success(5))
        _ = begin(&lane)
        lane.put(slot("a", "newer"))
        #expect(end(&lane, .success(5)) == [.note(key: "a", .placed(5), shown: SlotContent("a"))])
        #expect(drain(&lane) == ["newer"])
    }

    @Test func `a wish that is taken back needs nothing`() {
        var shown = slot("a", "new")
        (shown.stage, shown.shown) = (.placed(1), SlotContent("old"))
        var lane = lane(shown)
        lane.put(slot("a", "old"))
        #expect(lane.next(at: 0) == .idle && !lane.isBusy)
    }

    @Test func `progress is changed every two seconds at most, and topics take turns`() {
        var lane = lane(slot("p", "0", topic: 1, .progress), slot("q", "0", topic: 2, .progress))
        var sent: [String] = []
        for now in stride(from: Int64(0), through: 20_000, by: 100) {
            lane.put(slot("p", "\(now)", topic: 1, .progress))
            lane.put(slot("q", "\(now)", topic: 2, .progress))
            while let errand = begin(&lane, at: now) {
                if case .fill = errand.step { sent.append("\(errand.key)\(now)") }
                end(&lane, .success(errand.key == "p" ? 1 : 2), at: now)
                lane.put(slot(errand.key, "next", topic: errand.slot.address.topic, .progress))
            }
        }
        #expect(sent.prefix(4) == ["p0", "q2000", "p4000", "q6000"])
        #expect(sent.count == 11)
    }

    @Test(arguments: [(personal, 5, 65), (group, 10, 20)])
    func `a chat gets a burst and then as much as Telegram names`(chat: Int64, burst: Int, minute: Int) {
        var lane = Lane(chat, pace: .strict)
        for number in 0..<200 { lane.put(slot("\(number)", nil, in: chat, .final, .once)) }
        #expect(drain(&lane, at: 0).count == burst)
        var sent = burst
        for now in stride(from: Int64(50), to: 60_000, by: 50) { sent += drain(&lane, at: now).count }
        #expect(sent <= minute && sent >= minute - 1)
    }

    @Test func `progress leaves room for the answer`() {
        var lane = Lane(Self.group, pace: .strict)
        for now in stride(from: Int64(0), to: 600_000, by: 500) {
            lane.put(slot("p", "\(now)", in: Self.group, .progress))
            _ = drain(&lane, at: now)
        }
        lane.put(slot("p", "answer", in: Self.group))
        lane.put(slot("q", in: Self.group))
        lane.put(slot("n", nil, in: Self.group, .final, .once))
        #expect(drain(&lane, at: 600_000) == ["…p", "answer", "…q", "q", "n"])
    }

    @Test func `after a flood nothing goes before its end, and then the newest`() {
        var lane = lane(slot("p", "0", .progress))
        _ = begin(&lane)
        let deeds = end(&lane, .failure(BotError(.flood(retryAfter: .seconds(13_938)), "slow")))
        #expect(deeds.first == .hold(chat: Self.personal, until: 13_938_000))
        for second in 1..<100 { lane.put(slot("p", "\(second)", .progress)) }
        lane.put(slot("p", "answer"))
        #expect(lane.next(at: 13_937_999) == .wait(.milliseconds(1)))
        #expect(drain(&lane, at: 13_938_000) == ["…p", "answer"])
        #expect(lane.isHeld == false)
    }

    @Test func `an odd answer makes nobody ask without end`() {
        for code in [BotError.Code.flood(retryAfter: .zero), .flood(retryAfter: .seconds(-5)), .migrated(to: 7)] {
            var lanes = Lanes([slot("a")], pace: .strict)
            guard case .send(let errand) = lanes.next(at: 0) else { continue }
            _ = lanes.end(errand, .failure(BotError(code, "odd")), at: 0, chance: 0)
            lanes.settle(errand, at: 0)
            let next = lanes.next(at: 0)
            #expect(next == .wait(.seconds(1)) || next == .wait(.milliseconds(500)), "\(code): \(next)")
        }
    }

    @Test func `pauses after failures double to a minute, and end with an answer`() {
        var lane = lane(slot("a"))
        var now: Int64 = 0
        var pauses: [Int64] = []
        for _ in 0..<8 {
            guard begin(&lane, at: now) != nil else { break }
            let deeds = lane.end(.failure(BotError(.network, "gone", mayHaveReached: true)), at: now, chance: 0.999)
            lane.settle()
            #expect(deeds.isEmpty)
            guard case .wait(let pause) = lane.next(at: now) else { break }
            pauses.append(Int64((pause / .seconds(1)).rounded()))
            now += pause.milliseconds
        }
        #expect(pauses == [1, 2, 4, 8, 16, 32, 60, 60])
        #expect(drain(&lane, at: now) == ["…a", "a"])
    }

    @Test func `a placeholder that somebody keeps deleting is given up`() {
        var lane = lane(slot("a"), slot("b"))
        var sent: [String] = []
        var now: Int64 = 0
        while lane.isBusy, now < 100_000 {
            now += 1000
            guard let errand = begin(&lane, at: now) else { continue }
            sent.append(errand.step == .reserve ? "…" : errand.key)
            let isGone = errand.key == "a" && errand.step != .reserve
            end(&lane, isGone ? .failure(BotError(.refused(.messageGone), "gone")) : .success(now), at: now)
        }
        #expect(sent == ["…", "a", "…", "a", "…", "a", "…", "b"])
    }

    @Test(arguments: ["one", "another"])
    func `what only loses its buttons is not sent anew for that when somebody has deleted it`(text: String) {
        var placed = slot("a", text)
        placed.stage = .placed(5)
        placed.shown = SlotContent("one", buttons: [[.init("Cancel", carries: "c7")]])
        var lane = lane(placed)
        #expect(begin(&lane)?.step == .fill(5))
        end(&lane, .failure(BotError(.refused(.messageGone), "gone")))
        #expect(lane.isBusy == (text == "another"))
    }

    @Test func `nobody hears of buttons that cannot be taken away`() {
        var placed = slot("a", "one")
        placed.stage = .placed(5)
        placed.shown = SlotContent("one", buttons: [[.init("Cancel", carries: "c7")]])
        var lane = lane(placed), deeds: [Deed] = []
        while begin(&lane) != nil { deeds = end(&lane, .failure(BotError(.refused(.other), "no"))) }
        #expect(deeds == [.note(key: "a", .placed(5), shown: SlotContent("one"))])
    }

    private static let forbidden = BotError(.forbidden, "blocked")

    @Test func `where the bot may not write all that is due waits, and is tried in its order`() {
        var lane = lane(slot("p", .progress), slot("n", .final, .once))
        #expect(begin(&lane)?.key == "n")
        let deeds = end(&lane, .failure(Self.forbidden), at: 5)
        #expect(
            deeds == [
                .note(key: "n", .new, shown: nil), .lose(chat: Self.personal, ChatLoss(since: 5, until: 60_005)),
                .tell(.chatLost(Self.personal, reason: "blocked")),
            ])
        lane.put(slot("p", "answer"))
        #expect(lane.next(at: 60_004) == .wait(.milliseconds(1)))
        // What has become an answer since goes behind what waited before it.
        #expect(begin(&lane, at: 60_005)?.key == "n")
        let again = end(&lane, .failure(Self.forbidden), at: 60_005)
        #expect(
            again == [
                .note(key: "n", .new, shown: nil), .lose(chat: Self.personal, ChatLoss(since: 5, until: 120_005)),
            ])
        #expect(lane.hear(from: Self.personal) == [.lose(chat: Self.personal, ChatLoss(since: 5, until: 0))])
        #expect(begin(&lane, at: 60_006)?.step == .send)
        let back = end(&lane, .success(3), at: 60_006)
        #expect(
            back == [
                .lose(chat: Self.personal, nil), .tell(.chatBack(Self.personal)),
                .note(key: "n", .placed(3), shown: SlotContent("n")),
            ])
        #expect(drain(&lane, at: 60_006) == ["…p", "answer"])
        #expect(lane.hear(from: Self.personal).isEmpty)
    }

    @Test func `a pause that Telegram asks for is kept whoever is heard from`() {
        var lane = lane(slot("a"))
        _ = begin(&lane)
        end(&lane, .failure(Self.forbidden))
        _ = begin(&lane, at: 60_000)
        end(&lane, .failure(BotError(.flood(retryAfter: .seconds(500)), "slow")), at: 60_000)
        _ = lane.hear(from: Self.personal)
        #expect(lane.next(at: 60_000) == .wait(.seconds(500)))
    }

    @Test func `a clock that is put back delays no try for longer than a day`() {
        let later: Int64 = 100 * 24 * 3_600_000
        var lane = lane(slot("a"))
        lane.loss = ChatLoss(since: later, until: later + 60_000)
        #expect(begin(&lane, at: 5)?.key == "a")
        let deeds = end(&lane, .failure(Self.forbidden), at: 5)
        #expect(deeds == [.lose(chat: Self.personal, ChatLoss(since: 5, until: 60_005))])
    }

    @Test func `what has to be heard of is repeated so many times, and then brought silently`() {
        var lane = lane(slot("a", .final, .repeated))
        var now: Int64 = 0
        var steps: [Errand.Step] = []
        for _ in 0..<10 {
            now += 100_000
            guard let errand = begin(&lane, at: now) else { break }
            steps.append(errand.step)
            let deeds = end(&lane, .failure(BotError(.network, "gone", mayHaveReached: true)), at: now)
            #expect(deeds == (errand.step == .send ? [.note(key: "a", .new, shown: nil)] : []))
        }
        #expect(steps == Array(repeating: .send, count: 8) + [.reserve, .reserve])
        #expect(drain(&lane, at: now + 100_000) == ["…a", "a"])
    }

    @Test func `a new start sends again what has to be heard of`() {
        var begun = slot("a", .final, .repeated)
        begun.stage = .begun
        var lane = lane(begun)
        #expect(drain(&lane) == ["a"])
    }
}
