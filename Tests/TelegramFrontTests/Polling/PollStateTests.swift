import TestSupport
import Testing

@testable import TelegramFront

@Suite struct PollStateTests {
    private func failed(
        _ code: BotError.Code, _ state: inout PollState, at now: Int64 = 0, chance: Double = 0.999
    ) -> PollRemark? {
        state.failed(BotError(code, "words"), at: now, chance: chance)
    }

    @Test func `polls follow each other without a pause`() {
        var state = PollState()
        for _ in 0..<3 {
            #expect(state.next() == .poll(anew: false))
            #expect(state.succeeded(at: 0) == nil)
        }
    }

    @Test func `a conflict is told once, waited out longer each time, and polled anew`() {
        var state = PollState()
        for (number, seconds) in [5, 10, 20, 40, 60, 60].enumerated() {
            #expect(state.next() == .poll(anew: number > 0))
            #expect(failed(.conflict(isWebhook: false), &state) == (number == 0 ? .conflict(isWebhook: false) : nil))
            #expect(state.next() == .pause(.seconds(seconds)))
        }
        #expect(state.next() == .poll(anew: true))
        #expect(state.succeeded(at: 120_000) == .conflictOver)
        #expect(state.next() == .poll(anew: false))
        #expect(failed(.conflict(isWebhook: true), &state) == .conflict(isWebhook: true))
        #expect(state.next() == .pause(.seconds(5)))
        // A webhook that is gone keeps nobody from anything.
        #expect(state.next() == .poll(anew: true))
        #expect(state.succeeded(at: 0) == .conflictOver)
    }

    @Test func `a poll that goes well between two conflicts is not the end of the conflict`() {
        var state = PollState()
        var remarks: [PollRemark] = []
        for (number, seconds) in [5, 10, 20, 40, 60].enumerated() {
            let now = Int64(number) * 60_000
            _ = state.next()
            if let remark = failed(.conflict(isWebhook: false), &state, at: now) { remarks.append(remark) }
            #expect(state.next() == .pause(.seconds(seconds)))
            _ = state.next()
            // Something was said, and it was this one who asked.
            if let remark = state.succeeded(at: now + 59_999) { remarks.append(remark) }
        }
        #expect(remarks == [.conflict(isWebhook: false)])
        _ = state.next()
        #expect(state.succeeded(at: 360_000) == .conflictOver)
        _ = state.next()
        #expect(failed(.conflict(isWebhook: false), &state, at: 400_000) == .conflict(isWebhook: false))
        #expect(state.next() == .pause(.seconds(5)))
    }

    @Test func `Telegram's own pause is kept to the second`() {
        var state = PollState()
        _ = state.next()
        #expect(failed(.flood(retryAfter: .seconds(13_938)), &state) == nil)
        #expect(state.next() == .pause(.seconds(13_938)))
        #expect(state.next() == .poll(anew: false))
    }

    @Test func `failures are tried again for ever, and told once`() {
        var state = PollState()
        var remarks: [PollRemark] = []
        for number in 1...50 {
            #expect(state.next() == .poll(anew: false))
            if let remark = failed(.network, &state, chance: 0) { remarks.append(remark) }
            guard case .pause(let pause) = state.next() else {
                Issue.record("no pause after failure \(number)")
                return
            }
            #expect(pause >= .milliseconds(500) && pause <= .seconds(60))
            if number > 8 { #expect(pause == .seconds(30)) }
        }
        #expect(remarks == [.unreachable("words")])
        _ = state.next()
        #expect(state.succeeded(at: 0) == .reachable)
    }

    @Test func `a token that is none ends it`() {
        var state = PollState()
        _ = state.next()
        #expect(failed(.unauthorized, &state) == nil)
        for _ in 0..<2 { #expect(state.next() == .end(.unauthorized("words"))) }
    }

    @Test func `whatever happens, a poll or an end is at most one pause away`() {
        let seed = Seed()
        let codes: [BotError.Code] = [
            .conflict(isWebhook: false), .conflict(isWebhook: true), .flood(retryAfter: .seconds(3)), .network, .server,
            .forbidden, .refused(.other), .migrated(to: 7),
        ]
        for round in 0..<200 {
            var generator = seed.generator(round), state = PollState()
            for _ in 0..<50 {
                if case .pause = state.next() {
                    guard case .poll = state.next() else {
                        Issue.record("two pauses in a row, seed \(seed), round \(round)")
                        return
                    }
                }
                switch Int.random(in: 0...codes.count, using: &generator) {
                case codes.count: _ = state.succeeded(at: 0)
                case let index: _ = failed(codes[index], &state, chance: .random(in: 0..<1, using: &generator))
                }
            }
        }
    }
}
