import TestSupport
import Testing

@testable import TelegramFront

/// The long poll of a bot that Telegram lets ask for nothing.
@Suite(.timeLimit(.minutes(1))) struct PollHoldTests {
    @Test(arguments: ["getUpdates", "deleteWebhook"])
    func `a pause of hours is told, outlives the process, and lets nothing be asked`(method: String) async throws {
        let rig = try PollRig()
        rig.telegram.inject(.tooManyRequests(retryAfter: 13_938), into: method, times: 1)
        let hold = PollHold(.seconds(13_938), from: 0)
        var known = hold
        known.isTold = true
        try await rig.polling {
            await rig.clock.slept(1)
            try await rig.waitForRemark(.held(hold, rest: .seconds(13_938)))
        }
        rig.clock.advance(by: .seconds(938))
        let count = rig.telegram.calls.count
        try await rig.polling {
            await rig.clock.slept(2)
            try await rig.waitForRemark(.held(known, rest: .seconds(13_000)))
            #expect(rig.telegram.calls.count == count)
            rig.telegram.say("after", from: rig.ann)
            rig.clock.advance(by: .seconds(13_000))
            try await rig.waitForText("after")
            try await rig.waitForRemark(.holdOver)
        }
        #expect(rig.clock.sleeps == [.seconds(13_938), .seconds(13_000)])
        // What is over is forgotten.
        try await rig.polling { try await rig.telegram.waitForPoll() }
        #expect(rig.clock.sleeps.count == 2 && rig.remarks.count == 3)
    }

    @Test func `a pause of which nobody got to know is told by the next one to run`() async throws {
        let rig = try PollRig()
        rig.telegram.inject(.tooManyRequests(retryAfter: 13_938), into: "getUpdates", times: 1)
        let hold = PollHold(.seconds(13_938), from: 0)
        try await rig.polling(isTold: false) { await rig.clock.slept(1) }
        for count in 2...3 { try await rig.polling { await rig.clock.slept(count) } }
        var known = hold
        known.isTold = true
        #expect(rig.remarks == [hold, hold, known].map { .held($0, rest: .seconds(13_938)) })
    }

    @Test func `people are told of the same pause under the same name, and for how long it is`() {
        let hold = PollHold(.seconds(13_938), from: 5_000)
        let first = PollRemark.held(hold, rest: .seconds(13_938)), second = PollRemark.held(hold, rest: .seconds(70))
        #expect(first.key(at: 5_000) == second.key(at: 9_000))
        #expect(first.text(deletesWebhook: true).contains("3 h 52 m"))
        #expect(second.text(deletesWebhook: true).contains("1 m 10 s"))
        #expect(PollRemark.holdOver.key(at: 1) != PollRemark.holdOver.key(at: 2))
    }
}
