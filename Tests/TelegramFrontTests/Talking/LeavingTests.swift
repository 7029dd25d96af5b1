import Conversation
import TestSupport
import Testing

@testable import TelegramFront

/// A bot that takes its leave, because the program ends or other settings want another one.
@Suite(.timeLimit(.minutes(1))) struct LeavingTests {
    private let rig: BotRig

    init() throws { rig = try BotRig() }

    @Test(arguments: ["one", "/new"])
    func `what has arrived is dealt with before it leaves, and nothing more is taken in`(text: String) async throws {
        let rig = rig, gate = Gate(), core = rig.core(gate)
        try await rig.running(core, .leaving, step: nil) { bot in
            rig.telegram.say(text, from: rig.ann)
            await gate.reached()
            try await rig.telegram.waitForPoll()
            bot.leave()
            try await rig.telegram.wait(for: "the end of the poll") { $0.waitingPolls == 0 }
            rig.telegram.say("two", from: rig.ann)
            gate.open()
        }
        #expect(rig.said(core) == [text])
        let open = await rig.inbox.open(of: 0)
        #expect(open.isEmpty && rig.telegram.pendingUpdates.count == 1)
        let next = rig.core()
        try await rig.running(next) { _ in
            try await rig.chat(rig.ann).waitForBot(saying: "answer to two")
            try await rig.store.settled()
        }
        #expect(rig.said(next) == ["two"])
        let answers = rig.chat(rig.ann).transcript.byBot.map(\.text)
        #expect(answers.count { $0 == "answer to \(text)" } == 1, "\(answers)")
    }

    @Test func `what waits behind it is dealt with as well, in order`() async throws {
        let rig = rig, gate = Gate(), core = rig.core(gate)
        try await rig.running(core, .leaving, step: nil) { bot in
            for text in ["one", "two", "three"] { rig.telegram.say(text, from: rig.ann) }
            await gate.reached()
            try await rig.waitForAllKept()
            try await rig.telegram.waitForPoll()
            bot.leave()
            try await rig.telegram.wait(for: "the end of the poll") { $0.waitingPolls == 0 }
            gate.open()
        }
        #expect(rig.said(core) == ["one", "two", "three"])
        let open = await rig.inbox.open(of: 0)
        #expect(open.isEmpty)
    }

    @Test func `what takes too long is left to the next one, which does it once`() async throws {
        let rig = rig, gate = Gate(), core = rig.core(gate)
        try await rig.running(core, .leaving, step: nil) { _ in
            for text in ["one", "two"] { rig.telegram.say(text, from: rig.ann) }
            await gate.reached()
            try await rig.waitForAllKept()
        }
        // Not so long that anybody who ends it would lose patience.
        #expect(rig.clock.milliseconds <= 15_000)
        let open = await rig.inbox.open(of: 0)
        #expect(open.count == 2)
        let next = rig.core()
        try await rig.running(next) { _ in try await rig.chat(rig.ann).waitForBot(saying: "answer to two") }
        #expect(rig.said(next) == ["one", "two"])
        let answers = rig.chat(rig.ann).transcript.byBot.map(\.text).filter { $0.hasPrefix("answer") }
        #expect(answers == ["answer to one", "answer to two"])
    }

    @Test func `a command that takes too long is not begun again, and whoever sent it is told`() async throws {
        let rig = rig, gate = Gate(), core = rig.core(gate)
        try await rig.running(core, .leaving, step: nil) { _ in
            rig.telegram.say("/new", from: rig.ann)
            await gate.reached()
        }
        let next = rig.core()
        try await rig.running(next) { _ in
            try await rig.chat(rig.ann).waitForBot(saying: "Look whether it was done")
            rig.telegram.say("two", from: rig.ann)
            try await rig.chat(rig.ann).waitForBot(saying: "answer to two")
        }
        #expect(rig.said(next) == ["two"])
        #expect(rig.chat(rig.ann).transcript.byBot(saying: "it was not repeated").count == 1)
    }

    @Test func `a command that only looks is answered by the next one`() async throws {
        let rig = rig, gate = Gate(), core = rig.core(gate)
        try await rig.running(core, .leaving, step: nil) { _ in
            rig.telegram.say("/status", from: rig.ann)
            await gate.reached()
        }
        let next = rig.core()
        try await rig.running(next) { _ in try await rig.chat(rig.ann).waitForBot(saying: "answer to /status") }
        #expect(rig.said(next) == ["/status"])
        #expect(rig.chat(rig.ann).transcript.byBot.count == 1)
    }

    @Test func `a file that is on its way does not keep it, and the next one brings it`() async throws {
        let rig = rig, core = rig.core()
        rig.telegram.inject(.stalled, into: "file", times: nil)
        try await rig.running(core, .leaving, step: nil) { _ in
            rig.telegram.say("look", from: rig.ann, file: ShownFile("a.txt", [1]))
            try await rig.telegram.wait(for: "the download") { !$0.calls(of: "file").isEmpty }
        }
        #expect(rig.said(core).isEmpty && rig.shelf.all.isEmpty && rig.clock.milliseconds <= 15_000)
        rig.telegram.clearFaults()
        let next = rig.core()
        try await rig.running(next) { _ in try await rig.chat(rig.ann).waitForBot(saying: "answer to look") }
        #expect(rig.said(next).count == 1 && rig.shelf.all.count == 1)
        #expect(rig.chat(rig.ann).transcript.byBot(saying: "⚠").isEmpty)
    }

    @Test func `whenever it leaves or is cut off, all that was said is answered once, in order`() async throws {
        let seed = Seed(), rig = rig, core = rig.core()
        var generator = seed.generator(0), texts: [String] = []
        for round in 0..<12 {
            let new = (0..<Int.random(in: 1...4, using: &generator)).map { "\(round)/\($0)" }
            let files = new.map { _ in Int.random(in: 0..<4, using: &generator) == 0 }
            let wait = Int.random(in: 0..<4, using: &generator)
            let end = Bool.random(using: &generator) ? BotRig.End.leaving : .cutOff
            texts += new
            let last = texts.last ?? ""
            try await rig.running(core, end) { _ in
                for (text, hasFile) in zip(new, files) {
                    rig.telegram.say(text, from: rig.ann, file: hasFile ? ShownFile("a.txt", [1]) : nil)
                }
                switch wait {
                case 0: break
                case 1: try await rig.waitForAllKept()
                case 2:
                    _ = try await eventually("the last") { rig.said(core).last?.hasPrefix(last) == true ? true : nil }
                default: try await rig.chat(rig.ann).waitForBot(saying: "answer to \(last)")
                }
            }
        }
        try await rig.running(core) { _ in
            rig.telegram.say("the end", from: rig.ann)
            try await rig.chat(rig.ann).waitForBot(saying: "answer to the end")
        }
        let answers = rig.chat(rig.ann).transcript.byBot.map { $0.text.split(separator: "\n").first ?? "" }
            .filter { $0.hasPrefix("answer to ") }
        #expect(answers == (texts + ["the end"]).map { "answer to \($0)" }, "seed \(seed)")
        let open = await rig.inbox.open(of: 0)
        #expect(open.isEmpty, "seed \(seed)")
    }
}
