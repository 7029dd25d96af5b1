import Conversation
import Foundation
import TestSupport
import Testing

@testable import TelegramFront

/// What a bot tells of itself, over its end and its starts.
@Suite(.timeLimit(.minutes(1))) struct ToldOnceTests {
    private let rig: BotRig

    init() throws { rig = try BotRig() }

    @Test func `a pause of hours is told by the first bot, and by those behind it only where that was not told`()
        async throws
    {
        let rig = rig
        rig.telegram.inject(.tooManyRequests(retryAfter: 13_938), into: "getUpdates", times: 1)
        try await rig.running(rig.core(), step: .milliseconds(10)) { _ in
            try await rig.chat(rig.ann).waitForBot(saying: "no messages for 3 h 52 m")
            _ = try await eventually("it is noted that it was told") {
                await rig.memory.note(PollHold.name, of: Int64(rig.telegram.bot.id))?.hasSuffix("told") == true
                    ? true : nil
            }
            try await rig.store.settled()
        }
        for _ in 1...2 {
            let before = rig.log.text.components(separatedBy: "Telegram lets cm ask for no messages").count
            try await rig.running(rig.core(), step: .milliseconds(10)) { _ in
                // Whoever reads the log of this start has to know it.
                _ = try await eventually("it is logged") {
                    rig.log.text.components(separatedBy: "Telegram lets cm ask for no messages").count > before
                        ? true : nil
                }
                _ = try await eventually("it is noted") { await rig.desk.isSettled ? true : nil }
            }
        }
        let all = await rig.desk.all
        #expect(all.map(\.count) == [1] && all.first?.announcement.text.contains("3 h 52 m") == true)
        #expect(rig.chat(rig.ann).transcript.byBot.count == 1)
    }

    @Test(arguments: ["getUpdates", "sendMessage"])
    func `that a token is refused is told when the bot brings no notifications to its owner any more`(
        method: String
    ) async throws {
        let rig = rig
        rig.telegram.inject(.unauthorized, into: method, times: nil)
        try await rig.running(rig.core()) { _ in
            if method == "sendMessage" { rig.telegram.say("hello", from: rig.ann) }
            _ = try await eventually("it is told") {
                await rig.desk.all.contains { $0.announcement.text.contains("does not know") } ? true : nil
            }
        }
        let unheard = await rig.desk.unheard
        #expect(unheard.count == 1 && unheard.first?.text.contains("any more") == true)
    }
}
