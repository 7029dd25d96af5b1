import JSONRPC
import TestSupport
import Testing

@testable import TelegramFront

/// The long poll of a bot for which somebody has set a webhook.
@Suite(.timeLimit(.minutes(1))) struct WebhookTests {
    private let rig: PollRig

    init() throws { rig = try PollRig() }

    /// What the calls that take a webhook away said about what waits, in order.
    private var drops: [Bool] {
        rig.telegram.calls(of: "deleteWebhook").map { $0.parameters["drop_pending_updates"] == true }
    }

    @Test(arguments: [false, true])
    func `one that is set at the start is taken away, and what waits is dropped where that is wished for`(drop: Bool)
        async throws
    {
        rig.telegram.say("before", from: rig.ann)
        rig.telegram.setWebhook()
        try await rig.polling(.init(timeout: 50, dropsPending: drop)) {
            try await rig.telegram.waitForPoll()
            rig.telegram.say("after", from: rig.ann)
            try await rig.waitForText("after")
        }
        #expect(rig.texts == (drop ? ["after"] : ["before", "after"]))
        #expect(drops == [drop] && rig.remarks.isEmpty)
    }

    @Test(
        arguments: [
            .serverError(502), .serverPage(502), .droppedBefore, .badRequest("not now"),
            .tooManyRequests(retryAfter: 3),
        ] as [TelegramFault], [false, true])
    func `one that could not be taken away at the start is taken away later, and nothing else is lost`(
        fault: TelegramFault, drop: Bool
    ) async throws {
        rig.telegram.say("before", from: rig.ann)
        rig.telegram.setWebhook()
        rig.telegram.inject(fault, into: "deleteWebhook", times: 1)
        let isFlood = fault == .tooManyRequests(retryAfter: 3)
        try await rig.polling(.init(timeout: 50, dropsPending: drop)) {
            await rig.clock.slept(1)
            // The pause is Telegram's, or that after a conflict.
            rig.clock.advance(by: .seconds(isFlood ? 3 : 5))
            try await rig.telegram.waitForPoll()
            rig.telegram.say("after", from: rig.ann)
            try await rig.waitForText("after")
        }
        #expect(rig.texts == (drop ? ["after"] : ["before", "after"]))
        // After a pause it is the same call; else Telegram could drop what was said since.
        #expect(drops == [drop, isFlood && drop])
        #expect(rig.remarks == (isFlood ? [] : [.conflict(isWebhook: true)]))
        #expect(rig.clock.sleeps == [.seconds(isFlood ? 3 : 5)])
    }

    @Test func `one that is set during a poll is taken away, and told of once`() async throws {
        try await rig.polling {
            try await rig.telegram.waitForPoll()
            rig.telegram.setWebhook()
            try await rig.waitForRemark(.conflict(isWebhook: true))
            await rig.clock.slept(1)
            rig.telegram.say("meanwhile", from: rig.ann)
            rig.clock.advance(by: .seconds(5))
            try await rig.waitForText("meanwhile")
            // Again, and Telegram does not let it go at first.
            rig.telegram.inject(.serverError(500), into: "deleteWebhook", times: 1)
            try await rig.telegram.waitForPoll()
            rig.telegram.setWebhook()
            await rig.clock.slept(2)
            rig.clock.advance(by: .seconds(10))
            await rig.clock.slept(3)
            rig.clock.advance(by: .seconds(20))
            rig.telegram.say("at last", from: rig.ann)
            try await rig.waitForText("at last")
        }
        #expect(rig.clock.sleeps == [.seconds(5), .seconds(10), .seconds(20)])
        #expect(rig.texts == ["meanwhile", "at last"])
        #expect(drops == [false, false, false, false])
        #expect(rig.remarks == [.conflict(isWebhook: true)])
    }

    @Test func `where it is to stay it stays, and it is said what to do`() async throws {
        rig.telegram.setWebhook()
        try await rig.polling(.init(timeout: 50, deletesWebhook: false)) {
            try await rig.waitForRemark(.conflict(isWebhook: true))
            await rig.clock.slept(1)
            rig.clock.advance(by: .seconds(5))
            await rig.clock.slept(2)
            // Somebody has done it.
            rig.telegram.setWebhook("")
            rig.telegram.say("after", from: rig.ann)
            rig.clock.advance(by: .seconds(10))
            try await rig.waitForText("after")
        }
        #expect(drops.isEmpty)
        #expect(rig.remarks == [.conflict(isWebhook: true), .conflictOver])
        let told = PollRemark.conflict(isWebhook: true).text(deletesWebhook: false)
        #expect(told.contains("telegram.polling.delete_webhook_on_start") && told.contains("deleteWebhook)"))
    }

    @Test func `where no webhook is taken away, what waits is dropped here`() async throws {
        for number in 0..<150 { rig.telegram.say("before \(number)", from: rig.ann) }
        try await rig.polling(.init(timeout: 50, deletesWebhook: false, dropsPending: true)) {
            try await rig.telegram.waitForPoll()
            rig.telegram.say("after", from: rig.ann)
            try await rig.waitForText("after")
        }
        #expect(rig.texts == ["after"] && drops.isEmpty)
    }
}
