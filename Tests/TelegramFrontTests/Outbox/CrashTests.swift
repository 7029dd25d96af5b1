import TelegramFront
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct CrashTests {
    private let rig: OutboxRig

    init() throws { rig = try OutboxRig() }

    /// A turn: progress, which becomes the first part, two more parts, and the notice.
    private static func wishes(for chat: FakeChat) -> [[Slot]] {
        let key = "\(chat.id)"
        return [
            [Slot("\(key)/turn", at: chat.address, SlotContent("working"), priority: .progress)],
            [
                Slot("\(key)/turn", at: chat.address, SlotContent("one")),
                Slot("\(key)/2", at: chat.address, SlotContent("two")),
                Slot("\(key)/3", at: chat.address, SlotContent("three")),
                Slot("\(key)/alert", at: chat.address, SlotContent("fire"), delivery: .repeated, isLoud: true),
                Slot("\(key)/notice", at: chat.address, SlotContent("done"), delivery: .once, isLoud: true),
            ],
        ]
    }

    /// Does a turn; whether the program lived to its end.
    private func turn(in chat: FakeChat, _ mortal: Mortal) async throws -> Bool {
        let outbox = try rig.outbox(mortal)
        let key = "\(chat.id)"
        return try await withThrowingTaskGroup(of: Bool?.self) { group in
            group.addTask {
                do {
                    return try await outbox.run() == .finished
                } catch is Mortal.Died {
                    return false
                }
            }
            group.addTask {
                do {
                    for wishes in Self.wishes(for: chat) {
                        try await outbox.put(wishes)
                        try await rig.store.wait { slots in
                            !slots.contains { $0.key.hasPrefix(key) && $0.isDue }
                        }
                    }
                    outbox.finish()
                    return nil
                } catch is Mortal.Died {
                    return false
                }
            }
            defer { group.cancelAll() }
            while let ended = try await group.next() {
                if let ended { return ended }
            }
            return false
        }
    }

    @Test func `wherever the program dies, the next one finishes, and nothing is there twice`() async throws {
        var steps = 0
        while true {
            let chat = rig.telegram.privateChat(with: rig.telegram.addUser("user \(steps)"))
            let didLive = try await turn(in: chat, Mortal(diesAt: steps))
            if !didLive {
                let second = try await turn(in: chat, Mortal(diesAt: nil))
                #expect(second)
            }
            let answer = chat.filledTexts.filter { !["done", "fire"].contains($0) }
            let alerts = chat.texts.count { $0 == "fire" }
            #expect((1...(didLive ? 1 : 2)).contains(alerts), "dead at step \(steps):\n\(chat.rendered)")
            #expect(answer == ["one", "two", "three"], "dead at step \(steps):\n\(chat.rendered)")
            #expect(chat.texts.filter { $0 == "done" }.count <= 1, "dead at step \(steps):\n\(chat.rendered)")
            #expect(chat.texts.filter { $0 == "…" }.count <= 1, "dead at step \(steps):\n\(chat.rendered)")
            if didLive {
                #expect(chat.texts == ["one", "two", "three", "fire", "done"])
                break
            }
            steps += 1
        }
        print("died at \(steps) steps")
        #expect(steps > 30)
    }

    @Test func `cancelling loses nothing`() async throws {
        for round in 0..<20 {
            let chat = rig.telegram.privateChat(with: rig.telegram.addUser("user \(round)"))
            let texts = (0..<10).map { "\(round)/\($0)" }
            let outbox = try rig.outbox()
            try await outbox.put(texts.map { Slot($0, at: chat.address, SlotContent($0)) })
            await withTaskGroup(of: Void.self) { group in
                group.addTask { _ = try? await outbox.run() }  // cancelled
                let calls = rig.telegram.calls.count
                try? await rig.telegram.wait(for: "calls") { $0.calls.count >= calls + round }
                group.cancelAll()
            }
            try await rig.deliver([])
            #expect(chat.filledTexts == texts)
            #expect(chat.texts.count <= texts.count + 1)
        }
    }
}
