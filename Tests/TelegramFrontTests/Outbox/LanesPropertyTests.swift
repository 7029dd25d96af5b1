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
        /// How often a message was sent that may have arrived or not, by its key.
        var doubts: [String: Int] = [:]
        /// How often a placeholder was refused, by its key.
        var refusals: [String: Int] = [:]
        /// Where the bot may not write.
        var closed: Set<Int64> = []
        var losses: [Int64: ChatLoss] = [:]
        /// What groups have become at Telegram, and what of that is in the store.
        var moved: [Int64: Int64] = [:], known: [Int64: Int64] = [:]
        /// What was given up, which nothing is.
        var given: [OutboxRemark] = []

        mutating func put(_ wish: Slot) {
            if let index = store.firstIndex(where: { $0.key == wish.key }) {
                (store[index].wanted, store[index].priority) = (wish.wanted, wish.priority)
            } else {
                store.append(wish)
            }
            moveDue()
            if let kept = store.first(where: { $0.key == wish.key }) { lanes.put(kept) }
        }

        /// As the store does.
        private mutating func moveDue() {
            for index in store.indices where store[index].isDue {
                guard let new = known[store[index].address.chat] else { continue }
                if case .placed = store[index].stage, store[index].delivery != .filled {
                    store[index].shown = store[index].wanted
                } else {
                    store[index].address = ChatAddress(chat: new)
                    (store[index].stage, store[index].shown) = (.new, nil)
                }
            }
        }

        mutating func hear(from chat: Int64) { for deed in lanes.hear(from: chat) { perform(deed) } }

        mutating func note(_ key: String, _ stage: Slot.Stage, _ shown: SlotContent?) {
            guard let index = store.firstIndex(where: { $0.key == key }) else { return }
            (store[index].stage, store[index].shown) = (stage, shown)
        }

        /// Carries an errand out at Telegram.
        mutating func apply(_ errand: Errand) -> Result<Int64, BotError> {
            let chat = errand.chat
            if let new = moved[chat] { return .failure(BotError(.migrated(to: new), "moved")) }
            guard !closed.contains(chat) else { return .failure(BotError(.forbidden, "blocked")) }
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
            let lot = isCalm ? 9 : Int.random(in: 0..<11, using: &random)
            if (1...2).contains(lot) || lot == 4, errand.step == .send { doubts[errand.key, default: 0] += 1 }
            switch lot {
            case 0: inFlight.append((errand, .failure(BotError(.network, "before", mayHaveReached: false))))
            case 1: inFlight.append((errand, .failure(BotError(.network, "before", mayHaveReached: true))))
            case 2:
                if case .success = apply(errand), isPlacing { lost += 1 }
                inFlight.append((errand, .failure(BotError(.network, "after", mayHaveReached: true))))
            case 3:
                let pause = Duration.seconds(Int.random(in: 1...100, using: &random))
                inFlight.append((errand, .failure(BotError(.flood(retryAfter: pause), "slow"))))
            case 4: inFlight.append((errand, .failure(BotError(.server, "5xx", mayHaveReached: true))))
            case 5 where errand.step == .reserve && refusals[errand.key, default: 0] < 4:
                refusals[errand.key, default: 0] += 1
                inFlight.append((errand, .failure(BotError(.refused(.other), "restricted"))))
            default: inFlight.append((errand, apply(errand)))
            }
        }

        mutating func end(_ index: Int) {
            let (errand, result) = inFlight.remove(at: index)
            for deed in lanes.end(errand, result, at: now, chance: 0.5) { perform(deed) }
            lanes.settle(errand, at: now)
        }

        private mutating func perform(_ deed: Deed) {
            switch deed {
            case .note(let key, let stage, let shown): note(key, stage, shown)
            case .hold(let chat, let moment): holds[chat] = moment
            case .lose(let chat, let loss): losses[chat] = loss
            // Nothing is withdrawn here.
            case .want: break
            case .tell(.migrated(let old, let new)):
                known[old] = new
                losses[old] = nil
                moveDue()
            case .tell(let remark):
                switch remark {
                case .notSent, .abandoned, .leftOut: given.append(remark)
                default: break
                }
            }
        }

        /// What was in flight may have been done, but nobody hears of it.
        mutating func die() {
            for (errand, result) in inFlight {
                if case .success = result, errand.step == .reserve { lost += 1 }
                if errand.step == .send { doubts[errand.key, default: 0] += 1 }
            }
            inFlight = []
            lanes = Lanes(store.filter(\.isDue), holds: holds, losses: losses, pace: OutboxPace())
        }

        /// Goes on until nothing is due and nothing fails.
        mutating func finish(_ random: inout SeededGenerator) {
            for chat in closed.sorted() {
                closed.remove(chat)
                // Or nobody says so, and it is found out.
                if Bool.random(using: &random) { hear(from: chat) }
            }
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

    /// What is wished for in a round, and what comes of it.
    private struct Round {
        var world = World()
        var random: SeededGenerator
        /// What is wanted last, by key, and the keys by chat in the order of their wishes.
        private var texts: [String: String] = [:]
        private var order: [Int64: [String]] = [:]
        private var answered: Set<String> = []
        private var wishes = 0

        init(_ random: SeededGenerator) { self.random = random }

        mutating func run() {
            for _ in 0..<Int.random(in: 10...200, using: &random) { step() }
            // Each turn has an end.
            for key in texts.keys.sorted() where key.hasSuffix("/0") { wish(key, .final) }
            world.finish(&random)
        }

        private mutating func step() {
            let chat: Int64 = .random(in: 1...3, using: &random)
            switch Int.random(in: 0..<24, using: &random) {
            case 0..<6:
                let answer = Bool.random(using: &random) ? "a" : "b"
                let key = "s@\(chat)/\(answer)/\(Int.random(in: 0..<9, using: &random))"
                let isRunning = key.hasSuffix("/0") && !answered.contains(key)
                wish(key, isRunning && Int.random(in: 0..<4, using: &random) > 0 ? .progress : .final)
            case 6..<12:
                if case .send(let errand) = world.lanes.next(at: world.now) {
                    world.begin(errand, &random, isCalm: false)
                }
            case 12..<17:
                if let index = world.inFlight.indices.randomElement(using: &random) { world.end(index) }
            case 17..<19: world.now += Int64.random(in: 0...100_000, using: &random)
            case 19: world.die()
            case 20: world.closed.insert(world.moved[chat] ?? chat)
            case 21:
                world.closed.remove(world.moved[chat] ?? chat)
                if Bool.random(using: &random) { world.hear(from: chat) }
            case 22: world.hear(from: chat)
            default:
                guard world.moved[chat] == nil, Int.random(in: 0..<5, using: &random) == 0 else { return }
                world.moved[chat] = chat + 100
                world.closed.remove(chat)
            }
        }

        private mutating func wish(_ key: String, _ priority: Slot.Priority) {
            let parts = key.split(separator: "/"), chat = Int64(parts[0].dropFirst(2)) ?? 0
            if priority == .final { answered.insert(key) }
            let delivery: Slot.Delivery = parts[2] == "1" ? .once : parts[2] == "2" ? .repeated : .filled
            // Whoever changes what people have heard of is another matter.
            if delivery != .filled, texts[key] != nil { return }
            wishes += 1
            if texts[key] == nil { order[chat, default: []].append(key) }
            texts[key] = "\(key) \(wishes)"
            world.put(
                Slot(
                    key, at: ChatAddress(chat: chat), SlotContent("\(key) \(wishes)"), delivery: delivery,
                    priority: priority))
        }

        func check(_ number: Int) {
            for (chat, keys) in order {
                let old = (world.chats[chat] ?? []).map(\.text), new = (world.chats[chat + 100] ?? []).map(\.text)
                let story = Comment("round \(number): \(old), then \(new)")
                for key in keys { check(key, old, new, story) }
                // What is changed after a move stands behind what was moved, and progress behind answers.
                guard world.moved[chat] == nil else { continue }
                let seen = old.filter { $0 != "…" }.map { String($0.prefix { $0 != " " }) }
                    .filter { !$0.hasSuffix("/0") }
                let first = seen.enumerated().filter { !seen[..<$0].contains($1) }.map(\.element)
                guard keys.contains(where: { world.refusals[$0] != nil }) else {
                    #expect(first == keys.filter(first.contains), story)
                    continue
                }
                // What rests is passed, but not by what comes later in the same answer.
                for answer in ["a", "b"] {
                    let parts = keys.filter { key in
                        key.hasPrefix("s@\(chat)/\(answer)/") && !["/1", "/2"].contains { key.hasSuffix($0) }
                    }
                    #expect(first.filter(parts.contains) == parts.filter(first.contains), story)
                }
            }
            // What has moved leaves its placeholder behind.
            let empty = world.chats.filter { world.moved[$0.key] == nil }.values.joined().count { $0.text == "…" }
            #expect(empty <= world.lost, "round \(number)")
            #expect(world.store.allSatisfy { !$0.isDue }, "round \(number)")
            #expect(world.given.isEmpty, "round \(number)")
        }

        private func check(_ key: String, _ old: [String], _ new: [String], _ story: Comment) {
            let text = texts[key] ?? "", doubts = world.doubts[key, default: 0]
            let copies = (old + new).filter { $0.hasPrefix("\(key) ") }
            if key.hasSuffix("/1") {
                #expect(copies.count <= 1 && (doubts > 0 || copies.count == 1), story)
            } else if key.hasSuffix("/2") {
                #expect((1...1 + doubts).contains(copies.count), story)
            } else if new.isEmpty {
                #expect(copies == [text], story)
            } else {
                // What stands in the old one cannot be changed.
                let moved = new.filter { $0.hasPrefix("\(key) ") }
                #expect(moved.isEmpty ? copies.last == text : moved == [text], story)
            }
        }
    }

    @Test func `every answer ends up once and in order, whatever happens`() async {
        let seed = Seed()
        for number in 0..<400 {
            await Task.yield()
            var round = Round(seed.generator(number))
            round.run()
            round.check(number)
        }
    }
}
