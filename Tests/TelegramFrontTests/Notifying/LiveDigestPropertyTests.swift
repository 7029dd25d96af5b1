import Conversation
import Foundation
import TestSupport
import Testing

@testable import TelegramFront

/// A digest over random events, hours and quiet, that dies between any two steps.
@Suite struct LiveDigestPropertyTests {
    /// What a chat shows, and what was asked of it.
    private struct Chat {
        var alerts: [Int64: LiveDigest.Line] = [:]
        /// By their keys.
        var windows: [Int64: LiveDigest.Window] = [:]
        /// How often something new was told that was to be held back.
        var toldInQuiet = 0

        mutating func show(_ tellings: [LiveDigest.Telling], isQuiet: Bool) {
            for telling in tellings {
                switch telling {
                case .alert(let line): alerts[line.id] = line
                case .digest(let window):
                    let before = windows[window.begun]?.lines.map(\.id)
                    if isQuiet, before != window.lines.map(\.id) { toldInQuiet += 1 }
                    windows[window.begun] = window
                }
            }
        }
    }

    /// The notifications of a workspace: what is new, and what was said again.
    private struct World {
        var all: [Int64: KeptAnnouncement] = [:]
        var unread: [Int64] = []

        mutating func say(_ priority: Announcement.Priority, at now: Int64) {
            let id = Int64(all.count + 1)
            all[id] = .test(id, priority, at: now)
            unread.append(id)
        }

        mutating func repeatOne(using generator: inout SeededGenerator) {
            guard let id = all.keys.sorted().randomElement(using: &generator) else { return }
            all[id]?.count += 1
            if !unread.contains(id) { unread.append(id) }
        }

        /// What a bot reads; noted as told in the same transaction as what it makes of it.
        mutating func read() -> [KeptAnnouncement] {
            let news = unread.compactMap { all[$0] }
            for id in unread { all[id]?.isTold = true }
            unread = []
            return news
        }
    }

    @Test func `each is in one place once, nothing is lost, and a window has one message`() throws {
        let seed = Seed()
        for round in 0..<300 {
            var generator = seed.generator(round)
            try run(using: &generator, "seed \(seed), round \(round)")
        }
    }

    private func run(using generator: inout SeededGenerator, _ place: String) throws {
        var (digest, chat, world) = (LiveDigest(), Chat(), World())
        var now: Int64 = 1_700_000_000_000
        var isQuiet = false
        for _ in 0..<Int.random(in: 1...80, using: &generator) {
            now += Int64.random(in: 0...(8 * 60_000), using: &generator)
            if Int.random(in: 0..<8, using: &generator) == 0 { isQuiet.toggle() }
            for _ in 0..<Int.random(in: 0...3, using: &generator) {
                let priorities = Announcement.Priority.allCases.filter { $0 != .debug }
                world.say(priorities[Int.random(in: 0..<4, using: &generator)], at: now)
            }
            if Bool.random(using: &generator) { world.repeatOne(using: &generator) }
            let before = (digest, world)
            step(&digest, &world, &chat, isQuiet: isQuiet, at: now)
            // It dies before that is on disk: the next one begins where the last one was, and shows the same.
            if Int.random(in: 0..<4, using: &generator) == 0 {
                (digest, world) = before
                let kept = try JSONEncoder().encode(digest)
                digest = try JSONDecoder().decode(LiveDigest.self, from: kept)
                #expect(digest == before.0, "\(place)")
                step(&digest, &world, &chat, isQuiet: isQuiet, at: now)
            }
        }
        step(&digest, &world, &chat, isQuiet: false, at: now)
        check(chat, world, place)
    }

    private func step(
        _ digest: inout LiveDigest, _ world: inout World, _ chat: inout Chat, isQuiet: Bool, at now: Int64
    ) {
        let occasion = LiveDigest.Occasion(kept: world.read(), isQuiet: isQuiet, now: now)
        let tellings = digest.take(occasion)
        for case .alert(let line) in tellings { #expect(line.priority == .critical) }
        chat.show(tellings, isQuiet: isQuiet)
    }

    private func check(_ chat: Chat, _ world: World, _ place: String) {
        let lines = chat.windows.values.flatMap(\.lines).map(\.id)
        #expect(Set(lines).count == lines.count, "\(place)")
        #expect(Set(lines).isDisjoint(with: chat.alerts.keys), "\(place)")
        #expect(Set(lines).union(chat.alerts.keys) == Set(world.all.keys), "\(place)")
        #expect(chat.alerts.keys.allSatisfy { world.all[$0]?.announcement.priority == .critical }, "\(place)")
        #expect(chat.toldInQuiet == 0, "\(place)")
        let begins = chat.windows.keys.sorted()
        for (one, next) in zip(begins, begins.dropFirst()) {
            #expect(next - one >= LiveDigest.span, "\(place)")
            #expect(chat.windows[one]?.sealed != nil, "\(place)")
        }
        for window in chat.windows.values {
            #expect(window.lines.allSatisfy { $0.at < window.begun + LiveDigest.span }, "\(place)")
        }
    }
}
