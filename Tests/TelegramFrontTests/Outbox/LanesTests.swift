import Testing

@testable import TelegramFront

@Suite struct LanesTests {
    private func slot(_ chat: Int64, _ number: Int, _ priority: Slot.Priority = .final) -> Slot {
        Slot(
            "\(chat)/\(number)", at: ChatAddress(chat: chat), SlotContent("\(number)"), delivery: .once,
            priority: priority)
    }

    /// Sends from `start` on for `duration`, each request taking no time; whom to, what and when.
    private func run(
        _ lanes: inout Lanes, from start: Int64 = 0, for duration: Int64
    ) -> [(chat: Int64, key: String, at: Int64)] {
        var sent: [(chat: Int64, key: String, at: Int64)] = []
        var now = start
        while now < start + duration {
            switch lanes.next(at: now) {
            case .idle, .over: return sent
            case .wait(let pause): now += pause.milliseconds
            case .send(let errand):
                sent.append((errand.chat, errand.key, now))
                _ = lanes.end(errand, .success(Int64(sent.count)), at: now, chance: 0)
                lanes.settle(errand, at: now)
            }
        }
        return sent
    }

    @Test func `no second has more than thirty, and all get theirs`() {
        var lanes = Lanes((1...500).map { slot($0, 0) }, pace: .strict)
        let sent = run(&lanes, for: 100_000)
        #expect(Set(sent.map(\.chat)).count == 500 && sent.count == 500)
        for (index, first) in sent.enumerated() {
            #expect(sent[index...].prefix { $0.at < first.at + 1000 }.count <= 30)
        }
    }

    @Test func `a chat with much to say holds up no other`() {
        var lanes = Lanes((0..<1000).map { slot(1, $0) }, pace: .strict)
        for chat in Int64(2)...10 { lanes.put(slot(chat, 0)) }
        let sent = run(&lanes, for: 2_000)
        #expect(sent.prefix(10).map(\.chat) == Array(1...10))
    }

    @Test func `answers of any chat go before progress of any other`() {
        var lanes = Lanes([slot(1, 0, .progress), slot(2, 0, .progress), slot(3, 0), slot(4, 0)], pace: .strict)
        let sent = run(&lanes, for: 10_000)
        #expect(sent.map(\.chat) == [3, 4, 1, 2])
    }

    @Test func `a flood in one chat holds that one, and in three all of them for a while`() {
        var lanes = Lanes((1...5).map { slot($0, 0) }, pace: .strict)
        for (chat, pause) in [(Int64(1), 3_000), (2, 20), (3, 30)] {
            guard case .send(let errand) = lanes.next(at: 0) else { break }
            #expect(errand.chat == chat)
            let flood = BotError(.flood(retryAfter: .seconds(pause)), "slow")
            _ = lanes.end(errand, .failure(flood), at: 0, chance: 0)
            lanes.settle(errand, at: 0)
        }
        #expect(lanes.next(at: 0) == .wait(.seconds(20)))
        let sent = run(&lanes, for: 60_000)
        #expect(sent.map(\.chat) == [4, 5, 2, 3])
        #expect(sent.map(\.at) == [20_000, 20_000, 20_000, 30_000])
    }

