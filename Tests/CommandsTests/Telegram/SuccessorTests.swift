import TestSupport
import Testing

@testable import Commands

/// One bot that several workspaces of a machine have, one after the other.
@Suite(.timeLimit(.minutes(1))) struct SuccessorTests {
    private func welcomes(_ rig: ServiceRig) -> [String] {
        rig.chat.transcript.byBot.map(\.text).filter { $0.hasPrefix("Ready") }
    }

    /// Runs the bot until it has heard something and that many welcomes are there, and returns those.
    private func heard(_ text: String, by rig: ServiceRig, _ count: Int) async throws -> [String] {
        try await rig.running {
            rig.telegram.say(text, from: rig.ann)
            try await rig.chat.waitForBot(saying: "heard \(text)")
            try await rig.chat.wait(for: "\(count) welcomes") { seen in
                seen.byBot.count { $0.text.hasPrefix("Ready") } >= count
            }
        }
        return welcomes(rig)
    }

    @Test func `whoever takes over says so at once, and by name, and after that no more`() async throws {
        var shop = try ServiceRig(workspace: "/src/shop")
        var blog = try ServiceRig(workspace: "/src/blog", beside: shop)
        let first = try await heard("one", by: shop, 1)
        #expect(first.count == 1 && first.last?.contains("project shop. /help") == true)
        let second = try await heard("two", by: blog, 2)
        #expect(second.count == 2)
        #expect(
            second.last?.contains("project blog. It answers here from now on, in place of the project shop.") == true)
        // Well within ten minutes of its own welcome.
        try shop.restart()
        let third = try await heard("three", by: shop, 3)
        #expect(third.count == 3 && third.last?.contains("project shop. It answers") == true)
        try shop.restart()
        let fourth = try await heard("four", by: shop, 3)
        #expect(fourth.count == 3)
        try blog.restart()
        let fifth = try await heard("five", by: blog, 4)
        #expect(fifth.count == 4)
    }

    @Test func `whoever waits names the one that has the bot, and takes over at its end`() async throws {
        let shop = try ServiceRig(workspace: "/src/shop")
        let blog = try ServiceRig(workspace: "/src/blog", beside: shop)
        try await withThrowingTaskGroup(of: Void.self) { group in
            let isOver = Gate()
            group.addTask {
                try await shop.running {
                    try await shop.chat.waitForBot(saying: "Ready")
                    try await isOver.pass()
                }
            }
            try await shop.chat.waitForBot(saying: "Ready")
            try await blog.running {
                _ = try await eventually("it waits") {
                    blog.log.text.contains("another cm polls for this bot, that of the project shop") ? true : nil
                }
                #expect(welcomes(blog).count == 1)
                isOver.open()
                try await blog.chat.waitForBot(saying: "in place of the project shop")
            }
            try await group.waitForAll()
        }
    }
}
