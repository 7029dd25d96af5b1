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

    @Test func `Telegram's own pause is kept to the second, and told once when it is longer than a minute`() {
        var state = PollState()
        _ = state.next()
        #expect(failed(.flood(retryAfter: .seconds(60)), &state) == nil)
        #expect(state.next() == .pause(.seconds(60)))
        #expect(state.next() == .poll(anew: false))
        let long = PollHold(.seconds(13_938), from: 60_000)
        #expect(
            failed(.flood(retryAfter: .seconds(13_938)), &state, at: 60_000)
                == .held(long, rest: .seconds(13_938)))
        #expect(state.hold == long)
        #expect(state.next() == .pause(.seconds(13_938)))
        #expect(state.next() == .poll(anew: false))
        #expect(failed(.flood(retryAfter: .seconds(100)), &state, at: long.end) == nil)
        #expect(state.next() == .pause(.seconds(100)))
        _ = state.next()
        #expect(state.succeeded(at: long.end + 100_000) == .holdOver)
        #expect(state.hold == nil)
        _ = state.next()
        #expect(state.succeeded(at: long.end + 100_001) == nil)
    }

    @Test func `what is left of a pause from before a restart goes before everything else`() {
        let hold = PollHold(.seconds(100), from: 1_000)
        var state = PollState(deletesWebhook: true, drops: true)
        #expect(state.resume(hold, at: 31_000) == .held(hold, rest: .seconds(70)))
        #expect(state.next() == .pause(.seconds(70)))
        #expect(state.next() == .deleteWebhook(drops: true))
        // One that is over is no pause.
        var later = PollState()
        #expect(later.resume(hold, at: 101_000) == nil)
        #expect(later.next() == .poll(anew: false))
        // No clock makes it longer than it was.
        #expect(hold.rest(at: -1_000_000) == .seconds(100))
        var told = hold
        told.isTold = true
        #expect(PollHold(hold.text) == hold && PollHold(told.text) == told)
        for odd in ["", "1", "1 2 3", "2 1", "-1 5", "1 x", "1  2", "told", "1 told", "1 2 told told", "1 2 "] {
            #expect(PollHold(odd) == nil, "\(odd)")
        }
    }

    @Test func `a webhook is taken away at the start, and again whenever it is in the way`() {
        var state = PollState(deletesWebhook: true, drops: true)
        #expect(state.next() == .deleteWebhook(drops: true))
        #expect(state.webhookNotDeleted(BotError(.server, "502"), at: 0) == nil)
        #expect(state.next() == .poll(anew: false))
        #expect(failed(.conflict(isWebhook: true), &state) == .conflict(isWebhook: true))
        #expect(state.next() == .pause(.seconds(5)))
        // What is said since then is not to be forgotten.
        #expect(state.next() == .deleteWebhook(drops: false))
        state.webhookDeleted()
        #expect(state.next() == .poll(anew: true))
        // Whoever has set it may do so again, and people hear of that once.
        #expect(state.succeeded(at: 10_000) == nil)
        _ = state.next()
        #expect(failed(.conflict(isWebhook: true), &state, at: 20_000) == nil)
        #expect(state.next() == .pause(.seconds(10)))
        #expect(state.next() == .deleteWebhook(drops: false))
        #expect(state.webhookNotDeleted(BotError(.flood(retryAfter: .seconds(3)), "429"), at: 30_000) == nil)
        #expect(state.next() == .pause(.seconds(3)))
        #expect(state.next() == .deleteWebhook(drops: false))
        state.webhookDeleted()
        #expect(state.next() == .poll(anew: true))
        #expect(state.succeeded(at: 140_000) == .conflictOver)
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
            .forbidden, .refused(.other), .migrated(to: 7), .flood(retryAfter: .zero),
        ]
        for round in 0..<200 {
            var generator = seed.generator(round)
            var state = PollState(deletesWebhook: .random(using: &generator), drops: .random(using: &generator))
            for _ in 0..<50 {
                var step = state.next()
                if case .pause = step { step = state.next() }
                if case .deleteWebhook = step {
                    let error = BotError(codes.randomElement(using: &generator) ?? .server, "words")
                    if Bool.random(using: &generator) {
                        state.webhookDeleted()
                    } else {
                        _ = state.webhookNotDeleted(error, at: 0)
                    }
                    continue
                }
                guard case .poll = step else {
                    Issue.record("two pauses in a row, seed \(seed), round \(round)")
                    return
                }
                switch Int.random(in: 0...codes.count, using: &generator) {
                case codes.count: _ = state.succeeded(at: 0)
                case let index: _ = failed(codes[index], &state, chance: .random(in: 0..<1, using: &generator))
                }
            }
        }
    }
}
