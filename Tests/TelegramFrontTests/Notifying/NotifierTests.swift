import Conversation
import Foundation
import Locking
import Logging
import TestSupport
import Testing

@testable import TelegramFront

@Suite(.timeLimit(.minutes(2))) struct NotifierTests {
    private let rig: OutboxRig
    private let desk: InMemoryDesk
    /// What a test adds to the clock.
    private let skipped = Locked<Int64>(0)
    private let chat: FakeChat

    init() throws {
        rig = try OutboxRig()
        let (now, skipped) = (rig.now, skipped)
        desk = InMemoryDesk(rig.store) { now() + skipped.withLock(\.self) }
        chat = rig.telegram.privateChat(with: rig.telegram.addUser("Ann"))
    }

    /// Runs a bot's outbox and notifier while `body` runs; whether they lived to its end.
    private func running(
        _ mortal: Mortal = Mortal(diesAt: nil), _ manner: NotificationManner = .init(interval: 0, timeZone: .gmt),
        in chat: FakeChat? = nil, while body: @escaping @Sendable () async throws -> Void
    ) async throws -> Bool {
        let outbox = try rig.outbox(mortal), chat = chat ?? self.chat
        let (now, skipped) = (rig.now, skipped)
        let notifier = Notifier(
            notifying: Notifying(door: desk, desk: MortalDesk(base: desk, mortal: mortal), manner: { manner }),
            core: ScriptedCore { _, _ in throw HubError.closed }, outbox: outbox,
            guests: OnlyOwner(owner: Int64(chat.id)), bot: 7, clock: rig.clock,
            now: { Timestamp(millisecondsSince1970: now() + skipped.withLock(\.self)) }, redact: { $0 },
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        return try await withThrowingTaskGroup(of: Bool?.self) { group in
            group.addTask {
                do {
                    _ = try await outbox.run()
                    return nil
                } catch is Mortal.Died {
                    return false
                }
            }
            group.addTask {
                do {
                    try await notifier.run()
                    return nil
                } catch is Mortal.Died {
                    return false
                }
            }
            group.addTask {
                try await body()
                return true
            }
            defer { group.cancelAll() }
            while let ended = try await group.next() {
                if let ended { return ended }
            }
            return false
        }
    }

    private func seen(_ what: String, _ isSeen: @escaping @Sendable ([ShownMessage]) -> Bool) async throws {
        _ = try await chat.wait(for: what) { isSeen($0.byBot) }
    }

    @Test func `an urgent one comes loudly and by itself, the others in one silent message`() async throws {
        _ = try await running {
            await desk.say("calm")
            await desk.say("fire", .critical)
            await desk.say("rain", .warning)
            try await seen("all") { shown in
                shown.contains { $0.text == "🔴 fire" } && shown.contains { $0.text.contains("rain") }
            }
        }
        let shown = chat.transcript.byBot
        #expect(shown.count == 2)
        let digest = try #require(shown.first { $0.text.hasPrefix("📊 since ") })
        #expect(digest.text.contains("ℹ️ calm") && digest.text.contains("⚠️ rain"))
        let alert = try #require(shown.first { $0.text == "🔴 fire" })
        #expect(digest.isSilent && !alert.isSilent)
    }

    @Test func `after a restart within the window the same message goes on, and later another one begins`() async throws
    {
        _ = try await running {
            await desk.say("one")
            try await seen("one") { $0.contains { $0.text.contains("one") } }
        }
        _ = try await running {
            await desk.say("two")
            try await seen("two") { $0.contains { $0.text.contains("two") } }
        }
        #expect(chat.texts.count == 1)
        skipped.withLock { $0 += LiveDigest.span }
        _ = try await running {
            await desk.say("three")
            try await seen("three") { $0.contains { $0.text.contains("three") } }
        }
        #expect(chat.texts.count == 2)
        #expect(chat.texts[0].contains(" – ") && chat.texts[0].contains("one") && chat.texts[0].contains("two"))
        #expect(chat.texts[1].hasPrefix("📊 since ") && chat.texts[1].contains("three"))
    }

    @Test func `quiet holds back until it ends, also over a restart`() async throws {
        _ = try await running {
            let soon = rig.now() + 3_600_000
            await desk.beQuiet(until: soon)
            await desk.say("calm")
            await desk.say("fire", .critical)
            try await seen("the urgent one") { $0.contains { $0.text == "🔴 fire" } }
            // Otherwise it is told again.
            try await rig.store.settled()
        }
        #expect(chat.texts == ["🔴 fire"])
        skipped.withLock { $0 += 3_600_001 }
        _ = try await running { try await seen("what was held") { $0.contains { $0.text.contains("calm") } } }
        #expect(chat.texts.count == 2)
    }

    @Test func `wherever the program dies, the next one goes on: nothing is lost or there twice`() async throws {
        var steps = 0
        while true {
            let chat = rig.telegram.privateChat(with: rig.telegram.addUser("user \(steps)"))
            let texts = (0..<3).map { "\(steps)/\($0)" }, urgent = "\(steps)/urgent"
            let desk = desk, store = rig.store
            let told: @Sendable () async throws -> Void = {
                _ = try await eventually("all is told") {
                    let isSettled = await desk.isSettled
                    let isDue = await store.slots.contains(where: \.isDue)
                    return isSettled && !isDue ? true : nil
                }
            }
            let didLive = try await running(Mortal(diesAt: steps), in: chat) {
                for text in texts { await desk.say(text) }
                await desk.say(urgent, .critical)
                try await told()
            }
            if !didLive {
                for text in texts + [urgent] where await !desk.all.contains(where: { $0.announcement.text == text }) {
                    await desk.say(text, text == urgent ? .critical : .info)
                }
                let second = try await running(in: chat, while: told)
                #expect(second)
            }
            let digests = chat.filledTexts.filter { $0.hasPrefix("📊") }
            #expect(digests.count == 1, "dead at step \(steps):\n\(chat.rendered)")
            for text in texts {
                let count = digests.joined().split(separator: "\n").count { $0.hasSuffix("ℹ️ \(text)") }
                #expect(count == 1, "dead at step \(steps):\n\(chat.rendered)")
            }
            // What has to be heard of is there, and twice only where it was on its way.
            #expect(
                (1...2).contains(chat.texts.count { $0 == "🔴 \(urgent)" }), "dead at step \(steps):\n\(chat.rendered)")
            #expect(chat.texts.count { $0 == "…" } <= 1, "dead at step \(steps):\n\(chat.rendered)")
            if didLive {
                #expect(chat.texts.count { $0 == "🔴 \(urgent)" } == 1)
                break
            }
            steps += 1
        }
        #expect(steps > 15)
    }

    @Test func `what went on is told in the digest, and nothing when nothing did`() async throws {
        let manner = NotificationManner(interval: 60_000, timeZone: .gmt)
        await desk.goOn(Activity(done: 2))
        _ = try await running(Mortal(diesAt: nil), manner) {
            _ = try await eventually("a first look") { await desk.state }
        }
        #expect(chat.texts.isEmpty)
        skipped.withLock { $0 += 60_001 }
        _ = try await running(Mortal(diesAt: nil), manner) {
            try await seen("the summary") { $0.contains { $0.text.contains("2 turns done") } }
        }
        #expect(chat.texts.count == 1)
    }
}
