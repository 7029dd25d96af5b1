import TestSupport
import Testing

@testable import TelegramFront

/// Random wishes, failures and deaths, with Telegram and the store as plain values.
@Suite(.timeLimit(.minutes(1))) struct LanesPropertyTests {
    /// What Telegram and the store hold, and the outbox between them.
    private struct World {
        var lanes = Lanes(pace: OutboxPace())
        var now: Int64 = 0
        var chats: [Int64: [(id: Int64, text: String)]] = [:]
        var lastID: Int64 = 0
        var store: [Slot] = []
        var holds: [Int64: Int64] = [:]
        /// Requests that Telegram has had a look at or not, and what it said.
        var inFlight: [(errand: Errand, result: Result<Int64, BotError>)] = []
        /// Placeholders and messages whose number may have got lost.
        var lost = 0

        mutating func put(_ wish: Slot) {
            var slot = wish
            if let index = store.firstIndex(where: { $0.key == wish.key }) {
                (slot.stage, slot.shown) = (store[index].stage, store[index].shown)
                store[index] = slot
            } else {
                store.append(slot)
            }
            lanes.put(slot)
        }

        mutating func note(_ key: String, _ stage: Slot.Stage, _ shown: SlotContent?) {
            guard let index = store.firstIndex(where: { $0.key == key }) else { return }
            (store[index].stage, store[index].shown) = (stage, shown)
        }

        /// Carries an errand out at Telegram.
        mutating func apply(_ errand: Errand) -> Result<Int64, BotError> {
            let chat = errand.chat
            let text = errand.step == .reserve ? "…" : errand.content.text
            guard case .fill(let message) = errand.step else {
                lastID += 1
                chats[chat, default: []].append((lastID, text))
                return .success(lastID)
            }
            guard let index = chats[chat]?.firstIndex(where: { $0.id == message }) else {
                return .failure(BotError(.refused(.messageGone), "gone"))
            }
            if chats[chat]?[index].text == text { return .failure(BotError(.refused(.notModified), "same")) }
            chats[chat]?[index].text = text
            return .success(message)
        }

        mutating func begin(_ errand: Errand, _ random: inout SeededGenerator, isCalm: Bool) {
            if errand.needsNote { note(errand.key, .begun, nil) }
            let isPlacing = if case .fill = errand.step { false } else { true }
            switch isCalm ? 9 : Int.random(in: 0..<10, using: &random) {
            case 0: inFlight.append((errand, .failure(BotError(.network, "before", mayHaveReached: false))))
            case 1: inFlight.append((errand, .failure(BotError(.network, "before", mayHaveReached: true))))
            case 2:
                _ = apply(errand)
                lost += isPlacing ? 1 : 0
                inFlight.append((errand, .failure(BotError(.network, "after", mayHaveReached: true))))
            case 3:
                let pause = Duration.seconds(Int.random(in: 1...100, using: &random))
                inFlight.append((errand, .failure(BotError(.flood(retryAfter: pause), "slow"))))
            case 4: inFlight.append((errand, .failure(BotError(.server, "5xx", mayHaveReached: true))))
            default: inFlight.append((errand, apply(errand)))
            }
        }

        mutating func end(_ index: Int) {
            let (errand, result) = inFlight.remove(at: index)
            for deed in lanes.end(errand, result, at: now, chance: 0.5) {
                switch deed {
                case .note(let key, let stage, let shown): note(key, stage, shown)
                case .hold(let chat, let moment): holds[chat] = moment
                case .tell: break
                }
            }
            lanes.settle(errand, at: now)
        }

        /// What was in flight may have been done, but nobody hears of it.
        mutating func die() {
            for (errand, result) in inFlight {
                if case .success = result, errand.step == .reserve { lost += 1 }
            }
            inFlight = []
            lanes = Lanes(store.filter(\.isDue), holds: holds, pace: OutboxPace())
        }

        /// Goes on until nothing is due and nothing fails.
        mutating func finish(_ random: inout SeededGenerator) {
            for _ in 0..<20_000 {
                while !inFlight.isEmpty { end(0) }
                switch lanes.next(at: now) {
                case .send(let errand): begin(errand, &random, isCalm: true)
                case .wait(let pause): now += pause.milliseconds
                case .idle, .over: return
                }
            }
        }
    }

    @Test func `every answer ends up once and in order, whatever happens`() async {
        let seed = Seed()
        for round in 0..<400 {
            await Task.yield()
            var random = seed.generator(round)
            var world = World()
            var texts: [String: String] = [:]
            var order: [Int64: [String]] = [:]
            var wishes = 0
            for _ in 0..<Int.random(in: 10...200, using: &random) {
                switch Int.random(in: 0..<20, using: &random) {
                case 0..<6:
                    let chat: Int64 = .random(in: 1...3, using: &random)
                    let key = "\(chat)/\(Int.random(in: 0..<12, using: &random))"
                    wishes += 1
                    if texts[key] == nil { order[chat, default: []].append(key) }
                    texts[key] = "\(key) \(wishes)"
                    let isOnce = key.hasSuffix("1")
                    if isOnce, world.store.contains(where: { $0.key == key }) { continue }
                    world.put(
                        Slot(
                            key, at: ChatAddress(chat: chat), SlotContent("\(key) \(wishes)"),
                            delivery: isOnce ? .once : .filled))
                case 6..<12:
                    if case .send(let errand) = world.lanes.next(at: world.now) {
                        world.begin(errand, &random, isCalm: false)
                    }
                case 12..<17:
                    if let index = world.inFlight.indices.randomElement(using: &random) { world.end(index) }
                case 17..<19: world.now += Int64.random(in: 0...10_000, using: &random)
                default: world.die()
                }
            }
            world.finish(&random)
            for (chat, keys) in order {
                let shown = (world.chats[chat] ?? []).map(\.text)
                for slot in world.store where slot.address.chat == chat && slot.delivery == .filled {
                    let copies = shown.filter { $0.hasPrefix("\(slot.key) ") }
                    #expect(copies == [slot.wanted.text], "round \(round): \(shown)")
                }
                for key in keys where key.hasSuffix("1") {
                    #expect(shown.filter { $0.hasPrefix("\(key) ") }.count <= 1, "round \(round): \(shown)")
                }
                let seen = shown.filter { $0 != "…" }.map { String($0.prefix { $0 != " " }) }
                #expect(seen == keys.filter(seen.contains), "round \(round): \(shown)")
            }
            let empty = world.chats.values.joined().filter { $0.text == "…" }.count
            #expect(empty <= world.lost, "round \(round)")
            #expect(world.store.allSatisfy { !$0.isDue }, "round \(round)")
        }
    }
}