    @Test func `a group that moves on waits until its owner knows`() {
        var placed = Slot("a", at: ChatAddress(chat: -1), SlotContent("new"), replyTo: 3)
        (placed.stage, placed.shown) = (.placed(9), SlotContent("old"))
        var lanes = Lanes([placed, slot(-1, 1)], pace: .strict)
        guard case .send(let errand) = lanes.next(at: 0) else {
            Issue.record("nothing is sent")
            return
        }
        let deeds = lanes.end(errand, .failure(BotError(.migrated(to: -100), "moved")), at: 0, chance: 0)
        #expect(
            deeds == [
                .note(key: "a", .new, shown: nil), .note(key: "-1/1", .new, shown: nil),
                .tell(.migrated(from: -1, to: -100)),
            ])
        lanes.put(slot(-1, 2))
        #expect(lanes.next(at: 0) == .idle)
        lanes.settle(errand, at: 0)
        guard case .send(let next) = lanes.next(at: 0) else {
            Issue.record("nothing is sent")
            return
        }
        #expect(next.chat == -100 && next.key == "a" && next.step == .reserve && next.slot.replyTo == nil)
        _ = lanes.end(next, .success(1), at: 0, chance: 0)
        lanes.settle(next, at: 0)
        #expect(run(&lanes, for: 10_000).map(\.chat) == [-100, -100, -100])
    }

    @Test(arguments: [Slot.Delivery.once, .repeated])
    func `what is on its way as it is when its group moves on goes to the new one when the old one refuses it`(
        delivery: Slot.Delivery
    ) {
        let end = Slot("end", at: ChatAddress(chat: -1), SlotContent("done"), delivery: delivery)
        var lanes = Lanes([end, slot(-1, 2)], pace: .strict)
        guard case .send(let errand) = lanes.next(at: 0) else {
            Issue.record("nothing is sent")
            return
        }
        #expect(errand.key == "end" && errand.step == .send)
        let moved = lanes.rename(-1, to: -100)
        #expect(moved == [.note(key: "-1/2", .new, shown: nil), .tell(.migrated(from: -1, to: -100))])
        lanes.settle(renamed: -100)
        let deeds = lanes.end(errand, .failure(BotError(.migrated(to: -100), "moved")), at: 0, chance: 0)
        #expect(deeds.first == .note(key: "end", .new, shown: nil))
        lanes.settle(errand, at: 0)
        #expect(Set(run(&lanes, for: 60_000).map { "\($0.chat) \($0.key)" }) == ["-100 end", "-100 -1/2"])
    }

    @Test func `what has arrived in a group that moved on meanwhile is not sent again`() {
        let end = Slot("end", at: ChatAddress(chat: -1), SlotContent("done"), delivery: .once)
        var lanes = Lanes([end], pace: .strict)
        guard case .send(let errand) = lanes.next(at: 0) else {
            Issue.record("nothing is sent")
            return
        }
        _ = lanes.rename(-1, to: -100)
        lanes.settle(renamed: -100)
        let deeds = lanes.end(errand, .success(7), at: 0, chance: 0)
        #expect(deeds == [.note(key: "end", .placed(7), shown: SlotContent("done"))])
        lanes.settle(errand, at: 0)
        #expect(run(&lanes, for: 60_000).isEmpty)
    }

    @Test func `chats where nothing is due are forgotten`() {
        var lanes = Lanes((1...50).map { slot($0, 0) }, pace: .strict)
        #expect(run(&lanes, for: 10_000).count == 50)
        lanes.put(slot(99, 0))
        #expect(run(&lanes, from: 100_000, for: 10_000).count == 1)
        #expect(lanes.count == 1)
    }

    @Test func `a clock that is put back delays nobody for long`() {
        var lanes = Lanes((0..<10).map { slot(1, $0) }, pace: .strict)
        let hour: Int64 = 3_600_000
        #expect(run(&lanes, from: hour, for: 900).count == 5)
        let sent = run(&lanes, for: 10_000)
        #expect(sent.map(\.at) == [0, 0, 0, 0, 0])
    }

    @Test func `ten thousand strangers leave nothing in memory, also when nothing is sent after them`() {
        var lanes = Lanes(pace: OutboxPace())
        var now: Int64 = 0, most = 0, count = 0
        for batch in Int64(0)..<100 {
            for stranger in 1...100 as ClosedRange<Int64> { lanes.put(slot(batch * 100 + stranger, 0, .progress)) }
            let sent = run(&lanes, from: now, for: 60_000)
            count += sent.count
            now = sent.last?.at ?? now
            most = max(most, lanes.count)
        }
        #expect(count == 10_000)
        #expect(most < 2_000)
        #expect(lanes.isResting)
        lanes.sweep(at: now + Lanes.sweepInterval)
        #expect(lanes.count == 0 && !lanes.isResting)
    }

    @Test func `a chat that is held is known until then, and no longer`() {
        var lanes = Lanes([], holds: [5: 100_000], pace: .strict)
        lanes.sweep(at: 90_000)
        #expect(lanes.count == 1)
        lanes.sweep(at: 160_000)
        #expect(lanes.count == 0)
    }

    @Test func `a group that is told to have moved goes on in the new one when its owner knows, once`() {
        var lanes = Lanes([slot(-1, 1)], pace: .strict)
        let deeds = lanes.rename(-1, to: -100)
        #expect(deeds == [.note(key: "-1/1", .new, shown: nil), .tell(.migrated(from: -1, to: -100))])
        #expect(lanes.next(at: 0) == .idle)
        lanes.settle(renamed: -100)
        guard case .send(let errand) = lanes.next(at: 0) else {
            Issue.record("nothing is sent")
            return
        }
        #expect(errand.chat == -100)
        #expect(lanes.rename(-1, to: -100) == [])
    }

    // MARK: Courtesies

    @Test func `courtesies get what messages leave, and together they keep to the pace`() {
        let pace = OutboxPace()
        var quiet = Lanes(pace: pace), busy = Lanes((1...100).map { slot($0, 0) }, pace: pace)
        let alone = run(&quiet, for: 10_000, courtesiesEvery: 5)
        // A hundred chats where somebody writes want 25 a second, which is all there is.
        #expect((200...260).contains(alone.courtesies.count), "\(alone.courtesies.count)")
        let both = run(&busy, for: 3_000, courtesiesEvery: 5)
        #expect((70...85).contains(both.messages.count) && both.courtesies.count < 5)
        for sent in [alone.courtesies, (both.messages + both.courtesies).sorted()] {
            for (index, first) in sent.enumerated() {
                let second = sent[index...].prefix { $0 < first + 1_000 }
                #expect(second.count <= 30, "\(second.count) from \(first) on")
            }
        }
    }

    /// Sends what is due for `duration`, with somebody else who asks for a courtesy every `step` milliseconds.
    private func run(
        _ lanes: inout Lanes, for duration: Int64, courtesiesEvery step: Int64
    ) -> (messages: [Int64], courtesies: [Int64]) {
        var messages: [Int64] = [], courtesies: [Int64] = []
        for now in stride(from: 0, to: duration, by: 5) {
            while case .send(let errand) = lanes.next(at: now) {
                messages.append(now)
                _ = lanes.end(errand, .success(1), at: now, chance: 0)
                lanes.settle(errand, at: now)
            }
            if now % step == 0, lanes.grantsCourtesy(to: 100_000 + now, at: now) { courtesies.append(now) }
        }
        return (messages, courtesies)
    }

    @Test func `a chat that Telegram holds gets no courtesies, and others do`() {
        var lanes = Lanes(holds: [1: 10_000], pace: .strict)
        #expect(grants(&lanes, at: 9_999) == [2])
        #expect(grants(&lanes, at: 20_000) == [1, 2])
        // What is held are the courtesies alone.
        lanes.omitCourtesies(to: 1, until: 70_000)
        lanes.sweep(at: 65_000)
        #expect(grants(&lanes, at: 65_000) == [2])
        lanes.put(slot(1, 0))
        guard case .send(let errand) = lanes.next(at: 65_000) else {
            Issue.record("a message is held as well")
            return
        }
        // One after the other, also where Telegram is in trouble.
        _ = lanes.end(errand, .failure(BotError(.server, "502")), at: 65_001, chance: 0)
        lanes.settle(errand, at: 65_001)
        #expect(grants(&lanes, at: 65_002) == [2])
        #expect(grants(&lanes, at: 200_000) == [1, 2])
        lanes.finish(by: 300_000)
        #expect(grants(&lanes, at: 200_000) == [])
    }

    /// To which of two chats a courtesy may go.
    private func grants(_ lanes: inout Lanes, at now: Int64) -> [Int64] {
        [Int64(1), 2].filter { lanes.grantsCourtesy(to: $0, at: now) }
    }
}
